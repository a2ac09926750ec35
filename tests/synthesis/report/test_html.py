"""The report in a browser: every quotation, anchors of one place, nothing asked of anyone."""

import re
from itertools import pairwise

from synthesis.corpus import Corpus
from synthesis.report import compose, formats
from synthesis.report.blocks import Report, Status
from synthesis.results import Edition
from tests.synthesis.report.readers import Page, quotes


def test_html_asks_nothing_of_anyone(hostile: Report) -> None:
    page = Page(formats.render(hostile, "html"))
    assert not [tag for tag, _ in page.tags if tag in ("script", "img", "link", "iframe", "object", "form", "b", "i")]
    names = {name for _, attributes in page.tags for name in attributes}
    assert not [name for name in names if name.startswith("on") or name in ("src", "style", "srcset", "action")]
    assert all((attributes["href"] or "").startswith("#") for _, attributes in page.tags if "href" in attributes)
    assert "url(" not in formats.render(hostile, "html").decode()
    assert page.open == []


def test_html_says_each_quotation_to_the_letter(report: Report) -> None:
    words = Page(formats.render(report, "html")).words
    assert [text for text in quotes(report) if text not in words] == []


def test_html_anchors_are_of_one_place_and_links_reach_them(hostile: Report) -> None:
    page = Page(formats.render(hostile, "html"))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {(attributes["href"] or "")[1:] for _, attributes in page.tags if "href" in attributes}
    assert links <= set(ids)


def test_html_headings_never_skip_a_level(report: Report) -> None:
    levels = [int(tag[1]) for tag, _ in Page(formats.render(report, "html")).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_html_tables_name_their_rows_and_columns(report: Report) -> None:
    page = Page(formats.render(report, "html"))
    tables = sum(tag == "table" for tag, _ in page.tags)
    assert tables == sum(tag == "caption" for tag, _ in page.tags) > 5
    scopes = {attributes["scope"] for tag, attributes in page.tags if tag == "th"}
    assert scopes == {"row", "col"}


def test_html_marks_the_notes_as_french_in_an_english_frame(edition: Edition, corpus: Corpus, status: Status) -> None:
    page = Page(formats.render(compose.compose(edition, corpus, status=status, language="en"), "html"))
    assert page.tags[0] == ("html", {"lang": "en"})
    assert all(attributes.get("lang") == "fr" for tag, attributes in page.tags if tag == "bdi")

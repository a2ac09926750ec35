"""The contents of the office documents, and the page that holds the essential: no prompt, links, pages."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest

from synthesis.corpus import Corpus
from synthesis.report import compose, formats, sheet, styles
from synthesis.report.blocks import Report, Status
from synthesis.results import Edition


@pytest.fixture
def report(edition: Edition, corpus: Corpus, status: Status) -> Report:
    return compose.compose(edition, corpus, status=status)


def member(report: Report, ending: str, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(formats.render(report, ending))).read(name).decode()


def listed(report: Report) -> int:
    """How many lines the contents have: the parts, and the parts inside them."""
    return sum(1 + len(section.sections) for section in report.sections)


def test_each_line_of_a_docx_leads_to_its_part_and_asks_for_its_page(report: Report) -> None:
    body = member(report, "docx", "word/document.xml")
    anchors = re.findall(r'w:hyperlink w:anchor="([^"]+)"', body)
    assert len(anchors) == listed(report)
    assert re.findall(r" PAGEREF (\S+) ", body) == anchors
    assert set(anchors) <= set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', body))
    # Word takes letters, digits and low lines, forty at most.
    assert all(re.fullmatch(r"[a-z]\w{0,39}", anchor) for anchor in anchors)


def test_a_docx_opens_without_a_prompt(report: Report) -> None:
    body, settings = (member(report, "docx", f"word/{name}.xml") for name in ("document", "settings"))
    assert "w:dirty" not in body
    assert "updateFields" not in settings
    kinds = re.findall(r'w:fldCharType="(\w+)"', body)
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == listed(report) + 1


def test_the_line_that_says_how_to_fill_the_pages_in_leaves_with_the_contents_it_speaks_of(report: Report) -> None:
    body = member(report, "docx", "word/document.xml")
    said = body.index("Mettre à jour les champs")
    after = [body.index(mark, said) for mark in ('w:fldCharType="end"', "</w:p>")]
    assert after == sorted(after)
    assert said < body.index("L’essentiel</w:t></w:r></w:p>", said)


def test_the_contents_made_again_take_the_same_headings(report: Report) -> None:
    paragraphs = docx.Document(io.BytesIO(formats.render(report, "docx"))).paragraphs
    titled = [one.text for one in paragraphs if one.style and one.style.name in ("Heading 1", "Heading 2")]
    named = [f"{one.number} {one.title}" for part in report.sections for one in (part, *part.sections)]
    assert titled == named
    writer = member(report, "odt", "content.xml")
    assert re.findall(r'text:index-source-style text:style-name="([^"]+)"', writer) == [
        "Heading_20_1",
        "Heading_20_2",
    ]
    assert len(re.findall(r'<text:h text:style-name="Heading_20_[12]"', writer)) == len(named)


def test_each_line_of_an_odt_leads_to_its_part_and_counts_its_page(report: Report) -> None:
    body = member(report, "odt", "content.xml")
    links = re.findall(r'xlink:href="#([^"]+)">[^<]*<text:tab ?/>', body)
    pages = re.findall(r'text:bookmark-ref text:ref-name="([^"]+)" text:reference-format="page"', body)
    assert links == pages
    assert len(pages) == listed(report)
    assert set(pages) <= set(re.findall(r'text:bookmark-start text:name="([^"]+)"', body))


def test_an_odt_says_its_page_and_how_many_there_are(report: Report) -> None:
    footer = re.search(r"<style:footer>.*?</style:footer>", member(report, "odt", "styles.xml"), re.DOTALL)
    assert footer
    assert re.sub(r"<[^>]+>", "", footer[0]) == "Page 1 sur 1"


@pytest.mark.parametrize(
    ("ending", "name", "mark"),
    [("docx", "word/document.xml", 'w:pStyle w:val="{}"'), ("odt", "content.xml", 'text:style-name="{}"')],
)
def test_the_essential_is_set_small_and_nothing_else_is(report: Report, ending: str, name: str, mark: str) -> None:
    body = member(report, ending, name)
    small = [style for style in styles.STYLES if style.title.endswith(styles.BRIEF)]
    key = "word" if ending == "docx" else "writer"
    found = [one.start() for style in small for one in re.finditer(mark.format(getattr(style, key)), body)]
    begins, ends = (body.rindex(f"{number} {title}") for number, title in (("1", "L’essentiel"), ("2", "Le cadre")))
    assert found
    assert all(begins < place < ends for place in found)


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_a_sheet_of_a_few_parts_has_no_contents(edition: Edition, corpus: Corpus, status: Status, ending: str) -> None:
    made = sheet.sheet(edition, corpus, "w1", status=status)
    body = member(made, ending, "word/document.xml" if ending == "docx" else "content.xml")
    assert "Sommaire" not in body

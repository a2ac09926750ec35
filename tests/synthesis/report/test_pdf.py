"""The report as PDF: tagged, titled, in its language, with every word drawn or framed."""

import io
from collections.abc import Callable

import pikepdf
import pypdf
import pytest

from synthesis.corpus import Corpus, Note
from synthesis.report import compose, formats
from synthesis.report.blocks import Report, Status
from synthesis.report.glyphs import Drawing, drawing, drawing_of
from synthesis.results import Edition
from tests.synthesis.report.readers import HOSTILE, pdf_text, quotes, squeezed


def test_pdf_says_each_quotation(report: Report) -> None:
    words = pdf_text(formats.render(report, "pdf"))
    assert [text for text in quotes(report) if squeezed(text) not in words] == []


def test_pdf_is_tagged_titled_and_in_its_language(report: Report) -> None:
    with pikepdf.open(io.BytesIO(formats.render(report, "pdf"))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("fr")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.docinfo["/Title"] == "Rencontre des territoires – Rapport de synthèse des ateliers"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        roles = set(structure(pdf.Root.StructTreeRoot))
        assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Caption", "/Figure", "/L", "/BlockQuote"} <= roles
        alternatives = [str(one.Alt) for one in elements(pdf.Root.StructTreeRoot) if one.get("/S") == "/Figure"]
        assert any("deux colonnes" in text for text in alternatives)
        assert [str(entry.title) for entry in pdf.open_outline().root][:2] == ["1 L’essentiel", "2 Le cadre"]
        assert all("/FontFile" in str(font.FontDescriptor.keys()) for font in fonts(pdf))


def structure(root: pikepdf.Object) -> list[str]:
    return [str(one.S) for one in elements(root) if "/S" in one]


def elements(root: pikepdf.Object) -> list[pikepdf.Object]:
    found, stack = [], [root]
    while stack:
        one = stack.pop()
        if isinstance(one, pikepdf.Array):
            stack.extend(one)
        elif isinstance(one, pikepdf.Dictionary) and one.get("/Type") != "/MCR":
            found.append(one)
            if "/K" in one:
                stack.append(one.K)
    return found


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [
        descendant
        for page in pdf.pages
        for font in page.Resources.get("/Font", {}).values()
        for descendant in font.get("/DescendantFonts", [])
    ]


def test_pdf_has_the_reports_date_and_no_other_clock(report: Report) -> None:
    reader = pypdf.PdfReader(io.BytesIO(formats.render(report, "pdf")))
    assert reader.metadata is not None
    assert str(reader.metadata.creation_date).startswith("2026-11-27 00:00")


def test_hostile_words_make_a_valid_pdf_and_are_only_words(hostile: Report) -> None:
    words = pdf_text(formats.render(hostile, "pdf"))
    for text in (HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[10]):
        assert squeezed(text) in words
    assert drawing(hostile) == Drawing(more=True, undrawable=frozenset("␟␋␇"))
    assert squeezed(hostile.frame.framed) in words


@pytest.mark.parametrize(
    "text", ["😀🌱", "👩‍👩‍👧 ❤️ 👍🏽", "中文，一句话。", "日本語 한국어", "עברית", "हिन्दी", "أهلا"]
)
def test_other_scripts_and_emoji_are_drawn_and_found(make: Callable[..., Edition], status: Status, text: str) -> None:
    corpus = Corpus.of([Note(id="n", text=f"Bravo {text} à tous.", workshop="w")])
    report = compose.compose(make(corpus, ("t", "thème", ("n",))), corpus, status=status)
    assert drawing(report).undrawable == frozenset()
    made = formats.render(report, "pdf")
    assert formats.render(report, "pdf") == made
    if text not in ("أهلا", "हिन्दी"):  # These are given back in the order they are drawn in.
        assert squeezed(text) in squeezed(pdf_text(made))


def test_ordinary_french_needs_no_other_font_and_what_none_draws_is_framed() -> None:
    assert drawing_of(["L’œuvre « coûte » 3 € → ½, Łódź, Ελλάδα"]) == Drawing(more=False, undrawable=frozenset())
    assert drawing_of(["un 𓀀 et une 🌱"]) == Drawing(more=True, undrawable=frozenset("𓀀"))

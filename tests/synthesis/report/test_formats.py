import io
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import docx
import odfdo
import pikepdf
import pypandoc
import pypdf
import pytest

from capture.errors import ReportUnproved, UnknownFormat
from synthesis.corpus import Corpus, Note
from synthesis.report import compose, formats, proof, write
from synthesis.report.blocks import Quotation, Report, Signed, Status
from synthesis.report.glyphs import Drawing, drawing, drawing_of
from synthesis.report.markdown import escaped
from synthesis.results import Edition

HOSTILE = (
    "<script>alert('x')</script><img src=http://exemple.fr/x onerror=alert(1)>",
    "=cmd|'/C calc'!A0",
    '#let x = 1; #read("/etc/passwd") $x^2$ *gras* _plat_ `code` @ref <etiquette> \\',
    "# Titre\n\n- liste\n1. point\n| a | b |\n| --- | --- |\n![i](http://exemple.fr)",
    "أهلا بكم في الورشة \u202eمقلوب\u202c et la suite",
    "中文也可以写在这里，一句话。",
    "Bravo 😀👩‍🌾🌱 pour l’équipe",
    "\x07\x0b\x1f bruit \ufffe",
    "a" * 1_000,
    ("Une phrase parmi beaucoup d’autres, qui finit par compter. " * 170)[:10_000],
    "&amp; &lt; &#x3c; %s {0} {page} ]]> <!-- -->",
    "e\u0301 NFD, l’été, œuvre, « guillemets », 2 × 3 ≠ 5, 20 m², n° 1ᵉʳ",
)
WRITTEN = (
    *(f"report.{ending}" for ending in ("html", "pdf", "docx", "odt", "epub", "md")),
    *("edition.json", "notes.csv", "themes.csv", "actors.csv", "mentions.csv", "links.csv", "cooperations.csv"),
    *("graph.gexf", "graph.graphml", "graph.json", "workbook.xlsx"),
)
LABEL = ("un intitulé <b>très</b> long & « pénible » #non *pas* 😀 " * 8)[:300]


@pytest.fixture
def report(edition: Edition, corpus: Corpus, status: Status) -> Report:
    return compose.compose(edition, corpus, status=status)


@pytest.fixture
def hostile(make: Callable[..., Edition], status: Status) -> Report:
    corpus = Corpus.of(
        [
            Note(id=f"note {rank} <&>\"' ", text=text, workshop=LABEL, kind="lever")
            for rank, text in enumerate(HOSTILE)
        ],
        title="Rencontre <b> & #t",
    )
    ids = [note.id for note in corpus]
    edition = make(corpus, ("t", LABEL, ids[:6]), ("u", "autre", ids[6:11]), actors=[("k", LABEL, ids[:2], "<x>")])
    signed = replace(status, witnesses=(Signed(text="*Mon* texte\n\n<i>suite</i>", by="# Quelqu’un"),))
    made = compose.compose(edition, corpus, status=signed)
    proof.check(made, corpus, edition)
    return made


def squeezed(text: str) -> str:
    """Take away what setting a page adds or joins: spaces, line ends, invisible places to break."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def pdf_text(body: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages))


def quotes(report: Report) -> list[str]:
    return [block.text for block in report.blocks() if isinstance(block, Quotation)]


@pytest.mark.parametrize("ending", sorted(formats.FORMATS))
def test_the_same_report_is_the_same_bytes(report: Report, ending: str) -> None:
    assert formats.render(report, ending) == formats.render(report, ending)


@pytest.mark.parametrize("ending", sorted(formats.FORMATS))
@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_empty_morning_renders(
    make: Callable[..., Edition], status: Status, ending: str, count: int, language: str
) -> None:
    corpus = Corpus.of(Note(id=str(rank), text="Une note.") for rank in range(count))
    report = compose.compose(make(corpus), corpus, status=status, language=language)
    assert len(formats.render(report, ending)) > 1_000


@pytest.mark.parametrize("ending", sorted(formats.FORMATS))
def test_a_report_without_a_date_renders_the_same_each_time(edition: Edition, corpus: Corpus, ending: str) -> None:
    report = compose.compose(edition, corpus, status=Status(version="1", on=None))
    assert formats.render(report, ending) == formats.render(report, ending)


def test_an_unknown_format_is_refused(report: Report) -> None:
    with pytest.raises(UnknownFormat) as caught:
        formats.render(report, "exe")
    assert caught.value.data["formats"] == "html, pdf, docx, odt, epub, md"


class Page(HTMLParser):
    """What a browser would see: tags with their attributes, and the text."""

    def __init__(self, body: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "path", "circle", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open[-1:]:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words += data


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


def test_hostile_words_make_a_docx_that_opens_with_every_note(hostile: Report) -> None:
    opened = docx.Document(io.BytesIO(formats.render(hostile, "docx")))
    words = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    for text in (HOSTILE[0], HOSTILE[2], HOSTILE[4], HOSTILE[5], HOSTILE[6], HOSTILE[8], HOSTILE[9]):
        assert text in words


def test_hostile_words_make_an_odt_that_opens(hostile: Report) -> None:
    opened = odfdo.Document(io.BytesIO(formats.render(hostile, "odt")))
    words = squeezed(opened.get_formatted_text())
    for text in (HOSTILE[0], HOSTILE[1], HOSTILE[5], HOSTILE[6]):
        assert squeezed(text) in words


def test_docx_has_real_headings_tables_captions_and_language(report: Report) -> None:
    opened = docx.Document(io.BytesIO(formats.render(report, "docx")))
    headings = [one.text for one in opened.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings[:2] == ["1 L’essentiel", "2 Le cadre"]
    assert len(opened.tables) == 8
    assert opened.tables[0].cell(1, 1).text == "Renouveler la gouvernance locale"
    body = opened.element.xml
    assert body.count("w:tblHeader") == 8
    assert "Tableau 1 – Notes reçues" in body
    assert 'w:dirty="true"' not in body
    assert 'w:val="fr-FR"' in opened.styles.element.xml
    assert opened.core_properties.title == "Rencontre des territoires"
    assert str(opened.core_properties.created).startswith("2026-11-27")


def test_docx_contents_lead_to_headings(report: Report) -> None:
    body = docx.Document(io.BytesIO(formats.render(report, "docx"))).element.xml
    anchors = set(re.findall(r'w:hyperlink w:anchor="([^"]+)"', body))
    assert anchors
    assert anchors <= set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', body))


def test_odt_has_real_headings_and_contents(report: Report) -> None:
    opened = odfdo.Document(io.BytesIO(formats.render(report, "odt")))
    found = opened.body.get_elements("descendant::text:h")
    headings = [one.text_recursive.strip() for one in found if one.get_attribute("text:outline-level") == "1"]
    assert headings[:2] == ["1 L’essentiel", "2 Le cadre"]
    assert opened.body.toc is not None
    assert len(opened.body.get_tables()) == 8


def test_markdown_says_each_quotation_once_rendered(report: Report, hostile: Report) -> None:
    for one in (report, hostile):
        rendered = pypandoc.convert_text(formats.render(one, "md").decode(), "html", format="gfm")
        page = Page(rendered.encode())
        words = squeezed(page.words)
        assert [
            text for text in quotes(one) if squeezed(text.replace("\ufffe", "")) not in words and "\x07" not in text
        ] == []
        assert not [tag for tag, _ in page.tags if tag in ("script", "img", "a", "b", "i")]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_gives_any_text_back(text: str) -> None:
    line = " ".join(text.split())
    page = Page(pypandoc.convert_text(f"> « {escaped(line)} »", "html", format="gfm").encode())
    assert {tag for tag, _ in page.tags} == {"blockquote", "p"}


def test_everything_is_written_and_shuffled_rows_change_nothing(
    edition: Edition, corpus: Corpus, status: Status, tmp_path: Path
) -> None:
    turned = Corpus.of(reversed(corpus.notes), workshops=corpus.workshops, title=corpus.title, position=42)
    first = write.write_all(edition, corpus, status=status, into=tmp_path / "a" / "b")
    second = write.write_all(edition, turned, status=status, into=tmp_path / "c")
    assert [path.name for path in first] == [path.name for path in second]
    assert sorted(path.name for path in first) == sorted(WRITTEN)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert sorted(path.name for path in (tmp_path / "c").iterdir()) == sorted(path.name for path in second)


def test_an_unproved_report_writes_nothing(edition: Edition, corpus: Corpus, status: Status, tmp_path: Path) -> None:
    lost = replace(edition, tray=())
    with pytest.raises(ReportUnproved):
        write.write_all(lost, corpus, status=status, into=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_another_process_makes_the_same_bytes(report: Report, tmp_path: Path) -> None:
    script = (
        "import pickle, sys; from synthesis.report import formats;"
        "report = pickle.load(open(sys.argv[1], 'rb'));"
        "[open(sys.argv[1] + '.' + one, 'wb').write(formats.render(report, one)) for one in formats.FORMATS]"
    )
    (tmp_path / "r").write_bytes(pickle.dumps(report))
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "r")], check=True, env=environment, timeout=120)
    for ending in formats.FORMATS:
        assert (tmp_path / f"r.{ending}").read_bytes() == formats.render(report, ending)

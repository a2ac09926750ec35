import io
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import odfdo
import pypandoc
import pytest

from capture.errors import ReportUnproved, UnknownFormat
from synthesis.corpus import Corpus, Note
from synthesis.report import compose, formats, write
from synthesis.report.blocks import Report, Status
from synthesis.report.markdown import escaped
from synthesis.results import Edition
from tests.synthesis.report.readers import HOSTILE, Page, quotes, squeezed

WRITTEN = (
    *(f"report.{ending}" for ending in ("html", "pdf", "docx", "odt", "epub", "md")),
    *("edition.json", "notes.csv", "themes.csv", "actors.csv", "mentions.csv", "links.csv", "cooperations.csv"),
    *("graph.gexf", "graph.graphml", "graph.json", "workbook.xlsx"),
)


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

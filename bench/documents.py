"""Opens the report with the programs that people open it with, and says what each finds: `make check-documents`.

LibreOffice reads the DOCX and the ODT without a screen and writes each again as ODT: every heading, every table cell
and every quotation must come back, to the character, spaces apart. Laid out, the contents of the ODT must give each
part its page, and the essential of an ordinary report hold on one. `pdftotext` must find each quotation in the PDF.
veraPDF, pdfua and outloud judge the PDF, openxml-audit the office documents, EPUBCheck the EPUB against their
standards. A program that is not on this machine is said to be missing; the suite itself reads every format back
without any of them. The report holds what is hard: accents, markup, other scripts, emoji, a long label, a long note,
tables, a picture.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import odfdo  # noqa: E402 - the checkout is put on the path first

from synthesis.corpus import Corpus, Note  # noqa: E402 - the same
from synthesis.report import compose, formats, proof  # noqa: E402 - the same
from synthesis.report.blocks import Grid, KindHeading, Quotation, Report, Section, Status  # noqa: E402 - the same
from tests.editions import edition_by_hand  # noqa: E402 - the same

PATIENCE = 180

HARD = "un thème <b>dit</b> & redit, " * 10

_TURNED = re.compile("[\u0600-\u06ff]")

TEXTS = (
    "Les élu·es laissent la main aux habitant·es dès le diagnostic.",
    "<script>alert('x')</script> =SOMME(A1) #gras *pas* $x^2$",
    "أهلا بكم في الورشة، وشكرا لكم.",
    "中文也可以写在这里，一句话。",
    "Bravo 😀🌱 pour l’équipe de la Maison de Brume.",
    "La confiance demande cinq ans. " * 320,
    "Qui décide, au fond ?",
    "« Rien sans nous », dit l’association ; et l’État ?",
)


def made(label: str) -> Report:
    """Compose a report that holds what is hard, and prove it."""
    kinds = ("lever", "obstacle", "condition")
    notes = [
        Note(
            id=f"n{number:03}",
            text=TEXTS[number % len(TEXTS)].strip(),
            workshop=f"w{number % 4}",
            kind=kinds[number % 3],
        )
        for number in range(48)
    ]
    workshops = [(f"w{number}", f"Atelier n° {number} : « dire & faire »") for number in range(5)]
    corpus = Corpus.of(notes, workshops=workshops, title="Rencontre de vérification", position=48)
    edition = edition_by_hand(corpus, themes=7, actors=6, label=label)
    report = compose.compose(edition, corpus, status=Status(version="1", on=date(2026, 11, 27)))
    proof.check(report, corpus, edition)
    return report


def squeezed(text: str) -> str:
    """Take away what setting a page adds or joins: spaces, line ends, invisible places to break."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def opened(folder: Path, ending: str) -> odfdo.Document:
    """Let LibreOffice read a document and write what it read."""
    out = folder / f"from-{ending}"
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "odt"]
    subprocess.run([*command, "--outdir", str(out), str(folder / f"report.{ending}")], check=True, timeout=PATIENCE)
    return odfdo.Document(io.BytesIO((out / "report.odt").read_bytes()))


def paged(report: Report, folder: Path, ending: str) -> list[str]:
    """Let LibreOffice lay a report out, and return its pages as text."""
    out = folder / f"pages-{ending}"
    out.mkdir(exist_ok=True)
    (out / f"report.{ending}").write_bytes(formats.render(report, ending))
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(out), str(out / f"report.{ending}")], check=True, timeout=PATIENCE)
    told = ["pdftotext", "-layout", str(out / "report.pdf"), "-"]
    return subprocess.run(told, check=True, capture_output=True, timeout=PATIENCE).stdout.decode().split("\f")


def misplaced(report: Report, pages: list[str]) -> Iterator[str]:
    """Say which part is not on the page that the contents give it."""
    said = dict(re.findall(r"^ *(\d+) .*?\.{3,} *(\d+)$", "\n".join(pages), re.MULTILINE))
    for part in report.sections:
        page = place(part, pages)
        if said.get(part.number) != str(page):
            yield f"part {part.number} is on page {page}, its contents say {said.get(part.number)}"


def spilled(report: Report, pages: list[str]) -> Iterator[str]:
    """Say that the essential takes more than its page."""
    first, second = (place(part, pages) for part in report.sections[:2])
    if not first or second != first + 1:
        yield f"the essential begins on page {first}, and what follows it on page {second}"


def place(part: Section, pages: list[str]) -> int:
    """Return the page on which a part begins: the last that names it at the start of a line, after the contents."""
    named = re.compile(rf"^ *{part.number} +{re.escape(part.title[:20])}", re.MULTILINE)
    return max((rank for rank, page in enumerate(pages, 1) if named.search(page)), default=0)


def losses(report: Report, document: odfdo.Document) -> Iterator[str]:
    """Say each heading, table, cell and quotation that did not come back."""
    words = squeezed(document.get_formatted_text())
    found = document.body.get_elements("descendant::text:h")
    headings = {squeezed(one.text_recursive) for one in found}
    for section in report.walk():
        if not any(squeezed(section.title) in one for one in headings):
            yield f"heading {section.number} {section.title[:60]}"
    for block in report.blocks():
        if isinstance(block, KindHeading) and not any(squeezed(block.text) in one for one in headings):
            yield f"heading {block.text[:60]}"
        if isinstance(block, Quotation) and squeezed(block.text) not in words:
            yield f"quotation of {block.reference}"
    cells = [squeezed(one.text_recursive) for one in document.body.get_elements("descendant::table:table-cell")]
    grids = [block for block in report.blocks() if isinstance(block, Grid)]
    if len(document.body.get_tables()) != len(grids):
        yield f"{len(document.body.get_tables())} tables instead of {len(grids)}"
    for grid in grids:
        for row in grid.rows:
            # A cell that quotes a note stands between guillemets.
            yield from (f"cell {cell[:40]}" for cell in row if not any(squeezed(cell) in one for one in cells))


def unfound(report: Report, pdf: Path) -> Iterator[str]:
    """Say each quotation that `pdftotext` does not find; Arabic, given back as it is drawn, is left aside."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=PATIENCE)
    raw = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, timeout=PATIENCE)
    words = squeezed(done.stdout.decode()) + squeezed(raw.stdout.decode())
    for block in report.blocks():
        if not isinstance(block, Quotation) or _TURNED.search(block.text):
            continue
        if squeezed(block.text) not in words:
            yield f"quotation of {block.reference}: {block.text[:40]}"


def judged(command: list[str]) -> Iterator[str]:
    """Run a checker that ends with another code than 0 when it objects."""
    done = subprocess.run(command, check=False, capture_output=True, timeout=PATIENCE)
    if done.returncode:
        yield (done.stdout + done.stderr).decode(errors="replace")[-800:]


def main() -> None:
    """Write the documents, let each program at hand judge them, and end with 1 when one objects."""
    report, plain = made(HARD), made("mots d’un thème ")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for ending in formats.FORMATS:
            (folder / f"report.{ending}").write_bytes(formats.render(report, ending))
        pdf, epub = folder / "report.pdf", folder / "report.epub"
        checks = {
            "LibreOffice, DOCX": ("soffice", lambda: losses(report, opened(folder, "docx"))),
            "LibreOffice, ODT": ("soffice", lambda: losses(report, opened(folder, "odt"))),
            "contents, ODT": ("soffice", lambda: misplaced(report, paged(report, folder, "odt"))),
            "the essential, DOCX": ("soffice", lambda: spilled(plain, paged(plain, folder, "docx"))),
            "the essential, ODT": ("soffice", lambda: spilled(plain, paged(plain, folder, "odt"))),
            "pdftotext, PDF": ("pdftotext", lambda: unfound(report, pdf)),
            "veraPDF, PDF/UA-1": ("verapdf", lambda: judged(["verapdf", "--flavour", "ua1", str(pdf)])),
            "pdfua, PDF/UA-1 and WCAG 2.1": ("pdfua", lambda: judged(["pdfua", "check", str(pdf)])),
            "outloud, beyond tags": ("outloud", lambda: judged(["outloud", str(pdf)])),
            "openxml-audit, DOCX": ("openxml-audit", lambda: judged(["openxml-audit", str(folder / "report.docx")])),
            "openxml-audit, ODT": ("openxml-audit", lambda: judged(["openxml-audit", str(folder / "report.odt")])),
            "EPUBCheck, EPUB": ("epubcheck", lambda: judged(["epubcheck", str(epub)])),
        }
        objections = 0
        for said, (program, check) in checks.items():
            if shutil.which(program) is None:
                print(f"{said}: {program} is not on this machine")
                continue
            found = list(check())
            objections += len(found)
            print(f"{said}: {'whole' if not found else f'{len(found)} objections'}")
            for one in found[:10]:
                print(f"    {one}")
    sys.exit(1 if objections else 0)


if __name__ == "__main__":
    main()

"""The report on a reading tablet: the same bytes for the same report, every note in it, a table of contents."""

import io
import re
import zipfile
from html import unescape

from synthesis.corpus import Corpus
from synthesis.report import compose, formats
from synthesis.report.blocks import Status
from synthesis.results import Edition


def test_an_epub_is_the_same_bytes_each_time_and_holds_every_note(
    edition: Edition, corpus: Corpus, status: Status
) -> None:
    report = compose.compose(edition, corpus, status=status)
    body = formats.render(report, "epub")
    assert body == formats.render(report, "epub")
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        pages = [book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")]
        contents = book.read("EPUB/nav.xhtml").decode()
    words = unescape(re.sub(r"<[^>]+>", "", "".join(pages)))
    for note in corpus:
        assert note.text in words
    for section in report.sections:
        assert section.title in unescape(contents)
    assert "<script" not in "".join(pages)

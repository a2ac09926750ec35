"""What the tests of the formats share: words that no format may take for markup, and how a reader sees a file."""

import io
import re
from html.parser import HTMLParser

import pypdf

from synthesis.report.blocks import Quotation, Report

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


LABEL = ("un intitulé <b>très</b> long & « pénible » #non *pas* 😀 " * 8)[:300]


def squeezed(text: str) -> str:
    """Take away what setting a page adds or joins: spaces, line ends, invisible places to break."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def pdf_text(body: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages))


def quotes(report: Report) -> list[str]:
    return [block.text for block in report.blocks() if isinstance(block, Quotation)]


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

"""Sets a sheet of landmarks as a PDF: read from standard input as JSON, left on standard output.

Started by `paper` as a process of its own. Fonts are those of packages; what none of them draws is framed.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from importlib.resources import files
from typing import Any

from synthesis.report import fonts, glyphs
from synthesis.report.characters import storable


def main() -> None:
    """Read, set, leave."""
    sys.stdout.buffer.write(render(json.loads(sys.stdin.buffer.read().decode("utf-8", "surrogatepass"))))


def render(sheet: dict[str, Any]) -> bytes:
    """Return a sheet as PDF/UA-1: the same sheet is the same bytes.

    Raises:
        typst.TypstError: the template itself is at fault; people's words cannot be.
    """
    drawing = glyphs.drawing_of(_texts(sheet))
    setter = glyphs.Setter(drawing.undrawable)
    body = {
        "plain_title": storable(sheet["title"]),
        "title": setter.runs(sheet["title"]),
        "name": setter.runs(sheet["name"]),
        "seconds": sheet["seconds"],
        "landmarks": [
            {key: setter.runs(value) if isinstance(value, str) else value for key, value in one.items()}
            for one in sheet["landmarks"]
        ],
    }
    made = fonts.compiler(more=drawing.more).compile(
        files("synthesis.restitution").joinpath("landmarks.typ").read_bytes(),
        sys_inputs={
            "sheet": json.dumps(body, ensure_ascii=False, sort_keys=True),
            "fonts": fonts.families(more=drawing.more),
        },
        pdf_standards=["ua-1"],
        timestamp=glyphs.midnight(date(2000, 1, 1)),
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))  # Typst gives a list for pictures of pages, bytes for a PDF.
    return made


def _texts(sheet: dict[str, Any]) -> list[str]:
    values = [sheet["title"], sheet["name"], *(value for one in sheet["landmarks"] for value in one.values())]
    return [value for value in values if isinstance(value, str)]


if __name__ == "__main__":
    main()

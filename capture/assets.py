"""Where the built browser files are: names carry a hash of their content, so that they can be cached for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Flask, Response, send_from_directory, url_for


class UnbuiltError(RuntimeError):
    """The browser files were not built."""

    def __init__(self) -> None:
        super().__init__("The browser files are not built yet: run `make build`.")


def install(app: Flask, folder: Path) -> None:
    """Serve the built files and give templates `asset(name)`."""
    known: dict[str, str] = {}

    def asset(name: str) -> str:
        manifest = folder / "manifest.json"
        if not known or app.debug:
            if not manifest.exists():
                raise UnbuiltError
            known.update(json.loads(manifest.read_text("utf-8")))
        return url_for("built", name=known[name])

    def built(name: str) -> Response:
        response = send_from_directory(folder, name)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    app.jinja_env.globals["asset"] = asset
    view: Any = built
    app.add_url_rule("/static/<path:name>", "built", view)

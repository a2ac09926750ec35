"""Where the built browser files are: names carry a hash of their content, so that they can be cached for ever."""

from __future__ import annotations

import json
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, send_from_directory, url_for
from werkzeug.security import safe_join

CODINGS = {"br": ".br", "gzip": ".gz"}
"""What the build compresses each file to, best first, and how that file is named."""

OF_THE_SHELL = ("capture.css", "capture.js")
"""What a workshop's page needs to open without a network."""


class UnbuiltError(RuntimeError):
    """The browser files were not built."""

    def __init__(self) -> None:
        super().__init__("The browser files are not built yet: run `make build`.")


def _made(folder: Path, name: str, coding: str) -> bool:
    return safe_join(str(folder), name) is not None and (folder / (name + CODINGS[coding])).is_file()


def install(app: Flask, folder: Path) -> None:
    """Serve the built files and give templates `asset(name)`."""
    known: dict[str, str] = {}

    def names() -> dict[str, str]:
        manifest = folder / "manifest.json"
        if not known or app.debug:
            if not manifest.exists():
                raise UnbuiltError
            known.update(json.loads(manifest.read_text("utf-8")))
        return known

    def asset(name: str) -> str:
        return url_for("built", name=names()[name])

    def built(name: str) -> Response:
        coding = next((one for one in CODINGS if request.accept_encodings[one] and _made(folder, name, one)), "")
        response = send_from_directory(folder, name + CODINGS.get(coding, ""), mimetype=guess_type(name)[0])
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.vary.add("Accept-Encoding")
        if coding:
            response.content_encoding = coding
        return response

    def worker() -> Response:
        # The names of the capture page's files open the worker: when they change, browsers see that it did.
        version = " ".join(names()[name] for name in OF_THE_SHELL)
        body = f"// {version}\n{(folder / names()['worker.js']).read_text('utf-8')}"
        response = Response(body, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
        response.add_etag()
        response.make_conditional(request)
        return response

    app.jinja_env.globals["asset"] = asset
    view: Any = built
    app.add_url_rule("/static/<path:name>", "built", view)
    # At the root, because a worker only serves what stands below its own address.
    app.add_url_rule("/sw.js", "worker", worker)

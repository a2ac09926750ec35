"""The application as it is served, with one more power: a service worker that changes while people write."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, Response, request

import wsgi

WORKER_VERSION = "worker-version"


def create_app() -> Flask:
    """Return the real application; its worker's script ends with the version that the stage's folder says."""
    app = wsgi.create_app()
    file = Path(os.environ["RESTITUTION_FOLDER"]) / WORKER_VERSION

    def forget_what_browsers_have() -> None:
        if request.path == "/sw.js":
            request.environ.pop("HTTP_IF_NONE_MATCH", None)

    def mark(response: Response) -> Response:
        if request.path == "/sw.js" and response.status_code == 200 and file.exists():
            response.set_data(response.get_data() + f"\n// {file.read_text('utf-8')}".encode())
        return response

    app.before_request(forget_what_browsers_have)
    app.after_request(mark)
    return app

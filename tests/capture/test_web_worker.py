"""What a web process does before its first request."""

from __future__ import annotations

import gc
from pathlib import Path
from types import SimpleNamespace

from flask import Flask, render_template

from capture.processes import web_command
from capture.settings import Settings
from capture.web_worker import post_worker_init


def test_a_server_goes_on_serving_its_own_pages_while_its_files_are_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("la sienne", "utf-8")
    app = Flask("pages", template_folder=str(tmp_path))
    try:
        post_worker_init(SimpleNamespace(wsgi=app))
        page.write_text("{{ a_function_of_the_newer_version() }}", "utf-8")
        with app.test_request_context():
            assert render_template("page.html") == "la sienne"
    finally:
        gc.unfreeze()


def test_what_was_loaded_is_left_out_of_collections(tmp_path: Path) -> None:
    try:
        post_worker_init(SimpleNamespace(wsgi=Flask("empty", template_folder=str(tmp_path))))
        assert gc.get_freeze_count() > 1_000
    finally:
        gc.unfreeze()


def test_the_web_server_is_told_to_begin_so() -> None:
    assert "--config=python:capture.web_worker" in web_command(Settings.read({}))

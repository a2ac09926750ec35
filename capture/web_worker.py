"""What a web process does once, before its first request. gunicorn finds `post_worker_init` here by its name."""

from __future__ import annotations

import gc
from typing import Any

from flask import Flask


def post_worker_init(worker: Any) -> None:
    """Read every page's template, then leave what was loaded out of every later collection.

    The application is some 160,000 objects that live as long as the process. A full collection visits them all and
    takes 60 to 160 ms, during which nobody is answered; it comes when many act in the same moment.
    """
    read_templates(worker.wsgi)
    gc.collect()
    gc.freeze()


def read_templates(app: Flask) -> None:
    """Read every template now.

    Nobody waits for a page's first reading, and a server that still runs while its files are replaced by a newer
    version goes on serving its own pages until it is started again.
    """
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)

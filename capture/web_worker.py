"""What a web process does once, before its first request. gunicorn finds `post_worker_init` here by its name."""

from __future__ import annotations

import gc
from typing import Any


def post_worker_init(_worker: Any) -> None:
    """Leave what was loaded out of every later collection.

    The application is some 160,000 objects that live as long as the process. A full collection visits them all and
    takes 60 to 160 ms, during which nobody is answered; it comes when many act in the same moment.
    """
    gc.collect()
    gc.freeze()

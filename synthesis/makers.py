"""Starts the process that makes one file, and waits for it: nothing is composed or typeset in a web process.

The process yields to those who answer people: a note's receipt never waits for a report.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from subprocess import CompletedProcess

from flask import current_app

from capture.errors import Refusal, ReportUnproved

PATIENCE = 120
"""Seconds after which a file that is not made is given up."""

AT_ONCE = threading.BoundedSemaphore(2)
"""Files made at the same time: the notes keep the rest of the machine."""

BEHIND = 10
"""How far the process's priority stands behind the web server's."""

REFUSED = 3
"""How the other process ends when the file was refused rather than broken."""


class NotMade(Refusal):
    """The process that makes files failed or took too long."""

    code = "report.not_made"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = (
        "Le fichier n’a pas pu être produit. Les notes et la synthèse sont intactes : réessayez dans un instant."
    )


def make(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Have one file of an edition made.

    Raises:
        ReportUnproved: the report says something that the notes do not.
        NotMade: it could not be made.
    """
    done = run(["synthesis.making", *arguments], environment=environment)
    if done.returncode == REFUSED:
        raise ReportUnproved(**json.loads(done.stdout))
    finished(done)


def run(
    module: Sequence[str], *, environment: Mapping[str, str] | None = None, body: bytes = b""
) -> CompletedProcess[bytes]:
    """Run a module of ours beside us, two at most at a time, and wait for it.

    Raises:
        NotMade: it took too long.
    """
    command = [sys.executable, "-m", *module]
    with (
        AT_ONCE,
        subprocess.Popen(  # noqa: S603 - our own command; what it is told comes from our tables
            command,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process,
    ):
        with contextlib.suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, process.pid, os.getpriority(os.PRIO_PROCESS, 0) + BEHIND)
        try:
            said, complaint = process.communicate(body, timeout=PATIENCE)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise NotMade from error
        return CompletedProcess(command, process.returncode, said, complaint)


def finished(done: CompletedProcess[bytes]) -> bytes:
    """Return what a process left.

    Raises:
        NotMade: it failed; the log says how.
    """
    if done.returncode:
        current_app.logger.error("%s failed: %s", done.args[2:], done.stderr.decode(errors="replace"))
        raise NotMade
    return done.stdout

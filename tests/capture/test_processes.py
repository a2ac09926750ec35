"""What the web server and the follower are given by the machine."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

from capture.processes import BEHIND, open_many, yield_to_people

SHOW = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (100, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
from capture.processes import open_many
open_many()
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


def test_as_many_connections_are_allowed_as_the_machine_can_keep() -> None:
    shown = subprocess.run([sys.executable, "-c", SHOW], check=True, capture_output=True, text=True).stdout
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    assert int(shown) == (65_536 if hard == resource.RLIM_INFINITY else min(65_536, hard))
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    open_many()
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= before[0]


def test_a_process_that_yields_stands_behind_those_who_answer_people() -> None:
    with subprocess.Popen(["sleep", "30"]) as process:
        yield_to_people(process.pid)
        behind = os.getpriority(os.PRIO_PROCESS, process.pid) - os.getpriority(os.PRIO_PROCESS, 0)
        process.kill()
    assert behind == min(BEHIND, 19 - os.getpriority(os.PRIO_PROCESS, 0))
    yield_to_people(process.pid)

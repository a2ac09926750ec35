"""A new machine: the server makes a gathering, says how to enter it, and everything else is done in the browser."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from tests.serving import ROOT, free_port, wait_until_up


def test_the_first_start_prints_a_link_that_opens_the_organisers_page(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "RESTITUTION_FOLDER": str(tmp_path)}
    command = [sys.executable, "-m", "wsgi", "serve", "--bind", f"127.0.0.1:{port}"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            wait_until_up(url, process, tmp_path / "log")
            found = re.search(r"Rencontre · organisation : (\S+)", (tmp_path / "log").read_text("utf-8"))
            assert found is not None
            assert found[1].startswith(url)
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
            with browser.open(found[1], timeout=20) as page:
                assert page.status == 200
                assert page.url.startswith(f"{url}/rencontre/")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)
    assert "stopped" not in (tmp_path / "log").read_text("utf-8")

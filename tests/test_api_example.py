"""The example that the documentation gives to programmers is run as it stands, against a real server."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from tests.serving import ROOT, free_port, wait_until_up


def test_the_example_writes_a_note_from_its_link_to_its_receipt(tmp_path: Path) -> None:
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "api.md").read_text("utf-8"), flags=re.DOTALL)
    port = free_port()
    environment = {
        **os.environ,
        "RESTITUTION_FOLDER": str(tmp_path),
        "RESTITUTION_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }

    def restitution(*arguments: str) -> bytes:
        command = [sys.executable, "-m", "wsgi", *arguments]
        return subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True).stdout

    restitution("programme", "import", "demo/programme.yaml", "--yes")
    links = json.loads(restitution("links", "--json"))
    link = next(one["url"] for one in links if one["workshops"] == ["gouvernance"])
    serve = [sys.executable, "-m", "wsgi", "serve", "--web-only", "--bind", f"127.0.0.1:{port}"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(serve, env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            wait_until_up(f"http://127.0.0.1:{port}", process, tmp_path / "log")
            shown = subprocess.run(
                [sys.executable, "-c", code, link, "Une phrase."], check=True, capture_output=True, text=True
            ).stdout
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)
    assert re.search(r"'position': \d+, 'outcome': 'done'", shown), shown

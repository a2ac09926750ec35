"""A refusal is heard, however long the question was: the phone that lost its cookie must learn it from our answer."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.chaos.stage import Stage
from tests.chaos.wire import ask


def test_a_long_batch_that_is_refused_hears_its_refusal_when_the_connection_closes(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.prepare()
    stage.start_web()
    body = json.dumps({"operations": [{"text": "m" * 1_000_000}]}).encode()

    async def refused(path: str, size: int = 1) -> int:
        headers = {"Content-Type": "application/json"}
        return (await ask(stage.port, "POST", path, headers=headers, body=body * size, patience=20)).status

    async def every() -> list[int]:
        await stage.wait_until_up()
        # No cookie, a door that is not there, and more than the server takes.
        return [
            await refused("/api/v1/rencontre/operations"),
            await refused("/api/v1/rencontre/nothing"),
            await refused("/api/v1/rencontre/operations", 6),
        ]

    try:
        # In a thread of its own: a browser's driver may keep a loop in the one that runs the tests.
        with ThreadPoolExecutor(1) as thread:
            assert thread.submit(lambda: asyncio.run(every())).result() == [400, 404, 413]
    finally:
        stage.close()

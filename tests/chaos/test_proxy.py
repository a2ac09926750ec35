"""The network that fails leaves nothing open behind it, or another test would answer for its warnings."""

from __future__ import annotations

import asyncio
import gc
import itertools
import socket
import warnings
from concurrent.futures import ThreadPoolExecutor

from tests.chaos.plan import Fate
from tests.chaos.proxy import Proxy
from tests.chaos.waiting import soon


async def closed_while_connecting(upstream: int) -> bytes:
    """Close the proxy when a phone's request waits on its way to the server; return what the phone heard."""
    proxy = Proxy(upstream)
    link = await proxy.link(itertools.repeat(Fate("doubled")))
    reader, writer = await asyncio.open_connection("127.0.0.1", link.port)
    try:
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        # The phone's own connection and the first of the two to the server: the second waits for ever.
        assert await soon(lambda: len(link.live) >= 2, patience=20)
        await proxy.close()
        async with asyncio.timeout(20):
            return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


def test_nothing_stays_open_when_the_proxy_closes_while_it_connects() -> None:
    with socket.socket() as server, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        server.bind(("127.0.0.1", 0))
        # Nobody accepts: the system takes one connection and lets the next one wait.
        server.listen(0)
        with ThreadPoolExecutor(1) as thread:
            heard = thread.submit(lambda: asyncio.run(closed_while_connecting(server.getsockname()[1]))).result()
        gc.collect()
    assert heard == b""
    assert [str(one.message) for one in told] == []

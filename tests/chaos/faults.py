"""Every way in which a run breaks things, where the plan draws it, and what proves that it really struck.

A fault that never struck proves nothing: a run that planned one and never felt it fails, like a run that lost a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to break."""

    name: str
    """As the plan draws it."""
    what: str
    drawn: str
    proof: str = ""
    """What the run counts when it has struck; by default, the fault's own name."""
    needs: str = ""
    """"postgresql", "follower" or "browsers": without it, the fault is not planned."""


LINKS = "plan.fates: each connection of each link"
STEPS = "plan.draw: among the acts of the room"
WALKS = "plan.walk: the acts of a real browser"

FAULTS: tuple[Fault, ...] = (
    Fault("slow", "latency: each piece waits 5 to 80 ms", LINKS, "connection slow"),
    Fault("refused", "a reset as soon as the connection is made", LINKS, "connection refused"),
    Fault("request_cut", "a reset in the middle of the question", LINKS, "connection request_cut"),
    Fault("answer_cut", "a reset in the middle of the answer", LINKS, "connection answer_cut"),
    Fault("answer_lost", "a response lost after the commit: reset on its first byte", LINKS, "connection answer_lost"),
    Fault("doubled", "one question delivered twice, at once", LINKS, "connection doubled"),
    Fault("portal", "a captive portal's page in the place of our answer", LINKS, "connection portal"),
    Fault("busy", "a proxy's 503 with Retry-After", LINKS, "connection busy"),
    Fault("half_open", "a connection that is taken and never answered", LINKS, "connection half_open"),
    Fault("frozen", "a connection that goes silent in the middle of the answer", LINKS, "connection frozen"),
    Fault("offline", "a phone and its screen without a network", STEPS, "connection offline"),
    Fault("tab_killed", "the page killed wherever it was", STEPS),
    Fault("page_reloaded", "the page reloaded while a batch was under way", STEPS),
    Fault("double_submit", "one batch sent twice by one page, at once", STEPS),
    Fault("twin", "a second tab that sends at the same time as the first", STEPS, "two tabs sending"),
    Fault("cookie_lost", "an expired session: the device takes its seat again by itself", STEPS, "seat taken again"),
    Fault("token_stale", "a stale CSRF token: it must be renewed", STEPS, "tokens renewed"),
    Fault("screen_reloaded", "a screen reloaded", STEPS),
    Fault("workshop_closed", "a workshop closed under those who write, then opened", STEPS, "refused workshop.closed"),
    Fault("clock_wrong", "a phone whose clock is wrong by an hour, a year, or decades", "plan.draw: each phone"),
    Fault("web_killed", "kill -9 of the web server and its workers", STEPS),
    Fault("worker_killed", "kill -9 of one web worker", STEPS),
    Fault("follower_killed", "kill -9 of the follower", STEPS, needs="follower"),
    Fault("database_restarted", "PostgreSQL stopped without a farewell, then started", STEPS, needs="postgresql"),
    Fault("browser_offline", "a browser without a network while its user writes", WALKS, needs="browsers"),
    Fault("browser_tab_killed", "a browser's tab killed (its process crashes)", WALKS, needs="browsers"),
    Fault("browser_reloaded", "a browser's page reloaded while a batch was under way", WALKS, needs="browsers"),
    Fault("browser_two_tabs", "two tabs of one browser that write and send together", WALKS, needs="browsers"),
    Fault("browser_double_submit", "a note submitted twice in one instant", WALKS, needs="browsers"),
    Fault(
        "browser_session_lost", "a browser whose cookies are gone, then its link opened again", WALKS, needs="browsers"
    ),
    Fault("browser_clock_wrong", "a browser whose clock is wrong by a year", WALKS, needs="browsers"),
    Fault("browser_worker_updated", "a new service worker that takes over in mid-session", WALKS, needs="browsers"),
)


def planned(*, postgresql: bool, follower: bool, browsers: bool) -> list[Fault]:
    """Return the faults that a run of this kind must feel."""
    has = {"": True, "postgresql": postgresql, "follower": follower, "browsers": browsers}
    return [fault for fault in FAULTS if has[fault.needs]]


def strikes(faults: list[Fault], counted: Mapping[str, int]) -> dict[str, int]:
    """Return how often each of these faults really struck."""
    return {fault.name: counted.get(fault.proof or fault.name, 0) for fault in faults}


def missing(faults: list[Fault], counted: Mapping[str, int]) -> list[str]:
    """Return a sentence for each fault that was planned and never struck."""
    return [f"the fault {name} never struck" for name, times in strikes(faults, counted).items() if not times]

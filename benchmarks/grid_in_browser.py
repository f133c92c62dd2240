"""How long the endorsing grid takes from a key to the drawn frame, in a real browser."""

import os
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from benchmarks.measuring import Figure
from forthright.accounts.models import User
from forthright.disclosure.models import DisclosureDuty, Endorsement
from scripts import debian

# What a hand feels as at once.
GOAL_MS = 100
KEPT_WITHIN_MS = 120_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# A key is over when the frame after it is drawn: a task that follows the next frame.
WATCH = """() => {
    window.lags = [];
    addEventListener("keydown", () => {
        const begun = performance.now();
        requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => window.lags.push(performance.now() - begun);
            after.port2.postMessage(0);
        });
    }, { capture: true });
}"""


class Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name above
        """Say nothing."""


def grid_figures(duty: DisclosureDuty, lawyer: User, *, items: int, keys: int) -> list[Figure]:
    """Return the lag of moving and of endorsing in a grid, and the time until it is kept.

    Without a Chromium on the machine there are none.
    """
    program = os.environ.get("FORTHRIGHT_CHROMIUM") or debian.browser()
    if not program:
        return []
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(lawyer)
    session = client.cookies["sessionid"].value
    kept = Endorsement.objects.filter(duty=duty).count()
    with _served() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(program), args=FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page = context.new_page()
        page.goto(f"{address}/disclosure/{duty.pk}/endorse/")
        page.locator(".app-grid__row").first.wait_for()
        page.evaluate(WATCH)
        left = f"{items - kept - keys:,}"
        moved = _lags(page, ["j"] * keys)
        endorsed = _lags(page, ["c"] * keys)
        drawn = page.locator(".app-grid__row").count()
        page.locator("[data-left]", has_text=left).wait_for(timeout=KEPT_WITHIN_MS)
        browser.close()
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    found = Endorsement.objects.filter(duty=duty).count() - kept
    return [
        _figure(f"a key that moves, among {items:,} items, until it is drawn", moved),
        _figure(f"a key that endorses, among {items:,} items, until it is drawn", endorsed),
        Figure("rows drawn at once in the grid", drawn, "rows"),
        Figure(f"endorsements kept of {keys} keys", found, "kept", goal=f"all {keys}",
               is_met=found == keys),
    ]  # fmt: skip


def _lags(page: Page, keys: list[str]) -> list[float]:
    page.evaluate("() => { window.lags = [] }")
    for key in keys:
        page.keyboard.press(key)
    lags: list[float] = page.evaluate("window.lags")
    while len(lags) < len(keys):
        page.wait_for_timeout(20)
        lags = page.evaluate("window.lags")
    return lags


def _figure(name: str, lags: list[float]) -> Figure:
    slow = statistics.quantiles(lags, n=20)[-1]
    return Figure(
        f"{name} (95 in 100; the median is {statistics.median(lags):.0f} ms)", slow, "ms",
        goal=f"under {GOAL_MS} ms", is_met=slow < GOAL_MS,
    )  # fmt: skip


@contextmanager
def _served() -> Iterator[str]:
    """Serve the product from this process."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()

"""What goes out over several connections at once is counted as a whole, as it is one by one."""

import http.client
import re
import subprocess
import sys
import threading

import pytest

from tests.hard_media.given_by_a_link import SIZE
from tests.hard_media.site import Site
from tests.worker.workplace import HOUSE, PATIENCE

pytestmark = pytest.mark.slow  # a web server is started
AT_ONCE, ROUNDS = 4, 6


@pytest.fixture
def site(workplace):
    with Site(workplace) as site:
        made = subprocess.run(
            [sys.executable, "-m", "tests.hard_media.given_by_a_link"],
            cwd=HOUSE, env=workplace.environment, check=True, capture_output=True,
            timeout=PATIENCE,
        )  # fmt: skip
        site.page, site.session = made.stdout.decode().split()[-2:]
        yield site


def asked(site, verb, address, **headers):
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    try:
        site.begin_on(line, verb, address, **headers)
        answer = line.getresponse()
        return answer, answer.read()
    finally:
        line.close()


def fetched_at_once(site, address):
    """Fetch a file as download managers do: each connection a part, all begun at one moment."""
    parts, ready = {}, threading.Barrier(AT_ONCE)

    def fetch(number):
        start = number * SIZE // AT_ONCE
        end = (number + 1) * SIZE // AT_ONCE - 1
        ready.wait()
        answer, parts[number] = asked(site, "GET", address, Range=f"bytes={start}-{end}")
        assert answer.status == 206

    threads = [threading.Thread(target=fetch, args=(number,)) for number in range(AT_ONCE)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(len(each) for each in parts.values()) == SIZE


def receipts(site):
    rows = site.place.rows("SELECT what FROM hard_media_sharereceipt ORDER BY id")
    return [row[0] for row in rows]


def test_each_file_that_was_taken_out_over_four_connections_has_one_receipt(site):
    for number in range(1, ROUNDS + 1):
        answer, _ = asked(site, "POST", f"{site.page}take-out/", Content_Length=0)
        assert answer.status == 302
        fetched_at_once(site, answer.headers["Location"])
        site.place.wait_until(lambda n=number: receipts(site).count("TAKEN_OUT") >= n)

    assert receipts(site) == ["TAKEN_OUT"] * ROUNDS
    assert site.place.rows("SELECT count(*) FROM hard_media_goneout") == [(0,)]


def test_each_page_that_played_over_four_connections_says_once_that_it_began_and_went_out(site):
    for _ in range(ROUNDS):
        _, page = asked(site, "GET", site.page)
        source = re.search(rb'/received/[^"]+/content/[^"]+', page)[0].decode()
        fetched_at_once(site, source)
    site.place.wait_until(lambda: len(receipts(site)) >= 2 * ROUNDS)

    assert receipts(site) == ["OPENED", "FETCHED"] * ROUNDS

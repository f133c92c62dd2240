"""Every page, looked at by a tool that finds what shuts people out, wide and narrow."""

from collections.abc import Iterator

import pytest
import time_machine
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from django.test.utils import override_settings

from forthright.accounts.models import User
from tests import given
from tests.journeys import addresses, world
from tests.journeys.askers import ENOUGH, Askers, look_of, those_with
from tests.journeys.walking import PATIENCE, session_of
from tests.test_matrix import EVERY_PAGE

pytestmark = pytest.mark.journey

WIDTHS = (1280, 320)
# Each core looks at half of the pages: this takes longer than all the other walks together.
HALVES = 2
LOOK = """async () => {
  const found = await axe.run({resultTypes: ["violations"]});
  const page = document.documentElement;
  return [found.violations, page.scrollWidth - page.clientWidth];
}"""


@override_settings(ROOT_URLCONF="tests.journeys.bare")
def worth_a_look(people: list[User], half: int) -> list[tuple[str, User | None]]:
    """Return an address for each look of each page of a half, with somebody who may see it."""
    clients = {person: Client(SERVER_NAME="127.0.0.1") for person in [None, *people]}
    for person in people:
        clients[person].force_login(person)
    known = addresses.arguments()
    chosen: list[tuple[str, User | None]] = [("/no-such-page/", None), ("/people/", people[0])]
    for pattern, view in EVERY_PAGE[half::HALVES]:
        if "GET" not in view.methods:
            continue
        may = those_with(view.permission, people) if view.permission else [None]
        chosen += looks(addresses.addresses(pattern, known), Askers(pattern, may), clients)
    return chosen


def looks(filled, askers: Askers, clients) -> Iterator[tuple[str, User | None]]:
    """Yield an address for each look of one page, with somebody who may see it."""
    files = 0
    for address in filled:
        for person in askers.turn(address):
            answer = clients[person].get(address)
            if answer.status_code == 200:
                break
        else:
            continue
        is_new = askers.has_opened(person, look_of(answer))
        if "html" not in answer["Content-Type"]:
            files += 1
        elif is_new:
            yield address, person
        # It hands out a file, whoever asks and of whatever.
        if files >= ENOUGH and files == askers.opened:
            return


class Looking:
    """A browser that opens pages as one person after another."""

    def __init__(self, chromium, site):
        self.site = site
        self.context = chromium.new_context()
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.sessions = {}

    def be(self, person):
        """Look as this person from here on, or as nobody."""
        self.context.clear_cookies()
        if person is None:
            return
        if person not in self.sessions:
            self.sessions[person] = session_of(person, self.site)
        self.context.add_cookies([self.sessions[person]])

    def faults_of(self, address, person):
        """Return what is wrong with a page at each width."""
        self.be(person)
        self.page.goto(self.site + address)
        return [f"{address} {fault}" for fault in self.faults_here()]

    def faults_here(self):
        """Yield what axe finds at each width, and whether the page is wider than the window."""
        # It is as long as a book: once for both widths.
        self.page.evaluate(AXE_SCRIPT)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            violations, too_wide = self.page.evaluate(LOOK)
            for each in violations:
                places = "; ".join(str(node["target"]) for node in each["nodes"][:3])
                yield f"at {width} px: {each['id']}: {each['help']} ({places})"
            if too_wide > 0:
                yield f"at {width} px: {too_wide} px too wide"


@pytest.mark.parametrize("half", range(HALVES))
def test_axe_finds_nothing_on_any_page_and_none_scrolls_sideways(served, chromium, tmp_path, half):
    with time_machine.travel(given.NOON, tick=True):
        world.fill(tmp_path)
        looking = Looking(chromium, served)
        chosen = worth_a_look(list(User.objects.order_by("pk")), half)

        faults = [fault for one in chosen for fault in looking.faults_of(*one)]
        looking.context.close()

    assert len(chosen) > 30
    assert not faults, "\n".join(faults)

"""Every page, looked at by a tool that finds what shuts people out, wide and narrow."""

import pytest
import time_machine
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from django.test.utils import override_settings

from forthright.accounts.models import User
from tests import given
from tests.journeys import addresses, world
from tests.journeys.askers import Askers, those_with
from tests.journeys.walking import PATIENCE, session_of
from tests.test_matrix import EVERY_PAGE

pytestmark = pytest.mark.journey

WIDTHS = (1280, 320)
LOOK = """async () => {
  const found = await axe.run({resultTypes: ["violations"]});
  const page = document.documentElement;
  return [found.violations, page.scrollWidth - page.clientWidth];
}"""


def look_of(answer) -> frozenset[str]:
    """Return the templates a page was made with, for two pages of the same ones look alike."""
    names = {each.name for each in answer.templates if each.name}
    return frozenset(name for name in names if not name.startswith(("components/", "django/")))


@override_settings(ROOT_URLCONF="tests.journeys.bare")
def worth_a_look(people: list[User]) -> list[tuple[str, User | None]]:
    """Return an address for each look of each page, with somebody who may see it."""
    clients = {person: Client(SERVER_NAME="127.0.0.1") for person in [None, *people]}
    for person in people:
        clients[person].force_login(person)
    known = addresses.arguments()
    chosen: list[tuple[str, User | None]] = [("/no-such-page/", None), ("/people/", people[0])]
    for pattern, view in EVERY_PAGE:
        if "GET" not in view.methods:
            continue
        seen = set()
        may = those_with(view.permission, people) if view.permission else [None]
        askers = Askers(may)
        for address in addresses.addresses(pattern, known):
            for person in askers.turn():
                answer = clients[person].get(address)
                if answer.status_code != 200 or "html" not in answer["Content-Type"]:
                    continue
                if (look := look_of(answer)) not in seen:
                    seen.add(look)
                    chosen.append((address, person))
                askers.has_opened(person)
                break
    return chosen


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


def test_axe_finds_nothing_on_any_page_and_none_scrolls_sideways(served, chromium, tmp_path):
    with time_machine.travel(given.NOON, tick=True):
        world.fill(tmp_path)
        looking = Looking(chromium, served)
        chosen = worth_a_look(list(User.objects.order_by("pk")))

        faults = [fault for one in chosen for fault in looking.faults_of(*one)]
        looking.context.close()

    assert len(chosen) > 60
    assert not faults, "\n".join(faults)

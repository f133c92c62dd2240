"""Every page that shows something personal, and every file handed out, leaves an event."""

import pytest
import time_machine
from django.test import Client

from forthright.accounts.models import User
from forthright.audit.models import Event
from forthright.rules.letter_blocks.fields import FIELDS
from forthright.standards.models import Anchor
from tests import given
from tests.guards.test_rooms import OURS
from tests.journeys import addresses, world
from tests.journeys.askers import Askers, look_of, those_with
from tests.test_matrix import EVERY_PAGE

pytestmark = pytest.mark.django_db
HANDED_OUT = ("exported", "taken_out")
LOOKED_AT = ("seen", "listed", "opened", *HANDED_OUT)
PAGES = [page for page in EVERY_PAGE if "GET" in page[1].methods and page[1].permission]
# Each with why it may stand on a page without an event.
NEED_NONE = {
    "accounts.User.full_name": "a colleague's name stands beside what they did on most pages",
    "accounts.User.job_title": "as the name",
    "schemes.Duty.drafter_name": "as the name",
    "extracts.WaitingFile.file_name": "what a colleague called a file; its rows are recorded",
}
# Pages whose one thing is a person's own account, and that ask who they are before they show it.
ASK_FIRST = {"account/confirm/code/", "account/password/", "account/recovery-codes/",
             "account/second-step/", "account/second-step/remove/"}  # fmt: skip
# Bytes go out under an address alone that another page gives once it noted the opening, see
# tests/hard_media/test_playing.py.
NOTED_BEFORE = {"recordings/files/<int:file_id>/content/<str:ticket>/",
                "recordings/copies/<int:copy_id>/content/<str:ticket>/"}  # fmt: skip
# Only days that are over are counted, and all here came today; see
# tests/reports/test_stock_of_recordings.py.
OF_YESTERDAY = {"recordings/stock/<str:key>/"}
SHORTEST = 6  # a shorter word would be found by chance


def personal_things() -> dict[str, str]:
    """Return every personal text that is held, with the field that holds it."""
    examples = " ".join(
        [*Anchor.objects.values_list("example", flat=True), *(e.example for e in FIELDS.values())]
    )
    found = {}
    for model in OURS:
        for name in model.PERSONAL:
            for value in model.objects.values_list(name, flat=True):
                if isinstance(value, str) and len(value) >= SHORTEST and value not in examples:
                    found[value] = f"{model._meta.label}.{name}"
    return {value: place for value, place in found.items() if place not in NEED_NONE}


def last_event() -> int:
    return Event.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0


class Looker:
    """One person who opens pages, and what each left in the record."""

    def __init__(self, person: User, things: dict[str, str]):
        self.person = person
        self.things = {value: where for value, where in things.items() if value != person.email}
        self.client = Client()
        self.client.force_login(person)

    def look_at(self, address: str) -> tuple[str | None, frozenset[str]]:
        """Return what a page showed without an event, and how it looks.

        The first is nothing if all is well, and None if it was not shown.
        """
        before = last_event()
        answer = self.client.get(address)
        if answer.status_code != 200:
            # What waits to be told is told on the page that this leads to, and on no other.
            self.client.cookies.pop("messages", None)
            return None, frozenset()
        return self.fault_of(address, answer, before), look_of(answer)

    def fault_of(self, address: str, answer, before: int) -> str:
        """Return what an answer shows without an event after the one before."""
        is_file = "attachment" in answer.get("Content-Disposition", "")
        left = Event.objects.filter(sequence__gt=before, by=self.person)
        names = list(left.values_list("name", flat=True))
        if is_file and not any(name.endswith(HANDED_OUT) for name in names):
            return f"{address} hands out a file and leaves no event of it"
        if any(name.endswith(LOOKED_AT) for name in names):
            return ""
        # Looked for last, as a search for every personal word takes longer than the page.
        text = answer.content.decode(errors="ignore")
        if shown := sorted({where for value, where in self.things.items() if value in text}):
            return f"{address} shows {', '.join(shown)} and leaves no event"
        return ""


@pytest.fixture
def lookers(tmp_path, settings):
    settings.ROOT_URLCONF = "tests.journeys.bare"
    with time_machine.travel(given.NOON, tick=True):
        world.fill(tmp_path)
        things = personal_things()
        yield [Looker(person, things) for person in User.objects.order_by("pk")]


def looks_at(pattern, view, lookers, known):
    """Return what each look at a page found: a list by all, a thing by one who may."""
    looker_of = {each.person: each for each in lookers}
    askers = Askers(pattern, those_with(view.permission, list(looker_of)))
    found = []
    for address in addresses.addresses(pattern, known):
        for person in askers.turn(address):
            fault, look = looker_of[person].look_at(address)
            found.append(fault)
            if "<" in pattern and fault is not None:
                askers.has_opened(person, look)
                break
    return found


# Slow: it opens every page of a whole Area.
@pytest.mark.slow
def test_every_page_with_something_personal_and_every_file_leaves_an_event_without_it(lookers):
    known = addresses.arguments()
    faults, never_shown = set(), set()
    for pattern, view in PAGES:
        found = looks_at(pattern, view, lookers, known)
        faults |= {fault for fault in found if fault}
        if all(fault is None for fault in found):
            never_shown.add(pattern)

    assert not faults, "\n".join(sorted(faults))
    left_out = ASK_FIRST | NOTED_BEFORE | OF_YESTERDAY
    assert never_shown == left_out, "a page that was not looked at proves nothing"
    # Asked here too, as to fill the Area a second time takes as long as a hundred other tests.
    assert personal_in_events() == set()


def personal_in_events() -> set[str]:
    """Return each personal text that an event holds: of what was done here, and of every look."""
    things = personal_things() | dict.fromkeys(
        User.objects.values_list("full_name", flat=True), "accounts.User.full_name"
    )
    said = {
        (name, str(detail))
        for name, detail in Event.objects.values_list("name", "detail").distinct()
    }
    return {
        f"{name} holds {where}"
        for name, detail in said
        for value, where in things.items()
        if value in detail
    }

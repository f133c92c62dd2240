"""What members write of a letter and what the panel says of it names nobody."""

import pytest
import time_machine

from forthright.panels.services.meeting import close_marks
from tests import given
from tests.client import as_
from tests.panels import sittings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def test_a_remark_that_names_somebody_is_held_back_and_the_discussion_names_nobody():
    ada, ben = sittings.a_member(), sittings.a_member()
    meeting = sittings.opened(ada, ben, letters=1)
    as_(ada).open(
        f"/panel/packs/{sittings.declared(meeting.seats.get(member=ada)).pk}/letters/1/"
    ).see("No names, places or days", "I think I know whom this letter is about")
    sittings.handed_in(meeting.seats.get(member=ada), remark="Ms Osei is my neighbour.")
    sittings.handed_in(meeting.seats.get(member=ben), remark="Kind words.")
    close_marks(meeting, by=meeting.planned_by, at=given.NOON)
    path = f"/panel/meetings/{meeting.pk}/discussion/"

    page = as_(meeting.planned_by).open(path)
    page.see("member 1: Held back", "member 2: Kind words.").not_see("Ms Osei")

    said = "They knew Ms Osei at once."
    refused = page.press("Keep what was said", discussion=said)
    refused.see("“Osei”", "Write it without names")
    meeting.refresh_from_db()
    assert meeting.discussion == ""


def test_a_name_that_no_record_knows_is_asked_about_in_what_the_panel_says():
    ada = sittings.a_member()
    meeting = sittings.opened(ada, letters=1)
    sittings.handed_in(meeting.seats.get(), remark="Her aunt Kate Tiwana of Malvern told me.")
    close_marks(meeting, by=meeting.planned_by, at=given.NOON)
    said = "Her aunt Kate Tiwana spoke of it."

    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/discussion/")
    page.see("Look at it before it is read out", "“Kate Tiwana”")
    asked = page.press("Keep what was said", discussion=said)
    asked.see("Please look: “Kate Tiwana” looks like a name or a place")
    meeting.refresh_from_db()
    assert meeting.discussion == ""

    asked.press("Keep what was said", discussion=said, names_nobody="on").see("Kept.")
    meeting.refresh_from_db()
    assert meeting.discussion == said

"""Who puts a case into the register that is there already is told so, and what is kept."""

from datetime import date

import pytest

from forthright.audit.models import Event
from forthright.hard_media.models import Hearing
from forthright.hard_media.services import hearings
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
OTHER = date(2026, 11, 9)
SENT = date(2026, 9, 28)


def days(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def register(hearing, **said):
    page = as_(media.a_lawyer()).open("/recordings/register/")
    return page.press("Add the case", urn=hearing.case.urn, **said)


def test_another_day_is_refused_with_what_is_kept_and_where_it_moves(hearing):
    page = register(hearing, **days("on", OTHER))

    [error] = page.errors
    assert error.startswith("This case is in the register already: its PTPH on Monday 26 October")
    page.not_see("Done")
    page.follow("The hearing moved").see("When is the PTPH now?")
    assert Hearing.objects.get().on == media.PTPH
    assert Event.objects.filter(name="hearing.registered").count() == 1


@pytest.mark.parametrize(
    "listed",
    [
        hearings.Listed(on=OTHER),
        hearings.Listed(on=media.PTPH, sent_on=SENT),
        hearings.Listed(on=None, sent_on=SENT),
        hearings.Listed(on=media.PTPH, court="Hereford"),
    ],
)
def test_nothing_that_differs_is_dropped_without_a_word(hearing, listed):
    with pytest.raises(hearings.RegisteredAlready, match="not kept"):
        hearings.register_case(hearing.case, listed, by=None, at=NOON)


def test_a_day_for_a_case_without_one_is_led_to_where_it_is_recorded():
    hearing = media.a_hearing(on=None, sent_on=SENT, urn="20AB7000126")

    page = register(hearing, **days("on", OTHER))

    assert "no day listed, sent to the Crown Court on Monday 28 September 2026" in page.errors[0]


def test_the_same_once_more_is_said_to_have_been_there(hearing):
    page = register(hearing, **days("on", media.PTPH), court="Worcester")

    page.see("The case was in the register already, as you entered it. Nothing changed.")

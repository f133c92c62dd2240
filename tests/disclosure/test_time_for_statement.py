"""The papers say the time for a defence statement as it will be, and then as it is counted."""

import io
from datetime import date

import pytest

from forthright.disclosure.documents import pack_of
from forthright.disclosure.services.dating import Ordered, set_court_date
from forthright.disclosure.services.serving import serve
from forthright.letter_files.reading import words_of_file
from tests import given
from tests.disclosure import duties

pytestmark = pytest.mark.django_db


def paper(duty, name, at):
    content = pack_of(duties.fresh(duty), by=None, at=at)[f"{name}.docx"]
    return " ".join(words_of_file(io.BytesIO(content), f"{name}.docx").split())


@pytest.mark.parametrize(
    ("served", "counted", "ends"),
    [
        pytest.param("2026-12-07 10:00", "Monday 7 December 2026", "Sunday 3 January 2027",
                     id="weeks after it was due"),
        pytest.param("2026-10-09 18:00", "Monday 12 October 2026", "Sunday 8 November 2026",
                     id="in the evening"),
    ],
)  # fmt: skip
def test_the_letter_names_a_last_day_once_it_is_served_and_by_that_service(
    served, counted, ends, time_machine
):
    duty, at = duties.approved(), given.at(served)
    time_machine.move_to(at, tick=False)

    letter, notice = (paper(duty, name, at) for name in ("covering-letter", "notice-to-the-court"))
    assert "28 days beginning with the day on which this service counts as given" in letter
    assert "ends on" not in letter
    assert "on the day that it bears, the prosecutor discloses 1 item" in notice
    serve(duty, duties.a_service(duty, served_at=at), by=duties.a_lawyer(), at=at)

    letter = paper(duty, "covering-letter", at)
    assert f"28 days beginning with {counted}, and ends on {ends}." in letter
    is_later = counted != f"{at:%A} {at.day} {at:%B %Y}"
    assert (f"so it counts on the next working day, {counted}" in letter) == is_later
    assert (
        duties.fresh(duty).dates.get(key="defence_statement").day
        == duties.fresh(duty).statement_due_on
    )


def test_no_letter_asks_for_a_statement_by_a_day_that_is_over(time_machine):
    duty, late = duties.approved(), given.at("2026-12-07 10:00")
    wish = Ordered(key="stage_2", day=date(2026, 11, 20), reason="Ordered at the hearing")
    set_court_date(duty, wish, by=None, at=given.NOON)
    time_machine.move_to(given.NOON, tick=False)
    assert "due by Friday 20 November 2026" in paper(duty, "covering-letter", given.NOON)

    time_machine.move_to(late, tick=False)

    letter = paper(duty, "covering-letter", late)
    assert "20 November" not in letter
    assert "28 days beginning with the day on which this service counts as given" in letter

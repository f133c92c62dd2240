"""A manager promises something by a day that is a day to come of a case: asked, and not refused."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.anonymiser.known import Known
from forthright.audit.models import Event
from forthright.panels.selectors.named import WITHHELD, findings_shown, known_of_meeting
from forthright.panels.selectors.promised_days import days_to_come_in
from forthright.panels.services.findings import answer_finding
from forthright.panels.services.meeting import PanelRefused
from forthright.rules.words import day_words
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()
OF_CASE = Known(days=(date(2026, 12, 7), date(2026, 9, 21)))


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


@pytest.fixture
def finding():
    meeting = sittings.closed(letters=1)
    return sittings.found(meeting, given.a_person(Role.LEGAL_MANAGER, unit=made.a_unit()))


def a_day_of_the_case(finding, *, is_to_come):
    """Return a day that the record knows of the case of the letter, to come or over."""
    days = sorted({day for known in known_of_meeting(finding.meeting) for day in known.days})
    return days[-1] if is_to_come else days[0]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("From 7 December all templates say it.", ["7 December"]),
        ("By Monday 7 December 2026 we do it.", ["Monday 7 December 2026"]),
        ("By 9 December we do it.", ["9 December"]),
        ("By the end of the first week of December we do it.", []),
        ("We did it on 21 September 2026.", ["21 September 2026"]),
        ("We did it on 22 September 2026.", []),
        ("By 31 November we do it.", []),
    ],
)
def test_of_each_day_to_come_it_is_asked_whether_it_is_of_a_case_or_not(words, asked):
    assert days_to_come_in(words, [OF_CASE], TODAY) == asked


def test_a_day_to_come_of_a_case_is_asked_about_and_kept_once_it_is_said(finding, monkeypatch):
    now_known = "forthright.panels.services.findings.known_of_meeting"
    monkeypatch.setattr(now_known, lambda _: [OF_CASE])
    promise = "From 7 December all templates of the unit say it in plain words."
    page = as_(finding.manager).open(f"/panel/findings/{finding.pk}/")
    asked = page.press("Answer the panel", did=promise)
    asked.see("“7 December” is a day to come", "“in the first week of December”")
    finding.refresh_from_db()
    assert finding.did == ""

    asked.press("Answer the panel", names_nobody="on").see("Answered.")

    finding.refresh_from_db()
    assert finding.did == promise
    assert Event.objects.get(name="panel.finding_answered").detail["names_nobody"] is True
    monkeypatch.setattr("forthright.panels.selectors.named.kept_of_meeting", lambda _: [OF_CASE])
    assert [each.did for each in findings_shown(finding.meeting)] == [promise]


def test_a_day_of_a_case_that_is_over_is_refused_as_before_with_a_way_to_write_it(finding):
    cases = known_of_meeting(finding.meeting)
    over = min(day for known in cases for day in known.days)
    told = f"I looked at what was done on {day_words(over)}."

    with pytest.raises(PanelRefused, match=r"could tell whom.*first week of December"):
        answer_finding(finding, told, names_nobody=True, by=finding.manager, at=given.NOON)


def test_an_answer_that_tells_a_day_that_was_over_is_held_back_still(finding, monkeypatch):
    sittings.answered(finding)
    type(finding).objects.update(did="We did it on 21 September 2026 and never again.")
    monkeypatch.setattr("forthright.panels.selectors.named.kept_of_meeting", lambda _: [OF_CASE])

    assert [each.did for each in findings_shown(finding.meeting)] == [WITHHELD]

"""A name tells what another description does whatever the case in which either is written."""

from datetime import date

import pytest

from forthright.rules.schedules.bundle import Bundle
from forthright.rules.schedules.engine import check_schedules
from forthright.rules.schedules.examples import HERE
from forthright.rules.schedules.rule import shipped_schedule_rules
from forthright.rules.schedules.schedule import Form, Schedule, ScheduleItem
from forthright.rules.schedules.telling import words_of

DEBRIEF = "Debrief of the source Mark Brown about where the stolen van is"
KESTREL = "Operation Kestrel tactical plan: covert observation of the flat"
MARSH = "Debrief of the informant Peter Marsh about who holds the keys"


def told(one, other):
    return {*words_of(one).told_with(words_of(other))}


@pytest.mark.parametrize(
    ("listed", "secret", "names"),
    [
        ("Email from Mark Brown to PC Khan", DEBRIEF, {"mark", "brown"}),
        ("Witness statement of Mark Brown, Mill Lane, Weston", DEBRIEF, {"mark", "brown"}),
        ("Letter of Mark Brown to Northshire Police", DEBRIEF, {"mark", "brown"}),
        ("Note of a meeting with Mark Brown about who used the van", DEBRIEF, {"mark", "brown"}),
        ("Brown telephoned the station on 2 May 2026", DEBRIEF, {"brown"}),
        ("email from mark brown to the officer", DEBRIEF, {"mark", "brown"}),
        ("Statement of Peter Marsh, Weston", MARSH, {"peter", "marsh"}),
        ("Draft Statement of Peter Marsh, 3 May 2026", MARSH, {"peter", "marsh"}),
        ("Draft Statement of Mr Marsh, Weston, 3 May 2026", MARSH, {"marsh"}),
        ("Briefing sheet Operation Kestrel, DS Harper", KESTREL, {"kestrel"}),
        (
            "Notes of briefing on Operation Kestrel for the patrol of Station Road, 2 May 2026",
            KESTREL,
            {"kestrel"},
        ),
    ],
)
def test_a_name_is_told_in_a_row_of_any_case(listed, secret, names):
    assert told(listed, secret) == names
    assert told(listed.upper(), secret) == names
    assert told(listed, secret.upper()) == names
    assert told(listed.upper(), secret.upper()) >= names


@pytest.mark.parametrize(
    ("listed", "secret"),
    [
        ("Photograph of a brown van with a mark on the door", DEBRIEF),
        ("CUSTODY RECORD: TIMES OF ARRIVAL AND WHAT WAS KEPT", "LOG OF THE HOUSE, ARRIVAL KEPT"),
        ("Record About Times Of Arrival And Visits", "Report About The House, Times Said"),
        ("Statement of PC Marsh, Weston", "Tasking sheet of PC Marsh for the observation"),
        ("Letter of Mark Jones to Northshire Police", DEBRIEF),
    ],
)
def test_a_capital_that_every_word_has_tells_nothing(listed, secret):
    assert told(listed, secret) == set()


def test_what_is_said_of_a_source_in_a_row_in_capitals_is_no_name():
    assert words_of(DEBRIEF.upper()).pointed == {"mark", "brown"}
    assert words_of("Call of the source Said Omar").pointed == {"said", "omar"}


@pytest.mark.parametrize(
    ("listed", "secret"),
    [
        ("CCTV of the Co-op of 3 May", "Statement of staff at the Co-op who fear the man"),
        ("Family liaison officer's log of 3 May", "Part of the family liaison officer's log"),
        ("DASH form completed PC Rigby MS 4 May", "Referral completed PC Rigby MS 5 May"),
        ("Search record of 14 Dock Street", "Information for the search warrant, 14 Dock Street"),
    ],
)
def test_what_every_schedule_has_tells_nothing(listed, secret):
    assert told(listed, secret) == set()


@pytest.mark.parametrize(
    "secret",
    [
        "Log of watching from 14 Dock Street, lent by the householder",
        "Plan of the search team, seen from 14 Dock Street",
        "Search warrant for 14 Dock Street. Post in the front room of 14 Dock Street",
    ],
)
def test_a_house_is_told_that_is_named_as_more_than_searched(secret):
    assert "14 dock street" in told("Search record of 14 Dock Street", secret)


@pytest.mark.parametrize("case", [str, str.upper])
def test_the_check_warns_of_it(case):
    def schedule(form, words):
        item = ScheduleItem(place=HERE, number=1, description=case(words))
        return Schedule(form=form, place=HERE, items=(item,))

    bundle = Bundle(schedules=(
        schedule(Form.MG6C, "Email from Mark Brown to PC Khan"), schedule(Form.MG6D, DEBRIEF)
    ))  # fmt: skip
    found = check_schedules(bundle, shipped_schedule_rules(), as_of=date(2026, 12, 31))

    assert [each.words for each in found if each.rule == "R11l"] == [case("Brown")]

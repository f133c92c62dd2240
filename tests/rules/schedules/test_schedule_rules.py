"""Schedule rules are data: each does as its examples say, and a faulty file is refused."""

from datetime import date

import pytest

from forthright.rules.letter_checks.rule import RulesRefused
from forthright.rules.schedules.bundle import Bundle
from forthright.rules.schedules.engine import check_schedules
from forthright.rules.schedules.examples import HERE, example_bundle, schedule_disagreements
from forthright.rules.schedules.return_note import LONGEST_REQUEST, return_note
from forthright.rules.schedules.rule import (
    Example,
    failure_reasons,
    load_schedule_rules,
    schedule_rules_of,
    shipped_schedule_rules,
)
from forthright.rules.schedules.schedule import Form, Schedule, ScheduleItem

DAY = date(2026, 4, 8)
RULE = """
[[rule]]
id = "R90"
title = "No acronym of our own"
level = "warn"
kind = "existence"
source = "Area group"
message = "Nobody knows {words}."
find = { patterns = ['''\\bmidas\\b'''] }
must_fire = ["Print from MIDAS of the visits"]
must_not_fire = ["Print of the visits"]
"""


def found_in(**example):
    return check_schedules(example_bundle(Example(**example)), shipped_schedule_rules(), as_of=DAY)


def test_every_shipped_rule_does_as_its_examples_say():
    assert schedule_disagreements(shipped_schedule_rules()) == []


def test_every_shipped_rule_names_its_source_and_has_both_kinds_of_example():
    rules = shipped_schedule_rules()

    assert len(rules) == len({rule.id for rule in rules}) == 64
    assert [rule.id for rule in rules if not (rule.source and rule.source_address)] == []


def test_a_recording_named_far_on_in_a_sentence_is_quoted_with_what_names_it():
    said = ("The officers who came to the shop in the High Street soon after the call, as the "
            "manager tells, took the CCTV from the till away")  # fmt: skip
    papers = (said, "No CCTV was seen")

    found = found_in(items=("Custody record of Dean Hollis",), papers=papers)

    words = next(each.words for each in found if each.rule == "R8a")
    assert words == "manager tells, took the CCTV from the till away"
    assert words in next(each.message for each in found if each.rule == "R8a")


def test_what_the_prosecutor_mends_does_not_go_back_to_the_police():
    back = {rule.id[:2] for rule in shipped_schedule_rules() if rule.return_reason}

    assert "R1" not in {rule.id for rule in shipped_schedule_rules() if rule.return_reason}
    assert {"R4", "R5", "R6", "R7", "R8"} <= back
    assert not back & {"R2", "R9"}


def test_a_folder_of_an_areas_own_rules_is_used(tmp_path):
    (tmp_path / "own.toml").write_text(RULE)

    rules = load_schedule_rules(tmp_path)

    assert schedule_disagreements(rules) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(('level = "warn"', 'level = "grave"'), "R90, field level", id="level"),
        pytest.param(('source = "Area group"', ""), "R90, field source", id="no source"),
        pytest.param(("patterns", "patern"), "field find: a rule of kind existence has no",
                     id="a typing fault"),
        pytest.param(('kind = "existence"', 'kind = "order"'), "not looked at by the kind",
                     id="kind"),
        pytest.param(("\\bmidas\\b", "(midas"), "is not a pattern", id="pattern"),
        pytest.param(("title =", "titel ="), "R90, field title", id="field"),
        pytest.param(("[[rule]]", "[rule]"), "holds [[rule]] only", id="brackets"),
        pytest.param(('message =', 'return_reason = "Poor"\nmessage ='), "none of the reasons",
                     id="a reason of our own"),
        pytest.param(("title = ", "title = = "), "not TOML", id="not TOML"),
    ],
)  # fmt: skip
def test_a_faulty_rule_is_refused_with_its_place(change, words):
    with pytest.raises(RulesRefused) as refusal:
        schedule_rules_of({"own.toml": RULE.replace(*change).encode()})

    assert words in str(refusal.value)
    assert str(refusal.value).startswith("own.toml")


def test_two_rules_may_not_share_an_id():
    with pytest.raises(RulesRefused, match="has the same id"):
        schedule_rules_of({"a.toml": RULE.encode(), "b.toml": RULE.encode()})


def test_an_empty_folder_holds_no_rules(tmp_path):
    with pytest.raises(RulesRefused, match="not a folder with"):
        load_schedule_rules(tmp_path)


def test_a_rule_is_used_only_while_it_is_in_force():
    dated = "in_force_from = 2026-05-01\nin_force_until = 2026-05-31\nfind ="
    rules = schedule_rules_of({"a.toml": RULE.replace("find =", dated).encode()})
    bundle = example_bundle(Example(items=("Print from MIDAS",)))
    days = [date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1)]

    assert [len(check_schedules(bundle, rules, as_of=day)) for day in days] == [0, 1, 1, 0]


def test_a_finding_has_place_words_reason_source_and_mend():
    [finding] = [x for x in found_in(items=("CCTV",)) if x.rule == "R4a"]

    assert finding.place == "example"
    assert finding.words == "CCTV"
    assert finding.named == "item 1"
    assert "nobody can decide" in finding.message
    assert finding.suggestion.startswith("Say who made it")
    assert finding.source.startswith("CPS Disclosure Manual")


def test_one_fault_of_an_item_is_told_once():
    told = [x.rule for x in found_in(items=("PNB",)) if x.item == 1]

    assert told == ["R4a"]


def test_what_is_sensitive_is_not_repeated_in_a_finding_or_a_note():
    secret = "Handler’s name: Quill"
    findings = found_in(form="MG6D", items=({"description": secret, "number": "1a"},))

    assert {"R5c", "R11c"} <= {x.rule for x in findings}
    assert "Quill" not in str(findings)
    assert "Quill" not in return_note("MG6D", findings).as_text()


def test_findings_come_in_the_order_of_the_schedule():
    findings = found_in(items=("PNB", "CCTV", "Emails"))

    items = [x.item for x in findings if x.item]
    assert items == sorted(items)


def test_a_return_note_has_exact_reasons_and_short_requests():
    findings = found_in(form="MG6C", is_whole=True, items=("PNB", "CCTV to be viewed"))

    note = return_note("unused.xlsx", findings)

    assert set(note.requests) <= set(failure_reasons())
    assert "Schedules of unused material not provided" in note.requests
    assert "Rebuttable presumption material not provided" in note.requests
    longest = max(len(each.words) for asked in note.requests.values() for each in asked)
    assert longest <= LONGEST_REQUEST
    assert note.as_text().startswith("To the disclosure officer\nReturned for mending: unused.xlsx")
    assert "Reason: Schedules of unused material not provided\n1. MG6C: No MG6E came with it" in (
        note.as_text())  # fmt: skip


def test_a_schedule_with_nothing_to_mend_makes_no_note():
    note = return_note("good.xlsx", [])

    assert (note.count, note.as_text(), note.as_table()) == (0, "", [])


def test_a_later_schedule_need_not_list_again_what_is_presumed():
    item = ScheduleItem(place=HERE, number=40, numbered="40", description="Note of a call")
    bundle = Bundle(schedules=(Schedule(form=Form.MG6C, place=HERE, items=(item,)),))

    told = {x.rule for x in check_schedules(bundle, shipped_schedule_rules(), as_of=DAY)}

    assert not told & {"R3b", "R3c", "R3d", "R3e"}
    assert "R5e" in told


@pytest.mark.parametrize("words", ["undermin", "it may ", "police information of the "])
def test_a_cell_of_one_phrase_over_and_over_is_answered(words):
    long = words * 2000 + "!"

    report = found_in(form="MG6E", items=({"undermines": long, "copy": long},), certificate=long)
    sensitive = found_in(form="MG6D", items=({"sensitive_reason": long},))

    assert {"R7d", "R11d"}.isdisjoint(x.rule for x in (*report, *sensitive))


# A good schedule in ordinary phrases: each says what it is, when, and what it shows or tells.
GOOD = (
    "Storm incident log 1881 of 1 June 2026: call of Mrs Oduya about two men at a van",
    "First account of Mrs Oduya to PC Khan, 1 June 2026: she saw one man at the door of the van",
    "House-to-house record of Cole Street, 2 June 2026: 14 doors, 9 answered, each answer set out",
    "Message of Mr Lee to PC Khan, 3 June 2026: he has no interest in coming to court",
    "CCTV of the yard, 1 June 2026, 21:00 to 22:00: shows nothing but the parked lorries",
    "Doorbell film of 4 Cole Street, 1 June 2026: shows nothing until 21:14, when a van turns in",
    "Email of the shop to DC Hall, 4 June 2026: the till roll of that day was thrown away",
    "Receipt of Hire Co for a white van, 31 May 2026, in the name of the defendant",
    "Local authority parking records for Cole Street, 1 June 2026: three vehicles ticketed",
    "Letter to the infirmary of 5 June 2026 asking whether it holds medical records of Mrs Oduya",
    "Request of 5 June 2026 to the council for any social services file on the child",
    "Hospital car park records of the van, 2 June 2026: two entries",
    "Crime report 44/1881 of 1 June 2026: entries of PC Khan from arrival to arrest",
    "Custody front sheet of the defendant, 2 June 2026: times of arrival, rest and release",
    "Search record of 9 Mill Lane, 2 June 2026: rooms searched, and the two items taken",
    "Price list of the garage, May 2026, with no value for the ring",
    "Photographs 1 to 12 of the van by SOCO Bell, 2 June 2026: doors, lock and load floor",
    "Fingerprint result of 9 June 2026: marks 1 and 2 of the van are those of Mr Hale",
    "Unsigned draft of the statement of Mrs Oduya, 6 June 2026, before she put the time right",
    "Duty roster of the response team, 1 June 2026: who was on from 14:00 to 23:00",
    "Email of Mr Reed to the hire firm, 3 June 2026: he has no use for the van and gives it back",
    "Officer’s notes of the call to the landlord, 7 June 2026: the lease ended in April",
    "Taxi firm’s log of 1 June 2026: one booking from Cole Street at 21:40 to the station",
)


def test_a_good_schedule_in_ordinary_phrases_draws_no_alarm_of_views_or_private_notes():
    found = found_in(items=list(GOOD))

    assert [(each.rule, each.words) for each in found if each.rule in {"R4k", "R11f"}] == []


@pytest.mark.parametrize("field", ["description", "comments", "location"])
def test_one_rule_looks_at_each_cell_that_may_call_an_item_sensitive(field):
    item = {"description": "Letter of the council of 3 May 2026 about the lease"}
    words = f"{item['description']}. Do not disclose" if field == "description" else "SENSITIVE"

    found = found_in(items=[item | {field: words}])

    assert [each.rule for each in found if each.rule.startswith("R11")] == ["R11h"]


@pytest.mark.parametrize("field", ["description", "comments", "location"])
@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Registered informant file 4, what the informant told DC Hall", "R11a"),
        ("No intelligence log, but what the informant told DC Hall", "R11n"),
        ("No intelligence log was made of what the informant told DC Hall", "R11n"),
    ],
)
def test_who_told_the_police_is_found_once_in_any_cell(field, words, rule):
    item = {"description": "Letter of the council of 3 May 2026 about the lease"}
    item[field] = f"{item['description']}. {words}" if field == "description" else words

    found = found_in(items=[item])

    assert [each.rule for each in found if each.rule.startswith("R11")] == [rule]


def test_a_location_that_only_names_a_unit_tells_of_no_source():
    places = ["ROCU", "North West ROCU, property store", "Force Intelligence Bureau"]
    item = {"description": "Letter of the council of 3 May 2026 about the lease"}

    found = found_in(items=[item | {"location": place} for place in places])

    assert [each for each in found if each.rule.startswith("R11")] == []

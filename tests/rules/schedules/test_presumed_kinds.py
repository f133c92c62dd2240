"""The check of a schedule and the grid agree on what is presumed to be disclosed."""

from datetime import date

import pytest

from forthright.rules.endorsements import (
    Endorsed,
    Endorsement,
    ItemToEndorse,
    may_be_one_of_many,
    needs_second_look,
    reasons_against,
)
from forthright.rules.letter_checks.rule import RulesRefused
from forthright.rules.schedules.bundle import Bundle
from forthright.rules.schedules.engine import check_schedules
from forthright.rules.schedules.presumed import is_presumed_as, presumed_in, presumed_kinds
from forthright.rules.schedules.rule import schedule_rules_of, shipped_schedule_rules
from forthright.rules.schedules.schedule import Form, Place, Schedule, ScheduleItem
from tests.corpus.schedule_measure import corpus_schedules

R3A = [rule for rule in shipped_schedule_rules() if rule.id == "R3a"]
KINDS = [
    *((words, True) for kind in presumed_kinds() for words in kind.is_one),
    *((words, False) for kind in presumed_kinds() for words in kind.is_none),
    ("Receipt for the hire of a van on 3 May 2026", False),
    ("Rota of the bar staff for the weekend of 6 June, with hours worked", False),
]
# The rules that ask whether a presumed kind is listed at all.
LISTED = [rule for rule in shipped_schedule_rules() if rule.id in {f"R3{each}" for each in "bcdef"}]
OPEN = [item.description for each in corpus_schedules() for schedule in each.read()
        if schedule.form in {Form.MG6C, Form.SDC} for item in schedule.items]  # fmt: skip


@pytest.mark.parametrize(("description", "is_presumed"), KINDS)
def test_the_check_and_the_grid_agree_on_what_is_presumed(description, is_presumed):
    item = ScheduleItem(place=Place(file="mg6c.csv", row=2), number=1, description=description,
                        endorsed="CND", code="CND")  # fmt: skip
    schedule = Schedule(form=Form.MG6C, place=Place(file="mg6c.csv"), items=(item,))
    found = check_schedules(Bundle(schedules=(schedule,)), R3A, as_of=date(2026, 10, 5))
    known = ItemToEndorse(form=Form.MG6C, description=description)

    assert bool(found) is is_presumed
    assert known.is_presumed is is_presumed
    assert needs_second_look(known, Endorsed.CLEARLY_NOT) is is_presumed
    if is_presumed:
        assert reasons_against(known, Endorsement(code=Endorsed.CLEARLY_NOT))
        assert not may_be_one_of_many(known, Endorsed.CLEARLY_NOT)


@pytest.mark.parametrize("kind", presumed_kinds(), ids=[each.key for each in presumed_kinds()])
def test_each_kind_knows_its_own(kind):
    assert [words for words in kind.is_one if kind.found_in(words) is None] == []
    assert [words for words in kind.is_none if kind.found_in(words) is not None] == []


def test_the_rules_that_ask_for_presumed_material_know_it_by_the_table_alone():
    assert len(LISTED) == 5
    assert [rule.id for rule in LISTED if "any_of" in rule.find or not rule.find["presumed"]] == []


@pytest.mark.parametrize("rule", LISTED, ids=[rule.id for rule in LISTED])
def test_what_a_rule_takes_for_listed_is_presumed_in_the_grid(rule):
    listed = {words for example in rule.must_not_fire for words in example.items} | set(OPEN)
    taken = [words for words in listed if is_presumed_as(words, rule.find["presumed"])]

    assert len(taken) > 5
    assert [words for words in taken if not presumed_in(words)] == []


def test_what_is_obvious_in_the_corpus_may_still_be_endorsed_together():
    known = [ItemToEndorse(form=Form.MG6C, description=words) for words in OPEN]
    together = [each for each in known if may_be_one_of_many(each, Endorsed.CLEARLY_NOT)]

    assert len(together) >= len(known) * 0.3


@pytest.mark.parametrize(
    ("find", "says"),
    [('presumed = ["weather"], where = "items"', "no presumed kind"),
     ('presumed = ["notes"]', "among items"), ('where = "items"', "any_of or presumed")],
)  # fmt: skip
def test_a_rule_that_asks_for_what_nobody_knows_is_refused(find, says):
    row = f"""[[rule]]
id = "R90"
title = "x"
level = "warn"
kind = "block_presence"
source = "x"
message = "x"
find = {{ {find} }}"""

    with pytest.raises(RulesRefused, match=says):
        schedule_rules_of({"own.toml": row.encode()})


@pytest.mark.parametrize(
    ("reason", "inspected", "says"),
    [("", "PC Khan, 6 March", "Write the reason"), ("Another street", "", "unseen"),
     ("Another street", "PC Khan, 6 March", "")],
)  # fmt: skip
def test_a_recording_is_not_clearly_anything_unseen_and_without_a_reason(reason, inspected, says):
    item = ItemToEndorse(form=Form.MG6C, description="CCTV of the till, another man leaves")
    wanted = Endorsement(code=Endorsed.CLEARLY_NOT, reason=reason, inspected=inspected)

    said = " ".join(reasons_against(item, wanted))

    assert says in said if says else said == ""

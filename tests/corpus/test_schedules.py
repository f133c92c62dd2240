"""The shipped rules find what was seeded in the corpus of schedules, and leave good ones alone.

The bars are what the project set itself; what was reached stands in the README of the corpus.
"""

import tomllib

import pytest

from forthright.rules.schedules.rule import shipped_schedule_rules
from tests.corpus.schedule_measure import (
    FOLDER,
    corpus_schedules,
    findings_in,
    measure_schedules,
    schedule_table,
)
from tests.schedule_files.files import WRITERS, rows_of

SCHEDULES = corpus_schedules()
NAMES = [each.name for each in SCHEDULES]
# A PDF takes ten times as long to write as the others, so some stand for all.
AS_PDF = SCHEDULES[::9]


@pytest.fixture(scope="module")
def measured():
    return measure_schedules(SCHEDULES)


def test_there_are_at_least_forty(measured):
    assert measured.good + measured.bad == len(SCHEDULES) >= 40
    assert measured.good >= 15


def test_seeded_faults_are_found(measured):
    assert measured.recall >= 0.95, schedule_table(measured)


def test_no_good_schedule_draws_more_than_one_false_alarm(measured):
    assert max(measured.alarms.values()) <= 1, schedule_table(measured)


def test_every_form_and_most_rules_are_in_the_corpus(measured):
    forms = {found.form.value for each in SCHEDULES for found in each.read()}
    rules = {rule.id for rule in shipped_schedule_rules()}

    assert forms == {"MG6C", "MG6D", "MG6E", "SDC"}
    assert set(measured.seeded) <= rules
    assert len(measured.seeded) >= 0.8 * len(rules)


@pytest.mark.parametrize("schedule", SCHEDULES, ids=NAMES)
def test_a_fault_that_is_listed_is_in_an_item_that_is_there(schedule):
    numbers = {item.number for found in schedule.read() for item in found.items}

    assert [x for x in schedule.faults if x.item is not None and x.item not in numbers] == []
    assert schedule.is_good is not bool(schedule.faults)


def test_a_fault_has_only_fields_that_are_known():
    rows = [row for file in FOLDER.glob("*.toml")
            for row in tomllib.loads(file.read_text()).get("fault", [])]  # fmt: skip

    assert {name for row in rows for name in row} <= {"rule", "rule_any", "item", "missing"}


def told(schedules):
    return sorted((x.rule, x.named, x.words) for x in findings_in(schedules))


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
@pytest.mark.parametrize("schedule", SCHEDULES, ids=NAMES)
def test_the_same_is_found_whatever_the_file(schedule, ending, tmp_path):
    assert_same_found(schedule, ending, tmp_path)


@pytest.mark.parametrize("schedule", AS_PDF, ids=[each.name for each in AS_PDF])
def test_the_same_is_found_in_a_pdf(schedule, tmp_path):
    assert_same_found(schedule, ".pdf", tmp_path)


def assert_same_found(schedule, ending, folder):
    from forthright.schedule_files.reading import read_schedules

    path = folder / f"{schedule.name}{ending}"
    path.write_bytes(WRITERS[ending](rows_of(schedule.path)))

    assert told(read_schedules(path)) == told(schedule.read())

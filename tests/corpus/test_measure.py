"""The measure counts right: proved on checkers whose answers are known."""

import pytest

from tests.corpus.measure import Found, main, measure, rule_of, table
from tests.corpus.reading import letters_for_tuning, letters_held_out, load_corpus

LETTERS = load_corpus()
SEEDED = sum(len(letter.faults) for letter in LETTERS)
GOOD = sum(letter.is_good for letter in LETTERS)


def all_knowing(letter):
    return [
        Found(fault.rule, fault.start, fault.end, fault.level)
        for fault in letter.faults
    ]  # fmt: skip


def silent(letter):
    return []


def frightened(letter):
    return [Found("A2a", 0, 4, "stop"), Found("E1", 0, 4, "warn"), Found("E3", 0, 4, "advise")]


def by_the_last_rule(letter):
    return [Found(f.rules[-1] + "b", f.start, f.end) for f in letter.faults]


def test_one_that_knows_every_fault_finds_all_and_invents_nothing():
    measured = measure(all_knowing, LETTERS)

    assert measured.recall == 1
    assert measured.seeded.total() == SEEDED
    assert measured.at_its_level == SEEDED
    assert measured.missed == []
    assert measured.false_alarms_per_letter == 0
    assert measured.extra_elsewhere == []


def test_one_that_says_nothing_finds_nothing():
    measured = measure(silent, LETTERS)

    assert measured.recall == 0
    assert len(measured.missed) == SEEDED


def test_alarms_stops_and_advice_on_good_letters_are_counted_apart():
    measured = measure(frightened, LETTERS)

    assert measured.good_letters == GOOD
    assert measured.false_alarms_per_letter == 2
    assert len(measured.false_stops) == GOOD
    assert measured.advice_per_letter == 1


def test_any_accepted_rule_and_any_part_of_it_finds_a_fault():
    assert measure(by_the_last_rule, LETTERS).recall == 1


def test_another_rule_at_the_same_words_does_not_find_a_fault():
    wrong = measure(
        lambda letter: [Found("A0", fault.start, fault.end) for fault in letter.faults
                        if not fault.is_missing], LETTERS)  # fmt: skip

    assert wrong.recall == 0
    assert wrong.extra_at_a_fault > 0


@pytest.mark.parametrize(
    ("finding_rule", "rule"),
    [("D3", "D3"), ("D3a", "D3"), ("D3-blame", "D3"), ("C1.body", "C1"), ("HOUSE1", "HOUSE1")],
)
def test_a_part_of_a_rule_stands_for_the_whole(finding_rule, rule):
    assert rule_of(finding_rule) == rule


def test_the_table_gives_counts_shares_and_what_was_missed():
    shown = table(measure(silent, letters_for_tuning()))

    assert "all" in shown
    assert "0.0%" in shown
    assert "027-wrong-defendant" in shown


def test_of_letters_held_out_only_counts_are_shown(capsys):
    assert main(["tests.corpus.test_measure:silent", "held-out"]) == 0

    shown = capsys.readouterr().out
    assert "wrong person found: 0 of" in shown
    assert not any(letter.name[:12] in shown for letter in letters_held_out())

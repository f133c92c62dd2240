import hashlib
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.clock_rules import Status
from forthright.rules.peer_checks import Checker, ToCheck, give_peer_checks
from forthright.rules.rubric import Level
from forthright.rules.second_mark_numbers import published_second_mark_numbers
from forthright.rules.second_marks import (
    FirstMark,
    SecondMarker,
    choose_second_marks,
    give_second_marks,
    is_by_chance,
    lot_of,
    passes_in_doubt,
    reasons_against_giving,
)
from tests.rules.examples import QUICK

NUMBERS = published_second_mark_numbers()
UNITS = ("Magistrates", "Crown Court", "RASSO")


def a_mark(number, **changed):
    return FirstMark(
        **{
            "reference": f"D{number:04d}",
            "unit": UNITS[number % 3],
            "marker": f"manager {number % 6}",
            "marker_unit": UNITS[number % 3],
            "marked_before": 100,
            "drafter": f"officer {number % 4}",
            **changed,
        }
    )


def people(waiting=()):
    return [
        SecondMarker(name=f"manager {number}", unit=UNITS[number % 3],
                     waiting=dict(waiting).get(number, 0))
        for number in range(6)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("marked_before", "share"),
    [
        pytest.param(100, 0.20, id="a fifth"),
        pytest.param(20, 0.20, id="no longer new"),
        pytest.param(19, 0.50, id="half while new"),
    ],
)
def test_the_share_that_goes_to_a_second_marker(marked_before, share):
    letters = [a_mark(number, marked_before=marked_before) for number in range(4000)]
    chosen = choose_second_marks(letters, seed=5, numbers=NUMBERS)

    assert len(chosen) / 4000 == pytest.approx(share, abs=0.02)


def test_every_critical_pass_in_doubt_goes():
    letters = [a_mark(number, in_doubt=("A1", "A2")) for number in range(50)]
    chosen = choose_second_marks(letters, seed=5, numbers=NUMBERS)

    assert {each.because for each in chosen} == {
        "a critical pass is in doubt: A1 and A2",
        "by lot, 20 in 100; besides, a critical pass is in doubt: A1 and A2",
    }
    assert len(chosen) == 50


def test_chance_takes_the_same_letters_whether_or_not_they_are_in_doubt():
    taken = [
        {
            each.reference
            for each in choose_second_marks(
                [a_mark(number, in_doubt=doubt) for number in range(200)], seed=5, numbers=NUMBERS
            )
            if is_by_chance(each.because)
        }
        for doubt in ((), ("A1",))
    ]

    assert taken[0] == taken[1]
    assert 20 < len(taken[0]) < 60


@pytest.mark.parametrize(
    ("marks", "found", "doubt"),
    [
        pytest.param({"A1": Level.FULLY}, {"A1": 1}, ("A1",), id="passed with a finding"),
        pytest.param({"A1": Level.PARTIALLY}, {"A1": 2}, ("A1",), id="partly passed"),
        pytest.param({"A1": Level.NOT_MET}, {"A1": 1}, (), id="failed anyhow"),
        pytest.param({"A1": Level.FULLY}, {"A1": 0}, (), id="nothing found"),
        pytest.param({"B1": Level.FULLY}, {"B1": 1}, (), id="not critical"),
    ],
)
def test_a_critical_pass_is_in_doubt_where_the_checks_found_something(marks, found, doubt):
    assert passes_in_doubt(marks, ("A1", "A2"), found) == doubt


def test_the_lot_can_be_worked_out_by_hand():
    key = hashlib.sha256(b"5\nD0001").hexdigest()

    assert lot_of(5, "D0001") == int(key, 16) / 16**64


def test_another_letter_changes_no_lot():
    letters = [a_mark(number) for number in range(200)]
    before = choose_second_marks(letters[:100], seed=5, numbers=NUMBERS)
    after = choose_second_marks(letters[::-1], seed=5, numbers=NUMBERS)

    assert before == tuple(each for each in after if each.reference < "D0100")
    assert before != choose_second_marks(letters[:100], seed=6, numbers=NUMBERS)


@pytest.mark.parametrize(
    ("person", "letter", "said"),
    [
        pytest.param(
            SecondMarker(name="manager 0", unit="Elsewhere"),
            a_mark(0),
            "first mark",
            id="the first",
        ),
        pytest.param(
            SecondMarker(name="Z", unit="Magistrates"), a_mark(0), "same unit", id="own unit"
        ),
        pytest.param(
            SecondMarker(name="Z", unit="The marker’s"),
            a_mark(0, marker_unit="The marker’s"),
            "same unit",
            id="the marker's unit",
        ),
        pytest.param(
            SecondMarker(name="officer 0", unit="Elsewhere"),
            a_mark(0),
            "You drafted",
            id="own letter",
        ),
        pytest.param(
            SecondMarker(name="Z", unit="Liaison"),
            a_mark(0, drafter_unit="Liaison"),
            "same unit",
            id="the drafter's unit",
        ),
        pytest.param(
            SecondMarker(name="Z", unit="Elsewhere"),
            a_mark(0, writers=("Z",)),
            "You wrote words",
            id="wrote words",
        ),
        pytest.param(
            SecondMarker(name="Z", unit="Elsewhere"),
            a_mark(0, approvers=("Z",)),
            "You approved",
            id="approved it",
        ),
        pytest.param(
            SecondMarker(name="Z", unit="Elsewhere"),
            a_mark(0, overrulers=("Z",)),
            "You overruled",
            id="overruled a stop",
        ),
        pytest.param(
            SecondMarker(name="Z", unit="Elsewhere"),
            a_mark(0, passers=("Z",)),
            "You passed",
            id="looked at it before it went",
        ),
        pytest.param(
            SecondMarker(name="Z", unit="Elsewhere"),
            a_mark(0, waivers=("Z",)),
            "You waived the look at",
            id="let it go without its look",
        ),
        pytest.param(
            SecondMarker(name="Z", unit="Elsewhere"),
            a_mark(0, readers=("Y", "Z")),
            "You have seen how it was marked",
            id="saw the first marks",
        ),
    ],
)
def test_who_may_not_give_the_second_mark(person, letter, said):
    [reason] = reasons_against_giving(person, letter)

    assert said in reason


LETTERS = st.lists(
    st.builds(
        a_mark,
        st.integers(0, 400),
        drafter=st.sampled_from(["manager 1", "manager 2", "officer 0"]),
        approvers=st.sampled_from([(), ("manager 3",)]),
    ),
    max_size=20,
    unique_by=lambda each: each.reference,
)


@QUICK
@given(LETTERS, st.integers(0, 10**6))
def test_nobody_gets_what_they_may_not_have_and_nobody_is_left_who_could_be_helped(letters, seed):
    by_name = {each.name: each for each in people()}
    given_out = give_second_marks(letters, people(), seed=seed)

    assert [each.reference for each in given_out] == sorted(each.reference for each in letters)
    for each in given_out:
        letter = next(one for one in letters if one.reference == each.reference)
        may = [name for name, one in by_name.items() if not reasons_against_giving(one, letter)]
        assert (each.person in may) if may else not each.person


@QUICK
@given(st.integers(0, 60), st.integers(0, 10**6))
def test_those_who_may_have_the_same_letters_share_them_evenly(number, seed):
    letters = [a_mark(0, reference=f"D{each:04d}") for each in range(number)]
    loads = Counter(each.person for each in give_second_marks(letters, people(), seed=seed))
    eligible = [loads[f"manager {each}"] for each in (1, 2, 4, 5)]

    assert max(eligible) - min(eligible) <= 1


def test_who_has_much_to_do_gets_less():
    letters = [a_mark(0, reference=f"D{each:04d}") for each in range(9)]
    given_out = give_second_marks(letters, people({1: 3}.items()), seed=1)

    assert Counter(each.person for each in given_out) == {
        "manager 2": 3, "manager 4": 3, "manager 5": 3,
    }  # fmt: skip


def test_the_same_two_do_not_always_check_each_other():
    letters = [a_mark(0, reference="D0000")]
    had = {("manager 1", "manager 0"): 2, ("manager 2", "manager 0"): 1,
           ("manager 4", "manager 0"): 2}  # fmt: skip
    [given_out] = give_second_marks(letters, people(), seed=1, had_before=had)

    assert given_out.person == "manager 5"
    assert given_out.because == "the least to do of the 4 who may have it"


def test_a_letter_that_nobody_may_have_says_why():
    [given_out] = give_second_marks([a_mark(0)], [people()[0]], seed=1)

    assert given_out.person == ""
    assert len(given_out.nobody_because["manager 0"]) == 2


OF_RASSO, OF_COURT, OF_VLU = (frozenset({each}) for each in ("RASSO", "Crown Court", "VLU"))
CHECKERS = [
    Checker(name="Asha", units=OF_RASSO),
    Checker(name="Bela", units=OF_RASSO),
    Checker(name="Cyd", units=OF_COURT),
]


@pytest.mark.parametrize(
    ("letter", "checkers", "who", "because"),
    [
        pytest.param(
            ToCheck(reference="D1", units=OF_RASSO, drafter="Asha"), CHECKERS, "Bela",
            "the only one who may have it", id="a colleague of the unit",
        ),
        pytest.param(
            ToCheck(reference="D1", units=OF_RASSO, drafter="Asha", writers=("Bela",)), CHECKERS,
            "Cyd", "nobody of the letter’s unit or its drafter’s may; the only one",
            id="of another unit when none may",
        ),
        pytest.param(
            ToCheck(reference="D1", units=OF_RASSO, drafter="Asha"),
            [CHECKERS[0], Checker(name="Bela", units=OF_RASSO, is_away=True), CHECKERS[2]],
            "Cyd", "nobody of the letter’s unit or its drafter’s may", id="leave is covered",
        ),
        pytest.param(
            ToCheck(reference="D1", units=OF_RASSO, drafter="Asha", approvers=("Bela", "Cyd")),
            CHECKERS, "", "", id="nobody may",
        ),
    ],
)  # fmt: skip
def test_who_checks_a_letter_before_it_goes(letter, checkers, who, because):
    [given_out] = give_peer_checks([letter], checkers, seed=1)

    assert given_out.person == who
    assert given_out.because.startswith(because)


def test_checks_are_shared_evenly_in_a_unit():
    letters = [
        ToCheck(reference=f"D{number}", units=OF_RASSO, drafter="somebody") for number in range(8)
    ]
    given_out = give_peer_checks(letters, CHECKERS, seed=1)

    assert Counter(each.person for each in given_out) == {"Asha": 4, "Bela": 4}


OFFICERS = [Checker(name="drafter", units=OF_VLU), Checker(name="colleague", units=OF_VLU)]
SPOCS = [Checker(name="Ari", units=OF_RASSO), Checker(name="Ben", units=OF_RASSO)]
ELSEWHERE = Checker(name="Cyd", units=OF_COURT)


@pytest.mark.parametrize(
    ("people", "number", "expected"),
    [
        pytest.param([*OFFICERS, *SPOCS], 9, {"colleague": 3, "Ari": 3, "Ben": 3}, id="evenly"),
        pytest.param([*OFFICERS, *SPOCS, ELSEWHERE], 9, {"colleague": 3, "Ari": 3, "Ben": 3},
                     id="nobody of a third unit while they may"),
        pytest.param([*OFFICERS, SPOCS[0], replace(ELSEWHERE, units=OF_COURT | OF_RASSO)], 9,
                     {"colleague": 3, "Ari": 3, "Cyd": 3}, id="who stands in for a SPOC too"),
        pytest.param([OFFICERS[0], *SPOCS], 4, {"Ari": 2, "Ben": 2},
                     id="the SPOCs where the drafter is the only officer"),
        pytest.param(OFFICERS, 4, {"colleague": 4}, id="the officer where the unit has no SPOC"),
        pytest.param([*OFFICERS, SPOCS[0], replace(SPOCS[1], is_away=True)], 4,
                     {"colleague": 2, "Ari": 2}, id="nothing to who is away"),
        pytest.param([OFFICERS[0], replace(OFFICERS[1], waiting=4), *SPOCS], 6,
                     {"Ari": 3, "Ben": 3}, id="who has more to do gets less"),
        pytest.param([OFFICERS[0], ELSEWHERE], 2, {"Cyd": 2}, id="a third unit where none may"),
    ],
)  # fmt: skip
def test_spocs_of_a_letters_unit_share_looks_evenly_with_those_of_its_drafters(
    people, number, expected
):
    units = frozenset({"RASSO", "VLU"})
    letters = [
        ToCheck(reference=f"D{each}", units=units, drafter="drafter") for each in range(number)
    ]

    given_out = give_peer_checks(letters, people, seed=1)

    loads = Counter(each.person for each in given_out)
    assert loads == expected


def test_every_number_is_dated_cited_and_yet_to_be_confirmed():
    assert NUMBERS["share_percent"] == 20
    assert len(NUMBERS.to_confirm()) == len(NUMBERS.numbers)
    assert all(
        each.source and each.in_force_from >= date(2020, 1, 1) and each.status in Status
        for each in NUMBERS.numbers.values()
    )


def test_a_letter_that_two_plans_drew_goes_by_lot_once_and_in_doubt_as_often_as_it_is():
    numbers = {"share_percent": 100, "new_marker_percent": 100, "new_marker_letters": 20}
    pair = [a_mark(1, letter="L1"), a_mark(2, letter="L1"), a_mark(3, letter="L3")]

    chosen = choose_second_marks(pair, seed=7, numbers=numbers)
    assert [each.reference for each in chosen] == ["D0001", "D0003"]

    went = [replace(each, went_by_lot=each.letter == "L1") for each in pair]
    assert [e.reference for e in choose_second_marks(went, seed=7, numbers=numbers)] == ["D0003"]

    doubted = [replace(each, in_doubt=("A1",)) for each in pair]
    because = [each.because for each in choose_second_marks(doubted, seed=7, numbers=numbers)]
    assert [is_by_chance(each) for each in because] == [True, False, True]
    assert because[1] == "a critical pass is in doubt: A1"

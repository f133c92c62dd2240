import json
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.drawing_again import reproduce
from forthright.rules.frame import FrameHasProblems, FrameRow, draw_key, frame_digest
from forthright.rules.sample_worth import what_a_sample_shows
from forthright.rules.sampling import (
    NothingLeftToDraw,
    Part,
    PlanHasProblems,
    SamplePlan,
    Share,
    StratumField,
    Target,
    draw,
    substitute,
    substitute_targeted,
)
from tests.rules.examples import QUICK, a_frame

BY_UNIT = SamplePlan(
    random_size=10,
    strata=(StratumField.UNIT,),
    targets=(
        Target(name="domestic abuse", size=2, any_flag=("domestic abuse",)),
        Target(name="late or never sent", size=2, is_late=True, never_sent=True),
    ),
    cover_every_drafter_within_weeks=4,
)
SEEDS = st.integers(0, 2**32)


def references(picks):
    return [pick.reference for pick in picks]


def test_the_order_is_the_published_one():
    rows = a_frame(30)
    by_hand = sorted(
        (row.reference for row in rows), key=lambda ref: sha256(f"7\n{ref}".encode()).hexdigest()
    )
    drawn = draw(rows, SamplePlan(random_size=5), seed=7)

    assert list(drawn.order) == by_hand
    assert references(drawn.random) == by_hand[:5]


def test_a_key_has_the_value_worked_out_by_any_sha256():
    # printf '40\nD0001' | sha256sum
    assert draw_key(40, "D0001") == (
        "725cf9c414f41dfe8af9f379400f76d03523f1d82bc693c4af7f9ca463c10b64"
    )


@QUICK
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_whatever_order_the_rows_come_in(seed, random):
    rows = a_frame()
    shuffled = rows.copy()
    random.shuffle(shuffled)

    assert draw(rows, BY_UNIT, seed=seed) == draw(shuffled, BY_UNIT, seed=seed)


@QUICK
@given(SEEDS, st.integers(0, 80), st.sampled_from(Share))
def test_a_draw_holds_no_letter_twice_and_keeps_to_its_sizes(seed, size, share):
    drawn = draw(a_frame(), replace(BY_UNIT, random_size=size, share=share), seed=seed)
    taken = references(drawn.picks)

    assert len(taken) == len(set(taken))
    assert len(drawn.random) == sum(stratum.drawn for stratum in drawn.strata)
    expected = (
        min(size, 60) if share is Share.PROPORTIONAL else sum(min(size, 20) for _ in range(3))
    )
    assert len(drawn.random) == expected


def test_random_and_targeted_parts_are_kept_apart():
    drawn = draw(a_frame(), BY_UNIT, seed=1)

    assert {pick.part for pick in drawn.random} == {Part.RANDOM}
    assert Part.RANDOM not in {pick.part for pick in drawn.targeted}
    assert "targeted: domestic abuse" in {pick.because for pick in drawn.targeted}


def test_changing_the_targeted_part_leaves_the_random_part_as_it_was():
    without = replace(BY_UNIT, targets=(), cover_every_drafter_within_weeks=None)

    assert draw(a_frame(), BY_UNIT, seed=9).random == draw(a_frame(), without, seed=9).random


def test_a_letter_never_sent_can_be_drawn():
    unsent = [replace(row, is_sent=False) for row in a_frame(3)]

    assert len(draw(unsent, SamplePlan(random_size=3), seed=1).random) == 3


def test_sizes_are_shared_by_the_size_of_each_stratum():
    rows = [FrameRow(reference=f"a{n}", unit="Large") for n in range(70)]
    rows += [FrameRow(reference=f"b{n}", unit="Middle") for n in range(20)]
    rows += [FrameRow(reference=f"c{n}", unit="") for n in range(10)]
    drawn = draw(rows, SamplePlan(random_size=5, strata=(StratumField.UNIT,)), seed=1)

    assert [(each.name, each.population, each.drawn) for each in drawn.strata] == [
        ("Large", 70, 4),
        ("Middle", 20, 1),
        ("not recorded", 10, 0),
    ]


def test_a_stratum_too_small_says_so():
    plan = SamplePlan(random_size=5, strata=(StratumField.UNIT,), share=Share.EACH)
    drawn = draw(a_frame(9), plan, seed=1)

    assert drawn.strata[0].words == "Crown Court: 3 of 3 (asked for 5, but there are no more)"


def test_what_is_excluded_stays_in_the_frame_and_is_listed_with_its_reason():
    rows = a_frame(10)
    rows[3] = replace(rows[3], excluded_because="the person asked for no letters")
    drawn = draw(rows, SamplePlan(random_size=10), seed=1)

    assert len(drawn.random) == 9
    assert [(each.reference, each.reason) for each in drawn.exclusions] == [
        ("D0003", "the person asked for no letters")
    ]


def test_every_drafter_not_sampled_within_the_cycle_is_covered():
    plan = SamplePlan(random_size=0, cover_every_drafter_within_weeks=4)
    lately = {f"drafter {number}": 1 for number in range(4)} | {"drafter 5": 4}
    drawn = draw(a_frame(), plan, seed=3, weeks_since_sampled=lately)
    by_reference = {row.reference: row.drafter for row in a_frame()}

    assert [by_reference[pick.reference] for pick in drawn.targeted] == [
        "drafter 4",
        "drafter 6",
        "drafter 5",
    ]
    assert {pick.part for pick in drawn.targeted} == {Part.COVER}


def test_cover_can_be_limited_to_so_many_a_week():
    plan = SamplePlan(random_size=0, cover_every_drafter_within_weeks=4, cover_at_most=2)

    assert len(draw(a_frame(), plan, seed=3).targeted) == 2


def test_a_substitute_is_the_next_of_its_stratum():
    rows = a_frame()
    drawn = draw(rows, BY_UNIT, seed=5)
    first = drawn.random[0]
    taken = references(drawn.random)
    instead = substitute(rows, BY_UNIT, seed=5, replaced=first.reference, already_random=taken)

    stratum = [
        ref for ref in drawn.order if {r.reference: r for r in rows}[ref].unit == first.stratum
    ]
    assert instead.reference == next(ref for ref in stratum if ref not in taken)


def test_a_stratum_with_nothing_left_gives_no_substitute():
    rows = a_frame(3)

    with pytest.raises(NothingLeftToDraw, match="Leave it out and give the reason"):
        substitute(
            rows,
            SamplePlan(random_size=3),
            seed=1,
            replaced="D0000",
            already_random=[row.reference for row in rows],
        )
    with pytest.raises(NothingLeftToDraw, match="not in the frame"):
        substitute(rows, SamplePlan(random_size=1), seed=1, replaced="X", already_random=[])


def test_a_targeted_substitute_fits_as_the_letter_did():
    rows = a_frame()
    drawn = draw(rows, BY_UNIT, seed=5)
    late = next(pick for pick in drawn.targeted if pick.because.endswith("never sent"))
    already = references(drawn.picks)
    instead = substitute_targeted(
        rows, seed=5, replaced=late.reference, fits=BY_UNIT.targets[1].takes, already_drawn=already
    )

    fitting = [row.reference for row in rows if BY_UNIT.targets[1].takes(row)]
    assert instead.reference == next(
        ref for ref in drawn.order if ref in fitting and ref not in already
    )
    with pytest.raises(NothingLeftToDraw, match="No other letter fits"):
        substitute_targeted(
            rows, seed=5, replaced="D0001", fits=lambda row: False, already_drawn=already
        )


def test_a_draw_made_again_is_the_same():
    drawn = draw(a_frame(), BY_UNIT, seed=11)

    assert reproduce(a_frame(), BY_UNIT, expected=drawn).is_same


def test_a_draw_that_was_touched_is_found_out():
    rows = a_frame()
    drawn = draw(rows, BY_UNIT, seed=11)
    swapped = replace(drawn.random[0], reference="D9999")
    touched = replace(drawn, random=(swapped, *drawn.random[1:]))
    again = reproduce([*rows[1:], replace(rows[0], drafter="else")], BY_UNIT, expected=touched)

    assert not again.is_same
    assert "its digest differs" in again.differences[0]
    assert "1 letter recorded but not drawn again" in again.differences[1]


def test_a_draw_is_made_again_with_the_weeks_that_drafters_had_waited():
    plan = SamplePlan(random_size=0, cover_every_drafter_within_weeks=4)
    waited = {row.drafter: 4 if row.drafter.endswith("1") else 3 for row in a_frame()}
    drawn = draw(a_frame(), plan, seed=3, weeks_since_sampled=waited)

    assert reproduce(a_frame(), plan, expected=drawn, weeks_since_sampled=waited).is_same
    assert not reproduce(a_frame(), plan, expected=drawn).is_same


@pytest.mark.parametrize(
    ("part", "kept", "said"),
    [
        pytest.param("random", slice(1, None), "0 letters recorded but not drawn again, "
                     "1 letter drawn again but not recorded.", id="one taken out"),
        pytest.param("targeted", slice(None, -1), "0 letters recorded but not drawn again, "
                     "1 letter drawn again but not recorded.", id="a targeted one taken out"),
    ],
)  # fmt: skip
def test_a_letter_taken_out_of_a_draw_is_found_out(part, kept, said):
    drawn = draw(a_frame(), BY_UNIT, seed=11)
    touched = replace(drawn, **{part: getattr(drawn, part)[kept]})

    again = reproduce(a_frame(), BY_UNIT, expected=touched)

    assert again.differences == (f"The {part} part differs: {said}",)


def test_a_letter_put_into_a_draw_is_found_out():
    drawn = draw(a_frame(), BY_UNIT, seed=11)
    more = replace(drawn.random[0], reference="D9999")

    again = reproduce(a_frame(), BY_UNIT, expected=replace(drawn, random=(*drawn.random, more)))

    (said,) = again.differences
    assert said.startswith("The random part differs: 1 letter recorded but not drawn again, 0 ")


def test_no_letter_that_was_left_out_of_the_frame_takes_the_place_of_another():
    rows = a_frame(3)
    plan = SamplePlan(random_size=1)
    (drawn,) = draw(rows, plan, seed=5).random
    left_out = [
        row if row.reference == drawn.reference else replace(row, excluded_because="opted out")
        for row in rows
    ]

    with pytest.raises(NothingLeftToDraw):
        substitute(
            left_out, plan, seed=5, replaced=drawn.reference, already_random=[drawn.reference]
        )


def test_the_digest_can_be_worked_out_by_hand():
    row = FrameRow(reference="D1", unit="Llŷs")
    line = json.dumps(
        {
            "drafter": "",
            "entitlement": "",
            "excluded_because": "",
            "flags": [],
            "is_late": False,
            "is_sent": True,
            "letter_type": "",
            "reference": "D1",
            "unit": "Llŷs",
        },
        separators=(",", ":"),
        ensure_ascii=False,
    )

    assert frame_digest([row]) == sha256(line.encode()).hexdigest()


@QUICK
@given(st.integers(0, 59), st.sampled_from(["unit", "drafter", "letter_type"]))
def test_any_change_to_a_row_changes_the_digest(place, name):
    rows = a_frame()
    changed = rows.copy()
    changed[place] = replace(rows[place], **{name: "changed"})

    assert frame_digest(rows) != frame_digest(changed)


def test_rows_that_cannot_be_told_apart_are_refused():
    with pytest.raises(FrameHasProblems, match="D0000 more than once"):
        draw(a_frame(3) + a_frame(1), BY_UNIT, seed=1)
    with pytest.raises(FrameHasProblems, match="no reference"):
        draw([FrameRow(reference=" ", unit="Fraud")], BY_UNIT, seed=1)


def test_sizes_that_cannot_be_drawn_are_refused():
    with pytest.raises(PlanHasProblems, match="cannot be below 0"):
        SamplePlan(random_size=-1)
    with pytest.raises(PlanHasProblems, match="1 week or more"):
        SamplePlan(random_size=1, cover_every_drafter_within_weeks=0)
    assert SamplePlan(random_size=1, cover_every_drafter_within_weeks=1).random_size == 1


def test_an_empty_frame_gives_an_empty_draw():
    assert draw([], BY_UNIT, seed=1).picks == ()


@pytest.mark.parametrize(
    ("n", "population", "said"),
    [
        pytest.param(
            5, 60, "5 is too few, so results are shown as counts, such as “4 of 5”", id="5"
        ),
        pytest.param(5, 60, "a fault in 1 of 10 with 41%", id="the chance of a fault"),
        pytest.param(5, 60, "you would need 38 of 60", id="what would be needed"),
        pytest.param(20, 60, "anywhere from 58% to 92%", id="20"),
        pytest.param(40, 60, "within 10 percentage points", id="40 is enough"),
        pytest.param(60, 60, "a count of the whole week", id="all"),
        pytest.param(0, 60, "nothing can be said", id="none"),
    ],
)
def test_the_plan_says_beforehand_what_a_sample_shows(n, population, said):
    assert said in " ".join(what_a_sample_shows(n, population))

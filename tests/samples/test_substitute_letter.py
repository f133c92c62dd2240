"""A drawn letter gives way only to the next in order, for a reason, by somebody else."""

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.rules.frame import draw_key
from forthright.samples import services
from forthright.samples.models import DrawnLetter, Frame
from forthright.samples.selectors import frames
from forthright.schemes.models import Duty
from tests import given
from tests.samples import weeks

pytestmark = pytest.mark.django_db


def in_order(drawn) -> list[str]:
    rows = [row["reference"] for row in drawn.frame.rows]
    return sorted(rows, key=lambda reference: draw_key(int(drawn.seed), reference))


def replace(letter, by=None, reason="The file is sealed"):
    by = by or weeks.a_planner()
    return services.substitute_letter(letter, by=by, at=given.NOON, reason=reason)


def test_the_next_in_the_seeded_order_comes_in():
    drawn = weeks.a_draw(of=12)
    letter = drawn.letters.first()

    taken = replace(letter)

    assert taken.reference == in_order(drawn)[5]
    assert taken.position == 6
    assert taken.substitute_for == letter
    letter.refresh_from_db()
    assert letter.state == DrawnLetter.State.SUBSTITUTED
    assert letter.substitution_reason == "The file is sealed"
    assert Event.objects.get(name="sample.letter_replaced").detail["taken"] == taken.reference


def test_the_letter_that_came_in_can_itself_give_way():
    drawn = weeks.a_draw(of=12)

    again = replace(replace(drawn.letters.first()))

    assert again.reference == in_order(drawn)[6]
    assert services.verify_draw(drawn, by=None, at=given.NOON).is_same


def test_the_marker_never_swaps():
    drawn = weeks.a_draw()
    marker = drawn.plan_version.marker

    with pytest.raises(NotAllowed):
        replace(drawn.letters.first(), by=marker)

    assert not drawn.letters.filter(state=DrawnLetter.State.SUBSTITUTED).exists()


def test_the_drafter_never_swaps():
    planner = weeks.a_planner()
    weeks.letters_owed(6, drafters=[planner])
    drawn = weeks.a_draw(of=0)

    with pytest.raises(NotAllowed, match="You drafted this letter"):
        replace(drawn.letters.first(), by=planner)


@pytest.mark.parametrize("reason", ["  ", "x", "\u200b" * 20, "x. . . . . . . .", "Sealed"])
def test_a_reason_that_says_something_is_needed(reason):
    drawn = weeks.a_draw()

    with pytest.raises(services.ReasonMissing, match="in 10 letters or more"):
        replace(drawn.letters.first(), reason=reason)

    assert drawn.letters.count() == 5


def test_a_marked_letter_stays():
    drawn = weeks.a_draw()
    letter = drawn.letters.first()
    services.record_marked(letter, by=drawn.plan_version.marker, at=given.NOON)

    with pytest.raises(NotAllowed, match="has been marked"):
        replace(letter)


def test_where_none_is_left_the_letter_is_only_left_out():
    drawn = weeks.a_draw(of=5)
    letter = drawn.letters.first()

    assert replace(letter) is None

    assert drawn.letters.exclude(state=DrawnLetter.State.SUBSTITUTED).count() == 4
    assert services.verify_draw(drawn, by=None, at=given.NOON).is_same


def test_a_letter_looked_for_gives_way_to_the_next_that_fits():
    weeks.letters_owed(6)
    weeks.letters_owed(3, is_rasso=True)
    drawn = weeks.a_draw(weeks.a_plan(random_size=0, targeted=(("RASSO", 1),)), of=0)

    taken = replace(drawn.letters.get())

    assert taken.part == DrawnLetter.Part.TARGETED
    assert taken.duty.case.is_rasso
    assert services.verify_draw(drawn, by=None, at=given.NOON).is_same


def test_a_letter_that_was_looked_for_moves_to_the_random_part_when_its_turn_comes():
    duties = weeks.letters_owed(6)
    drawn_first = sorted(
        (frames.reference_of(duty.pk) for duty in duties), key=lambda name: draw_key(7, name)
    )
    next_one = Duty.objects.get(pk=frames.owed_as(drawn_first[2])["duty_id"])
    next_one.case.is_rasso = True
    next_one.case.save()
    drawn = weeks.a_draw(weeks.a_plan(random_size=2, targeted=(("RASSO", 1),)), of=0)

    taken = replace(drawn.letters.filter(part=DrawnLetter.Part.RANDOM).first())

    assert taken.duty_id == next_one.pk
    assert taken.part == DrawnLetter.Part.RANDOM
    assert taken.first_part == DrawnLetter.Part.TARGETED
    assert drawn.letters.count() == 3
    assert services.verify_draw(drawn, by=None, at=given.NOON).is_same


def test_only_the_marker_it_was_given_to_may_mark_a_letter():
    letter = weeks.a_draw().letters.first()

    with pytest.raises(NotAllowed, match="given to somebody else"):
        services.record_marked(letter, by=weeks.a_marker(), at=given.NOON)


def test_a_letter_is_never_given_to_its_drafter():
    marker = weeks.a_marker()
    weeks.letters_owed(1, drafters=[marker])
    letter = weeks.a_draw(weeks.a_plan(marker=marker), of=0).letters.get()

    with pytest.raises(NotAllowed, match="drafted this letter"):
        services.give_letter(letter, marker=marker, by=weeks.a_planner(), at=given.NOON)


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (lambda drawn: _change_a_row(drawn.frame), "The frame is not the one that was frozen"),
        (lambda drawn: _set(drawn, seed="8"), "The seed is not the one"),
        (lambda drawn: drawn.letters.first().delete(), "The letters are not those"),
        (lambda drawn: _set(drawn.frame, digest="0" * 64), "its digest differs"),
    ],
)
def test_a_change_made_behind_our_backs_is_found(tamper, words):
    drawn = weeks.a_draw()

    tamper(drawn)

    found = services.verify_draw(drawn, by=None, at=given.NOON)
    assert not found.is_same
    assert words in " ".join(found.differences)


def test_a_letter_taken_out_of_turn_is_found():
    drawn = weeks.a_draw(of=12)
    taken = replace(drawn.letters.first())

    other = frames.owed_as(in_order(drawn)[9])["duty_id"]
    DrawnLetter.objects.filter(pk=taken.pk).update(duty=other)

    found = services.verify_draw(drawn, by=None, at=given.NOON)
    assert "the order gives" in " ".join(found.differences)


def test_a_frame_changed_with_its_digest_is_found_by_the_record():
    drawn = weeks.a_draw()
    _change_a_row(drawn.frame)
    digest = frames.rows_of(drawn.frame)

    from forthright.rules.frame import frame_digest

    _set(drawn.frame, digest=frame_digest(digest))

    found = services.verify_draw(drawn, by=None, at=given.NOON)
    assert "the record says was frozen" in " ".join(found.differences)


def test_a_person_of_no_role_in_samples_may_not_replace():
    drawn = weeks.a_draw()

    with pytest.raises(NotAllowed):
        replace(drawn.letters.first(), by=given.a_person(Role.VICTIM_LIAISON_OFFICER))


def _change_a_row(frame: Frame) -> None:
    rows = frame.rows
    rows[0]["is_late"] = True
    frame.rows = rows
    frame.save()


def _set(row, **fields) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()

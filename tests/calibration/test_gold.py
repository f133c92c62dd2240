"""Letters with agreed marks go out among second marks, and nothing tells which they are."""

import re
from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit, User
from forthright.accounts.policies import NotAllowed
from forthright.calibration.models import GoldGiven, HiddenWords, Round
from forthright.calibration.selectors.comparing import MarksOf, compared_in
from forthright.calibration.selectors.own import own_marks
from forthright.calibration.selectors.rounds import (
    letters_offered,
    reasons_against,
    reviews_in_rounds,
)
from forthright.calibration.services.gold import (
    RetiringRefused,
    hand_out_letters_marked_before,
    retire_gold,
)
from forthright.calibration.services.rounds import RoundRefused, close_round, give_up_round
from forthright.reviews.models import Review, SecondMarking
from forthright.reviews.services.second_marking import (
    choose_letters_to_mark_again,
    give_second_marks_of,
)
from forthright.rules.rubric import Level
from forthright.rules.second_marks import MARKED_BEFORE
from tests import given
from tests.calibration.rounds_given import (
    LATER,
    a_companion,
    a_gold_letter,
    a_leader,
    a_round,
    adopt,
    agreed_levels,
    mark_all,
)
from tests.client import as_
from tests.reviews import twice
from tests.reviews.test_marked_twice import marked_again

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=True):
        yield


def handed_out(at=LATER):
    """Return a letter with agreed marks that is in somebody's queue, beside an ordinary one."""
    gold = a_gold_letter()
    a_companion(gold)
    second = twice.a_manager(Unit.Kind.FRAUD)
    adopt(gold.area, gold_percent=100, share_percent=100, new_marker_percent=100)
    given.a_marked_letter()
    choose_letters_to_mark_again(gold.area, by=None, at=at)
    SecondMarking.objects.filter(review=gold.letter.review).delete()
    hand_out_letters_marked_before(gold.area, by=None, at=at)
    return gold, second


def test_as_many_go_out_as_the_rate_asks_and_none_a_second_time():
    gold, second = handed_out()

    again = hand_out_letters_marked_before(gold.area, by=None, at=LATER)

    given_out = GoldGiven.objects.get()
    assert given_out.marking.marker == second
    assert again == 0


def test_none_go_out_where_the_rate_is_nought():
    gold = a_gold_letter()
    adopt(gold.area, gold_percent=0, share_percent=100, new_marker_percent=100)
    twice.a_manager(Unit.Kind.FRAUD)
    given.a_marked_letter()
    choose_letters_to_mark_again(gold.area, by=None, at=LATER)

    handed = hand_out_letters_marked_before(gold.area, by=None, at=LATER)

    assert handed == 0


def test_nobody_of_the_round_is_given_its_letters():
    gold, _ = handed_out()

    markers = {each.marking.marker_id for each in GoldGiven.objects.all()}

    assert not markers & set(gold.letter.round.markers.values_list("person", flat=True))
    assert gold.letter.review.marker_id not in markers


def told_apart(page: bytes, marking: SecondMarking) -> str:
    """Return a page without what differs between any two letters, and any two looks at a page."""
    text = page.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    text = re.sub(r'nonce="[^"]*"', "", text)
    duty = marking.review.drawn_letter.duty
    for word in (duty.reference, str(duty.case), duty.person.family_name):
        text = text.replace(word, "§")
    return re.sub(rf"/second-marks/{marking.pk}/", "/second-marks/§/", text)


@pytest.mark.parametrize("is_done", [False, True])
def test_the_page_of_a_letter_with_agreed_marks_is_that_of_any_other(is_done):
    gold = a_gold_letter()
    second = twice.a_manager(Unit.Kind.FRAUD)
    plain = given.a_marked_letter(marker=gold.letter.review.marker)
    because = "by lot, among letters marked before"
    markings = [
        give_second_marks_of(review, second, because=because, by=None, at=LATER)
        for review in (gold.letter.review, plain)
    ]
    GoldGiven.objects.create(gold=gold, marking=markings[0])
    if is_done:
        markings = [twice.mark_again(each) for each in markings]
    browser = as_(second)
    what = "" if is_done else "mark/"

    pages = [
        told_apart(browser.client.get(f"/second-marks/{each.pk}/{what}").content, each)
        for each in markings
    ]

    assert pages[0] == pages[1]
    assert "Begum" in pages[0] or is_done


def test_lists_and_files_tell_no_letter_with_agreed_marks_from_any_other():
    gold, second = handed_out()
    marking = GoldGiven.objects.get().marking
    twice.mark_again(marking)
    browser = as_(second)

    queue = browser.open("/reviews/")
    own = browser.open("/my-marks/")
    file = browser.client.get("/my-marks/file/csv/").content.decode("utf-8-sig")

    queue.not_see("agreed", "gold")
    own.not_see("Held against agreed marks")
    after_head = file.split("Agreed marks", 1)[1].strip().splitlines()
    assert after_head == ["Letter that was held against agreed marks"]
    assert gold.letter.review.drawn_letter.duty.reference in file


def test_what_was_given_is_held_against_what_was_agreed_only_afterwards():
    gold, second = handed_out()
    duty = gold.letter.review.drawn_letter.duty_id
    since = given.NOON - timedelta(days=1)
    assert second.pk not in compared_in(gold.area, since).levels[MarksOf(duty, is_picked=True)]

    twice.mark_again(GoldGiven.objects.get().marking, {"B1": "NOT_MET"})

    levels = compared_in(gold.area, since).levels[MarksOf(duty, is_picked=True)]
    assert levels[second.pk]["B1"] is Level.NOT_MET
    assert levels[None]["B1"] is Level(agreed_levels(gold.letter)["B1"].level)


def test_it_is_held_against_what_was_agreed_however_long_ago():
    gold, second = handed_out()
    long_ago = given.NOON - timedelta(weeks=40)
    Round.objects.filter(pk=gold.letter.round_id).update(closed_at=long_ago)
    twice.mark_again(GoldGiven.objects.get().marking, {"B1": "NOT_MET"})

    levels = compared_in(gold.area, given.NOON - timedelta(weeks=26)).levels
    [of_each] = [each for each in levels.values() if second.pk in each]

    assert of_each[None]["B1"] is Level(agreed_levels(gold.letter)["B1"].level)


def test_one_agreed_long_ago_that_nobody_has_marked_again_since_is_not_compared():
    gold, _ = handed_out()
    Round.objects.filter(pk=gold.letter.round_id).update(closed_at=given.NOON - timedelta(weeks=40))

    assert not compared_in(gold.area, given.NOON - timedelta(weeks=26)).levels


def test_a_letter_taken_out_is_told_to_who_marked_it():
    gold, second = handed_out()
    twice.mark_again(GoldGiven.objects.get().marking)
    assert own_marks(second).held_against_agreed == []

    retire_gold(gold, reason="Everybody knows it.", by=a_leader(), at=LATER)

    reference = gold.letter.review.drawn_letter.duty.reference
    assert own_marks(second).held_against_agreed == [reference]


def test_a_letter_is_taken_out_with_a_reason_once_and_by_who_leads_rounds():
    gold = a_gold_letter()
    leader = a_leader()
    with pytest.raises(RetiringRefused, match="Say why"):
        retire_gold(gold, reason="-", by=leader, at=LATER)
    with pytest.raises(NotAllowed, match="lead a calibration round"):
        retire_gold(gold, reason="Well known", by=given.a_person(Role.LINE_MANAGER), at=LATER)

    retire_gold(gold, reason="Well known by now", by=leader, at=LATER)

    with pytest.raises(NotAllowed, match="out of the queue already"):
        retire_gold(gold, reason="Once more", by=leader, at=LATER)


def test_a_letter_of_the_same_time_goes_out_with_each():
    gold = a_gold_letter()
    second = twice.a_manager(Unit.Kind.FRAUD)
    other = given.a_marked_letter()
    later = given.NOON + timedelta(days=21)
    adopt(gold.area, gold_percent=100, share_percent=100, new_marker_percent=100)
    with time_machine.travel(later, tick=True):
        give_second_marks_of(given.a_marked_letter(), second, because="by lot", by=None, at=later)
        handed = hand_out_letters_marked_before(gold.area, by=None, at=later)

    assert handed == 2
    assert SecondMarking.objects.filter(review=other).exists()


def test_none_goes_out_without_a_companion_that_looks_alike():
    gold = a_gold_letter()
    twice.a_manager(Unit.Kind.FRAUD)
    adopt(gold.area, gold_percent=100, share_percent=100, new_marker_percent=100)
    given.a_marked_letter()
    choose_letters_to_mark_again(gold.area, by=None, at=LATER)
    SecondMarking.objects.filter(review=gold.letter.review).delete()

    assert hand_out_letters_marked_before(gold.area, by=None, at=LATER) == 0
    companion = a_companion(gold)
    hidden = HiddenWords.objects.create(
        review=companion, words="Dear [name]", kept_at=given.NOON, kept_by=gold.made_by
    )
    assert hand_out_letters_marked_before(gold.area, by=None, at=LATER) == 0
    hidden.delete()
    assert hand_out_letters_marked_before(gold.area, by=None, at=LATER) == 2


@pytest.mark.parametrize("is_turned", [False, True])
def test_which_of_the_two_is_given_first_is_by_lot(monkeypatch, is_turned):
    turn = list.reverse if is_turned else lambda pair: None
    monkeypatch.setattr("secrets.SystemRandom.shuffle", lambda _, pair: turn(pair))

    handed_out()

    old = SecondMarking.objects.filter(because="by lot, among letters marked before")
    is_agreed = [GoldGiven.objects.filter(marking=each).exists() for each in old.order_by("pk")]
    assert is_agreed == [not is_turned, is_turned]


def out_beside_a_round(gold, people, *, companion):
    """Hand out a letter with agreed marks where only these people may be given its companion."""
    a_round(reviews=[companion], people=people, leader=a_leader(), name="Old ones")
    adopt(gold.area, gold_percent=100, share_percent=100, new_marker_percent=100)
    given.a_marked_letter()
    choose_letters_to_mark_again(gold.area, by=None, at=LATER)
    SecondMarking.objects.exclude(review__marked_at=given.NOON).delete()
    SecondMarking.objects.filter(review=gold.letter.review).delete()
    return hand_out_letters_marked_before(gold.area, by=None, at=LATER)


def test_no_letter_of_an_open_round_goes_out_as_a_companion_nor_another_marking_of_it():
    gold = a_gold_letter()
    companion = a_companion(gold)
    twin = marked_again(companion, {"B1": "NOT_MET"})
    Review.objects.filter(pk=twin.pk).update(marked_at=companion.marked_at)
    people = [twice.a_manager(Unit.Kind.FRAUD), twice.a_manager(Unit.Kind.RASSO)]

    assert out_beside_a_round(gold, people, companion=companion) == 0
    assert not SecondMarking.objects.filter(review__in=[companion, twin]).exists()


def test_a_letter_of_a_round_is_one_by_whichever_of_its_markings():
    held = a_round()
    twin = marked_again(held.letters.get().review, {})

    assert twin not in letters_offered(held.area, held.edition)
    assert reviews_in_rounds([twin.pk]) == [twin.pk]


def test_a_letter_that_two_plans_drew_is_offered_for_a_round_once_and_to_nobody_who_marked_it():
    first = given.a_marked_letter()
    second = twice.a_manager(Unit.Kind.FRAUD)
    twice.mark_again(give_second_marks_of(first, second, because="by lot", by=None, at=LATER))
    twin = marked_again(first, {})

    offered = letters_offered(first.area, first.edition)

    assert [each.drawn_letter.duty_id for each in offered] == [first.drawn_letter.duty_id]
    with pytest.raises(RoundRefused, match="there twice, as two plans drew it"):
        a_round(reviews=[first, twin])
    against = reasons_against([twin], [second, twice.a_manager(Unit.Kind.RASSO)])
    assert against[twin.pk] == {str(second.pk): "marked this letter"}


def test_who_marks_a_letter_in_a_round_is_given_no_second_marks_of_it():
    review, other = given.a_marked_letter(), given.a_marked_letter()
    people = [twice.a_manager(Unit.Kind.FRAUD), twice.a_manager(Unit.Kind.RASSO)]
    held = a_round(reviews=[review], people=people)

    with pytest.raises(NotAllowed, match="still marks this letter elsewhere"):
        give_second_marks_of(review, people[0], because="by lot", by=None, at=LATER)
    give_second_marks_of(other, people[0], because="by lot", by=None, at=LATER)
    give_up_round(held, because="Nobody has the time.", by=held.made_by, at=LATER)
    give_second_marks_of(review, people[0], because="by lot", by=None, at=LATER)


def a_companion_with_who_marks_it_in_a_round():
    """Return a letter that was given to somebody as a companion, and to mark in an open round."""
    reader = twice.a_manager(Unit.Kind.FRAUD)
    review = given.a_marked_letter(levels={"B1": "NOT_MET"})
    held = a_round(reviews=[review], people=[reader, twice.a_manager(Unit.Kind.RASSO)])
    marking = SecondMarking.objects.create(
        review=review, area=review.area, unit=review.unit, marker=reader,
        because=MARKED_BEFORE, chosen_at=LATER,
    )  # fmt: skip
    return held, marking


def test_one_that_was_given_so_before_shows_no_first_marks_until_the_round_is_closed():
    held, marking = a_companion_with_who_marks_it_in_a_round()
    twice.mark_again(marking)
    browser = as_(marking.marker)

    browser.open(f"/second-marks/{marking.pk}/").see("both marks are shown here").not_see(
        "Does not meet"
    )
    for each in held.markers.all():
        mark_all(held, each.person)
    close_round(held, by=held.made_by, at=LATER)
    browser.open(f"/second-marks/{marking.pk}/").see("Does not meet")


def test_one_that_was_given_so_before_and_waits_is_taken_back():
    _, marking = a_companion_with_who_marks_it_in_a_round()

    hand_out_letters_marked_before(marking.area, by=None, at=LATER)

    assert not SecondMarking.objects.filter(pk=marking.pk).exists()


def test_whoever_still_marks_the_same_letter_by_another_marking_is_passed_over():
    gold = a_gold_letter()
    a_companion(gold)
    second = twice.a_manager(Unit.Kind.FRAUD)
    twin = marked_again(gold.letter.review, {})
    give_second_marks_of(twin, second, because="by lot", by=None, at=LATER)
    adopt(gold.area, gold_percent=100, share_percent=100, new_marker_percent=100)

    hand_out_letters_marked_before(gold.area, by=None, at=LATER)

    assert not SecondMarking.objects.filter(review=gold.letter.review, marker=second).exists()


def test_who_read_the_list_of_agreed_letters_is_given_none_of_them():
    gold = a_gold_letter()
    a_companion(gold)
    other = given.a_person(Role.LEGAL_MANAGER)
    as_(other).open("/calibration/agreed/")
    User.objects.filter(pk=other.pk).update(
        role=Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.FRAUD)
    )
    adopt(gold.area, gold_percent=100, share_percent=100, new_marker_percent=100)
    given.a_marked_letter()
    choose_letters_to_mark_again(gold.area, by=None, at=LATER)
    SecondMarking.objects.filter(review=gold.letter.review).delete()

    hand_out_letters_marked_before(gold.area, by=None, at=LATER)

    assert not GoldGiven.objects.filter(marking__marker=other).exists()

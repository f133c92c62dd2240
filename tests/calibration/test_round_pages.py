"""The pages of a round: blind while it is open, everybody's marks when it is closed."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.calibration.models import GoldLetter, Round, RoundMark
from forthright.calibration.selectors import rounds as selectors
from forthright.calibration.services.rounds import close_round, give_up_round
from forthright.reviews.selectors.second_marks import levels_stamp
from tests import given
from tests.calibration.rounds_given import (
    LATER,
    a_closed_round,
    a_gold_letter,
    a_leader,
    a_round,
    levels_for,
    mark_all,
    markers,
)
from tests.client import as_
from tests.reviews import twice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=True):
        yield


def page_of(held, letter=None, what=""):
    place = f"letters/{letter.pk}/" if letter else ""
    return f"/calibration/{held.pk}/{place}{what}"


def test_a_leader_makes_a_round_on_the_page():
    review = given.a_marked_letter()
    people = markers()

    page = as_(a_leader()).post(
        "/calibration/make/", name="Reasons", letters=[review.pk],
        people=[each.pk for each in people],
        mark_by_day="9", mark_by_month="10", mark_by_year="2026",
    )  # fmt: skip

    page.see("Round “Reasons” is open.", "0 of 1", "Not yet")
    assert Round.objects.get().letters.get().review == review


def test_what_cannot_be_is_said_on_the_page():
    first = twice.a_manager(Unit.Kind.CROWN_COURT)
    review = given.a_marked_letter(marker=first)
    people = [first, twice.a_manager(Unit.Kind.RASSO)]

    page = as_(a_leader()).post(
        "/calibration/make/", name="Reasons", letters=[review.pk],
        people=[each.pk for each in people],
        mark_by_day="9", mark_by_month="10", mark_by_year="2026",
    )  # fmt: skip

    assert "marked this letter" in page.errors[0]


def test_a_marker_is_led_from_the_overview_through_all_letters_to_the_end():
    held = a_round(letters=2)
    marker = held.markers.first()
    browser = as_(marker.person)
    page = browser.open("/").follow(f"Calibration round “{held}” to mark")
    for letter in selectors.letters_of(marker):
        page = browser.post(
            page_of(held, letter, "mark/"), seen=levels_stamp({}),
            **levels_for(letter, marker),
        )  # fmt: skip

    page.see("14 of 14 criteria marked", "Letter 2 saved.")
    page = browser.post(page_of(held, what="finish/"))

    page.see("Your marks are finished.", "You see everybody’s when the round closes.")
    browser.open("/").not_see("Calibration round")


def test_two_windows_lose_nothing():
    held = a_round()
    marker, letter = held.markers.first(), held.letters.get()
    browser = as_(marker.person)
    mark_all(held, marker.person, finish=False)

    page = browser.post(page_of(held, letter, "mark/"), seen=levels_stamp({}), B1="NOT_MET")

    page.see("These marks were changed in another window")
    assert RoundMark.objects.get(marker=marker, criterion__code="B1").level == "FULLY"


@pytest.mark.parametrize("ends", ["closed", "given up", "finished"])
def test_what_was_chosen_on_a_page_that_was_open_when_the_round_ended_is_given_back(ends):
    held = a_round(people=markers(Unit.Kind.MAGISTRATES, Unit.Kind.RASSO, Unit.Kind.VLU))
    *others, late = [each.person for each in held.markers.order_by("pk")]
    letter, browser = held.letters.get(), as_(late)
    browser.open(page_of(held, letter, "mark/"))
    for person in others:
        mark_all(held, person)
    if ends == "closed":
        close_round(held, because="She is on leave.", by=held.made_by, at=LATER)
    elif ends == "given up":
        give_up_round(held, because="It was the wrong letter.", by=held.made_by, at=LATER)
    else:
        mark_all(held, late)
    before = RoundMark.objects.count()

    page = browser.post(
        page_of(held, letter, "mark/"), status=403, seen=levels_stamp({}), B1="NOT_MET", A2="FULLY"
    )

    page.see("were not kept", "no longer change", "B1", "Does not meet", "A2", "Fully meets")
    page.see(held.made_by.full_name)
    assert RoundMark.objects.count() == before
    browser.open(page_of(held, letter, "mark/"), status=403)


def test_whoever_does_not_mark_in_a_round_is_given_no_page_of_it_for_what_they_send():
    held = a_round()
    letter = held.letters.get()
    stranger = twice.a_manager(Unit.Kind.VLU)

    status = as_(stranger).try_("POST", page_of(held, letter, "mark/"))

    assert status in {403, 404}


def test_a_peek_at_others_marks_leads_back_to_the_round():
    held = a_round()
    [one, other] = [each.person for each in held.markers.order_by("pk")]
    mark_all(held, one, {"B1": "NOT_MET"})

    page = as_(other).open(page_of(held, held.letters.get()))

    page.see("Nobody sees the marks of others before the round is closed.")
    page.not_see("Marked differently", "What everybody gave")


def test_a_marker_of_a_letter_reaches_the_first_marks_in_no_way_while_the_round_is_open():
    review = given.a_marked_letter()
    [one, other] = markers(Unit.Kind.VLU, Unit.Kind.RASSO)
    a_round(reviews=[review], people=[one, other])

    status = as_(one).try_("GET", f"/reviews/{review.drawn_letter_id}/")

    assert status == 404


def test_a_closed_round_shows_the_spread_the_agreement_and_each_letter():
    held = a_closed_round(changed={"B1": "NOT_MET"})
    person = held.markers.first().person

    page = as_(person).open(page_of(held))
    letter = as_(person).open(page_of(held, held.letters.get()))

    page.see("More than one level was given on B1.", "0 of 1 letters were marked alike",
             "too few to say more: 30 are needed", "1 fully met, 1 not met")  # fmt: skip
    letter.see("Marked differently", *(str(each.person) for each in held.markers.all()))


def test_the_leader_closes_writes_down_and_agrees():
    held = a_round()
    for each in held.markers.all():
        mark_all(held, each.person)
    browser, letter = as_(held.made_by), held.letters.get()

    browser.open("/").follow(f"Calibration round “{held}” to close")
    browser.post(page_of(held, what="close/")).see("The round is closed.")
    form = browser.open(page_of(held, letter, "discuss/"))
    form.press("Keep it", discussion="B1 means the reason itself.")
    form = browser.open(page_of(held, letter, "agree/"))
    page = form.press("Keep the agreed marks")

    page.see("The marks of letter 1 are agreed.", "B1 means the reason itself.",
             "Everybody who marked it gave this level.")  # fmt: skip
    assert GoldLetter.objects.get().letter == letter


def test_a_level_that_the_record_rules_out_is_not_kept_in_a_round():
    held = a_round()
    marker, letter = held.markers.first(), held.letters.get()
    levels = levels_for(letter, marker, {"A5": "FULLY"})

    page = as_(marker.person).post(page_of(held, letter, "mark/"), seen=levels_stamp({}), **levels)

    page.see("A5: “Fully meets” is ruled out by what the record says now. Choose “Does not apply”.")
    assert not RoundMark.objects.exists()
    # Nothing was saved, so the others that were chosen are still on the page.
    assert set(page.tree.xpath("//input[@checked]/@name")) == set(levels) - {"A5"}
    mark_all(held, marker.person, finish=False)
    RoundMark.objects.filter(criterion__code="A5").update(level="FULLY")
    as_(marker.person).post(page_of(held, what="finish/")).see("Letter 1: A5: “Fully meets”")


def two_leaders(held, what):
    """Return one page of a letter as two leaders opened it at once."""
    people = (held.made_by, given.a_person(Role.SENIOR_MANAGER))
    return [as_(each).open(page_of(held, held.letters.get(), what)) for each in people]


def test_of_two_who_write_down_what_was_said_the_second_is_shown_what_the_first_kept():
    held = a_closed_round()
    one, two = two_leaders(held, "discuss/")
    one.press("Keep it", discussion="B1 means the reason itself.")

    page = two.press("Keep it", discussion="B1 is to be marked strictly.")

    said = " ".join(page.errors)
    assert f"changed after you opened the page by {held.made_by}" in said
    assert "now it says “B1 means the reason itself.”" in said
    assert held.letters.get().discussion == "B1 means the reason itself."
    page = page.press("Keep it").see("What was said is kept.")
    assert held.letters.get().discussion == "B1 is to be marked strictly."
    page.see("What was written before", "B1 means the reason itself.", str(held.made_by))


def test_of_two_who_agree_the_marks_the_second_keeps_what_they_wrote():
    held = a_closed_round(changed={"B1": "NOT_MET"})
    one, two = two_leaders(held, "agree/")
    one.press("Keep the agreed marks", B1_level="FULLY", B1_reason="It says why.").see("are agreed")

    page = two.press("Keep the agreed marks", B1_level="NOT_MET", B1_reason="It names no fact.")

    assert "agreed already" in page.errors[0]
    assert "It names no fact." in page.text


def test_a_round_is_not_closed_too_early():
    held = a_round()
    mark_all(held, held.markers.first().person)

    page = as_(held.made_by).post(page_of(held, what="close/"), because="")

    assert "1 person has finished" in page.errors[0]


def test_a_letter_with_agreed_marks_is_taken_out_with_a_reason():
    gold = a_gold_letter()
    browser = as_(gold.letter.round.made_by)
    browser.open("/calibration/agreed/").see("Goes out.")

    page = browser.post(
        f"/calibration/agreed/{gold.pk}/retire/",
        reason="Everybody knows it now.",
        are_marks_wrong="no",
    )

    page.see("It goes out no more.", "Everybody knows it now.")


@pytest.mark.parametrize("what", ["", "mark/", "discuss/", "agree/"])
def test_another_area_reaches_nothing_of_a_round(what):
    held = a_closed_round()
    letter = held.letters.get()
    roles = {"mark/": Role.LINE_MANAGER}
    stranger = given.a_person(roles.get(what, Role.LEGAL_MANAGER), area=given.an_area("Wessex"))

    assert as_(stranger).try_("GET", page_of(held, letter, what)) == 404
    assert as_(stranger).try_("GET", page_of(held)) == 404


def test_a_manager_who_is_not_in_the_round_does_not_reach_it():
    held = a_closed_round()

    assert as_(twice.a_manager(Unit.Kind.FRAUD)).try_("GET", page_of(held)) == 404


@pytest.mark.parametrize("what", ["", "close/", "letters/1/discuss/", "letters/1/agree/"])
def test_the_wrong_role_opens_no_page_of_a_round(what):
    held = a_round()
    officer = as_(given.a_liaison_officer())

    assert officer.try_("GET", page_of(held, what=what)) == 403


def test_a_page_of_one_button_answers_nothing_else():
    held = a_round()

    assert as_(held.markers.first().person).try_("GET", page_of(held, what="finish/")) == 405


def test_a_closed_round_of_many_letters_asks_no_more_than_one_of_few(
    django_assert_max_num_queries,
):
    few = a_closed_round(letters=1)
    many = a_closed_round(letters=4, leader=few.made_by, name="Many")
    browser = as_(few.made_by)
    browser.open(page_of(few))

    with django_assert_max_num_queries(40) as asked:
        browser.open(page_of(few))
    number = len(asked.captured_queries)
    with django_assert_max_num_queries(number):
        browser.open(page_of(many))


def test_what_the_record_alone_gives_is_no_agreement_in_a_round():
    late = given.a_marked_letter(sent_at=given.at("2026-09-30 09:00"), levels={"A5": "FULLY"})
    held = a_closed_round(reviews=[given.a_marked_letter(), late], leader=a_leader())

    page = as_(held.made_by).open(page_of(held))

    said = {row[0].split()[0]: row[1] for row in page.rows() if " letters were" in row[1]}
    assert said["A5"].startswith("1 of 1 letters were marked alike")
    assert said["A10"].startswith("2 of 2 letters were marked alike")
    page.see("as A5 (says sorry for being late) to a letter that went in time, nobody judged")

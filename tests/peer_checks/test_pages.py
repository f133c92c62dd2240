"""The pages of checks before a letter goes: who sees what, and nothing written is lost."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.models import Letter
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.selectors.sheet import sheet_of
from forthright.peer_checks.services import telling
from forthright.peer_checks.services.checking import Found, save_found
from forthright.peer_checks.services.giving import give_checks, give_on
from forthright.reviews.services import Summary
from forthright.rules.words import day_words
from forthright.web import clock
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import (
    CHANGE,
    LATER,
    WELL,
    a_check,
    a_letter_put_forward,
    a_manager,
    changes_asked,
    passed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=False):
        yield


def answers(check, but=None, **words):
    """Return what the form sends when every criterion was said."""
    sheet = sheet_of(check)
    levels = {
        f"{each.code}_level": "NOT_MET"
        if each.code == but
        else "NOT_APPLICABLE"
        if each.applies_when
        else "FULLY"
        for each in sheet.criteria
    }
    why = {f"{but}_note": "It is missing."} if but else {}
    return {**levels, **why, "opened": sheet.stamp, **words}


def test_the_checker_sees_the_letter_the_criteria_and_the_findings_and_passes_it():
    check = a_check()
    browser = as_(check.checker)

    browser.open("/").see("1 letter of colleagues to look at")
    page = browser.open(f"/checks/{check.pk}/")
    page.see("Dear Ms Osei", "What the machine finds", "0 of 9 said.", "Why by then?")
    page.not_see("B1", "Explains why")
    done = browser.post(f"/checks/{check.pk}/", **answers(check), answer="PASSED")

    done.see("Passed. As far as this check goes, the letter may go.")
    assert Letter.objects.get(pk=check.letter_id).checked_by == check.checker


def test_what_was_asked_for_stands_on_the_drafters_pages():
    check = a_check()
    said = answers(check, but="A6", done_well=WELL, to_change=CHANGE)

    as_(check.checker).post(f"/checks/{check.pk}/", **said, answer="CHANGES")
    drafter = as_(check.drafter)

    drafter.open("/").see(
        "1 letter of yours has changes asked for", "Feedback on a letter of yours"
    )
    drafter.open("/checks/").see("Your letters that came back", CHANGE)
    drafter.open(f"/checks/letters/{check.letter_id}/").see("Changes asked for", WELL, "A6")


def test_an_answer_that_lacks_something_keeps_what_was_written():
    check = a_check()
    said = answers(check, but="A6", to_change=CHANGE)

    page = as_(check.checker).post(f"/checks/{check.pk}/", **said, answer="CHANGES")

    page.see("Kept, but not answered. Write one thing that is done well", CHANGE)
    assert check.levels.exclude(level="").count() == 9


def test_words_that_are_not_in_the_letter_stay_on_the_page_with_the_reason():
    check = a_check()
    said = answers(check, but="A6") | {"A6_quotation": "words that nobody wrote"}

    page = as_(check.checker).post(f"/checks/{check.pk}/", **said, answer="CHANGES")

    page.see("These words are not in the letter.", "words that nobody wrote")


def test_of_two_windows_the_second_is_told_and_keeps_its_words_on_the_page():
    check = a_check()
    said = answers(check, done_well="From the second window")
    save_found(check, Found(done_well=WELL), by=check.checker, at=LATER)

    page = as_(check.checker).post(f"/checks/{check.pk}/", **said, answer="PASSED")

    page.see("changed in another window", "From the second window")
    check.refresh_from_db()
    assert (check.done_well, check.answer) == (WELL, "")
    again = page.press("Pass it")
    again.see("Passed.")


def test_a_check_that_was_given_on_meanwhile_tells_who_has_it_and_keeps_the_words_on_the_page():
    check = a_check()
    said, checker = answers(check, done_well="Written meanwhile"), check.checker
    other = given.a_liaison_officer()
    give_on(check, other, reason="She is away", by=checker, at=LATER)

    page = as_(checker).post(f"/checks/{check.pk}/", **said, answer="PASSED", status=403)

    page.see(f"This letter was given to {other}", "Written meanwhile")
    as_(checker).open(f"/checks/{check.pk}/", status=403)


@pytest.mark.parametrize("how", ["answered", "given on", "another’s"])
def test_a_refused_answer_shows_nothing_of_the_letter(how):
    check = a_check()
    poster = check.checker
    if how == "answered":
        passed(check)
    elif how == "given on":
        give_on(check, given.a_liaison_officer(), reason="Away", by=poster, at=LATER)
    else:
        poster = given.a_person(Role.LEGAL_SPOC, unit=check.unit)
    if how != "another’s":
        poster.unit = given.a_unit(Unit.Kind.FRAUD)
        poster.save()
    seen_before = Event.objects.count()

    page = as_(poster).post(f"/checks/{check.pk}/", done_well="My own words", status=403)

    first_line = check.version.text.strip().splitlines()[0]
    page.see("Your answer was not kept", "My own words")
    page.not_see(first_line, check.letter.duty.reference, check.letter.duty.person.family_name)
    assert Event.objects.count() == seen_before


def test_each_look_at_the_words_after_an_answer_that_was_not_taken_is_recorded():
    check = a_check()
    said = answers(check, done_well="From the second window")
    save_found(check, Found(done_well=WELL), by=check.checker, at=LATER)
    browser = as_(check.checker)
    looks = Event.objects.filter(name="peer_check.opened", by=check.checker)

    browser.post(f"/checks/{check.pk}/", **said).see("changed in another window")
    assert looks.count() == 1

    check.refresh_from_db()
    wrong = answers(check, but="A6") | {"A6_quotation": "words that nobody wrote"}
    browser.post(f"/checks/{check.pk}/", **wrong).see("These words are not in the letter.")
    assert looks.count() == 2


def test_an_answer_to_a_letter_that_has_gone_says_so():
    check = a_check()
    check.letter.duty.__class__.objects.filter(pk=check.letter.duty_id).update(sent_at=LATER)

    page = as_(check.checker).post(f"/checks/{check.pk}/", **answers(check), answer="PASSED")

    page.see("your answer does not count for it")


def test_a_check_is_given_to_somebody_else_on_its_page():
    check = a_check()
    other = given.a_liaison_officer()
    page = as_(check.checker).open(f"/checks/{check.pk}/give-on/")

    page.press("Give it on", to=other.pk, reason="").see("There is a problem")
    page.press("Give it on", to=other.pk, reason="Away from noon").see("looks at it now.")

    check.refresh_from_db()
    assert check.checker == other


def test_the_manager_sees_what_waits_and_figures_of_no_person():
    first = passed(a_check())
    changes_asked(a_check(by=given.a_liaison_officer()))
    waits = a_letter_put_forward(by=first.drafter)
    manager = as_(given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU)))

    page = manager.open("/checks/unit/")
    given_out = page.press("Give out what waits now")

    page.see("Looked at", "1 of 2", "No figure is of one person.")
    given_out.see("1 letter was given out.", waits.duty.reference)


def test_of_one_person_who_looked_at_all_no_figure_is_said():
    first = passed(a_check())
    changes_asked(a_check(checker=first.checker, by=first.drafter))

    page = as_(a_manager()).open("/checks/unit/")

    page.see("One person looked at all of them, so nothing more is said")
    page.not_see("1 of 2", "2 of 2", "Median time for one", "Changes asked for, or returned")


def test_a_manager_of_another_unit_and_a_spoc_see_only_their_own():
    check = changes_asked(a_check())
    other = as_(given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.RASSO)))

    other.open("/checks/unit/").not_see(check.letter.duty.reference)
    other.open(f"/checks/letters/{check.letter_id}/", status=404)
    other.open(f"/checks/{check.pk}/give-on/", status=404)
    as_(given.a_liaison_officer()).open(f"/checks/{check.pk}/", status=404)


def test_others_who_may_see_the_letter_do_not_see_what_was_found():
    check = changes_asked(a_check())

    page = as_(given.a_liaison_officer()).open(f"/checks/letters/{check.letter_id}/")

    page.see("Changes asked for", "What was found is for its drafter")
    page.not_see(CHANGE, WELL)


def test_the_wrong_role_opens_none_of_the_pages():
    administrator = as_(given.a_person(Role.ADMINISTRATOR))

    administrator.open("/checks/", status=403)
    administrator.open("/checks/unit/", status=403)
    administrator.open("/checks/rule/", status=403)
    administrator.open("/checks/disputes/", status=403)


def test_an_inspector_looks_and_gives_nothing_out():
    a_check()
    inspector = as_(given.a_person(Role.INSPECTOR))

    page = inspector.open("/checks/unit/")

    assert "Give out what waits now" not in page.words
    inspector.post("/checks/give-out/", status=403)


def test_feedback_is_read_replied_to_and_its_receipt_is_kept():
    check = changes_asked(a_check())
    part = PartTold.objects.get(check_of=check)
    browser = as_(check.drafter)

    page = browser.open(f"/checks/told/{part.pk}/")
    replied = page.press("Reply", text="Thank you, I have put the number in.")

    page.see(WELL, CHANGE, "A6")
    replied.see("can read your reply", "Thank you, I have put the number in.")
    part.refresh_from_db()
    assert part.read_at == LATER
    browser.open("/feedback/").see("The letter you wrote", "You replied")
    checker, waits = as_(check.checker), f"{check.drafter} replied to your feedback"
    checker.open(f"/checks/told/{part.pk}/", status=404)
    page = checker.open("/").follow(waits)
    page.see("Thank you, I have put the number in.")
    assert waits not in checker.open("/").links


def test_a_dispute_is_decided_by_somebody_else_and_stands_beside_what_was_found():
    check = changes_asked(a_check())
    part = PartTold.objects.get(check_of=check)
    as_(check.drafter).open(f"/checks/told/{part.pk}/dispute/").press(
        "Dispute it", reason="The second part says it."
    ).see("Disputed. Somebody else decides by the end of")
    decider = as_(given.a_person(Role.LEGAL_MANAGER))

    decider.open("/").see("1 dispute of what a colleague found")
    decided = decider.open(f"/checks/disputes/{part.pk}/").press(
        "Decide", outcome="ACCEPTED", reason="It does say it there."
    )

    decided.see("Decided. What was found stays beside the outcome.", "Accepted: it was no fault")
    as_(check.drafter).open(f"/checks/told/{part.pk}/").see("It does say it there.", CHANGE)


def test_a_dispute_past_its_day_is_refused_with_the_day():
    check = changes_asked(a_check())
    part = PartTold.objects.get(check_of=check)

    with time_machine.travel(given.at("2026-12-01 10:00"), tick=False):
        page = as_(check.drafter).open(f"/checks/told/{part.pk}/dispute/", status=403)

    page.see("could be disputed until the end of")


def test_after_its_deadline_a_dispute_is_no_longer_decided_and_both_sides_read_so():
    check = changes_asked(a_check())
    part = PartTold.objects.get(check_of=check)
    disputed = telling.dispute_part(
        part, reason="The second part says it.", by=check.drafter, at=LATER
    )
    last = f"by the end of {day_words(disputed.decide_by)}"
    leader = given.a_person(Role.LEGAL_MANAGER)
    with time_machine.travel(clock.start_of(disputed.decide_by), tick=False):
        as_(leader).open("/").see("1 dispute of what a colleague found")
        as_(check.drafter).open("/feedback/").see("Disputed").not_see("not decided in time")

    with time_machine.travel(clock.start_of(disputed.decide_by + timedelta(days=1)), tick=False):
        decider = as_(leader)
        decider.open("/").not_see("1 dispute of what a colleague found")
        decider.open("/checks/disputes/").see("None waits for you.", f"Nobody decided {last}")
        page = decider.open(f"/checks/disputes/{part.pk}/")
        page.see(f"This dispute had to be decided {last}. What was found stands")
        as_(check.drafter).open("/feedback/").see("Disputed; not decided in time")
        page.not_see("Not decided yet")
        as_(check.drafter).open(f"/checks/told/{part.pk}/").see(
            f"Nobody decided {last}. What was found stands"
        )
        with pytest.raises(NotAllowed, match="nobody answered in time"):
            telling.decide_part(part, "ACCEPTED", reason="It does.", by=leader, at=clock.now())
    part.refresh_from_db()
    assert part.outcome == PartTold.Outcome.OPEN


def test_the_prosecutor_reads_their_part_and_not_the_drafters():
    prosecutor = given.a_person(Role.PROSECUTOR)
    duty = given.a_letter_to_write()
    given.write_note(duty, given.REASONS, by=prosecutor, at=given.NOON)
    changes_asked(a_check(duty=duty), reasons_to_change="Say which camera it was.")
    part = PartTold.objects.get(recipient=prosecutor)

    page = as_(prosecutor).open(f"/checks/told/{part.pk}/")

    page.see("Your reasons for letter", "Say which camera it was.", "Open your reasons")
    page.not_see(CHANGE, WELL, "A6")


def test_a_marking_whose_cause_was_the_reasons_tells_who_wrote_them_once():
    prosecutor = given.a_person(Role.PROSECUTOR)
    drawn = given.a_drawn_letter()
    given.write_note(drawn.duty, given.REASONS, by=prosecutor, at=given.NOON)
    review = given.open_review(drawn, by=drawn.marker, at=given.NOON)
    given.save_marks(review, given.answers_for(review, {"B1": "NOT_MET"}), by=drawn.marker,
                     at=given.NOON)  # fmt: skip
    summary = Summary(root_cause="EXPLANATION", done_well=WELL, to_change="Give a fact.")
    given.save_summary(review, summary, by=drawn.marker, at=given.NOON)
    review = given.finish_review(review, by=drawn.marker, at=given.NOON)

    given.tell_drafter(review, by=drawn.marker, at=given.NOON, text="Well begun. Say why.")
    told_again = telling.tell_of_reasons(
        review.letter_version, "Give a fact.", review_number=review.pk, by=drawn.marker, at=LATER
    )

    part = PartTold.objects.get()
    assert (part.recipient, part.to_change, told_again) == (prosecutor, "Give a fact.", None)
    as_(prosecutor).open(f"/checks/told/{part.pk}/").see("marked the letter", "Give a fact.")


def test_a_list_asks_the_database_as_often_for_one_as_for_many():
    check = a_check()
    browser = as_(check.checker)
    browser.open("/checks/")
    with CaptureQueriesContext(connection) as one:
        browser.open("/checks/")
    for _ in range(2):
        a_letter_put_forward(by=check.drafter)
    give_checks(check.area, by=None, at=LATER)

    with CaptureQueriesContext(connection) as many:
        browser.open("/checks/").see("Look at letter")

    assert len(many) == len(one)


def test_the_pages_answer_only_what_they_declare():
    check = a_check()
    browser = as_(check.checker)

    browser.post("/checks/", status=405)
    browser.post(f"/checks/letters/{check.letter_id}/", status=405)

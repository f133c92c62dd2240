"""A colleague's look: passed, changes asked for or returned; and what was overtaken."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from forthright.accounts.policies import NotAllowed
from forthright.letters.marked_text import marked_text
from forthright.letters.models import Letter, LookPassed
from forthright.letters.selectors.checking import composed_of
from forthright.letters.services.drafting import keep_edit
from forthright.peer_checks.models import PartTold, PeerCheck
from forthright.peer_checks.selectors import came_back_to
from forthright.peer_checks.selectors.sheet import criteria_of
from forthright.peer_checks.services.checking import (
    AnswerRefused,
    ChangedElsewhere,
    Found,
    FoundOf,
    answer_check,
    open_check,
    save_found,
)
from forthright.schemes.models import Duty
from tests import given
from tests.peer_checks.looked_at import (
    CHANGE,
    LATER,
    WELL,
    a_check,
    all_met,
    answered,
    changes_asked,
    newest,
    passed,
)

pytestmark = pytest.mark.django_db
A = PeerCheck.Answer


def test_a_letter_that_passes_says_which_words_passed_and_by_whom():
    check = passed(a_check())

    letter = Letter.objects.get(pk=check.letter_id)
    assert check.answer == A.PASSED
    assert (letter.checked_version, letter.checked_by) == (check.version, check.checker)


def test_who_passed_letters_before_the_upgrade_is_kept_once():
    check = passed(a_check())
    changes_asked(a_check())
    kept = LookPassed.objects.values_list("letter", "version", "made_by", "made_at")
    as_it_is_kept_now = list(kept)
    LookPassed.objects.all().delete()
    filling = import_module("forthright.peer_checks.migrations.0005_looks_that_were_passed")

    for _ in range(2):
        filling.keep_who_passed(apps, SimpleNamespace(connection=connection))

    assert list(kept) == as_it_is_kept_now
    assert as_it_is_kept_now == [
        (check.letter_id, check.version_id, check.checker_id, check.answered_at)
    ]


def test_only_what_can_be_checked_is_asked_for():
    check = a_check()

    codes = [each.code for each in criteria_of(check)]

    assert codes == ["A1", "A2", "A3", "A5", "A6", "A7", "A8", "A9", "A10"]


def test_the_time_spent_is_counted_from_opening_to_answer():
    check = passed(a_check())

    assert check.seconds_spent == 4 * 60


def test_a_letter_does_not_pass_before_everything_was_looked_at():
    check = a_check()
    levels = all_met(check)
    del levels["A9"]

    with pytest.raises(AnswerRefused, match="A9 is met: 1 criterion left"):
        answered(check, A.PASSED, levels=levels)


def test_a_letter_with_a_fault_does_not_pass():
    check = a_check()

    with pytest.raises(AnswerRefused, match="A6 is not met, so ask for changes"):
        answered(check, A.PASSED, levels=all_met(check, but="A6"))


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ({"done_well": WELL, "to_change": ""}, "one thing to change"),
        ({"done_well": "", "to_change": CHANGE}, "one thing that is done well"),
        ({"done_well": WELL, "to_change": "."}, "one thing to change"),
    ],
)
def test_changes_are_asked_for_in_words(said, lacks):
    check = a_check()

    with pytest.raises(AnswerRefused, match=lacks):
        answered(check, A.CHANGES, **said)


def test_a_criterion_not_met_is_sent_back_only_with_a_place_or_a_note():
    check = a_check()
    levels = all_met(check, but="A6")
    levels["A6"] = FoundOf(level="NOT_MET")

    with pytest.raises(AnswerRefused, match="Say where A6 is not met"):
        answered(check, A.CHANGES, levels=levels, done_well=WELL, to_change=CHANGE)

    check.refresh_from_db()
    assert check.answer == ""
    assert not PartTold.objects.exists()
    levels["A6"] = FoundOf(level="NOT_MET", quotation=newest(check.letter).text.splitlines()[0])
    asked = answered(check, A.CHANGES, levels=levels, done_well=WELL, to_change=CHANGE)
    assert asked.answer == A.CHANGES


def test_a_letter_with_changes_asked_for_is_back_with_its_drafter_who_is_told():
    check = changes_asked(a_check())

    duty = Duty.objects.get(pk=check.letter.duty_id)
    letter = Letter.objects.get(pk=check.letter_id)
    part = PartTold.objects.get(check_of=check)
    assert duty.drafted_at is None
    assert letter.returned_because == CHANGE
    assert (part.recipient, part.done_well, part.to_change) == (check.drafter, WELL, CHANGE)
    assert list(came_back_to(check.drafter)) == [check]


def test_the_place_in_the_letter_is_kept_and_must_stand_there():
    check = a_check()
    words = newest(check.letter).text.splitlines()[0]
    open_check(check, by=check.checker, at=given.NOON)

    right = {"A6": FoundOf(level="NOT_MET", quotation=words)}
    wrong = {"A7": FoundOf(level="NOT_MET", quotation="words that nobody wrote")}
    problems = save_found(check, Found(levels=right | wrong), by=check.checker, at=LATER)

    assert check.levels.get(criterion__code="A6").quotation == words
    assert list(problems) == ["A7"]


def test_a_returned_letter_goes_back_with_the_reason():
    check = answered(a_check(), A.RETURNED, to_change="It answers another decision.")

    letter = Letter.objects.get(pk=check.letter_id)
    assert check.answer == A.RETURNED
    assert letter.returned_because == "It answers another decision."


def test_the_prosecutor_is_told_their_part_and_nothing_else_of_the_check():
    prosecutor = given.a_person("PROSECUTOR")
    duty = given.a_letter_to_write()
    given.write_note(duty, given.REASONS, by=prosecutor, at=given.NOON)
    check = changes_asked(a_check(duty=duty), reasons_to_change="Say which camera it was.")

    part = PartTold.objects.get(about=PartTold.About.REASONS)
    assert (part.recipient, part.to_change) == (prosecutor, "Say which camera it was.")
    assert (part.done_well, part.quotation) == ("", "")
    assert PartTold.objects.filter(recipient=prosecutor).count() == 1
    assert check.to_change not in part.to_change


def test_an_answer_to_words_that_were_changed_meanwhile_does_not_count():
    check = a_check()
    open_check(check, by=check.checker, at=given.NOON)
    save_found(check, Found(levels=all_met(check)), by=check.checker, at=LATER)
    letter = check.letter
    text = marked_text(composed_of(newest(letter))).replace("Yours", "With kind regards. Yours")
    keep_edit(letter, text, based_on=1, by=letter.duty.drafter, at=LATER)

    done = answer_check(check, A.PASSED, by=check.checker, at=LATER)

    assert done.answer == A.OVERTAKEN
    assert Letter.objects.get(pk=letter.pk).checked_version is None
    assert done.levels.exclude(level="").exists()


def test_of_two_windows_the_second_overwrites_nothing():
    check = a_check()
    sheet = open_check(check, by=check.checker, at=given.NOON)
    save_found(check, Found(done_well=WELL, opened=sheet.stamp), by=check.checker, at=LATER)

    with pytest.raises(ChangedElsewhere):
        save_found(check, Found(done_well="Another", opened=sheet.stamp), by=check.checker,
                   at=LATER)  # fmt: skip

    check.refresh_from_db()
    assert check.done_well == WELL


def test_nobody_else_looks_at_a_letter_and_no_answer_is_changed():
    check = a_check()
    stranger = given.a_liaison_officer()

    with pytest.raises(NotAllowed, match="was given to"):
        open_check(check, by=stranger, at=LATER)
    passed(check)
    with pytest.raises(NotAllowed, match="has its answer"):
        open_check(check, by=check.checker, at=LATER)


def test_the_drafter_is_told_the_place_of_the_first_criterion_not_met_and_of_none_that_is():
    check = a_check()
    lines = [line for line in newest(check.letter).text.splitlines() if len(line) > 30]
    levels = all_met(check, but="B1", words=lines[2])
    first = next(iter(levels))
    levels[first] = FoundOf(level="FULLY", quotation=lines[0])
    levels["A6"] = FoundOf(level="NOT_MET", quotation=lines[1], note="It is missing.")

    answered(check, A.CHANGES, levels=levels, done_well=WELL, to_change=CHANGE)

    assert first not in {"A6", "B1"}
    assert PartTold.objects.get(check_of=check).quotation == lines[1]


def test_where_only_what_is_met_is_quoted_the_drafter_is_told_no_place():
    check = a_check()
    levels = all_met(check, but="A6")
    levels["A1"] = FoundOf(level="FULLY", quotation=newest(check.letter).text.splitlines()[0])

    answered(check, A.CHANGES, levels=levels, done_well=WELL, to_change=CHANGE)

    assert PartTold.objects.get(check_of=check).quotation == ""

"""Letters that were put forward go to colleagues evenly, and never to who had a part in them."""

from collections import Counter
from datetime import timedelta

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.marked_text import marked_text
from forthright.letters.models import Letter
from forthright.letters.selectors.checking import composed_of
from forthright.letters.services.drafting import hand_over, keep_edit
from forthright.letters.services.words import keep_words
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.services.giving import GivingRefused, give_checks, give_on
from forthright.rules.case_file import LetterKind
from forthright.schemes.models import Duty
from forthright.standards.services import start_area_standards
from forthright.web.models import Job
from tests import given
from tests.letters import other_letters
from tests.peer_checks.looked_at import (
    LATER,
    a_check,
    a_letter_put_forward,
    changes_asked,
    newest,
    passed,
    required,
)

pytestmark = pytest.mark.django_db
W = PeerCheck.Answer


def test_a_letter_that_is_put_forward_asks_for_a_colleague_and_one_is_found():
    colleague = given.a_liaison_officer()

    letter = a_letter_put_forward()
    given_out = give_checks(letter.area, by=None, at=given.NOON)

    check = PeerCheck.objects.get(letter=letter)
    assert given_out == 1
    assert Job.objects.filter(name="peer_checks.give").count() == 1
    assert (check.checker, check.answer) == (colleague, "")
    assert check.given_because == "the only one who may have it"


def test_nobody_looks_at_a_letter_that_they_drafted_or_whose_reasons_they_wrote():
    letter = a_letter_put_forward(by=given.a_liaison_officer())
    given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))

    given_out = give_checks(letter.area, by=None, at=given.NOON)

    check = PeerCheck.objects.get(letter=letter)
    assert given_out == 0
    assert check.checker is None
    assert "1 person looks at letters of this unit" in check.given_because


def test_whoever_has_less_to_do_gets_the_next_letter():
    drafter = given.a_liaison_officer()
    given.a_liaison_officer()
    given.a_liaison_officer()
    letters = [a_letter_put_forward(by=drafter) for _ in range(4)]

    give_checks(letters[0].area, by=None, at=given.NOON)

    shared = PeerCheck.objects.values_list("checker", flat=True)
    assert sorted(list(shared).count(each) for each in set(shared)) == [2, 2]


def test_legal_spocs_of_the_letters_unit_share_the_looks_evenly_with_the_drafters_colleagues():
    drafter, colleague = given.a_liaison_officer(), given.a_liaison_officer()
    spocs = [given.a_person(Role.LEGAL_SPOC) for _ in range(2)]
    given.a_person(Role.LEGAL_SPOC, unit=given.a_unit(Unit.Kind.RASSO))
    letters = [a_letter_put_forward(by=drafter) for _ in range(9)]

    give_checks(letters[0].area, by=None, at=given.NOON)

    shared = Counter(PeerCheck.objects.values_list("checker", flat=True))
    assert shared == dict.fromkeys([each.pk for each in (colleague, *spocs)], 3)
    because = set(PeerCheck.objects.values_list("given_because", flat=True))
    assert because == {"the least to do of the 3 who may have it"}


def test_where_the_drafter_is_a_spoc_their_own_unit_comes_first_and_another_says_so():
    spoc, other = (given.a_person(Role.LEGAL_SPOC) for _ in range(2))
    officer = given.a_liaison_officer()
    first = a_letter_put_forward(by=spoc)
    give_checks(first.area, by=None, at=given.NOON)
    other.is_active = False
    other.save()

    second = a_letter_put_forward(by=spoc)
    give_checks(second.area, by=None, at=LATER)

    assert PeerCheck.objects.get(letter=second).checker == officer
    because = PeerCheck.objects.get(letter=second).given_because
    assert because.startswith("nobody of the letter’s unit or its drafter’s may; ")


def test_a_spoc_of_another_unit_who_cannot_see_the_letter_is_never_given_it():
    given.a_person(Role.LEGAL_SPOC, unit=given.a_unit(Unit.Kind.RASSO))

    letter = a_letter_put_forward()
    give_checks(letter.area, by=None, at=given.NOON)

    assert PeerCheck.objects.get(letter=letter).checker is None


def test_giving_out_twice_gives_nothing_twice():
    check = a_check()

    again = give_checks(check.area, by=None, at=LATER)

    assert again == 0
    assert PeerCheck.objects.count() == 1


def test_a_letter_that_was_changed_ends_its_check_and_goes_to_somebody_once_it_is_handed_over():
    check = a_check()
    letter = check.letter
    text = marked_text(composed_of(newest(letter))).replace("Yours", "With kind regards. Yours")
    keep_edit(letter, text, based_on=1, by=letter.duty.drafter, at=LATER)
    hand_over(Duty.objects.get(pk=letter.duty_id), by=letter.duty.drafter, at=LATER)

    give_checks(check.area, by=None, at=LATER)

    check.refresh_from_db()
    assert check.answer == W.OVERTAKEN
    assert PeerCheck.objects.get(letter=letter, answer="").version.number == 2


@pytest.mark.parametrize("is_pasted", [False, True])
def test_a_look_at_words_that_were_changed_later_is_due_from_the_change(is_pasted):
    check = passed(a_check())
    letter, changed = check.letter, given.at("2026-10-07 10:00")
    if is_pasted:
        keep_words(letter, text=given.LETTER, by=check.drafter, at=changed)
    else:
        text = marked_text(composed_of(newest(letter))).replace("Yours", "With regards. Yours")
        keep_edit(letter, text, based_on=1, by=check.drafter, at=changed)

    give_checks(check.area, by=None, at=changed + timedelta(minutes=5))

    again = PeerCheck.objects.get(letter=letter, answer="")
    assert again.put_forward_at == changed
    assert again.due_at == given.at("2026-10-07 14:00")
    assert "changed after that, Wednesday 7 October 2026, 10am." in again.due_because[0]


def test_a_letter_that_went_without_being_looked_at_ends_its_check():
    check = a_check()
    Duty.objects.filter(pk=check.letter.duty_id).update(sent_at=LATER)

    give_checks(check.area, by=None, at=LATER)

    check.refresh_from_db()
    assert check.answer == W.OVERTAKEN


def test_a_mended_letter_goes_to_who_asked_for_the_changes():
    asked = changes_asked(a_check())
    given.a_liaison_officer()
    letter = Letter.objects.get(pk=asked.letter_id)
    text = marked_text(composed_of(newest(letter))).replace("Yours", "With kind regards. Yours")
    keep_edit(letter, text, based_on=1, by=letter.duty.drafter, at=LATER)
    hand_over(Duty.objects.get(pk=letter.duty_id), by=letter.duty.drafter, at=LATER)

    give_checks(asked.area, by=None, at=LATER)

    again = PeerCheck.objects.get(letter=letter, answer="")
    assert again.checker == asked.checker
    assert "asked for the changes" in again.given_because


def test_a_letter_that_passed_is_not_given_out_again():
    check = passed(a_check())
    hand_over(Duty.objects.get(pk=check.letter.duty_id), by=check.drafter, at=LATER)

    give_checks(check.area, by=None, at=LATER)

    assert PeerCheck.objects.count() == 1


def test_a_check_is_given_on_with_a_reason():
    check = a_check()
    was, other = check.checker, given.a_liaison_officer()

    give_on(check, other, reason="Away from noon", by=was, at=LATER)

    check.refresh_from_db()
    moved = check.given_on.get()
    assert (check.checker, moved.was, moved.now) == (other, was, other)
    assert Event.objects.filter(name="peer_check.given_on").count() == 1


@pytest.mark.parametrize("reason", ["", ".", "ok"])
def test_a_check_is_not_given_on_without_a_reason_that_says_something(reason):
    check = a_check()
    other = given.a_liaison_officer()

    with pytest.raises(GivingRefused, match="Say why"):
        give_on(check, other, reason=reason, by=check.checker, at=LATER)


def test_a_check_is_not_given_on_to_the_drafter():
    check = a_check()

    with pytest.raises(GivingRefused, match="drafted this letter"):
        give_on(check, check.drafter, reason="Away from noon", by=check.checker, at=LATER)


def test_only_who_has_it_or_looks_after_the_unit_gives_a_check_on():
    check = a_check()
    stranger, other = given.a_liaison_officer(), given.a_liaison_officer()

    with pytest.raises(NotAllowed, match="somebody else’s"):
        give_on(check, other, reason="Away from noon", by=stranger, at=LATER)


def test_the_manager_of_the_unit_gives_a_late_check_to_another():
    check = a_check()
    manager = given.a_person(Role.LINE_MANAGER)
    other = given.a_liaison_officer()

    give_on(check, other, reason="It is late", by=manager, at=LATER + timedelta(days=1))

    check.refresh_from_db()
    assert check.checker == other


def test_a_letter_of_another_area_is_not_given_out():
    letter = a_letter_put_forward()

    given_out = give_checks(given.an_area("Wessex"), by=None, at=given.NOON)

    assert given_out == 0
    assert not PeerCheck.objects.filter(letter=letter).exists()


def test_a_letter_that_is_not_owed_is_looked_at_where_its_kind_is_and_goes_back_to_its_drafter():
    required(given.an_area_that_writes(), kinds=["HOLDING"])
    letter = other_letters.handed_over(LetterKind.HOLDING)
    start_area_standards(letter.area, by=None, at=given.NOON)
    given.a_liaison_officer()

    give_checks(letter.area, by=None, at=given.NOON)
    check = PeerCheck.objects.get(letter=letter)
    changes_asked(check)

    letter.refresh_from_db()
    assert check.checker is not None
    assert (letter.drafted_at, letter.check_is_required) == (None, True)
    assert letter.returned_by == check.checker

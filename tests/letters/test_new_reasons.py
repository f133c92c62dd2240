"""No letter goes out with reasons that were changed since: not by any page, batch or worker."""

from dataclasses import replace

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.marked_text import marked_text
from forthright.letters.models import Dispatch, Letter, LetterVersion, ReasonsNote
from forthright.letters.selectors.checking import composed_of
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.waiting import waiting_for
from forthright.letters.selectors.which import facts_given
from forthright.letters.services.approving import approve
from forthright.letters.services.drafting import DraftRefused, draft_letter, hand_over, keep_edit
from forthright.letters.services.new_reasons import keep_as_right
from forthright.letters.services.notes import write_note
from forthright.letters.services.others import change_facts
from forthright.letters.services.printing import PrintRefused, make_batch, mark_posted
from forthright.letters.services.sending import SendRefused, send
from forthright.letters.services.words import keep_words
from forthright.rules.contact_lock import Way
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.letters import other_letters
from tests.letters.outgoing import S, asked, carry_out

pytestmark = pytest.mark.django_db

NEW_FACT = "The shopkeeper has moved abroad and will not come back"
CHANGED = replace(given.REASONS, facts=(given.REASONS.facts[0], NEW_FACT))


@pytest.fixture(autouse=True)
def a_monday_in_october():
    with time_machine.travel(given.at("2026-10-05 14:00"), tick=False):
        yield


def a_manager(unit=Unit.Kind.VLU):
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(unit))


def a_spoc():
    return given.a_person(Role.LEGAL_SPOC, unit=given.a_unit())


def changed(duty, *, by=None, reasons=CHANGED):
    write_note(Duty.objects.get(pk=duty.pk), reasons, by=by, at=given.NOON)
    return Duty.objects.get(pk=duty.pk)


def drafter_of(duty):
    return LetterVersion.objects.filter(letter__duty=duty).earliest("number").added_by


def read_by_drafter(duty, *, read=2):
    """Say for the drafter that the newest words are right with the newer reasons."""
    latest = latest_words(duty)
    text = marked_text(composed_of(latest))
    return keep_as_right(duty, text, based_on=latest.number, read=read,
                         by=drafter_of(duty), at=given.NOON)  # fmt: skip


def test_reasons_changed_after_the_approval_end_it_and_give_the_letter_back():
    duty, spoc = given.an_approved_letter(), a_spoc()

    duty = changed(duty, by=spoc)

    letter = Letter.objects.get()
    assert (letter.approved_version, letter.approved_by) == (None, None)
    assert (duty.approved_at, duty.drafted_at) == (None, None)
    assert letter.returned_by == spoc
    assert list(waiting_for(drafter_of(duty), "returned")) == [duty]
    ended = Event.objects.get(name="letter.approved_cleared")
    assert (ended.by, ended.detail["reason"]) == (spoc, "Newer reasons were written.")
    with pytest.raises(SendRefused, match="Nobody has approved"):
        send(duty, Way.PRINT, by=given.a_liaison_officer(), at=given.NOON)


def test_a_draft_from_older_reasons_is_neither_handed_over_nor_approved():
    version = given.a_draft()
    duty = changed(version.letter.duty)

    with pytest.raises(DraftRefused, match="Newer reasons were written"):
        hand_over(duty, by=version.added_by, at=given.NOON)
    keep_edit(duty, "Other words.", based_on=1, by=version.added_by, at=given.NOON)
    keep_words(duty, text="Words from elsewhere.", by=version.added_by, at=given.NOON)
    for number in (1, 2, 3):
        with pytest.raises(ValueError, match=r"Newer reasons|was kept while"):
            approve(duty, number, by=a_manager(), at=given.NOON)

    # To edit is not to read: the words still rest on the older reasons.
    assert {each.note.number for each in LetterVersion.objects.all()} == {1}


def test_a_letter_put_together_again_goes_its_way():
    duty = given.an_approved_letter()
    drafter = drafter_of(duty)
    duty = changed(duty)

    kept = draft_letter(duty, by=drafter, at=given.NOON)
    hand_over(duty, by=drafter, at=given.NOON)
    approve(Duty.objects.get(), kept.number, by=a_manager(), at=given.NOON)
    dispatch = send(Duty.objects.get(), Way.PRINT, by=drafter, at=given.NOON)

    assert NEW_FACT in dispatch.version.text
    assert dispatch.version.note == ReasonsNote.objects.get(number=2)


def test_the_same_words_put_together_from_newer_reasons_are_a_new_version():
    version = given.a_draft()
    duty = changed(
        version.letter.duty, reasons=replace(given.REASONS, must_not_say=("He was cautioned",))
    )

    kept = draft_letter(duty, by=version.added_by, at=given.NOON)

    assert (kept.number, kept.sha256, kept.note.number) == (2, version.sha256, 2)


def test_a_drafter_who_says_that_the_words_are_right_has_them_approved_again():
    duty = changed(given.an_approved_letter())

    kept = read_by_drafter(duty)

    assert (kept.number, kept.made_how) == (2, LetterVersion.MadeHow.LEFT_AS_IT_IS)
    event = Event.objects.get(name="letter.reasons_read")
    assert (event.by, event.detail["reasons"]) == (drafter_of(duty), 2)
    with pytest.raises(SendRefused, match="Nobody has approved"):
        send(duty, Way.PRINT, by=drafter_of(duty), at=given.NOON)
    hand_over(duty, by=drafter_of(duty), at=given.NOON)
    approve(Duty.objects.get(), 2, by=a_manager(), at=given.NOON)
    send(Duty.objects.get(), Way.PRINT, by=drafter_of(duty), at=given.NOON)


def test_reasons_changed_again_while_the_drafter_read_are_not_read():
    duty = changed(given.a_draft().letter.duty)
    duty = changed(duty, reasons=replace(CHANGED, what_changed="He pleaded guilty elsewhere"))

    with pytest.raises(DraftRefused, match="Version 3 of the reasons was written while you read"):
        read_by_drafter(duty)
    assert read_by_drafter(duty, read=3).note.number == 3
    with pytest.raises(DraftRefused, match="knows of the newest reasons already"):
        read_by_drafter(duty, read=3)


def test_the_same_reasons_again_change_nothing():
    duty = changed(given.an_approved_letter(), reasons=given.REASONS)

    assert ReasonsNote.objects.count() == 1
    assert duty.approved_at == given.NOON


@pytest.mark.parametrize("way", [Way.EMAIL, Way.NOTIFY_EMAIL, Way.NOTIFY_LETTER])
def test_what_waits_to_go_is_held_back_when_reasons_change(way, post_office, notify):
    duty = given.an_approved_letter() if way is Way.NOTIFY_LETTER else None
    dispatch = asked(duty, way, open_ways=set(Way))

    changed(dispatch.duty)

    dispatch.refresh_from_db()
    assert dispatch.state == S.CANCELLED
    assert dispatch.events.last().detail == "Held back. Newer reasons were written."
    carry_out(dispatch)
    assert (post_office.kept.messages, notify.kept) == ([], [])


def test_what_waits_for_print_is_held_back_when_reasons_change():
    dispatch = asked(given.an_approved_letter(), Way.PRINT)

    changed(dispatch.duty)

    dispatch.refresh_from_db()
    assert dispatch.events.last().detail == "Held back. Newer reasons were written."
    with pytest.raises(PrintRefused, match="No letter waits"):
        make_batch(dispatch.area, by=a_manager(), at=given.NOON)


def test_a_printed_batch_is_not_posted_with_older_reasons():
    dispatch = asked(given.an_approved_letter(), Way.PRINT)
    manager = a_manager()
    batch = make_batch(dispatch.area, by=manager, at=given.NOON)

    changed(dispatch.duty)

    assert mark_posted(batch, by=manager, at=given.NOON) == [dispatch]
    assert Duty.objects.get().sent_at is None


@pytest.mark.parametrize("way", [Way.EMAIL, Way.NOTIFY_EMAIL, Way.NOTIFY_LETTER])
def test_newer_reasons_alone_stop_what_stands_approved_and_waits(way, post_office, notify):
    """Nothing gave the letter back, as with rows that came by another way: it still stays."""
    duty = given.an_approved_letter() if way is Way.NOTIFY_LETTER else None
    dispatch = asked(duty, way, open_ways=set(Way))
    newer = ReasonsNote.objects.get()
    newer.pk, newer.number, newer.facts = None, 2, [NEW_FACT]
    newer.save()

    carry_out(dispatch)

    assert dispatch.state == S.CANCELLED
    assert (post_office.kept.messages, notify.kept) == ([], [])
    assert "Newer reasons were written" in dispatch.events.last().detail
    with pytest.raises(SendRefused, match="puts the letter together again"):
        send(dispatch.duty, Way.PRINT, by=given.a_liaison_officer(), at=given.NOON)


def test_a_letter_that_is_out_stays_as_it_is():
    duty = given.an_approved_letter()
    dispatch = asked(duty, Way.PRINT)
    manager = a_manager()
    mark_posted(make_batch(dispatch.area, by=manager, at=given.NOON), by=manager, at=given.NOON)

    duty = changed(duty)

    assert duty.sent_at is not None
    assert Letter.objects.get().approved_version is not None
    as_(manager).open(f"/letters/{duty.pk}/").not_see("The reasons were changed")


def test_facts_changed_after_the_approval_of_another_letter_give_it_back():
    letter = other_letters.approved()
    said = {"by": letter.begun_by, "at": given.NOON}

    change_facts(letter, {**facts_given(letter), "answer_by": "2026-10-20"}, **said)

    letter.refresh_from_db()
    assert (letter.approved_version, letter.approved_at, letter.drafted_at) == (None, None, None)
    assert letter.returned_because.startswith("What the letter is written from was changed")


def test_every_page_says_what_changed_and_by_whom():
    duty, spoc = given.an_approved_letter(), a_spoc()
    drafter = drafter_of(duty)
    duty = changed(duty, by=spoc)
    said = ("The reasons were changed", f"{spoc} wrote version 2", "rests on version 1",
            f"Before: {given.REASONS.facts[1]}", f"Now: {NEW_FACT}")  # fmt: skip

    for place in ("", "approve/"):
        page = as_(a_manager()).open(f"/letters/{duty.pk}/{place}").see(*said)
        page.not_see("Record your decision")
    as_(drafter).open(f"/letters/{duty.pk}/send/").see(*said).not_see("Send it", "record that it")

    page = as_(drafter).open(f"/letters/{duty.pk}/draft/").see(*said, "Put it together again")
    page.press(
        "I read the newer reasons: the words below are right with them",
        text=page.tree.get_element_by_id("id_text").value + "\n\nThank you for your patience.",
    ).see("Version 2 is kept as right with the newer reasons").not_see("The reasons were changed")
    assert "Thank you for your patience" in latest_words(duty).text


def test_whoever_wrote_the_reasons_in_a_letter_does_not_approve_it_and_reads_who_does():
    spoc, manager, stranger = a_spoc(), a_manager(), a_manager(Unit.Kind.FRAUD)
    duty = changed(given.a_draft().letter.duty, by=spoc)
    read_by_drafter(duty)
    hand_over(duty, by=drafter_of(duty), at=given.NOON)
    duty = Duty.objects.get()

    with pytest.raises(NotAllowed, match=f"wrote the reasons that stand.*Ask {manager}"):
        approve(duty, 2, by=spoc, at=given.NOON)
    page = as_(spoc).open(f"/letters/{duty.pk}/approve/", status=403)
    page.see(f"Ask {manager} to approve it").not_see(str(stranger))
    assert list(waiting_for(spoc, "approve")) == []
    assert list(waiting_for(manager, "approve")) == [duty]
    approve(duty, 2, by=manager, at=given.NOON)


def test_where_nobody_else_approves_the_refusal_says_who_could_be_asked_for():
    spoc = a_spoc()
    duty = changed(given.a_draft().letter.duty, by=spoc)
    read_by_drafter(duty)

    as_(spoc).open(f"/letters/{duty.pk}/approve/", status=403).see(
        "Nobody else may approve letters of this unit. Ask an administrator"
    )


def test_a_letter_under_way_is_not_offered_to_be_sent_again():
    duty = given.an_approved_letter()
    asked(duty, Way.PRINT)

    page = as_(given.a_liaison_officer()).open(f"/letters/{duty.pk}/send/")

    page.see("on its way already", "call it off there").not_see("Send it")
    assert Dispatch.objects.count() == 1


def test_an_approval_given_here_is_taken_back_by_who_approves_in_true_words():
    duty = given.an_approved_letter()
    approver = Letter.objects.get().approved_by

    page = as_(drafter_of(duty)).open(f"/letters/{duty.pk}/").not_see("Change letter approved")
    page = as_(drafter_of(duty)).open(f"/letters/{duty.pk}/record/approved/", status=403)
    page.see("approved it here, so that did happen", "change the draft")
    page = as_(approver).open(f"/letters/{duty.pk}/record/approved/").not_see("It did not happen")
    page.press("Take the approval back", reason="A page was missing")

    assert Letter.objects.get().approved_version is None
    assert Duty.objects.get().approved_at is None

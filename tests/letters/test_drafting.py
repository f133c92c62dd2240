"""A letter is put together, edited by several, taken to Word and back, and handed over."""

from io import BytesIO

import pytest
from docx import Document

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letter_files.writing import docx_of
from forthright.letters.marked_text import marked_text
from forthright.letters.models import LetterVersion
from forthright.letters.selectors.checking import check_version, composed_of
from forthright.letters.services.approving import (
    ApprovalRefused,
    approve,
    overrule,
    return_to_drafter,
)
from forthright.letters.services.drafting import (
    DraftChanged,
    DraftRefused,
    draft_letter,
    hand_over,
    keep_edit,
    take_back_word_file,
)
from forthright.rules.letter_blocks.composed import Origin
from forthright.schemes.models import Duty
from forthright.schemes.services import record_stage
from tests import given

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()


def edited(version, old, new, *, by=None, based_on=None):
    """Keep the words of a version with some of them changed."""
    text = marked_text(composed_of(version))
    assert old in text
    return keep_edit(
        version.letter.duty, text.replace(old, new), based_on=based_on or version.number,
        by=by or version.added_by, at=given.NOON,
    )  # fmt: skip


def test_a_letter_is_put_together_from_record_reasons_and_blocks():
    officer = given.a_liaison_officer()

    version = given.a_draft(by=officer)

    assert "Dear Ms Osei" in version.text
    assert "- The camera on Foundry Street was not recording that night." in version.text
    assert (version.number, version.made_how) == (1, LetterVersion.MadeHow.ASSEMBLED)
    assert version.made_from["template"] == "discontinued"
    assert version.made_from["blocks"]["facts"] == 1
    assert check_version(version, version.letter.duty, TODAY).stops == []
    assert Duty.objects.get().drafter == officer


def test_without_reasons_no_letter_is_put_together():
    duty = given.a_letter_to_write()

    with pytest.raises(DraftRefused, match="no reasons note"):
        draft_letter(duty, by=given.a_liaison_officer(), at=given.NOON)

    assert not LetterVersion.objects.exists()


def test_what_lacks_is_named_all_at_once():
    duty = given.an_explained_letter(person={"address": ""}, lead_offence="")

    with pytest.raises(DraftRefused) as refusal:
        draft_letter(duty, by=given.a_liaison_officer(), at=given.NOON)

    assert len(refusal.value.problems) == 2


def test_an_edit_is_a_version_that_knows_which_words_are_whose():
    version = given.a_draft()

    again = edited(version, "It will not go to trial.", "It will not go to any trial.")

    runs = [run for each in composed_of(again).paragraphs for run in each.runs]
    assert (again.number, again.made_how) == (2, LetterVersion.MadeHow.EDITED)
    assert [run.text for run in runs if run.origin is Origin.WRITER] == [" any"]
    assert again.made_from == version.made_from


def test_the_same_words_again_make_no_version():
    version = given.a_draft()

    assert edited(version, "Dear", "Dear") == version


def test_of_two_people_at_once_the_second_is_told_and_nothing_is_lost():
    version = given.a_draft()
    other = given.a_liaison_officer()
    theirs = edited(version, "I am sorry", "I am very sorry", by=other)

    with pytest.raises(DraftChanged) as change:
        edited(version, "Dear Ms Osei", "Dear Amira Osei", based_on=1)

    assert change.value.latest == theirs
    assert LetterVersion.objects.count() == 2


def test_no_words_are_refused():
    version = given.a_draft()

    with pytest.raises(DraftRefused, match="No words are left"):
        keep_edit(version.letter.duty, " \n", based_on=1, by=version.added_by, at=given.NOON)


def test_a_word_file_comes_back_with_its_headings_points_and_bold_words():
    version = given.a_draft()
    before = composed_of(version)
    document = Document(BytesIO(docx_of(before, title="x")))
    changed = next(each for each in document.paragraphs if each.text.startswith("Dear"))
    changed.add_run(" and family").bold = True
    file = BytesIO()
    document.save(file)

    again = take_back_word_file(
        version.letter.duty, file.getvalue(), based_on=1, by=version.added_by, at=given.NOON
    )

    after = composed_of(again)
    assert [each.kind for each in after.paragraphs] == [each.kind for each in before.paragraphs]
    assert "Dear Ms Osei** and family**" in marked_text(after)
    with pytest.raises(DraftRefused, match="not a Word document"):
        take_back_word_file(
            version.letter.duty, b"PK", based_on=2, by=version.added_by, at=given.NOON
        )


def test_a_stop_keeps_a_letter_from_being_handed_over():
    version = given.a_draft()
    wrong = edited(version, "Dear Ms Osei", "Dear Ms Ashdown")

    with pytest.raises(DraftRefused, match="stop") as refusal:
        hand_over(wrong.letter.duty, by=version.added_by, at=given.NOON)

    assert any("Ashdown" in each for each in refusal.value.problems)
    assert Duty.objects.get().drafted_at is None


def test_a_stop_is_overruled_by_name_for_these_words_alone():
    version = given.a_draft()
    duty = version.letter.duty
    wrong = edited(version, "Dear Ms Osei", "Dear Ms Ashdown")
    for stop in check_version(wrong, duty, TODAY).stops:
        overrule(duty, stop, reason="She took that name on Friday.", by=version.added_by,
                 at=given.NOON)  # fmt: skip
    assert check_version(wrong, duty, TODAY).stops == []

    again = edited(wrong, "Dear Ms Ashdown", "Dear Ms Carter")

    assert check_version(again, duty, TODAY).stops
    assert Event.objects.filter(name="letter.stop_overruled").exists()


def test_a_stop_is_not_overruled_without_saying_why():
    version = given.a_draft()
    wrong = edited(version, "Dear Ms Osei", "Dear Ms Ashdown")
    stop = check_version(wrong, wrong.letter.duty, TODAY).stops[0]

    with pytest.raises(ApprovalRefused, match="Say why"):
        overrule(wrong.letter.duty, stop, reason="ok", by=version.added_by, at=given.NOON)


def test_nobody_approves_a_letter_with_words_of_their_own():
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
    version = given.a_draft()
    changed = edited(version, "I am sorry", "I am very sorry", by=manager)
    duty = hand_over(changed.letter.duty, by=version.added_by, at=given.NOON).letter.duty

    for writer in (manager, version.added_by):
        with pytest.raises(NotAllowed):
            approve(duty, 2, by=writer, at=given.NOON)

    duty.refresh_from_db()
    assert duty.approved_at is None


def test_only_the_newest_words_are_approved_and_a_change_ends_the_approval():
    duty = given.an_approved_letter()
    assert duty.approved_at == given.NOON
    version = LetterVersion.objects.get()

    edited(version, "I am sorry", "I am very sorry")

    duty.refresh_from_db()
    version.letter.refresh_from_db()
    assert duty.approved_at is None
    assert version.letter.approved_version is None
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
    with pytest.raises(ApprovalRefused, match="Version 2 was kept while you read"):
        approve(duty, 1, by=manager, at=given.NOON)


def test_a_returned_letter_is_drafted_anew_and_says_what_is_to_change():
    duty = given.an_approved_letter()
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))

    letter = return_to_drafter(duty, reason="Say which camera.", by=manager, at=given.NOON)

    duty.refresh_from_db()
    assert (duty.drafted_at, duty.approved_at) == (None, None)
    assert letter.returned_because == "Say which camera."
    with pytest.raises(ApprovalRefused, match="waits to be approved"):
        return_to_drafter(duty, reason="Again", by=manager, at=given.NOON)


def test_words_of_a_letter_that_was_sent_stay():
    duty = given.an_approved_letter()
    duty = record_stage(duty, "sent", given.NOON, by=None, at=given.NOON)

    with pytest.raises(NotAllowed, match="was sent"):
        keep_edit(duty, "Dear", based_on=1, by=given.a_liaison_officer(), at=given.NOON)

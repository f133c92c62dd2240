"""A paragraph that the writer pasted from another person's letter is told, and nobody's name."""

import pytest

from forthright.accounts.models import Role, Unit
from forthright.letters.marked_text import marked_text
from forthright.letters.selectors.checking import check_version, composed_of, recent_words
from forthright.letters.services.approving import approve
from forthright.letters.services.drafting import hand_over, keep_edit
from tests import given

pytestmark = pytest.mark.django_db
PASTED = (
    "I watched the film again with a colleague, and neither of us could make out the face of "
    "whoever came through the door that night."
)


def with_paragraph(version):
    """Keep the words of a version with a paragraph of the writer's in them."""
    text = marked_text(composed_of(version)).replace(
        "Yours sincerely", f"{PASTED}\n\nYours sincerely"
    )
    return keep_edit(
        version.letter.duty, text, based_on=version.number, by=version.added_by, at=given.NOON
    )


def an_approved_letter_with_paragraph(officer):
    version = with_paragraph(given.a_draft(by=officer))
    duty = version.letter.duty
    hand_over(duty, by=officer, at=given.NOON)
    duty.refresh_from_db()
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
    approve(duty, version.number, by=manager, at=given.NOON)
    return version


def found_in(version):
    checked = check_version(version, version.letter.duty, given.NOON.date())
    return [each.finding for each in checked.findings if each.finding.rule == "F1d"]


def test_a_paragraph_of_another_letter_is_told_without_its_reader():
    officer = given.a_liaison_officer()
    an_approved_letter_with_paragraph(officer)

    [found] = found_in(with_paragraph(given.a_draft(by=officer)))

    assert found.words == PASTED
    assert "1 of 1 recent letters" in found.message


def test_a_letter_is_not_compared_with_itself_nor_with_its_template():
    officer = given.a_liaison_officer()
    own = an_approved_letter_with_paragraph(officer)

    another = given.a_draft(by=officer)

    assert found_in(own) == []
    assert found_in(another) == []


def test_the_words_of_recent_letters_are_read_once_until_another_is_approved(
    django_assert_num_queries,
):
    officer = given.a_liaison_officer()
    an_approved_letter_with_paragraph(officer)
    duty = given.a_draft(by=officer).letter.duty
    first = recent_words(duty)

    with django_assert_num_queries(1):
        assert recent_words(duty) is first
    newest = an_approved_letter_with_paragraph(officer)
    assert len(recent_words(duty)) == 2
    assert newest.text in recent_words(duty)

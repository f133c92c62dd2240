"""Whatever people write that members or the note will show names nobody of a case."""

from datetime import date

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.panels.models import Meeting, PackLetter, PanelFinding
from forthright.panels.selectors.named import PLACE_WITHHELD, WITHHELD
from forthright.panels.services.leaving_out import leave_out
from forthright.panels.services.meeting import (
    PanelRefused,
    close_marks,
    draw_letters,
    open_pack,
)
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def seen_at_the_next(meeting, member):
    """Return the words that a member reads when the panel meets again."""
    keeper = meeting.planned_by
    made.a_sent_letter("Moss", "Teale", "7 Elm Row", unit=keeper.unit)
    later = sittings.planned(
        by=keeper, starts_at=given.at("2026-12-15 14:00"), pack_until=date(2026, 12, 15)
    )
    draw_letters(later, seed=5, by=keeper, at=given.NOON)
    for line in later.letters.all():
        made.released(line.duty, by=keeper)
    (seat,) = open_pack(later, [member], by=keeper, at=given.NOON)
    return as_(member).open(f"/panel/packs/{sittings.declared(seat).pk}/").words


@pytest.mark.parametrize(
    "named", ["Ms Osei", "4 Quarry Close", "Dean Marsden", "the crime of 25 September 2026"]
)
def test_a_finding_and_an_answer_that_name_somebody_are_refused(named):
    meeting = sittings.closed(letters=1)
    manager = given.a_person(Role.LEGAL_MANAGER, unit=meeting.planned_by.unit)
    keeper = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/findings/")

    said = {"manager": str(manager.pk), "said": f"No reason is given about {named}."}
    refused = keeper.press("Give it to them", **said)
    assert "could tell whom a letter is about" in refused.words
    assert not PanelFinding.objects.exists()

    finding = sittings.found(meeting, manager=manager)
    page = as_(manager).open(f"/panel/findings/{finding.pk}/")
    answer = page.press("Answer the panel", did=f"I wrote again about {named} with reasons.")
    assert "could tell whom a letter is about" in answer.words
    finding.refresh_from_db()
    assert finding.did == ""


@pytest.fixture
def over_two_letters():
    """A meeting of which one letter tells of people and a day that no record has."""
    keeper = made.a_keeper()
    told = "Your daughter Ella and Mr Callum Pikesworth told us. PC 4412 Hale spoke"
    words = made.WORDS.replace("PC 4412 Hale spoke", told)
    made.a_sent_letter(words=words, unit=keeper.unit)
    made.a_sent_letter("Ashby", "Farrow", "9 Mill Rise", unit=keeper.unit)
    meeting = sittings.planned(by=keeper)
    draw_letters(meeting, seed=7, by=keeper, at=given.NOON)
    meeting.refresh_from_db()
    for line in meeting.letters.all():
        made.released(line.duty, by=keeper)
    open_pack(meeting, [sittings.a_member(), sittings.a_member()], by=keeper, at=given.NOON)
    for seat in meeting.seats.all():
        sittings.handed_in(seat)
    return close_marks(meeting, by=keeper, at=given.NOON)


@pytest.mark.parametrize(
    "named", ["Ella", "Callum Pikesworth", "Mr Pikesworth", "PC 4412 Hale", "3 May 2026"]
)
def test_what_is_hidden_in_a_letter_and_in_no_record_is_refused_too(over_two_letters, named):
    with pytest.raises(PanelRefused, match="could tell whom"):
        sittings.found(over_two_letters, said=f"The letter that speaks of {named} gives none.")


def test_what_says_nobody_is_taken_though_a_letter_hides_words_like_it(over_two_letters):
    said = "Two letters thank nobody; one court and one street are named in each, in May too."

    assert sittings.found(over_two_letters, said=said).said == said


def test_a_case_number_in_an_answer_is_refused():
    meeting = sittings.closed(letters=1)
    finding = sittings.found(meeting)

    with pytest.raises(PanelRefused, match="could tell"):
        sittings.answered(finding, f"Mended in {meeting.letters.get().duty.case.urn} at once.")


def test_a_reason_to_leave_a_letter_out_names_nobody_even_before_it_is_anonymised():
    meeting = sittings.drawn()
    letter = meeting.letters.first()

    with pytest.raises(PanelRefused, match="could tell"):
        leave_out(letter, f"Ms {letter.duty.person.family_name} was in every newspaper",
                  by=meeting.planned_by, at=given.NOON)  # fmt: skip
    leave_out(letter, "It was in every newspaper of the county", by=meeting.planned_by,
              at=given.NOON)  # fmt: skip


def test_what_was_written_before_is_held_back():
    ada = sittings.a_member()
    meeting = sittings.published(ada, letters=1)
    PanelFinding.objects.update(did="I wrote to Ms Osei of 4 Quarry Close.")
    PackLetter.objects.create(
        meeting=meeting, duty=made.a_sent_letter("Ashby", "Farrow", "9 Mill Rise"), position=2,
        part="RANDOM", stratum="", because="", left_out_because="Ms Osei was in the newspapers",
    )  # fmt: skip

    note = as_(given.a_person(Role.INSPECTOR)).open(f"/panel/meetings/{meeting.pk}/note/").words

    for words in (note, seen_at_the_next(meeting, ada)):
        assert WITHHELD in words
        assert "Osei" not in words


def test_a_pack_does_not_open_at_a_place_that_names_somebody():
    meeting = sittings.drawn(letters=1, place="At Dean Marsden’s old office")
    made.released(meeting.letters.get().duty, by=meeting.planned_by)

    with pytest.raises(PanelRefused, match="holds “Dean” and “Marsden”"):
        open_pack(meeting, [sittings.a_member()], by=meeting.planned_by, at=given.NOON)


def test_a_place_in_a_town_of_a_case_is_no_name():
    meeting = sittings.opened(letters=1, place="Crown Court, Worcester, or https://example.org/a")

    assert meeting.state == Meeting.State.OPEN


def test_a_place_that_names_somebody_of_an_open_pack_is_shown_nowhere():
    ada = sittings.a_member()
    meeting = sittings.opened(ada, letters=1)
    Meeting.objects.update(place="At Dean Marsden’s old office")
    seat = sittings.declared(meeting.seats.get())
    browser = as_(ada)

    page = browser.open(f"/panel/packs/{seat.pk}/")
    assert PLACE_WITHHELD in page.words
    for content in (
        page.words.encode(),
        browser.client.get(f"/panel/packs/{seat.pk}/invitation/").content,
    ):
        assert b"Marsden" not in content
    assert browser.client.get(f"/panel/packs/{seat.pk}/file/").status_code == 200


TELLS = "The letter to the lady with twins in Little Snoring gives no reasons, said Mrs Periwinkle."
LOOK = "Please look: “Little Snoring” and “Mrs Periwinkle” look like names or places."


def test_whoever_writes_down_a_finding_looks_once_at_what_looks_like_a_name():
    meeting = sittings.closed(letters=1)
    manager = given.a_person(Role.LEGAL_MANAGER, unit=meeting.planned_by.unit)
    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/findings/")
    page.not_see("I looked: it names nobody")

    asked = page.press("Give it to them", manager=str(manager.pk), said=TELLS)

    assert asked.errors[0].startswith(LOOK)
    assert not PanelFinding.objects.exists()
    asked.see("I looked: it names nobody").press("Give it to them", names_nobody=True)
    assert PanelFinding.objects.get().said == TELLS
    assert Event.objects.get(name="panel.finding_given").detail["names_nobody"] is True


def test_words_that_look_like_no_name_are_asked_about_by_nobody():
    finding = sittings.found(sittings.closed(letters=1))

    assert "names_nobody" not in Event.objects.get(name="panel.finding_given").detail
    page = as_(finding.manager).open(f"/panel/findings/{finding.pk}/")
    page.press("Answer the panel", did="Each letter gives its reasons from next month on.")
    assert PanelFinding.objects.get().replied_at


def test_a_manager_looks_at_what_looks_like_a_name_in_their_answer():
    finding = sittings.found(sittings.closed(letters=1))
    page = as_(finding.manager).open(f"/panel/findings/{finding.pk}/")

    asked = page.press("Answer the panel", did="We rang Mrs Periwinkle and wrote again.")

    assert "“Mrs Periwinkle” looks like a name or a place" in asked.errors[0]
    asked.press("Answer the panel", names_nobody=True)
    assert PanelFinding.objects.get().replied_at


def test_other_words_of_a_finding_are_looked_at_too():
    finding = sittings.found(sittings.closed(letters=1))
    page = as_(finding.meeting.planned_by).open(f"/panel/findings/{finding.pk}/correct/")

    asked = page.press("Put it right", said=TELLS, because="A word was missing.")

    assert asked.errors[0].startswith(LOOK)
    asked.press("Put it right", names_nobody=True)
    assert PanelFinding.objects.get().said == TELLS


def test_a_reason_to_leave_a_letter_out_asks_about_names_that_no_record_knows():
    meeting = sittings.drawn()
    why = "All of Little Snoring knows the twins of Mrs Periwinkle."
    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/letters/1/leave-out/")

    asked = page.press("Leave it out", reason=why).see(LOOK)
    assert meeting.letters.get(position=1).left_out_because == ""
    asked.press("Leave it out", names_nobody=True)

    assert meeting.letters.get(position=1).left_out_because == why
    assert Event.objects.get(name="panel.letter_left_out").detail["names_nobody"] is True

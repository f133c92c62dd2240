"""A letter that the panel and a manager agreed on goes out among second marks, names hidden."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.calibration.models import AgreedMark, GoldLetter, HiddenWords
from forthright.calibration.services.gold import hand_out_letters_marked_before
from forthright.calibration.services.rounds import Agreed
from forthright.panels.models import AgreementOffered, AnonymisedLetter, Reading
from forthright.panels.selectors.against import agreed_by_one
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.services import agreeing
from forthright.panels.services.agreeing import agree_on_letter
from forthright.panels.services.meeting import PanelRefused
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.taking import Added, add_place
from forthright.panels.services.withdrawing import withdraw_letter
from forthright.reviews.models import Review, SecondMarking
from tests import given
from tests.calibration.rounds_given import a_companion
from tests.client import as_
from tests.panels import made, marked_by_both, sittings

pytestmark = pytest.mark.django_db
THURSDAY = given.at("2026-10-08 09:00")
LATER = given.at("2026-10-20 09:00")


@pytest.fixture(autouse=True)
def _a_thursday():
    with time_machine.travel(THURSDAY, tick=True):
        yield


def agreed(reason="", **changed):
    levels = marked_by_both.usual(Review.objects.get()) | changed
    return {code: Agreed(level=level, reason=reason) for code, level in levels.items()}


def kept(meeting, *, by=None, **changed) -> GoldLetter:
    letter = meeting.letters.get()
    return agree_on_letter(letter, agreed(**changed), by=by or made.a_keeper(), at=THURSDAY)


def handed_out(meeting, monkeypatch) -> SecondMarking | None:
    """Return the second marking that the agreed letter was handed out as, to another unit."""
    monkeypatch.setattr("forthright.calibration.services.gold._number_due", lambda *_: 1)
    gold = GoldLetter.objects.get()
    a_companion(gold)
    hand_out_letters_marked_before(meeting.area, by=None, at=LATER)
    return SecondMarking.objects.filter(review=gold.letter.review).first()


def a_manager_of_another_unit():
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.MAGISTRATES))


def test_what_was_agreed_on_makes_a_letter_that_others_are_held_against():
    meeting = marked_by_both.closed({"B1": "NOT_MET"}, levels={"B1": "NOT_MET"})

    gold = kept(meeting, B1="NOT_MET")

    assert gold.letter.review == Review.objects.get()
    assert AgreedMark.objects.get(criterion__code="B1").level == "NOT_MET"
    by_record = AgreedMark.objects.get(criterion__code="A1").reason
    assert by_record.startswith("As the line manager marked it: the case record decides this")
    assert gold.letter.round.name == "Panel 1"
    assert not gold.letter.round.is_open


@pytest.mark.parametrize(
    "members",
    [({"B1": "NOT_MET"}, {}), ({"B1": "NOT_MET"}, {"B1": "NOT_MET"})],
    ids=["members differ", "the manager differs"],
)
def test_where_somebody_differed_a_reason_is_asked_for(members):
    meeting = marked_by_both.closed(*members)

    with pytest.raises(PanelRefused, match="B1 was marked differently"):
        kept(meeting, B1="NOT_MET")
    assert not GoldLetter.objects.exists()

    said = {"B1": "NOT_MET", "reason": "The reasons name no evidence at all."}
    first, second = made.a_keeper(), made.a_keeper()
    assert kept(meeting, by=first, **said) is None
    assert kept(meeting, by=first, **said) is None
    assert not GoldLetter.objects.exists()
    assert kept(meeting, by=second, **said)
    assert not AgreementOffered.objects.exists()


def test_what_another_changes_waits_for_a_second_person_again():
    meeting = marked_by_both.closed({"B1": "NOT_MET"}, {})
    first, second = made.a_keeper(), made.a_keeper()
    why = "The reasons name no evidence at all."

    assert kept(meeting, by=first, B1="NOT_MET", reason=why) is None
    assert kept(meeting, by=second, B1="FULLY", reason=why) is None

    assert AgreementOffered.objects.get().offered_by == second
    assert kept(meeting, by=first, B1="FULLY", reason=why)


@pytest.mark.parametrize(
    "members", [({}, {}), ({"B1": "PARTIALLY"}, {})], ids=["all alike", "they differ"]
)
def test_a_level_that_nobody_gave_is_not_agreed_on(members):
    meeting = marked_by_both.closed(*members)

    with pytest.raises(PanelRefused, match="B1: nobody gave “Does not meet”"):
        kept(meeting, B1="NOT_MET", reason="I see it otherwise than all of them.")

    assert not GoldLetter.objects.exists()


def test_who_marked_a_letter_does_not_write_down_what_was_agreed_on_it():
    marker = given.a_person(Role.LINE_MANAGER, unit=made.a_unit())
    meeting = marked_by_both.closed({}, marker=marker)
    marker.role = Role.LEGAL_MANAGER
    marker.save()

    with pytest.raises(NotAllowed, match="You marked this letter yourself"):
        kept(meeting, by=marker)


def test_it_goes_out_among_second_marks_with_its_names_hidden(monkeypatch):
    meeting = marked_by_both.closed({})
    kept(meeting)
    second = a_manager_of_another_unit()

    marking = handed_out(meeting, monkeypatch)

    assert marking.marker == second
    assert marking.words == AnonymisedLetter.objects.get().text
    duty = marking.review.drawn_letter.duty
    mine = as_(second)
    page = mine.open("/reviews/").follow(
        f"Give second marks to letter with names hidden {marking.pk}"
    )
    page.see("You read it with its names hidden", "realistic prospect of conviction")
    page.not_see(duty.reference, "Begum", "Price", "What the record says", "gold", "agreed")
    for address in (f"/letters/{duty.pk}/", f"/reviews/{marking.review.drawn_letter_id}/"):
        mine.open(address, status=404)
    assert Event.objects.filter(name="letter.hidden_words_seen", by=second).exists()


def test_whoever_hid_its_names_is_not_given_it(monkeypatch):
    second = a_manager_of_another_unit()
    meeting = marked_by_both.closed({})
    letter = AnonymisedLetter.objects.get()
    letter.taken_by = second
    letter.save(update_fields=["taken_by"])
    kept(meeting)

    assert handed_out(meeting, monkeypatch) is None


def test_words_that_are_withdrawn_go_out_no_more(monkeypatch):
    meeting = marked_by_both.closed({})
    gold = kept(meeting)
    second = a_manager_of_another_unit()
    marking = handed_out(meeting, monkeypatch)
    as_(second).open(f"/second-marks/{marking.pk}/")

    keeper = made.a_keeper()
    withdraw_letter(AnonymisedLetter.objects.get(), "A name was left in it.", by=keeper, at=LATER)

    gold.refresh_from_db()
    assert gold.retired_because == "Its words with names hidden were withdrawn."
    assert not SecondMarking.objects.filter(review=gold.letter.review).exists()
    assert handed_out(meeting, monkeypatch) is None
    as_(second).open(f"/second-marks/{marking.pk}/", status=404)


def test_what_was_kept_of_a_letter_for_which_no_member_handed_in_is_found():
    meeting = marked_by_both.closed(*[{"B1": "NOT_MET"}] * 2, levels={"B1": "NOT_MET"})
    gold = kept(meeting, B1="NOT_MET", reason="All said so.")
    assert agreed_by_one(meeting.area) == []

    Reading.objects.update(answers={})
    assert agreed_by_one(meeting.area) == [gold.letter.review_id]


def test_agreed_marks_are_kept_once():
    meeting = marked_by_both.closed({})
    kept(meeting)

    with pytest.raises(PanelRefused, match="agreed marks already"):
        kept(meeting)


def test_nothing_is_agreed_on_a_letter_that_no_manager_had_marked():
    meeting = marked_by_both.closed({})
    Review.objects.update(marked_at=given.at("2026-10-07 12:00"))

    with pytest.raises(PanelRefused, match="No line manager had marked"):
        kept(meeting)


def test_nothing_is_agreed_on_words_that_are_not_released():
    meeting = marked_by_both.closed({})
    letter = AnonymisedLetter.objects.get()
    withdraw_letter(letter, "A name was left in it.", by=made.a_keeper(), at=THURSDAY)

    with pytest.raises(PanelRefused, match="not released any more"):
        kept(meeting)


def test_nothing_is_agreed_on_words_in_which_more_is_hidden_than_the_panel_read():
    meeting = marked_by_both.closed({})
    letter = AnonymisedLetter.objects.get()
    by, at = letter.taken_by, meeting.closed_at + timedelta(hours=1)
    withdraw_letter(letter, "The village can be told", by=by, at=at)
    letter.refresh_from_db()
    shown = next(e for e in letter.text.split() if e.isalpha() and len(e) > 4 and e in letter.given)
    add_place(letter, Added(shown, "OTHER"), opened=None, by=by, at=at)
    letter.refresh_from_db()
    made.decided(letter, by=by)
    for person in (by, made.a_keeper()):
        confirm_letter(letter, text_stamp(letter), by=person, at=at + timedelta(hours=1))
        letter.refresh_from_db()

    with pytest.raises(PanelRefused, match="changed after the panel had read it"):
        kept(meeting)


def test_six_questions_are_no_marks_to_agree_on():
    meeting = sittings.closed()

    with pytest.raises(PanelRefused, match="answered six questions"):
        agree_on_letter(meeting.letters.first(), {}, by=made.a_keeper(), at=THURSDAY)


def test_a_line_manager_agrees_on_nothing():
    meeting = marked_by_both.closed({})

    with pytest.raises(NotAllowed):
        kept(meeting, by=Review.objects.get().marker)


def test_no_agreed_marks_are_asked_for_of_a_letter_that_was_withdrawn():
    keeper = made.a_keeper()
    meeting = marked_by_both.closed({}, {"B1": "PARTIALLY"}, keeper=keeper)
    withdraw_letter(AnonymisedLetter.objects.get(), "A name was left.", by=keeper, at=THURSDAY)

    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/discussion/")

    page.see("Letter 1: its words with names hidden were withdrawn, so no marks can be agreed")
    page.not_see("Write down the agreed marks of letter 1")


def test_agreed_marks_are_written_down_on_a_page():
    keeper = made.a_keeper()
    meeting = marked_by_both.closed({}, {"B1": "PARTIALLY"}, keeper=keeper)

    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/discussion/")
    page = page.follow("Write down the agreed marks of letter 1").see("Marked differently")
    page = page.press("Keep what was agreed").see("Choose the agreed level of B1")
    page = page.press("Keep what was agreed", B1_level="FULLY", B1_reason="The facts are named.")
    page.see("it waits until somebody else who keeps the panel keeps the same levels")
    second = as_(made.a_keeper())
    page = second.open("/").follow("Agreed marks of letter 1 of panel 1 wait for a second person")
    page = page.see(f"{keeper} wrote this down").press("Keep what was agreed")
    page.see("goes out among second marks", "Letter 1: it has agreed marks")

    gold = GoldLetter.objects.get()
    assert gold.made_by != keeper
    as_(keeper).open(f"/calibration/{gold.letter.round_id}/").see(
        "Panel 1", "Agreed", "a panel and line managers marked these letters"
    )
    as_(keeper).open(f"/calibration/{gold.letter.round_id}/letters/{gold.letter_id}/").see("named")


def test_words_that_are_withdrawn_while_their_marks_are_kept_are_not_kept(monkeypatch):
    meeting = marked_by_both.closed({})
    hands_of = agreeing.preparers_of

    def withdrawn_meanwhile(letter):
        withdraw_letter(letter, "A name was left in it.", by=made.a_keeper(), at=THURSDAY)
        return hands_of(letter)

    monkeypatch.setattr(agreeing, "preparers_of", withdrawn_meanwhile)

    with pytest.raises(PanelRefused, match="withdrawn or changed while its marks were being kept"):
        kept(meeting)

    assert not HiddenWords.objects.exists()

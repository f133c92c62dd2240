import io

import pytest
from pypdf import PdfWriter

from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.cases.models import Defendant, PersonToTell
from forthright.panels.forms.letters import RareFactsForm
from forthright.panels.models import AnonymisedLetter, Place
from forthright.panels.selectors.finished import files_of
from forthright.panels.selectors.known import known_ever
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.services import releasing
from forthright.panels.services.facts import answer_facts
from forthright.panels.services.releasing import (
    LEFT_SHOWN,
    confirm_letter,
    left_in_file,
    search_letter,
    search_released_again,
    searched,
    still_clear,
)
from forthright.panels.services.taking import Added, Decided, add_place, decide_place
from forthright.panels.services.withdrawing import NotReleased, withdraw_letter
from forthright.rules.panel_questions import RARE_FACTS
from tests import given
from tests.client import as_
from tests.panels import made

pytestmark = pytest.mark.django_db


def test_two_people_release_a_letter_whose_files_hold_nothing_known():
    letter = made.released()

    assert letter.state == AnonymisedLetter.State.RELEASED
    assert letter.searches.first().is_clear
    assert set(letter.searches.first().files) == {"letter.pdf", "letter.docx", "letter.txt"}
    assert Event.objects.filter(name="letter.released").count() == 1


def test_one_person_alone_releases_nothing():
    letter = made.decided(made.taken())
    confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=given.NOON)

    with pytest.raises(NotAllowed, match="Somebody else has to read them too"):
        confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=given.NOON)

    letter.refresh_from_db()
    assert letter.state == AnonymisedLetter.State.MARKING


def test_two_who_both_had_a_hand_in_it_release_nothing():
    letter = made.taken()
    helper = made.a_keeper()
    made.decided(letter)
    place = letter.places.first()
    for hide in (False, True):
        decide_place(letter, Decided(place.pk, hide=hide), opened=None, by=helper, at=given.NOON)
    letter.refresh_from_db()
    confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=given.NOON)

    with pytest.raises(NotAllowed, match="had a hand in anonymising"):
        confirm_letter(letter, text_stamp(letter), by=helper, at=given.NOON)


def test_a_known_name_that_is_left_stops_the_release_with_its_places():
    letter = made.decided(made.taken())
    name = next(p for p in letter.places.all() if letter.given[p.start : p.end] == "Marsden")
    decide_place(letter, Decided(name.pk, hide=False, everywhere=True), opened=None,
                 by=letter.taken_by, at=given.NOON)  # fmt: skip
    letter.refresh_from_db()
    made.decided(letter)

    with pytest.raises(NotReleased, match="the gate found"):
        confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=given.NOON)

    found = letter.searches.first()
    assert {"letter.pdf", "letter.docx", "letter.txt"} == {each["file"] for each in found.left}
    assert "Marsden" in {each["words"] for each in found.left}


def test_a_place_in_doubt_stops_the_release():
    letter = made.decided(made.taken())
    Place.objects.filter(pk=letter.places.first().pk).update(state=Place.State.IN_DOUBT)

    with pytest.raises(NotReleased, match="still waits"):
        confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=given.NOON)


def test_questions_about_rare_facts_want_words():
    letter = made.taken()

    with pytest.raises(NotReleased, match="in words"):
        answer_facts(letter, {"EVENT": "no"}, by=letter.taken_by, at=given.NOON)

    page = as_(letter.taken_by).open(f"/anonymised/{letter.pk}/release/")
    page.press("Keep these answers", EVENT="no", PLACE="no", OCCUPATION="no", KINSHIP="no",
               **made.NO_FACT_STANDS)  # fmt: skip
    assert not letter.facts.exists()


def test_unanswered_questions_stop_the_release():
    letter = made.decided(made.taken())
    letter.facts.first().delete()

    with pytest.raises(NotReleased, match="rare facts"):
        confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=given.NOON)


def test_words_changed_after_they_were_read_are_not_confirmed():
    letter = made.decided(made.taken())
    read = text_stamp(letter)
    place = letter.places.first()
    decide_place(letter, Decided(place.pk, hide=False), opened=None, by=letter.taken_by,
                 at=given.NOON)  # fmt: skip
    letter.refresh_from_db()

    with pytest.raises(NotReleased, match="changed after you opened"):
        confirm_letter(letter, read, by=letter.taken_by, at=given.NOON)


def test_a_page_that_is_only_a_picture_is_refused():
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(picture, "PDF")
    letter = made.taken()

    left = left_in_file("letter.pdf", picture.getvalue(), known_ever(letter))

    assert "is a picture" in left[0]["because"]


def test_a_sign_in_no_font_stops_no_letter():
    letter = made.decided(made.taken())
    letter.text += " 陳 😀"
    letter.save(update_fields=["text"])

    assert not [each for each in searched(letter).remains if each["where"] == "the file"]


def test_of_a_sign_with_which_a_file_cannot_be_searched_it_is_said_how_to_go_on():
    strange = "\ue000\ue001"
    letter = made.decided(made.taken(words=f"We are sorry {strange} for the delay."))
    (left,) = [each for each in searched(letter).remains if each["where"] == "the file"]
    hidden = Added(strange, "OTHER")

    add_place(letter, hidden, opened=None, by=letter.taken_by, at=given.NOON)
    letter.refresh_from_db()

    assert left["file"] == "letter.pdf"
    assert left["because"] == (
        "Page 1 shows letters of which its font does not say which they are, so that nobody can "
        "search it. In the letter stands “\ue000” and “\ue001”, which a font may draw as a "
        "picture, or have no letter for. Hide each such sign in the letter, as any words, and "
        "search again."
    )
    assert not [each for each in searched(letter).remains if each["where"] == "the file"]


def test_a_name_in_the_properties_of_a_file_is_found():
    letter = made.taken()
    writer = PdfWriter(clone_from=io.BytesIO(files_of(letter)["letter.pdf"]))
    writer.add_metadata({"/Author": "Dean Marsden"})
    content = io.BytesIO()
    writer.write(content)

    left = left_in_file("letter.pdf", content.getvalue(), known_ever(letter))

    assert "its properties" in {each["where"].partition(",")[0] for each in left}


def test_a_name_that_the_record_learns_later_withdraws_the_letter():
    letter = made.released()
    letter.text += "\n\nQuillfeather saw it too."
    letter.save(update_fields=["text"])
    assert still_clear(letter, at=given.NOON)
    Defendant.objects.create(case=letter.duty.case, key="q", family_name="Quillfeather")

    withdrawn = search_released_again(letter.area, at=given.NOON)

    letter.refresh_from_db()
    assert withdrawn == [letter.pk]
    assert letter.state == AnonymisedLetter.State.WITHDRAWN
    assert "the gate found" in letter.withdrawn_because


def test_a_name_that_was_put_right_is_looked_for_as_it_was_too():
    letter = made.released()
    PersonToTell.objects.filter(pk=letter.duty.person_id).update(family_name="Osayi")
    letter = AnonymisedLetter.objects.get(pk=letter.pk)

    search = search_letter(letter, by=None, at=given.NOON)

    letter.refresh_from_db()
    assert search.is_clear
    assert {"Osei", "Osayi"} <= {each.family for each in known_ever(letter).people}


def test_what_stops_a_letter_does_so_behind_however_many_places_that_are_asked_about(monkeypatch):
    letter = made.released()
    asked = {"file": "letter.pdf", "where": "page 1, line 1", "because": "", "is_asked": True}
    left = {
        "letter.pdf": [{**asked, "words": "Hall"}] * LEFT_SHOWN + [{**asked, "words": "Read"}],
        "letter.txt": [{**asked, "words": "Osei", "file": "letter.txt", "is_asked": False}],
    }
    monkeypatch.setattr(releasing, "left_in_file", lambda name, *_, **__: left.get(name, []))

    search = search_letter(letter, by=None, at=given.NOON)

    assert not search.is_clear
    assert len(search.left) == LEFT_SHOWN
    assert [each["words"] for each in search.left[-3:]] == ["Hall", "Read", "Osei"]


def test_nothing_is_searched_again_while_the_record_knows_no_more():
    letter = made.released()
    before = letter.searches.count()

    assert still_clear(letter, at=given.NOON)

    assert letter.searches.count() == before


def test_a_released_letter_is_not_changed_until_it_is_withdrawn():
    letter = made.released()
    place = letter.places.first()

    with pytest.raises(NotAllowed, match="Withdraw it first"):
        decide_place(letter, Decided(place.pk, hide=False), opened=None, by=letter.taken_by,
                     at=given.NOON)  # fmt: skip

    withdraw_letter(letter, "The village can be told from it", by=letter.taken_by, at=given.NOON)
    letter.refresh_from_db()
    decide_place(letter, Decided(place.pk, hide=False), opened=None, by=letter.taken_by,
                 at=given.NOON)  # fmt: skip


def test_a_letter_withdrawn_is_confirmed_by_two_anew():
    letter = made.released()
    withdraw_letter(letter, "Read again, to be sure of it", by=letter.taken_by, at=given.NOON)
    letter.refresh_from_db()
    later = given.at("2026-10-06 09:00")
    made.said_why_again(letter, at=later)

    confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=later)

    letter.refresh_from_db()
    assert letter.state == AnonymisedLetter.State.WITHDRAWN


def test_a_letter_is_released_on_the_page_by_two_people():
    letter = made.taken()
    for place in letter.places.filter(state=Place.State.IN_DOUBT):
        letter.refresh_from_db()
        decide_place(letter, Decided(place.pk, hide=True), opened=None, by=letter.taken_by,
                     at=given.NOON)  # fmt: skip
    address = f"/anonymised/{letter.pk}/release/"
    answers = dict.fromkeys(["EVENT", "PLACE", "OCCUPATION", "KINSHIP"], made.NOTHING)

    page = as_(letter.taken_by).open(address)
    page = page.press("Keep these answers", **answers, **made.NO_FACT_STANDS)
    page = page.press("Search the files").see("Nothing found")
    page.press("I have read it: it names nobody").see("Somebody else reads it next")
    page = as_(made.a_keeper()).open(address).press("I have read it: it names nobody")

    page.see("Released. Two people have read it")
    page = page.follow("What is hidden").follow("withdraw it")
    page.press("Withdraw it", reason="The village can be told").see("Withdrawn")


def test_each_question_has_its_own_yes_or_no_right_below_it():
    letter = made.decided(made.taken())

    fields = list(RareFactsForm().fields)
    legends = [each.label for each in RareFactsForm().fields.values() if hasattr(each, "choices")]

    assert fields[1:] == [name for each in RARE_FACTS for name in (each.key, f"{each.key}_stands")]
    assert len(set(legends)) == len(RARE_FACTS)
    as_(letter.taken_by).open(f"/anonymised/{letter.pk}/release/").see(*legends)

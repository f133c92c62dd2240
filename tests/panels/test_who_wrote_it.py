"""The letter of a colleague tells nobody who it is but the person who anonymises the letter."""

import re

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.anonymiser.colleagues import without_letters
from forthright.anonymiser.letters import anonymise
from forthright.panels.models import AnonymisedLetter
from forthright.panels.selectors.known import known_ever, known_now
from forthright.panels.selectors.whose import roles_offered
from forthright.panels.services.releasing import search_letter, still_clear
from forthright.panels.services.saying_who import SaidWho, say_who
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
WORDS = """Dear Ms {family}

I am writing about what happened at {street} in Worcester on 3 May 2026.

I have decided to stop the case against Mr {accused}. Simran Campbell rang you, and Nia Bevan did
not. Ms Campbell will ring again. I am sorry that this is not the news you hoped for.

Yours sincerely
Nia Bevan"""
OFFICERS = ("Andrei Griffiths", "Nia Bevan", "Simran Campbell")


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def an_officer(unit, name, role=Role.VICTIM_LIAISON_OFFICER):
    person = given.a_person(role, unit=unit)
    person.full_name, person.job_title = name, ""
    person.save()
    return person


def sent(*names, words=WORDS):
    unit = made.a_unit()
    for each in names:
        an_officer(unit, each)
    return made.a_sent_letter(words=words, unit=unit)


def line_of(letter):
    letter.refresh_from_db()
    return " ".join(letter.text.split())


def offered(letter):
    letter.refresh_from_db()
    return {words: role for role, words in roles_offered(letter)}


def test_colleagues_are_lettered_as_the_letter_names_them_whoever_joins():
    duty = sent(*OFFICERS)
    first = line_of(made.taken(duty))
    AnonymisedLetter.objects.all().delete()
    an_officer(duty.unit, "Abel Tarrant")

    assert line_of(made.taken(duty)) == first
    assert "[liaison officer A] rang you, and [liaison officer B] did not." in first
    assert first.endswith("Yours sincerely [liaison officer B]")


def test_the_page_names_everybody_beside_the_label_and_the_letter_nobody():
    letter = made.taken(sent(*OFFICERS))

    page = as_(letter.taken_by).open(f"/anonymised/{letter.pk}/")
    page.see(
        "the victim: ", "the defendant: Dean Marsden", "liaison officer A: Simran Campbell",
        "liaison officer B: Nia Bevan", "liaison officer: Andrei Griffiths",
    )  # fmt: skip

    chosen = page.tree.xpath("//select/option[@selected]/text()")
    assert "liaison officer A: Simran Campbell" in chosen
    assert not re.search("Andrei|Griffiths|Simran|Campbell|Nia|Bevan|#", letter.text)


def test_who_is_chosen_and_was_not_named_gets_the_next_letter_of_all_the_same():
    letter = made.taken(sent(*OFFICERS))
    place = letter.places.filter(role="liaison officer B").first()
    waiting = offered(letter)["liaison officer: Andrei Griffiths"]

    named = say_who(letter, SaidWho(place.pk, waiting, everywhere=True), opened=None,
                    by=letter.taken_by, at=given.NOON)  # fmt: skip

    assert named == 2
    said = line_of(letter)
    assert "[liaison officer A] rang you, and [liaison officer C] did not." in said
    assert said.endswith("Yours sincerely [liaison officer C]")
    assert offered(letter)["liaison officer C: Andrei Griffiths"] == "liaison officer C"
    assert {each.role for each in letter.corrections.all()} == {"liaison officer C"}


def test_a_letter_that_is_searched_again_keeps_its_letters_once_somebody_joins():
    letter = made.released(sent(*OFFICERS))
    before = line_of(letter)
    an_officer(letter.unit, "Abel Tarrant")

    letter = AnonymisedLetter.objects.get(pk=letter.pk)
    assert still_clear(letter, at=given.NOON)
    searches = letter.searches.count()
    assert still_clear(AnonymisedLetter.objects.get(pk=letter.pk), at=given.NOON)

    assert letter.searches.count() == searches
    assert line_of(letter) == before
    names = offered(letter)
    assert names["liaison officer A: Simran Campbell"] == "liaison officer A"
    assert "liaison officer: Abel Tarrant" in names


def test_a_letter_of_before_keeps_the_labels_that_it_had():
    letter = made.taken(sent(*OFFICERS))
    by_list = {"Griffiths": "A", "Bevan": "B", "Campbell": "C"}
    for each in letter.known["people"]:
        if each.pop("of_several", ""):
            each["role"] = f"liaison officer {by_list[each['family']]}"
    letter.save()
    named = letter.places.filter(role__startswith="liaison")
    for place in named:
        words = letter.given[place.start : place.end]
        place.role = f"liaison officer {'C' if 'Campbell' in words else 'B'}"
        place.save()
    an_officer(letter.unit, "Abel Tarrant")

    search_letter(letter, by=None, at=given.NOON)

    names = offered(letter)
    assert names["liaison officer C: Simran Campbell"] == "liaison officer C"
    assert names["liaison officer A: Andrei Griffiths"] == "liaison officer A"
    place = named.first()
    say_who(letter, SaidWho(place.pk, names["liaison officer: Abel Tarrant"]), opened=None,
            by=letter.taken_by, at=given.NOON)  # fmt: skip
    assert "[liaison officer D] rang you" in line_of(letter)


def test_who_became_known_later_and_may_be_named_is_asked_about_by_a_letter():
    words = WORDS.replace("Simran Campbell rang", "He said nothing. Simran Campbell rang")
    letter = made.taken(sent(*OFFICERS, words=words))
    an_officer(letter.unit, "Lan He")

    search_letter(letter, by=letter.taken_by, at=given.NOON)

    place = letter.places.get(state="IN_DOUBT", because__startswith="a word that may be")
    assert place.role == "liaison officer C"
    assert offered(letter)["liaison officer C: Lan He"] == "liaison officer C"


def test_a_members_page_names_nobody():
    meeting = sittings.opened(letters=1)
    seat = sittings.declared(meeting.seats.get())
    letter = AnonymisedLetter.objects.get()
    an_officer(letter.unit, "Simran Campbell")

    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/1/")

    page.not_see("Simran Campbell", "Marsden", "who it is", "Who it is")


def test_an_extract_that_spells_a_colleague_otherwise_makes_no_second_person():
    words = WORDS.replace("Simran", "R Lane decided it. Ruth Lane rang. Simran", 1)
    duty = sent(*OFFICERS, words=words)
    for name in ("Ruth Lane", "Rhoda Lyle"):
        an_officer(duty.unit, name, Role.PROSECUTOR)
    duty.decision.made_by = None
    duty.decision.made_by_name = "R Lane"
    duty.decision.save()

    letter = made.taken(duty)

    assert "[prosecutor A] decided it. [prosecutor A] rang." in line_of(letter)
    search_letter(letter, by=None, at=given.NOON)
    assert "prosecutor A: Ruth Lane or R Lane" in offered(letter)
    assert "prosecutor: Rhoda Lyle" in offered(letter)
    again = anonymise(letter.given, without_letters(known_ever(letter)))
    assert " ".join(again.text.split()).count("[prosecutor A]") == 2


def test_a_decision_maker_of_no_account_is_not_the_one_prosecutor_who_works_there():
    duty = sent(*OFFICERS)
    an_officer(duty.unit, "Ruth Lane", Role.PROSECUTOR)
    duty.decision.made_by = None
    duty.decision.made_by_name = "Piers Oduya"
    duty.decision.save()

    roles = {each.family: each.role for each in known_now(duty, made.taken(duty).version).people}

    assert roles["Lane"] == "the prosecutor"
    assert roles["Oduya"] == "another prosecutor"

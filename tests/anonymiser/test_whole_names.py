"""People of other cases are looked for by their whole names, and no word of a letter is theirs."""

import pytest

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import ELSEWHERE, Known, KnownPerson
from forthright.anonymiser.letters import anonymise, places_of
from forthright.anonymiser.record import known_in


def elsewhere(given, family, *also):
    return KnownPerson(ELSEWHERE, given, family, also)


KNOWN = Known(
    people=(
        KnownPerson("the victim", "Tamsin", "Marks", is_party=True, is_reader=True),
        elsewhere("Ella", "Hale"),
        elsewhere("May", "Hope"),
        elsewhere("Siobhan", "We"),
        elsewhere("Anna", "Court"),
        elsewhere("Will", "Power"),
        elsewhere("Kofi", "Osei-Mensah", "King Kofi"),
        elsewhere("Elizabeth Ann", "van Dyke"),
        elsewhere("Grace", "Peverell"),
    )
)
WHOLE = [
    "Ella Hale", "Hale, Ella", "E. Hale", "E Hale", "ella hale", "ELLA HALE", "Ella\nHale",
    "Kofi Osei-Mensah", "Kofi Mensah", "K. Osei", "King Kofi", "Liz van Dyke", "E. A. van Dyke",
    "Ann van Dyke", "Will Power", "A. Court", "May Hope", "EllaHale",
]  # fmt: skip
STAYS = [
    "We told the court.", "In March and May it was heard.", "Hope and help are near.",
    "Grace and kindness are shown.", "May I say so?", "A court can say.", "A Court can say.",
    "It takes will power.", "Will you come? In May. Hope is near.", "The hale and hearty.",
    "EH and GP and MH stand there.",
]  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_name_is_found_hidden_and_stopped_and_nobody_is_said_to_be_of_another_case(name):
    text = f"Dear Ms Marks\n\nWe saw {name} near it.\n\nYours sincerely"

    made = anonymise(text, KNOWN)

    start = text.index(name)
    covered = {at for each in known_in(text, KNOWN) for at in range(each.start, each.end)}
    assert all(start + at in covered for at, letter in enumerate(name) if letter.isalpha())
    assert name not in made.text
    assert ELSEWHERE not in made.text
    assert left_in([("", f"We saw {name} near it.")], KNOWN)


@pytest.mark.parametrize("words", STAYS)
def test_words_of_the_language_are_nobody_of_another_case(words):
    assert list(known_in(words, KNOWN)) == []
    assert left_in([("", words)], KNOWN) == []


@pytest.mark.parametrize("words", ["Mr Hale rang.", "PC Peverell rang.", "We saw Ella there."])
def test_one_name_of_them_stops_nothing_and_is_hidden_as_any_name(words):
    text = f"Dear Ms Marks\n\nThen {words}\n\nYours sincerely"

    assert left_in([("", words)], KNOWN) == []
    assert "[person A]" in anonymise(text, KNOWN).text


def test_one_name_of_them_that_no_layer_hides_is_asked_about():
    # Not a letter, so that a capital says nothing.
    text = "the applicant met peverell there. he told the government of it."

    places = places_of(text, KNOWN)

    seen = {text[each.start : each.end] for each in (*places.masked, *places.looked_at)}
    assert "peverell" in seen


def test_their_words_hide_nothing_in_a_letter():
    text = "Dear Ms Marks\n\nWe told the court. May I say how sorry I am?\n\nYours sincerely"

    assert "We told the court. May I say how sorry I am?" in anonymise(text, KNOWN).text

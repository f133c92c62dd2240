"""A known name of two letters is hidden or asked about wherever it stands, and words are left."""

import pytest

from benchmarks.anonymiser.letters import FIFTH, FIRST, FOURTH, SECOND, THIRD, measuring_letters
from forthright.anonymiser.gate import doubtful_in, left_in
from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.letters import anonymise, read_plainly
from forthright.anonymiser.record import known_in, seen_in
from forthright.anonymiser.spans import ASKED

KNOWN = Known(
    (
        KnownPerson("the victim", "An", "Tran"),
        KnownPerson("the defendant", "My", "Do"),
        KnownPerson("the witness", "Lan", "So"),
        KnownPerson("the neighbour", "Bao", "To"),
        KnownPerson("the officer", "Lee", "He"),
        KnownPerson("the teacher", "Ana", "de la Cruz"),
        KnownPerson("the friend", "Al", "Le"),
    )
)
# Where somebody of any such name may stand, and in each a name and not the word that is like it.
SENTENCES = [
    "{} told us what happened.",
    "{} and you gave statements.",
    "{} said nothing to the police.",
    "{} was arrested.",
    "{} gave a statement.",
    "{} agreed that it was so.",
    "{} died in the attack.",
    "{} never said so.",
    "{}, who was there, ran.",
    "{} has no convictions.",
    "{} left the room.",
    "({} told us so.)",
    "“{} told us,” he said.",
    "{} asked you to ring.",
    "{} did not speak.",
    "{} will not come.",
    "{} may appeal.",
    "{} is in hospital.",
    "{} kicked you.",
    "{} saw you there.",
    "{} hit him.",
    "{} ran.",
    "{} (your sister) came.",
    "{}’s statement was read.",
    "We wrote to you of it at length, and of that\n{} was not asked.",
]
WITHIN = [
    "We gave {} a form.",
    "We told {} that.",
    "I spoke to {} and to others.",
    "Your son {} was there.",
    "It was seen by {}.",
    "We asked about {}’s phone.",
    "You and {} were hurt.",
    "Mr {} was there.",
    "Dear {}",
]
ENGLISH = ["An", "My", "Do", "So", "To", "No", "In", "On", "Or", "Of", "As", "At", "By", "If", "Up",
           "Us", "Go", "Am", "Be", "Me", "Is", "He"]  # fmt: skip
OTHERS = ["Ng", "Wu", "Xi", "Le", "Vo", "Ha", "Bo", "Jo", "Al", "Ed", "Ty", "Yu", "Li", "La", "Kim",
          "Ali", "Mai", "Hoa"]  # fmt: skip
HIDDEN = [
    ("An told us what happened.", "An"),
    ("An and you gave statements.", "An"),
    ("My said nothing to the police.", "My"),
    ("Do was arrested.", "Do"),
    ("So told the police.", "So"),
    ("To gave a statement.", "To"),
    ("An lives with you.", "An"),
    ("My’s account changed.", "My"),
    ("My, aged 14, came.", "My"),
    ("He’s statement was read.", "He"),
    ("AN TOLD US SO.", "AN"),
    ("It was late – An was asleep.", "An"),
    ("Al told us so.", "Al"),
    ("Le was there.", "Le"),
]
IN_DOUBT = [
    ("He told us so.", "He"),
    ("He was there.", "He"),
    ("So was the victim.", "So"),
    ("So did he.", "So"),
    ("My will was read.", "My"),
    ("Read the leaflet My Rights first.", "My"),
    ("An serious matter.", "An"),
    ("So and you fought.", "So"),
    ("We went to Le Havre. Le Havre is far.", "Le"),
]
WORDS = [
    "My colleague wrote. My decision is final. My later letter said so.",
    "An officer came. An hour later, an MG11 came. An MG11 and an NHS nurse came. An NHS nurse.",
    "An agreed form. An injured man. An alleged offence. An x-ray. An honest witness. An offer.",
    "Do call us. Do not ring. Do you agree? Do let us know. Do read it. Do feed back to us.",
    "So we stopped. So far, so good. So that you know. So called friends came. So, you see it.",
    "To begin with, it ran. To the court. To prove this. To let you know. To put it plainly.",
    "To need to do so. To proceed with it. To embed the change. To find out, ring. To and fro.",
    "He or she. He, too. An armed and dangerous man. My loved and trusted friend.",
    "I asked PC 4412 to ring you. To: the court",
    "La Scala is far. De Montfort wrote, and in la and de.",
]


def _at(text, name):
    """Return what the record says of where a name first stands."""
    start = text.index(name)
    return [each for each in seen_in(text, KNOWN) if each.start <= start < each.end]


@pytest.mark.parametrize("name", [*ENGLISH, *OTHERS])
def test_where_somebody_of_such_a_name_does_something_nobody_overlooks_it(name):
    as_given = KnownPerson("the victim", name, "Tranmere")
    as_family = KnownPerson("the victim", "Marian", name)
    missed = []
    for sentence in [*SENTENCES, *WITHIN]:
        text, start = sentence.format(name), sentence.index("{}")
        for person in (as_given, as_family):
            seen = list(seen_in(text, Known((person,))))
            if not any(each.start <= start < each.end for each in seen):
                missed.append(text)

    assert missed == []


@pytest.mark.parametrize("name", [*ENGLISH, *OTHERS])
def test_within_a_sentence_such_a_name_is_hidden_without_asking(name):
    known = Known((KnownPerson("the victim", "Marian", name),))

    for sentence in WITHIN:
        text, start = sentence.format(name), sentence.index("{}")
        assert any(each.start <= start < each.end for each in known_in(text, known)), text
        assert left_in([("the letter", text)], known)


@pytest.mark.parametrize(("text", "name"), HIDDEN)
def test_a_name_that_is_like_a_word_is_hidden_where_no_word_could_be(text, name):
    assert [each for each in _at(text, name) if each.score > ASKED]
    assert left_in([("the letter", text)], KNOWN)
    letter = f"Dear reader\n\nI write about the case.\n\n{text}\n\nYours sincerely"
    assert left_in([("the letter", anonymise(letter, KNOWN).text)], KNOWN) == []


@pytest.mark.parametrize(("text", "name"), IN_DOUBT)
def test_where_it_may_be_either_a_person_is_asked(text, name):
    found = [(each.words, each.found.because) for each in doubtful_in([("it", text)], KNOWN)]
    done = anonymise(f"Dear reader\n\n{text}\n\nYours sincerely", KNOWN)

    assert all(each.score <= ASKED for each in _at(text, name) if text.startswith(name))
    assert name in [words for words, _ in found]
    assert found[0][1].startswith("a word that may be a name of the ")
    seen = {done.given[each.start : each.end] for each in done.looked_at}
    hidden = " ".join(done.given[each.found.start : each.found.end] for each in done.spans)
    assert name in seen or name in hidden


@pytest.mark.parametrize("text", WORDS)
def test_a_word_with_which_a_sentence_begins_stays_and_nobody_is_asked(text):
    assert [text[each.start : each.end] for each in seen_in(text, KNOWN)] == []


@pytest.mark.parametrize("of", [FIRST, SECOND, THIRD, FOURTH, FIFTH])
def test_in_letters_about_others_no_word_is_taken_for_such_a_name(of):
    hidden, asked = [], []
    for letter in measuring_letters(84, seed=9, of=of):
        text = read_plainly(letter.text)
        for each in seen_in(text, KNOWN):
            if not any(mark.start <= each.start < mark.end for mark in letter.marks):
                found = text[each.start : each.end]
                (hidden if each.score > ASKED else asked).append(found)

    assert [each for each in hidden if len(each) == 2] == []
    # “He” stands before what somebody did in every other letter; hardly another word is asked of.
    assert asked.count("He") < 84
    assert len([each for each in asked if each != "He"]) <= 5

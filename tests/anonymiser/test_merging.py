"""Neighbours of one kind are one place, and what a full stop parts is two."""

import re

import pytest

from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.letters import anonymise, places_of
from forthright.anonymiser.merging import BESIDE_IT, put_together
from forthright.anonymiser.spans import Found, Kind, Layer
from tests.anonymiser.test_letters import KNOWN


def joined(text, *words, kind=Kind.PERSON):
    found = [
        Found(text.index(each), text.index(each) + len(each), kind, Layer.TITLE) for each in words
    ]
    return [text[each.start : each.end] for each in put_together(text, found, []).masked]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("to PC Bird 2231. Mr Marsden came", "Bird 2231", "Mr Marsden"),
        ("to PC Bird 2231.Marsden came", "Bird 2231", "Marsden"),
        ("to PC Bird 2231. 4417 Lowe came", "Bird 2231", "4417 Lowe"),
        ("to Ms Bird. Mr Marsden came", "Ms Bird", "Mr Marsden"),
    ],
)
def test_who_begins_a_sentence_is_not_who_ended_the_one_before(text, first, second):
    assert joined(text, first, second) == [first, second]


@pytest.mark.parametrize(
    ("text", "first", "second", "kind"),
    [
        ("told J. Osei so", "J", "Osei", Kind.PERSON),
        ("told Bird 2231 so", "Bird", "2231", Kind.PERSON),
        ("at 6.30 she", "6", "30", Kind.DATE),
        ("on 3.04 she", "3", "04", Kind.DATE),
    ],
)
def test_what_one_name_or_figure_holds_stays_one_place(text, first, second, kind):
    assert joined(text, first, second, kind=kind) == [text[text.index(first) : text.rindex(" ")]]


@pytest.mark.parametrize("known", [None, KNOWN])
def test_an_officer_with_a_number_is_told_apart_from_who_begins_the_next_sentence(known):
    text = "You gave your statement to PC Bird 2231. Mr Hollis was arrested."

    said = [text[each.start : each.end] for each in places_of(text, known).masked]

    assert said == ["Bird 2231", "Mr Hollis"]
    assert "]. [" in anonymise(text, known).text


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("You told us that Mr. Hollis hit you.", "You told us that [] hit you."),
        ("He hit you. Mrs. Hollis saw it.", "He hit you. [] saw it."),
        ("You told Dr. Hollis so.", "You told [] so."),
        ("You told Prof. Hollis so.", "You told [] so."),
        ("You told Rev. Hollis so.", "You told [] so."),
        ("We spoke to Sgt. Hollis of it.", "We spoke to [] of it."),
        ("We spoke to Mr. and Mrs. Hollis of it.", "We spoke to [] of it."),
        ("You told MR. HOLLIS so.", "You told [] so."),
        ("You told mr. hollis so.", "You told [] so."),
        ("You know Mr. Hollis. Mr. Hollis rang.", "You know []. [] rang."),
    ],
)
@pytest.mark.parametrize("known", [None, KNOWN])
def test_a_title_with_a_full_stop_is_nobody_by_itself(sentence, told, known):
    made = anonymise(f"Dear Ms Osei\n\nThis is what we know.\n\n{sentence}\n\nYours", known)

    assert re.sub(r"\[[^]]*\]", "[]", made.text.split("\n\n")[2]) == told


def test_a_title_in_full_that_ends_a_sentence_stays_apart():
    made = anonymise("Dear Ms Osei\n\nYou saw your doctor. Hollis saw the Nurse. Hollis ran.\n")

    assert "doctor. [" in made.text
    assert ". [person B] ran" in made.text


@pytest.mark.parametrize(
    ("words", "is_said"),
    [
        ("WE WILL NOT CHARGE MR HOLLIS WITH ASSAULT", True),
        ("Mr HOLLIS WILL NOT face trial", True),
        ("Mr Hollis will not face trial", False),
        ("MR HOLLIS", False),
    ],
)
def test_that_words_in_capitals_are_hidden_with_a_name_of_the_record_is_said(words, is_said):
    known = Known((KnownPerson("the defendant", "Dean", "Hollis"),))

    places = places_of(f"Dear reader\n\n{words}\n\nWe write to you.", known).masked

    assert any(BESIDE_IT in each.because for each in places) is is_said

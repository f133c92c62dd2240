"""A list that says that there is nothing on it: told from an item, however it is written."""

import pytest

from forthright.rules.schedules.denial import LONGEST, denies

NOTHING = (
    "Nil",
    "NIL RETURN",
    "Nil return - no sensitive unused material",
    "No sensitive material has been generated in this investigation",
    "I have no sensitive material to schedule",
    "There is no sensitive material held by the police",
    "No sensitive material identified at this time",
    "There is no sensitive unused material.",
    "No sensitive items",
    "N/A",
    "Nothing to list",
    "Not applicable",
    "I am not aware of any sensitive material",
    "I do not hold any sensitive material in this case",
    "The police hold no sensitive material in relation to this matter.",
    "Nil return. There is no sensitive material.",
    "MG6D: nil",
    "MG6D - Nil return",
    "Sensitive unused material - none",
    "None held by police",
    "I can confirm that there is no sensitive material in this case",
    "No sensitive unused material has been identified during the course of this investigation",
    "No relevant sensitive material exists",
    "There isn't any sensitive material",
    "None (no sensitive material exists)",
    "No PII material",
    "No sensitive or non-sensitive material",
    "Nil / none",
    "No further items",
)
# Each begins so, and goes on to name something or an exception.
SOMETHING = (
    "No sensitive material other than the informant's statement",
    "No sensitive material except the debrief of 3 May",
    "No sensitive material apart from item 4",
    "There is no sensitive material save for the intelligence log",
    "No sensitive material but see the CHIS file",
    "Nil return other than the register of informants",
    "No CCTV was seized from the shop",
    "No reply notice of 3 May",
    "None of the informant's words are to be shown",
    "Nothing further than the source report",
    "I have no sensitive material to schedule beyond the covert log",
    "There is no sensitive material in the statement of Mrs Hale",
    "No sensitive material; the surveillance log is with DC Ali",
    "Not applicable: see the intelligence report",
    "I am not aware of any sensitive material besides the observation post",
    "No items seized by police",
    "No material was found on the phone of Mr Hall",
    "Nil - informant's address",
    "No sensitive material has been generated in this case but the log of the observation post",
    "No crime report",
    "No further action letter of 3 May",
    "Non-sensitive material: log",
)


@pytest.mark.parametrize("words", NOTHING)
def test_what_says_that_there_is_nothing_denies(words):
    assert denies(words)
    assert denies(words.upper())
    assert denies(f"{words}.")


@pytest.mark.parametrize("words", SOMETHING)
def test_what_goes_on_to_name_something_is_no_denial(words):
    assert not denies(words)


@pytest.mark.parametrize(
    "words", ["", "No", "nil, - / " * 26 + "x", "no " + "sensitive " * 23 + "x", "nil " * 60 + "x"]
)
def test_other_words_are_none_however_long(words):
    assert not denies(words)


def test_a_denial_is_short():
    assert not denies("Nil return. " * (LONGEST // 12 + 1))

"""Ordinary words of a line in capitals or a heading stay readable, and the names in it do not."""

import random
from dataclasses import replace

import pytest

from benchmarks.anonymiser.counting import counted
from benchmarks.anonymiser.letters import SIXTH, measuring_letters
from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.letters import anonymise, places_of
from forthright.anonymiser.spans import Layer

KNOWN = Known((KnownPerson("the defendant", "Dean", "Marsden"),))
READS = [
    ("Mr MARSDEN WILL NOT face trial.", "[the defendant] WILL NOT face trial."),
    (
        "WE HAVE DECIDED NOT TO CHARGE DEAN MARSDEN. THIS IS OUR DECISION.",
        "WE HAVE DECIDED NOT TO CHARGE [the defendant]. THIS IS OUR DECISION.",
    ),
    ("THE CASE AGAINST DEAN MARSDEN HAS ENDED", "THE CASE AGAINST [the defendant] HAS ENDED"),
    (
        "DECISION NOT TO PROSECUTE DEAN MARSDEN FOR ASSAULT",
        "DECISION NOT TO PROSECUTE [the defendant] FOR ASSAULT",
    ),
    ("The Case Against Dean Marsden", "The Case Against [the defendant]"),
    (
        "Why We Have Stopped The Case Against Dean Marsden",
        "Why We Have Stopped The Case Against [the defendant]",
    ),
    ("Mr Marsden Will Not Face Trial", "[the defendant] Will Not Face Trial"),
    (
        "Dean Marsden: Charges Reduced From Rape To Assault",
        "[the defendant]: Charges Reduced From Rape To Assault",
    ),
    (
        "IMPORTANT: MR MARSDEN HAS BEEN TOLD NOT TO CONTACT YOU",
        "IMPORTANT: [the defendant] HAS BEEN TOLD NOT TO CONTACT YOU",
    ),
    (
        "DEAN MARSDEN HAS NOT BEEN CHARGED with rape. Mr MARSDEN WILL face trial.",
        "[the defendant] HAS NOT BEEN CHARGED with rape. [the defendant] WILL face trial.",
    ),
]
HIDDEN = [
    ("WILL SMITH HAS BEEN CHARGED WITH RAPE", "WILL SMITH"),
    ("MR WILL HAS BEEN CHARGED WITH RAPE", "WILL"),
    ("SAID FACE HAS BEEN CHARGED WITH RAPE, AND JOAN FACE WAS TOLD", "JOAN FACE"),
    ("MS AN TO HAS BEEN TOLD", "AN TO"),
    ("DO THI MAI HAS BEEN CHARGED", "DO THI MAI"),
    ("MR DEAN CASE WAS CHARGED", "DEAN CASE"),
    ("IT WAS NOT SAID THAT TEES AND WEAR VALLEY POLICE CAME", "TEES AND WEAR VALLEY"),
    ("HE PLEADED GUILTY AT OAKENSHAW ON TEES CROWN COURT", "OAKENSHAW ON TEES"),
    ("THEY HAD BEEN IN NEW INVENTION BANK TOGETHER", "NEW INVENTION BANK"),
    ("HE WAS ARRESTED AT THE BLUE ANCHOR IN BATTLE", "THE BLUE ANCHOR IN BATTLE"),
    ("You Were Arrested At The Right Move In Hope", "The Right Move In Hope"),
    ("Your Visit To Fresh Start Centre Was Reported", "Fresh Start Centre"),
]


@pytest.mark.parametrize(("text", "done"), READS)
def test_what_is_decided_can_be_read_beside_a_name(text, done):
    letter = anonymise(f"Dear reader\n\n{text}\n\nWe write to you.", KNOWN).text

    assert letter == f"Dear reader\n\n{done}\n\nWe write to you."


@pytest.mark.parametrize(("text", "words"), HIDDEN, ids=[words for _, words in HIDDEN])
def test_a_name_of_ordinary_words_is_hidden_in_a_loud_line(text, words):
    text = f"{text}\n\nYou may write to us."
    covered = {at for each in places_of(text).masked for at in range(each.start, each.end)}
    start = text.index(words)

    assert {start + n for n, c in enumerate(words) if c.isalnum()} <= covered


def test_a_name_of_the_record_is_hidden_whatever_word_it_is():
    known = Known((KnownPerson("the defendant", "Will", "Stay"),))

    text = anonymise("WILL STAY HAS NOT BEEN CHARGED\n\nYou may write to us.", known).text

    assert text.startswith("[the defendant] HAS NOT BEEN CHARGED\n")


def test_what_the_record_is_said_to_have_seen_is_no_more_than_it_saw():
    text = "DEAN MARSDEN QUIBBLED. MR DEAN MARSDEN LEFT.\n\nYou may write to us."

    first, second = places_of(text, KNOWN).masked

    assert text[first.start : first.end] == "DEAN MARSDEN QUIBBLED"
    assert first.layer is Layer.RECORD
    assert first.because.startswith("a name of the defendant; beside it, ")
    assert second.because.split(";")[0] == "a name of the defendant"


@pytest.mark.slow  # the model reads eighty letters
def test_nothing_more_is_left_where_letters_shout():
    chance = random.Random(7)
    letters = [_loud(each, chance) for each in measuring_letters(80, seed=11, of=SIXTH)]

    done = [counted(each, with_record=True) for each in letters]

    assert sum(each.is_clean for each in done) >= 78


def _loud(letter, chance):
    """Return a measuring letter with a third of its lines in capitals."""
    lines = [
        line.upper() if chance.random() < 0.35 and len(line.upper()) == len(line) else line
        for line in letter.text.split("\n")
    ]
    return replace(letter, text="\n".join(lines))

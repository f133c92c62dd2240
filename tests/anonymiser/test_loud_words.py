"""Ordinary words of a line in capitals or a heading stay readable, and the names in it do not."""

import random
from dataclasses import replace

import pytest

from benchmarks.anonymiser.counting import counted
from benchmarks.anonymiser.letters import SIXTH, measuring_letters
from forthright.anonymiser import merging
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
    ("MARSDEN MUST NOT CONTACT YOU", "[the defendant] MUST NOT CONTACT YOU"),
    ("Mr MARSDEN NEVER came.", "[the defendant] NEVER came."),
    ("MARSDEN WON’T face trial.", "[the defendant] WON’T face trial."),
    ("Mr MARSDEN WILL lodge an appeal.", "[the defendant] WILL lodge an appeal."),
    ("DEAN MARSDEN HAS NO CONVICTIONS", "[the defendant] HAS NO CONVICTIONS"),
    ("DEAN MARSDEN WAS FOUND NOT GUILTY", "[the defendant] WAS FOUND NOT GUILTY"),
    ("WE CANNOT CHARGE DEAN MARSDEN", "WE CANNOT CHARGE [the defendant]"),
    (
        "WE COULD NOT PROVE THAT DEAN MARSDEN ASSAULTED YOU",
        "WE COULD NOT PROVE THAT [the defendant] ASSAULTED YOU",
    ),
    (
        "DEAN MARSDEN AND KATE CALL WILL NOT FACE TRIAL",
        "[the defendant] AND [person A] WILL NOT FACE TRIAL",
    ),
    (
        "DEAN MARSDEN AND KATE CALL HAVE BEEN CHARGED",
        "[the defendant] AND [person A] HAVE BEEN CHARGED",
    ),
    ("DEAN MARSDEN WAS ASSAULTED BY KATE", "[the defendant] WAS ASSAULTED BY [person A]"),
    ("WHY WE HAVE STOPPED THE CASE", "WHY WE HAVE STOPPED THE CASE"),
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


# People of whom the record knows nothing, each named by an ordinary word in the place of “{}”.
STRANGERS = [
    "We spoke to John {} about it.",
    "Witness: JOHN {}",
    "Witness: {} John",
    "JOHN {} WAS THERE AND SAW IT",
    "R v {}",
    "R v JOHN {}",
    "THE CASE AGAINST JOHN {}",
    "The Case Against John {}",
    "The Case Against Dean Marsden And Kate {}",
    "THE CASE AGAINST YOUR SON JOHN {} HAS ENDED",
    "THE CASE AGAINST YOUR SON {} JONES",
    "DEAN MARSDEN AND KATE {} HAVE BEEN CHARGED",
    "DEAN MARSDEN AND {} SMITH WILL go to court.",
    "DEAN MARSDEN CHARGED WITH ASSAULT OF KATE {}",
    "DEAN MARSDEN MET KATE {} AND LEFT",
    "MARSDEN AND {} TO go to court.",
    "KATE {} HAS BEEN A WITNESS",
    "KATE {} ACCEPTED RESPONSIBILITY",
    "KATE {} WITHDREW",
    "KATE {} REPORTED THE ASSAULT",
    "KATE {} SAYS THAT SHE WAS HIT",
    "KATE {} AND HER MOTHER WERE ASKED",
    "KATE {} AND DEAN MARSDEN HAVE BEEN ARRESTED",
    "MR AND MRS {} HAVE BEEN ASKED",
    "MRS KATE {} HAS BEEN ASKED",
    "DC {} HAS BEEN ASKED",
    "JOHN {}-SMITH HAS BEEN CHARGED",
    "MARSDEN MUST NOT CONTACT KATE {}",
]
WORDS_AND_NAMES = [
    "Heard", "Still", "Reason", "Call", "Given", "Keep", "Go", "He", "Must", "Face", "Told", "Had",
    "Than", "Charge", "Listed", "May", "Will", "Case",
]  # fmt: skip


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


@pytest.mark.parametrize("line", STRANGERS)
def test_a_stranger_is_hidden_whatever_word_the_name_is(line, monkeypatch):
    texts = [
        f"Dear reader\n\n{line.format(_as_in(line, name))}\n\nWe write to you."
        for name in WORDS_AND_NAMES
    ]
    start = len("Dear reader\n\n") + line.index("{}")
    now = [_covers(text, start) for text in texts]
    monkeypatch.setattr(merging, "without_plain_words", lambda text, found, others: list(found))
    with_all = [_covers(text, start) for text in texts]

    shown = [
        name
        for name, is_hidden, was in zip(WORDS_AND_NAMES, now, with_all, strict=True)
        if was and not is_hidden
    ]

    assert any(with_all)
    assert shown == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("R v {}. John {} denied it.", "REASON"),
        ("You told us that John {} was there.", "HEARD"),
        ("MR J {} HAS BEEN ASKED", "CALL"),
        ("DC {} HAS BEEN ASKED", "TOLD"),
        ("KATE {} TOLD US. The case against Kate {} has ended.", "KEEP"),
    ],
)
def test_a_stranger_whom_the_model_sees_is_hidden_all_through(line, name):
    letter = f"Dear reader\n\n{line.replace('{}', name)}\n\nWe write to you."

    assert name not in anonymise(letter, KNOWN).text


def _as_in(line, name):
    return name if line.startswith("The Case") else name.upper()


def _covers(text, at):
    return any(
        each.start <= at < each.end for each in places_of(text, KNOWN, by_model=False).masked
    )


def test_a_place_called_as_an_ordinary_word_is_hidden():
    text = "HE WAS ARRESTED NEAR SEND AND BAILED, AND MARSDEN WAS NEAR SEND\n\nWe write to you."

    assert "SEND" not in anonymise(text, KNOWN).text


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

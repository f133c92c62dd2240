from datetime import date

import pytest

from forthright.rules.disclosure_management import (
    HEADINGS,
    ReviewFacts,
    ScheduleCame,
    WasServed,
    parts_of,
    speaks_of_sensitive,
    told_of_sensitive,
)
from forthright.rules.endorsements import Endorsed

FACTS = ReviewFacts(
    schedules=(
        ScheduleCame(form="MG6C", version=1, items=4, came_on=date(2026, 9, 3),
                     decided_on=date(2026, 9, 4), is_returned=True),
        ScheduleCame(form="MG6C", version=2, items=5, came_on=date(2026, 9, 10),
                     decided_on=date(2026, 9, 11)),
    ),
    codes={Endorsed.DISCLOSE: 2, Endorsed.CLEARLY_NOT: 2}, waiting=1,
    servings=(WasServed(day=date(2026, 9, 20), kind="initial disclosure", items=2),),
)  # fmt: skip


def test_it_has_what_was_written_and_then_what_was_done():
    parts = parts_of(FACTS, {"issues": "Who threw the first blow.\n\nHe says that she did."})

    assert [part.title for part in parts] == [
        HEADINGS[0].title, "How unused material was scheduled and reviewed", "Under review"
    ]  # fmt: skip
    assert parts[0].paragraphs == ("Who threw the first blow.", "He says that she did.")
    assert " ".join(parts[1].paragraphs) == (
        "Schedule MG6C, version 1, of 4 items, came on Thursday 3 September 2026 and was returned "
        "to the police to be mended on Friday 4 September 2026. "
        "Schedule MG6C, version 2, of 5 items, came on Thursday 10 September 2026 and was found "
        "adequate on Friday 11 September 2026. "
        "5 items on the open schedules, as decided for this defendant: 2 disclose, 2 clearly not "
        "disclosable and 1 still to be decided. "
        "Initial disclosure was given on Sunday 20 September 2026: 2 items."
    )


SECRETS = (
    "Debrief of the source Heronsgate about the stolen van", "It would show who lent it",
    "May undermine the prosecution case",
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        pytest.param("We looked at a debrief of the source Heronsgate.", True, id="word for word"),
        pytest.param("THE SOURCE   HERONSGATE was debriefed", True, id="in capitals"),
        pytest.param("The stolen van was found in Dunsby.", False, id="what everybody knows"),
        pytest.param("Nobody says who Heronsgate is.", True, id="a name alone"),
        pytest.param("It would show who was there.", False, id="small words alone"),
        pytest.param("It may undermine the prosecution case.", False, id="the words of the test"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_words_of_a_sensitive_schedule_are_found(words, is_told):
    assert bool(told_of_sensitive(words, SECRETS)) is is_told


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("Mr Hollingdale was seen at his home.", True),
        ("Mr HOLLINGDALE was seen.", True),
        ("We saw Hollingdale’s van.", True),
        ("Officers went to Quarmbyhouse.", True),
        ("Skerrivale was asked.", True),
        ("DS Tarnwickson was asked.", True),
        ("We asked O’Dowd.", True),
        ("Debrief notes were looked at on 4 May by the Crown Court.", False),
        ("Officers asked the council. Statements were taken. CCTV was viewed in May.", False),
        ("Receipts of the shop, and a Note of the call", False),
    ],
)
def test_a_name_is_found_however_it_is_written_and_wherever_it_stands(words, is_told):
    secrets = (
        "Debrief of Peter HOLLINGDALE of 4 May about the stolen van", "Flat in Quarmbyhouse",
        "Skerrivale: note of a call about CCTV of the shop", "Kept by DS Tarnwickson", "O'DOWD",
        "Receipt of the Crown Court", "Statements of two officers",
    )  # fmt: skip

    assert bool(told_of_sensitive(words, secrets)) is is_told


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("No film is held: all cameras at the yard were off.", False),
        ("Acquitted of all counts by the jury today.", False),
        ("It was looked for while the shop was open, and that is it.", False),
        ("His phone was asked for, with the logs.", False),
        ("We asked Bill and Green about it.", True),
        ("Nobody knows who heronsgate is.", True),
        ("They looked at green vans.", False),
    ],
)
def test_an_ordinary_word_is_no_name_as_it_begins_a_line_within_an_item(words, is_told):
    secrets = (
        "Debrief of the source Heronsgate All calls to the handler logged Phone left with her",
        "Ask for the log\nAnd the notes", "Debrief; With more: All of it (1) While away",
        "Call of Bill and Green", "Meeting: Green van seen",
    )  # fmt: skip

    assert bool(told_of_sensitive(words, secrets)) is is_told


@pytest.mark.parametrize("words", ["We spoke to heronsgate about it.", "Heronsgate’s van is red."])
@pytest.mark.parametrize(
    "secret",
    [
        "Source: Heronsgate gave an account", "Notes; Heronsgate and Ryder", "1) Heronsgate’s car",
        "Informant (a neighbour) Heronsgate", "Debrief of the source\nHeronsgate",
        "Told by • Heronsgate", "The source (Heronsgate) was met", "Notes - Heronsgate",
    ],
)  # fmt: skip
def test_a_name_that_begins_a_line_or_a_part_is_found_however_it_is_typed(words, secret):
    assert told_of_sensitive(words, [secret]) == "heronsgate"


@pytest.mark.parametrize(
    ("words", "secret", "is_told"),
    [
        ("Bill told us of the van.", "Debrief of Bill", True),
        ("It was seen. Page was there.", "Meeting with Mr Page", True),
        ("Bill told us of the van.", "Source: Bill gave an account", True),
        ("BILL told us of the van.", "Debrief of Bill", True),
        ("The bill was paid.", "Debrief of Bill", False),
        ("Page 3 of the log was read.", "Meeting with Mr Page", False),
        ("All was there. While it was open, it stood. Report 4 was made.",
         "Debrief of the source All calls While away Report of it", False),
    ],
)  # fmt: skip
def test_a_name_that_sentences_begin_with_too_is_found_where_it_begins_one(words, secret, is_told):
    assert bool(told_of_sensitive(words, [secret])) is is_told


def test_a_name_that_the_open_schedules_have_is_known_to_everybody():
    secrets = ("Debrief of Peter HOLLINGDALE",)

    assert not told_of_sensitive("Mr Hollingdale was asked.", secrets, ["Letter of P. Hollingdale"])


@pytest.mark.parametrize(
    "words",
    [
        "Some items stand on the schedule of sensitive material and are not disclosed.",
        "There is sensitive material in this case.",
        "No sensitive material is held.",
        "It stands on the schedule of sensitive material, so you will not get it.",
        "It is on the sensitive schedule.",
        "Sensitive unused material was looked at.",
        "SENSITIVE\nMATERIAL was looked at.",
        "Sensitive and non-sensitive material was looked at.",
        "Non-sensitive and sensitive items were looked at.",
        "Non-sensitive/sensitive material",
        "One schedule is of non-sensitive material, and the schedule of sensitive things another.",
        "There is material that is sensitive.",
        "Two of the items are sensitive.",
        "The rest is considered sensitive, and stays here.",
        "The log is marked as sensitive.",
        "That document was held to be sensitive.",
        "It is sensitive.",
        "There are records of a highly sensitive nature.",
        "Sen\u00adsitive mate\u200brial",
        "There is an MG6D.",
        "There is an MG6 D.",
        "A C.H.I.S. was asked.",
        "It is held, and it is too sensitive to disclose.",
        "It is covered by public-interest immunity.",
        "The log is of a sensitive nature.",
        "The unused material (sensitive) was looked at.",
        "Nothing sensitive has been withheld.",
    ],
)
def test_plain_words_about_sensitive_material_speak_of_it(words):
    assert speaks_of_sensitive(words)


@pytest.mark.parametrize("hyphen", [*"-‐‑‒–—―−﹘﹣－\u00ad ", "- ", " - ", "-\n", "\u00a0", ""])
@pytest.mark.parametrize("rest", ["material", "unused material", "schedule", "items"])
def test_what_is_not_sensitive_is_spoken_of_however_it_is_hyphened(hyphen, rest):
    assert not speaks_of_sensitive(f"All NON{hyphen}Sensitive {rest} was looked at.")


@pytest.mark.parametrize(
    "words",
    [
        "Schedule of non-sensitive unused material",
        "Her sensitivity to light was asked about.",
        "The material is sensitive to light.",
        "The film is light-sensitive material.",
        "The application was time sensitive. Material was asked for on 3 May.",
        "The microphone is sensitive.",
        "She was asked sensitively. Material of the school was asked for.",
        "A sensitive witness was interviewed with an intermediary.",
        "Questions of a sensitive nature were put by a trained officer.",
        "The items on the MG6C are not sensitive.",
        "Commercially sensitive documents of the shop were asked for.",
    ],
)
def test_what_only_sounds_like_it_does_not(words):
    assert not speaks_of_sensitive(words)

"""What the record knows is found in every form in which letters write it."""

from datetime import date

import pytest

from forthright.anonymiser.known import Known, KnownPerson, KnownWords, known_of, town_of_court
from forthright.anonymiser.record import known_in
from forthright.anonymiser.spans import Kind
from forthright.rules.letter_checks.examples import example_case

KNOWN = Known(
    people=(
        KnownPerson("the victim", "Siân Mair", "O’Dowd-Okafor", ("Shan",)),
        KnownPerson("the defendant", "Dean", "Hollis", ("Deano",)),
        KnownPerson("the witness", "Grace", "Law"),
    ),
    words=(
        KnownWords(Kind.URN, "20MR0412326", "case number"),
        KnownWords(Kind.ADDRESS, "4 Quarry Close", "address"),
        KnownWords(Kind.ADDRESS, "WR5 3XX", "address"),
        KnownWords(Kind.PHONE, "07700 900123", "telephone number"),
        KnownWords(Kind.EMAIL, "s.odowd@example.com", "e-mail address"),
        KnownWords(Kind.PLACE, "Kidderminster"),
        KnownWords(Kind.PLACE, "Bognor Regis"),
    ),
    days=(date(2026, 4, 2),),
)
FORMS = [
    "Siân", "Sian", "SIAN", "siân", "Shan", "O’Dowd", "O'Dowd", "ODowd", "o’dowd", "Okafor’s",
    "O’Dowd-Okafor", "Okafour", "Hollis", "HOLLIS", "Hollis’s", "Hollis'", "Holis", "Hollsi",
    "Deano", "D.H.", "DH", "D. Hollis", "D Hollis", "H\u00f6llis", "Grace", "Grace Law",
    "20MR0412326", "20 MR 04123 26", "20/MR/04123/26", "20mr0412326", "4 Quarry Close",
    "4, Quarry Cl", "Quarry Close", "WR5 3XX", "WR53XX", "wr5  3xx", "WR5", "07700 900 123",
    "+44 7700 900123", "07700-900-123", "S.ODowd@example.com", "Kidderminster", "Kiderminster",
    "KIDDERMINSTER", "Bognor Regis", "Bognor egis", "BognorR egis", "BognorRegis", "Bognor-Regis",
    "Bognro Regis", "BOGNOR REGSI",
    "2 April 2026", "2nd April", "April 2, 2026", "02/04/2026", "2.4.26", "2026-04-02",
    "second of April", "second of April, 2026", "April the 2nd", "April the second", "2Apr2026",
    "Thursday the 2nd", "Thu the second", "02 04 2026", "Maundy Thursday", "maundy thursday 2026",
]  # fmt: skip
STAYS = [
    "the law",
    "may",
    "planning",
    "close to the quarrel",
    "12 April 2026",
    "the second of April 2025",
    "2Apr2025",
    "April the 12th",
    "Thursday the 2nd of July",
    "Maundy Thursday 2025",
    "Good Friday",
    "DC",
    "dear",
]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_found(form):
    text = f"It was {form} that we wrote of."

    covered = bytearray(len(text))
    for each in known_in(text, KNOWN):
        covered[each.start : each.end] = b"\1" * (each.end - each.start)

    start = text.index(form)
    bare = form.removesuffix("’s").removesuffix("'")
    told = [c for c, held in zip(text[start:], covered[start : start + len(bare)], strict=False)
            if c.isalnum() and not held]  # fmt: skip
    assert told == []


@pytest.mark.parametrize("text", STAYS)
def test_what_is_no_form_of_it_stays(text):
    assert list(known_in(text, KNOWN)) == []


def test_a_case_gives_everybody_one_role():
    roles = [each.role for each in known_of(example_case()).people]

    assert roles[:3] == ["the victim", "the defendant", "the witness"]
    assert len(set(roles)) == len(roles)


def test_a_court_keeps_what_every_court_is_called():
    assert town_of_court("Worcester Magistrates’ Court") == "Worcester"


def test_a_day_in_may_is_no_first_that_may():
    known = Known(days=(date(2026, 5, 1), date(2025, 12, 25)))

    assert list(known_in("The first may be the second. You may the first time.", known)) == []
    assert len(list(known_in("On May the first, on Christmas Day and over Xmas.", known))) == 3


@pytest.mark.parametrize(
    "said",
    ["Kiddermin-ster", "Kid-der-minster", "Bog-nor Regis", "Bognor Re-gis", "4 Quar-ry Close",
     "s.odowd@exam-ple.com", "2 Ap-ril 2026", "Maun-dy Thursday"],
)  # fmt: skip
def test_what_is_known_is_found_over_the_end_of_a_line(said):
    text = f"A well-known man-made thing was in {said} that-day, self-harm."

    found = [text[each.start : each.end] for each in known_in(text, KNOWN)]

    assert said in found


def test_what_is_joined_by_a_hyphen_is_no_place():
    known = Known(words=(KnownWords(Kind.PLACE, "Bury"), KnownWords(Kind.PLACE, "Reading")))

    assert list(known_in("It was a bath-tub, a re-admission and a well-read person.", known)) == []


def test_a_word_without_end_is_read_once_and_what_stands_beside_it_is_seen():
    text = f"It was {'x' * 100_000} of Kiddermin-ster."

    assert {text[each.start : each.end] for each in known_in(text, KNOWN)} == {"Kiddermin-ster"}

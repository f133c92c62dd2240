"""A school year is an age that is hidden in a band that is true of it; other years are none."""

import pytest

from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.school_years import (
    BOTH,
    NUMBERS,
    OLDER,
    YOUNGER,
    band_of,
    school_years_in,
)

YEARS = [
    ("She is in year 9 at school.", "year 9"),
    ("She is in Year 9.", "Year 9"),
    ("He is in Y9 now.", "Y9"),
    ("He is in year nine.", "year nine"),
    ("He is in yr 10, and", "yr 10"),
    ("your year 7 class", "year 7"),
    ("pupils of years 7 and 8 saw it", "years 7 and 8"),
    ("a year-11 pupil", "year-11"),
    ("in school year 6", "school year 6"),
    ("She is in the reception class.", "reception"),
    ("She started reception in the autumn.", "reception"),
    ("He is in reception at her school.", "reception"),
]
STAYS = [
    "It was 9 years ago.",
    "He got a 9 year sentence.",
    "after 9 years of marriage",
    "In year 2 of his sentence he wrote.",
    "In year two of the course she left.",
    "a sentence of one year nine months",
    "a term of 10 year 9 months",
    "Last year 10 people came.",
    "That year 12 jurors sat.",
    "in year 2026",
    "Ask at reception or the reception desk.",
    "over the years 3 came",
]


@pytest.mark.parametrize(("text", "words"), YEARS)
def test_a_school_year_is_found(text, words):
    assert [text[each.start : each.end] for each in school_years_in(text)] == [words]


@pytest.mark.parametrize("text", STAYS)
def test_another_year_is_no_school_year(text):
    assert list(school_years_in(text)) == []


@pytest.mark.parametrize("year", range(1, 14))
@pytest.mark.parametrize("form", ["year {}", "Y{}", "yr {}"])
def test_the_band_is_true_of_every_age_in_the_year(year, form):
    band = band_of(form.format(year))

    youngest, oldest = year + 4, year + 5
    assert band in {YOUNGER, OLDER}
    assert oldest < 13 if band == YOUNGER else youngest >= 12 and oldest <= 18
    assert band_of(f"year {NUMBERS[year - 1]}") == band


def test_years_of_both_bands_tell_none():
    assert band_of("years 7 and 8") == BOTH
    assert band_of("reception") == YOUNGER


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("She is in year 9 at school.", "She is in [school year, 12 to 18] at school."),
        ("She is in Year 9.", "She is in [school year, 12 to 18]."),
        ("She is in year four.", "She is in [school year, under 13]."),
        ("It was 9 years ago.", "It was [number] years ago."),
        ("He turned 10 pages.", "He turned [number] pages."),
        ("The baby was aged 9 weeks.", "The baby was aged [age] weeks."),
    ],
)
def test_no_letter_tells_a_false_age(said, instead):
    assert anonymise(f"Dear reader\n\n{said}\n\nYours sincerely").text.split("\n\n")[1] == instead


def test_what_may_be_a_front_desk_is_asked_about():
    done = anonymise("Dear reader\n\nYou were in reception when he came.\n\nYours sincerely")

    assert "in reception when" in done.text
    assert [done.given[each.start : each.end] for each in done.looked_at] == ["reception"]

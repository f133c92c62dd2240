"""A day is hidden whole, and stopped at, in every form in which letters and programs write it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known
from forthright.anonymiser.known_days import ORDINALS, ROMAN
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.patterns import patterns_in
from forthright.anonymiser.reckoned_days import days_near
from forthright.anonymiser.spans import Kind
from forthright.rules.words import DAYS, MONTHS

WEDNESDAY = date(2026, 1, 14)
KNOWN = Known(days=(WEDNESDAY, date(2026, 12, 25), date(2026, 1, 17)))


def _th(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number < 14 else ending}"


def _forms(day: date) -> dict[str, str]:
    """Return a day in each form, by what it is called."""
    month, weekday, roman = MONTHS[day.month - 1], DAYS[day.weekday()], ROMAN[day.month - 1]
    number, which = ORDINALS[day.day - 1], (day.day - 1) // 7
    return {
        "plain": f"{day.day} {month} {day.year}",
        "of": f"the {_th(day.day)} of {month}, {day.year}",
        "short": f"{day.day}-{month[:3]}-{day.year % 100:02d}",
        "run together": f"{_th(day.day)}{month[:3]}{day.year}",
        "in words": f"the {number} of {month} {day.year}",
        "month first": f"{month} {_th(day.day)}, {day.year}",
        "month first in words": f"{month} the {number}, {day.year}",
        "weekday": f"{weekday}, {day.day} {month} {day.year}",
        "weekday alone": f"{weekday} the {_th(day.day)}",
        "over a line": f"{day.day}\n{month} {day.year}",
        "over another line": f"{weekday} {day.day} {month}\n{day.year}",
        "two blanks": f"{day.day}  {month}  {day.year}",
        "figures": f"{day.day:02d}/{day.month:02d}/{day.year}",
        "short figures": f"{day.day}.{day.month}.{day.year % 100:02d}",
        "turned": day.isoformat(),
        "Roman": f"{day.day}.{roman}.{day.year % 100:02d}",
        "Roman capitals": f"{day.day}/{roman.upper()}/{day.year}",
        "American": f"{day.month}/{day.day}/{day.year}",
        "by weekday": f"the {ORDINALS[which]} {weekday} of {month} {day.year}",
        "by weekday in figures": f"{_th(which + 1)} {weekday} in {month}",
    }


def _other(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


ON = st.dates(date(2010, 1, 1), date(2035, 12, 31))


@given(ON, st.sampled_from(sorted(_forms(WEDNESDAY))))
@settings(max_examples=300, deadline=None)
def test_the_gate_stops_at_every_form_of_a_day_and_the_anonymiser_hides_it(day, form):
    # A small number is an American month as well as a day: it is the day that is read here.
    if form == "American" and day.day <= 12:
        return
    said = _forms(day)[form]
    text = f"It was {said} that we wrote of."

    assert left_in([("the letter", text)], Known(days=(day,)))
    hidden = bytearray(len(text))
    for each in patterns_in(text):
        hidden[each.start : each.end] = b"\1" * (each.end - each.start)
    start = text.index(said)
    shown = [c for c, held in zip(said, hidden[start:], strict=False) if c.isdigit() and not held]
    assert shown == []


FAR = {
    "the day before {}": 1,
    "the night after {}": -1,
    "the eve of {}": 1,
    "two days before {}": 2,
    "3 days after {}": -3,
    "a week before {}": 7,
    "a fortnight after {}": -14,
    "the week of {}": 0,
    "the week commencing {}": -4,
    "w/c {}": -2,
    "week ending {}": 3,
    "the week before {}": 5,
}


@given(ON, st.sampled_from(sorted(FAR)))
@settings(max_examples=200, deadline=None)
def test_the_gate_stops_at_a_day_that_is_told_by_another(day, phrase):
    said = phrase.format(_other(day + timedelta(days=FAR[phrase])))

    left = left_in([("the letter", f"It was {said} that he rang.")], Known(days=(day,)))

    assert [each.words for each in left if each.words in said]


@pytest.mark.parametrize(
    "said",
    [
        "the Wednesday before 15 January 2026",
        "the day after 13 January",
        "the day before Boxing Day",
        "two days before 27 December",
        "the week\nof 12/01/2026",
        "the weekend of 17 January 2026",
        "the last Friday in December 2026",
        "January’s second Wednesday",
        "2026/14/01",
    ],
)
def test_the_gate_stops_at_a_known_day_told_otherwise(said):
    assert left_in([("the letter", f"It was {said}.")], KNOWN)


@pytest.mark.parametrize(
    "said",
    [
        "the day before 15 January 2025",
        "the day before 12 January 2026",
        "the week of 14 March 2026",
        "the third Wednesday of January 2026",
        "the second Wednesday of January 2025",
        "the weekend before it",
        "week of [date]",
        "1/15/2026",
        "15.i.26",
        "within 14 days of this letter",
    ],
)
def test_the_gate_does_not_stop_at_another_day(said):
    assert left_in([("the letter", f"It was {said}.")], KNOWN) == []


@pytest.mark.parametrize("known", [Known(days=(date(2026, 4, 23),)), None])
@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("The hearing is on the twenty-third.", "The hearing is on the [date]."),
        ("He will be sentenced on the twenty-third by the judge.",
         "He will be sentenced on the [date] by the judge."),
        ("It was put off to the twenty third.", "It was put off to the [date]."),
        ("He called for the twenty-third time.", "He called for the twenty-third time."),
        ("He lives on the twenty-third floor.", "He lives on the twenty-third floor."),
    ],
)  # fmt: skip
def test_a_day_in_words_alone_is_hidden_whoever_knows_it(said, instead, known):
    assert anonymise(said, known).text == instead


SAID_OF_A_DAY = (
    "He rang you on the evening of the {0} and again that night.",
    "It happened on the night\nof the {0}, when you were at home.",
    "On the morning of the {0} the officer came.",
    "He was away between the {1} and the {0} and said so.",
    "On the {1} and the {0} he rang you.",
    "You told us on the {1} or {0} that he rang.",
    "On the {1}, the {0} and later he rang you.",
    "The {0} is the next hearing.",
    "The events of the {0} were hard for you.",
    "Your statement of the {0} says so.",
    "You spoke of the {0}’s hearing.",
)  # fmt: skip
TWO_DAYS = Known(days=(date(2026, 7, 23), date(2026, 5, 21)))
NO_DAYS = (
    "He lives between the twenty-first and the twenty-third floors.",
    "He lives on the twenty-first and twenty-third floor.",
    "It was a house of the twenty-first century.",
    "He spoke of the twenty-first call and of the twenty-third letter.",
    "The twenty-third call was short.",
    "He wrote of the second, and the third of them.",
)


@pytest.mark.parametrize("said", SAID_OF_A_DAY)
def test_a_day_alone_is_hidden_however_it_is_led_to_and_the_gate_stops_at_it(said):
    for first, second in (("twenty-third", "twenty-first"), ("23rd", "21st")):
        text = said.format(first, second)
        ours = anonymise(text, TWO_DAYS).text
        assert first not in ours
        assert second not in ours
        assert first in {each.words for each in left_in([("the letter", text)], TWO_DAYS)}
    words = said.format("twenty-third", "twenty-first")
    assert "twenty" not in anonymise(words).text


def test_the_gate_stops_at_a_day_after_one_that_was_hidden():
    text = "He rang on the [date D] and the twenty-third, and on [date E], the 23rd."

    left = left_in([("the letter", text)], TWO_DAYS)

    assert [each.words for each in left] == ["twenty-third", "23rd"]


@pytest.mark.parametrize("said", NO_DAYS)
def test_what_counts_something_else_is_no_day(said):
    assert anonymise(said, TWO_DAYS).text == said
    assert anonymise(said).text == said
    assert left_in([("the letter", said)], Known(days=(*TWO_DAYS.days, date(2026, 1, 2)))) == []


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("The hearing is Thurs 23.", "The hearing is [date]."),
        ("The hearing is on the 23rd inst.", "The hearing is on the [date]."),
        ("It is listed for Thursday twenty-third.", "It is listed for [date]."),
    ],
)
def test_a_known_day_cut_short_is_hidden_whole(said, instead):
    assert anonymise(said, Known(days=(date(2026, 4, 23),))).text == instead


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("It happened on the second Wednesday in January.", "It happened on the [date]."),
        ("It was in the third week of March 2026.", "It was in the [date]."),
        ("On Tuesday last you rang us.", "On [date] you rang us."),
        ("You rang us last Tuesday.", "You rang us [date]."),
        ("It was the 14th of last month.", "It was the [date]."),
        ("It was on 14.i.26 here.", "It was on [date] here."),
        ("It was on Tuesday 14th.", "It was on [date]."),
        ("We meet two weeks on Tuesday.", "We meet [date]."),
    ],
)
def test_a_day_that_is_reckoned_is_hidden_whole(said, instead):
    assert anonymise(f"Dear reader\n\n{said}\n\nYours sincerely").text.split("\n\n")[1] == instead


@pytest.mark.parametrize(
    "said",
    ["from 12 to 14 January 2026", "on 12, 13 and 14 January 2026", "on January 12, 13 and 14"],
)
def test_no_day_of_several_is_left(said):
    done = anonymise(f"Dear reader\n\nIt was {said}.\n\nYours sincerely")

    hidden = {number for each in done.spans
              for number in done.given[each.found.start : each.found.end].split()}  # fmt: skip
    assert {"12", "14"} <= {each.strip(",.") for each in hidden}


def test_moved_days_never_come_to_tell_a_day_of_the_case():
    letter = "Dear reader\n\nIt was the day before 15 January 2026.\n\nYours sincerely"

    done = anonymise(letter, KNOWN)

    assert not list(days_near(done.text, KNOWN.days))
    assert any(each.found.kind is Kind.DATE for each in done.spans)

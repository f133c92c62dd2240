"""`forthright disclosure due` says when disclosure is due and how that is counted."""

import json

import pytest
from typer.testing import CliRunner

from forthright.cli.main import run


def asked(*arguments):
    return CliRunner().invoke(run, ["disclosure", *map(str, arguments)])


def test_due_gives_the_date_and_its_arithmetic():
    said = asked("due", "--sent", "2026-04-01", "--custody")

    assert said.exit_code == 0
    assert said.stdout.startswith("Initial disclosure is due by Thursday 21 May 2026\n")
    assert "50 days after that day is Thursday 21 May 2026." in said.stdout
    assert "Unverified, to be confirmed by the Area" in said.stdout


def test_due_says_that_a_custody_limit_expires_before_a_weekend():
    said = asked("due", "--sent", "2026-04-04", "--custody").stdout

    assert "before sending: Friday 2 October 2026\n" in said
    assert "182 days after that day is Saturday 3 October 2026." in said
    assert "next preceding day that is none of these: Friday 2 October 2026." in said


def test_due_says_by_which_day_a_service_is_judged_that_counts_on_a_later_one():
    options = ("due", "--sent", "2026-04-03", "--custody", "--disclosed", "2026-05-22T18:30")
    said, table = asked(*options).stdout, json.loads(asked(*options, "--json").stdout)

    assert "judged by the day on which it was served" in said
    assert "Judged by that day it would be 3 days late." in said
    assert all(words in said for words in table["judged"])


@pytest.mark.parametrize(
    ("served", "days", "words"),
    [
        ("2026-12-11T16:30", 10, "due by Tuesday 1 December 2026: 10 days late."),
        ("2026-12-02", 1, "due by Tuesday 1 December 2026: 1 day late."),
        ("2026-12-01T23:00", 0, "its last day: in time."),
        ("2026-11-27", -4, "due by Tuesday 1 December 2026: 4 days early."),
    ],
)
def test_due_says_how_many_days_late_or_early_a_service_was(served, days, words):
    options = ("due", "--sent", "2026-10-12", "--custody", "--disclosed", served)

    said, table = asked(*options).stdout, json.loads(asked(*options, "--json").stdout)

    assert words in said
    assert said.startswith("Served on ")
    assert (table["served"], table["days_late"]) == (served[:10], days)


def test_due_says_nothing_of_a_service_that_was_not_given():
    options = ("due", "--sent", "2026-10-12", "--custody")

    table = json.loads(asked(*options, "--json").stdout)

    assert "Served on" not in asked(*options).stdout
    assert (table["served"], table["days_late"]) == (None, None)


def test_due_as_json_has_every_date():
    said = asked("due", "--sent", "2026-04-03", "--custody", "--disclosed", "2026-05-20", "--json")

    table = json.loads(said.stdout)
    assert (table["due"], table["serve_by"]) == ("2026-05-23", "2026-05-22")
    days = {each["key"]: each["day"] for each in table["dates"]}
    assert days["defence_statement"] == "2026-06-16"
    assert table["unconfirmed"]


@pytest.mark.parametrize(
    ("way", "ends", "is_sure"),
    [("electronic", "2026-06-23", True), ("post", "2026-06-25", False)],
)
def test_due_counts_a_service_by_how_it_was_made(way, ends, is_sure):
    said = asked("due", "--sent", "2026-04-01", "--bail", "--disclosed", "2026-05-27T14:30",
                 "--way", way, "--json")  # fmt: skip

    table = json.loads(said.stdout)
    [statement] = [each for each in table["dates"] if each["key"] == "defence_statement"]
    assert statement["day"] == ends
    assert (statement["status"] == "published") == is_sure
    assert any("after posting" in words for words in table["unconfirmed"]) != is_sure


def test_a_date_of_the_court_wins():
    said = asked("due", "--sent", "2026-04-01", "--bail", "--ordered", "2026-06-01", "--json")

    assert json.loads(said.stdout)["due"] == "2026-06-01"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        pytest.param(["--sent", "2026-04-01"], 2, "--custody or --bail", id="neither"),
        pytest.param(["--sent", "2026-04-01", "--custody", "--bail"], 2, "not both", id="both"),
        pytest.param(["--sent", "2026-04-01", "--bail", "--ordered", "2026-03-01"], 2,
                     "--ordered is Sunday 1 March 2026, before the case was sent",
                     id="ordered before sending"),
        pytest.param(["--sent", "2026-04-01", "--bail", "--disclosed", "2026-03-31"], 2,
                     "--disclosed is Tuesday 31 March 2026, before", id="given before sending"),
        pytest.param(["--sent", "1 April", "--bail"], 2, "is not a day", id="no day"),
        pytest.param(["--sent", "2026-04-01", "--bail", "--way", "pigeon"], 2,
                     "Write electronic, post or hand", id="no way of service"),
        pytest.param(["--bail"], 2, "--sent", id="no sending"),
        pytest.param(["--sent", "2012-01-03", "--bail"], 1, "was in force on", id="long ago"),
        pytest.param(["--sent", "2035-01-03", "--bail"], 1, "calendar", id="far ahead"),
        pytest.param(["--sent", "2026-04-01", "--bail", "--rules", "absent"], 2, "cannot be read",
                     id="no rules"),
    ],
)  # fmt: skip
def test_due_refuses_in_words(arguments, status, words):
    said = asked("due", *arguments)

    assert said.exit_code == status
    assert words in said.output

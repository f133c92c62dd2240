"""`forthright due` says when a letter is due, with or without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from forthright.cli.main import run
from forthright.schemes.models import RuleSet
from tests import given

COMMAND = Path(sys.executable).parent / "forthright"


def asked(*arguments: str):
    return CliRunner().invoke(run, ["due", *arguments])


@pytest.mark.django_db
def test_the_answer_as_json_has_the_day_and_the_arithmetic():
    said = asked("--decided", "2026-04-02T16:55", "--entitlement", "enhanced", "--json")

    answer = json.loads(said.stdout)
    assert said.exit_code == 0
    assert answer["due"] == "2026-04-07"
    assert answer["arithmetic"][0] == "Decided Thursday 2 April 2026, 4:55pm."
    assert answer["arithmetic"][-1] == "Due Tuesday 7 April 2026."


@pytest.mark.django_db
@pytest.mark.parametrize(("entitlement", "due"), [("standard", "13 April"), ("unknown", "7 April")])
def test_the_answer_in_words(entitlement, due):
    said = asked("--decided", "2026-04-02T16:55", "--entitlement", entitlement)

    assert f"{due} 2026" in said.stdout.splitlines()[0]
    assert "Good Friday and Easter Monday do not count." in said.stdout


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("decided", "said"),
    [
        ("2026-04-02", "Decided Thursday 2 April 2026, hour not recorded."),
        ("2026-04-02T00:00", "Decided Thursday 2 April 2026, midnight."),
        ("2026-04-02T15:55Z", "Decided Thursday 2 April 2026, 4:55pm."),
    ],
)
@pytest.mark.parametrize("has_rules", [True, False])
def test_a_day_without_its_hour_is_no_midnight(decided, said, has_rules):
    if has_rules:
        given.a_started_area()

    answer = json.loads(asked("--decided", decided, "--entitlement", "enhanced", "--json").stdout)

    assert (answer["due"], answer["arithmetic"][0]) == ("2026-04-07", said)


@pytest.mark.django_db
def test_an_hour_nobody_recorded_counts_as_before_the_areas_cut_off():
    area = given.a_started_area()
    RuleSet.objects.filter(area=area).update(cut_off="17:00")

    known = asked("--decided", "2026-04-01T17:30", "--entitlement", "enhanced")
    unknown = asked("--decided", "2026-04-01", "--entitlement", "enhanced")

    assert known.stdout.startswith("Due Tuesday 7 April 2026")
    assert unknown.stdout.startswith("Due Thursday 2 April 2026")
    assert "Counted as before the 5pm cut-off, which gives the earlier date." in unknown.stdout


@pytest.mark.django_db
def test_the_answer_names_the_rules_that_nobody_has_confirmed_and_their_source():
    asking = ("--decided", "2026-04-02T16:55", "--entitlement", "standard")

    answer = json.loads(asked(*asking, "--json").stdout)

    assert len(answer["unconfirmed"]) == 3
    assert set(answer["unconfirmed"]) < set(answer["arithmetic"])
    assert all("Unverified" in each and "Source: " in each for each in answer["unconfirmed"])
    assert all(each in asked(*asking).stdout for each in answer["unconfirmed"])


@pytest.mark.django_db
def test_what_the_area_has_confirmed_is_not_called_unverified():
    area = given.a_started_area()
    rules = RuleSet.objects.get(area=area)
    confirmed = {"source": "Head of the unit", "status": "confirmed"}
    rules.sources = {**rules.sources, **dict.fromkeys(("cut_off", "day_one", "measure"), confirmed)}
    rules.save()
    rules.limits.filter(entitlement="STANDARD").update(status="UNVERIFIED", source="Our practice")

    said = asked("--decided", "2026-04-02T16:55", "--entitlement", "standard", "--area", "mercia")

    unverified = [line for line in said.stdout.splitlines() if "Unverified" in line]
    assert unverified == [
        (
            "  Unverified, to be confirmed by the Area: Standard entitlement: 5 working days. "
            "Source: Our practice."
        )
    ]


@pytest.mark.django_db
def test_the_rules_of_the_area_are_used_where_there_are_any():
    area = given.a_started_area()
    RuleSet.objects.get(area=area).limits.filter(entitlement="STANDARD").update(working_days=3)

    said = asked("--decided", "2026-04-02T16:55", "--entitlement", "standard", "--area", "mercia")

    assert said.stdout.startswith("Due Thursday 9 April 2026")
    assert "By the rules of Mercia, version 1." in said.stdout


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        pytest.param(["0001-01-01T00:00+05:00", "standard"], 2, "outside the years",
                     id="before all years"),
        pytest.param(["2026-99-99", "standard"], 2, "not a day and time", id="no such day"),
        pytest.param(["2026-03-29T01:30", "standard"], 2, "the clocks went forward",
                     id="an hour that never was"),
        pytest.param(["2026-04-02T16:55", "special"], 2, "not an entitlement", id="entitlement"),
        pytest.param(["2099-04-02T16:55", "standard"], 1, "calendar of bank holidays runs",
                     id="past the calendar"),
        pytest.param(["2026-04-02T16:55", "standard", "--area", "Nowhere"], 2, "none of the Areas",
                     id="no such Area"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_in_words(arguments, status, words):
    decided, entitlement, *more = arguments

    said = asked("--decided", decided, "--entitlement", entitlement, *more)

    assert said.exit_code == status
    assert words in said.stderr


@pytest.mark.slow  # starts the command as a program, as nothing else shows it needs no database
def test_it_works_where_nothing_is_set_up(tmp_path):
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("FORTHRIGHT", "DATABASE"))}
    settings = {"FORTHRIGHT_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    said = subprocess.run(
        [COMMAND, "due", "--decided", "2026-04-02T16:55", "--entitlement", "enhanced"],
        env={**plain, **settings},
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 0, said.stderr
    assert "Due Tuesday 7 April 2026" in said.stdout
    assert "published rules" in said.stdout

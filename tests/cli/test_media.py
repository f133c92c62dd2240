"""`forthright media ladder` says how far recordings have come, the worst first."""

import json
from datetime import timedelta

import pytest
import time_machine
from typer.testing import CliRunner

from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.hard_media.models import Hearing
from tests import given
from tests.hard_media import media

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def type_(*words: str):
    """Return what comes of typing a command."""
    return CliRunner().invoke(run, ["media", "ladder", *words])


def test_the_ladder_is_printed_as_data_the_worst_first():
    ready = media.a_ready_case()
    media.a_classified_item(ready, kind="SENSITIVE")
    late = media.a_hearing(on=TODAY)
    media.an_expected_item(late)

    done = type_("--json")

    assert done.exit_code == 0
    first, second = json.loads(done.stdout)["cases"]
    assert (first["case"], first["days_left"], first["told_to"]) == (
        str(late.case), 0, "SENIOR_MANAGER",
    )  # fmt: skip
    assert (first["next"], first["whose"], first["ready"]) == ("RECEIVED", "POLICE", False)
    assert (second["ready"], second["proved"], second["sensitive"]) == (True, False, 1)
    assert Event.objects.filter(name="media.listed").exists()


def test_the_ladder_is_printed_in_words():
    hearing = media.a_hearing(on=TODAY + timedelta(days=2))

    done = type_()

    assert done.stdout == (
        f"{hearing.case}  PTPH 7 October 2026 (in 2 days)  Nothing registered. "
        "Next: Check that there is no recording, or add what there is.\n"
    )


@pytest.mark.parametrize(("before", "found"), [("2026-10-26", 0), ("2026-10-27", 1)])
def test_only_hearings_before_a_day(before, found):
    media.a_ready_case()

    done = type_("--before", before, "--json")

    assert len(json.loads(done.stdout)["cases"]) == found


def test_what_is_no_day_is_wrong_use():
    assert type_("--before", "soon").exit_code == 2


def test_with_nothing_registered_it_says_so():
    given.an_area()

    assert "No case is in the register" in type_().stdout


@pytest.mark.parametrize(
    ("left", "words"), [(-6, "6 days ago"), (-1, "1 day ago"), (0, "today"), (1, "in 1 day")]
)
def test_the_days_to_a_hearing_are_said_as_people_say_them(left, words):
    hearing = media.a_hearing()
    # As time passes, whatever a day may be that somebody enters.
    Hearing.objects.update(on=given.NOON.date() + timedelta(days=left))

    done = type_()

    assert f"({words})" in done.stdout
    assert str(hearing.case) in done.stdout


def test_a_day_that_is_none_is_refused_as_data_too():
    done = type_("--before", "Christmas", "--json")

    assert done.exit_code == 2
    assert json.loads(done.stdout) == {
        "refusal": "“Christmas” is not a day. Write it like 2026-12-24.", "status": 2
    }  # fmt: skip

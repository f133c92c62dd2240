"""A draw whose list or letters somebody changed in the database is named, and stops nothing."""

import pytest
from typer.testing import CliRunner

from forthright.accounts.models import Role
from forthright.cli.main import run
from forthright.samples.models import Frame
from tests import given
from tests.client import as_
from tests.samples import weeks

pytestmark = pytest.mark.django_db


def one_reference_twice(drawn):
    rows = drawn.frame.rows
    rows[0]["reference"] = rows[1]["reference"]
    return {"rows": rows}


def without_a_word(drawn):
    return {"rows": [{"reference": row["reference"]} for row in drawn.frame.rows]}


def no_rows(drawn):
    return {"rows": []}


def another_flag(drawn):
    rows = drawn.frame.rows
    rows[0]["flags"] = ["RASSO"]
    return {"rows": rows}


def no_list(drawn):
    return {"rows": "gone"}


def told(*words):
    return CliRunner().invoke(run, list(words))


@pytest.mark.parametrize(
    "change", [one_reference_twice, without_a_word, no_rows, another_flag, no_list]
)
def test_a_changed_list_is_a_fault_on_every_hand(change):
    drawn = weeks.a_draw()
    Frame.objects.update(**change(drawn))
    manager = given.a_person(Role.LEGAL_MANAGER)

    again = told("sample", "verify", str(drawn.pk))
    whole = told("audit", "verify")

    assert again.exit_code == whole.exit_code == 1
    assert "rame " in again.stderr, again.output
    named = f"Draw {drawn.pk} (Crown Court letters, week of 28 September 2026)"
    assert f"{named} was changed after" in " ".join(whole.stdout.split())
    page = as_(manager).open(f"/samples/draws/{drawn.pk}/")
    page.see("not as the record says it was drawn").see("in its frozen list")
    page.press("Check this draw again").see("Drawn again: not the same")


def test_a_changed_letter_is_a_fault():
    drawn = weeks.a_draw()
    other = weeks.letters_owed(1)[0]
    drawn.letters.filter(pk=drawn.letters.first().pk).update(duty=other)

    assert "in its drawn letters" in told("audit", "verify").stdout


def test_a_letter_moved_to_the_random_part_is_a_fault():
    drawn = weeks.a_draw()
    drawn.letters.filter(pk=drawn.letters.first().pk).update(first_part="TARGETED")

    assert "in its letters drawn at random" in told("audit", "verify").stdout


def test_draws_as_they_were_made_are_no_fault():
    drawn = weeks.a_draw()

    assert told("audit", "verify").exit_code == 0
    assert told("sample", "verify", str(drawn.pk)).exit_code == 0

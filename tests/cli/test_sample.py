"""`forthright sample` draws, draws again, and says why when it will not."""

import json

import pytest
import time_machine
from typer.testing import CliRunner

from forthright.cli.main import run
from forthright.samples.models import Draw
from tests import given
from tests.samples import weeks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def type_(*words: str):
    """Return what comes of typing a command."""
    return CliRunner().invoke(run, ["sample", *words])


def test_a_week_is_drawn_and_printed_as_data():
    weeks.a_plan()
    weeks.never_sent(weeks.letters_owed(8)[0])

    done = type_("draw", "--week", "2026-W40", "--seed", "5", "--json")

    said = json.loads(done.stdout)
    assert done.exit_code == 0
    assert said["week"] == "2026-W40"
    [drawn] = said["draws"]
    assert drawn["seed"] == "5"
    assert drawn["population"] == 8
    assert len(drawn["random"]) == 5
    assert said["not_drawn"] == []


def test_a_week_is_drawn_in_words_for_one_unit():
    weeks.a_plan()
    weeks.letters_owed(8)

    done = type_("draw", "--week", "2026-W40", "--unit", "crown court")

    assert done.exit_code == 0
    assert "5 at random and 0 looked for, of 8 letters owed" in done.stdout


def test_a_second_draw_is_refused_with_the_reason():
    weeks.a_draw()

    done = type_("draw", "--week", "2026-W40")

    assert done.exit_code == 1
    assert "drawn once" in done.stderr
    assert Draw.objects.count() == 1


def test_an_old_week_is_drawn_only_by_whoever_says_that_it_is_meant():
    weeks.a_plan()
    weeks.letters_owed(8)
    with time_machine.travel(given.at("2026-12-01 09:00"), tick=False):
        refused = type_("draw", "--week", "2026-W40")
        assert refused.exit_code == 1
        said = " ".join(refused.stderr.split())
        assert "Nothing was drawn: the week of 28 September 2026 ended 8 weeks ago." in said
        assert "letters sent late in all that time count as sent" in said
        assert "--from-old-week" in said
        assert not Draw.objects.exists()

        done = type_("draw", "--week", "2026-W40", "--from-old-week")

    assert done.exit_code == 0
    assert "of 8 letters owed" in done.stdout


def test_without_a_plan_nothing_is_drawn():
    given.an_area()

    done = type_("draw", "--week", "2026-W40")

    assert done.exit_code == 1
    assert "No plan is in use" in done.stderr


def test_a_unit_without_a_plan_is_told_of_the_plans_there_are():
    weeks.a_plan()
    given.a_unit("MAGISTRATES")
    words = ("draw", "--week", "2026-W40", "--unit", "Magistrates")
    reason = (
        "No plan in use draws from Mercia Magistrates, so nothing was drawn. Plans in use: "
        "“Crown Court letters” (Mercia Crown Court). Make one for the unit under Samples."
    )

    told, as_json = type_(*words), type_(*words, "--json")

    assert (told.exit_code, as_json.exit_code) == (1, 1)
    assert told.stderr.strip() == reason
    assert json.loads(as_json.stdout)["not_drawn"] == [
        {"plan": None, "unit": "Mercia Magistrates", "reason": reason}
    ]


def test_a_unit_that_only_a_plan_of_the_whole_area_draws_from_is_told_so():
    area_plan = weeks.a_plan("Every unit")
    area_plan.unit = None
    area_plan.save()
    given.a_unit("MAGISTRATES")

    told = type_("draw", "--week", "2026-W40", "--unit", "Magistrates")

    assert told.exit_code == 1
    assert "No plan in use draws from Mercia Magistrates alone" in told.stderr
    assert "“Every unit” draws from every unit: leave out --unit." in told.stderr


def test_without_any_plan_the_data_says_so_too():
    given.an_area()

    done = type_("draw", "--week", "2026-W40", "--json")

    said = json.loads(done.stdout)
    [missing] = said["not_drawn"]
    assert (said["refusal"], said["status"]) == (missing["reason"], 1)
    assert missing["unit"] is None
    assert "No plan is in use" in missing["reason"]


@pytest.mark.parametrize(
    "words",
    [
        ("draw", "--week", "last week"),
        ("draw", "--week", "2026-W40", "--unit", "Kitchen"),
        ("draw",),
        ("verify", "the-first"),
    ],
)
def test_wrong_use_exits_with_2(words):
    given.an_area()

    assert type_(*words).exit_code == 2


def test_of_two_areas_one_must_be_named():
    given.an_area()
    given.an_area("Wessex")

    done = type_("draw", "--week", "2026-W40")

    assert done.exit_code == 2
    assert "--area" in done.stderr
    assert "Mercia, Wessex" in done.stderr


def test_a_draw_comes_out_the_same_again():
    drawn = weeks.a_draw()

    done = type_("verify", str(drawn.pk), "--json")

    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "draw": drawn.pk, "ok": True, "letters": 5, "substitutions": 0, "differences": []
    }  # fmt: skip
    assert "the same 5 letters" in type_("verify", str(drawn.pk)).stdout


def test_a_draw_that_was_tampered_with_exits_with_1_and_the_differences():
    drawn = weeks.a_draw()
    drawn.letters.first().delete()

    done = type_("verify", str(drawn.pk))

    assert done.exit_code == 1
    assert "The letters are not those that the record says were drawn" in done.stderr


def test_a_draw_that_is_not_there_is_refused():
    done = type_("verify", "12")

    assert done.exit_code == 1
    assert "There is no draw 12" in done.stderr

"""The Area that a command is about, where there are several."""

import pytest
from typer.testing import CliRunner

from forthright.cli.main import run
from tests import given
from tests.extracts.files import HEADER, ROW, a_csv

pytestmark = pytest.mark.django_db
COMMANDS = {
    "due": ("due", "--decided", "2026-04-02T16:55", "--entitlement", "enhanced"),
    "import": ("import", "FILE"),
    "sample draw": ("sample", "draw", "--week", "2026-W40"),
    "report": ("report", "weekly", "--week", "2026-W40", "--out", "."),
}


@pytest.fixture(params=COMMANDS.values(), ids=COMMANDS)
def command(request, tmp_path) -> list[str]:
    path = a_csv(tmp_path / "week.csv", HEADER, ROW)
    return [str(path) if word == "FILE" else word for word in request.param]


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ([], "say which of the Areas: Mercia, Wessex"),
        (["--area", "Nowhere"], "“Nowhere” is none of the Areas: Mercia, Wessex"),
    ],
)
def test_every_command_asks_in_one_way_which_of_several_areas_is_meant(command, named, why):
    given.a_started_area()
    given.an_area("Wessex")

    told = CliRunner().invoke(run, [*command, *named])

    assert told.exit_code == 2
    assert why in " ".join(told.stderr.replace("│", " ").split())


@pytest.mark.parametrize("named", ["mercia", "Mercia ", "MERCIA", "Ｍercia"])
def test_an_area_is_named_whatever_its_case_width_and_spaces(named):
    given.a_started_area()
    given.an_area("Wessex")

    told = CliRunner().invoke(run, [*COMMANDS["due"], "--area", named])

    assert told.exit_code == 0, told.output

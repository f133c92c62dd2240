"""The letters of an extract that does not say how they are written: Windows, or a guess."""

import pytest

from forthright.cases.models import PersonToTell
from tests.extracts.files import HEADER, ROW, a_csv, a_plan, a_row, an_area, imported, notes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Siân Ó Briain", "Seán Ek", "Máire Walsh", "Ciarán O’Neill"])
def test_the_letters_of_an_older_file_are_those_of_windows(tmp_path, name):
    row = a_row(Victim_name=name, Court="The neighbour’s court")
    area, path = an_area(), a_csv(tmp_path / "week.csv", HEADER, row, encoding="cp1252")

    assert notes(a_plan(area, path)) == []
    imported(area, path)
    assert str(PersonToTell.objects.get()) == name


@pytest.mark.parametrize(
    ("name", "is_kept"),
    # The first has a letter that Windows has none for; the other reads as words of Windows.
    [("François Müller", True), ("Siân Davies", False)],
)
def test_letters_that_are_guessed_are_noted_by_their_line(tmp_path, name, is_kept):
    rows = [ROW, a_row(URN="20AB0123526", Victim_name=name)]
    area, path = an_area(), a_csv(tmp_path / "week.csv", HEADER, *rows, encoding="mac_roman")

    [note] = [each for each in a_plan(area, path).file.problems() if not each.stops]
    assert note.row == 3
    assert "accents and quotation marks may come out wrong" in note.message
    imported(area, path)
    assert (name in {str(each) for each in PersonToTell.objects.all()}) is is_kept

"""The letters of a .csv file that Windows wrote are read as Windows wrote them."""

import pytest

from forthright.schedule_files.reading import read_schedules

HEAD = "MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL\r\nItem No.,Description,Location\r\n"


def read(tmp_path, description, encoding):
    path = tmp_path / "mg6c.csv"
    rows = f"1,Storm log of the call,Store\r\n2,{description},Store\r\n"
    path.write_bytes((HEAD + rows).encode(encoding))
    [schedule] = read_schedules(path)
    return schedule


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "words",
    ["First account of Siân Davies", "Letter by Seán Byrne", "Diary of Máire Walsh",
     "Notes of Ciarán O’Neill", "Account of François Petit", "The neighbour’s account",
     "Receipt for £40 – “hire”"],
)  # fmt: skip
def test_names_come_through_as_they_were_written(tmp_path, words, encoding):
    schedule = read(tmp_path, words, encoding)

    assert (schedule.items[1].description, schedule.unread) == (words, ())


@pytest.mark.parametrize(
    ("words", "is_kept"),
    [("Account of François Petit", True), ("Letter by Seán Byrne", False),
     ("The neighbour’s account", False), ("Statement of Zoé Ek", False)],
)  # fmt: skip
def test_letters_that_are_guessed_are_named_by_their_line(tmp_path, words, is_kept):
    schedule = read(tmp_path, words, "mac_roman")

    [named] = schedule.unread
    assert (named.what, named.place.row) == ("Which letters these are", 4)
    assert "line 4" in named.mend
    assert (schedule.items[1].description == words) is is_kept

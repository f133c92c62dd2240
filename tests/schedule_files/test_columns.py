"""A column that nobody understands is named as not read, one about sensitivity always counts."""

import pytest

from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.headings import field_of, fields_of
from forthright.schedule_files.reading import read_schedules
from forthright.table_files.problems import FileRefused
from tests.schedule_files.files import a_csv, a_pdf_schedule

TITLE = ("MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL",)


def read(tmp_path, *rows):
    path = tmp_path / "mg6c.csv"
    path.write_bytes(a_csv([*rows]))
    return read_schedules(path)


def test_a_column_that_is_not_understood_is_named_with_what_to_do(tmp_path):
    head = ("No.", "Description", "Location", "Grading", "Initials")
    rows = ("1", "Receipt for a van", "Store", "A1", ""), ("2", "Diary", "Store", "", "")

    [schedule] = read(tmp_path, TITLE, head, *rows)

    [unread] = schedule.unread
    assert unread.what == "The column “Grading”"
    assert "none that is known" in unread.why
    assert unread.mend


def test_a_second_column_of_a_kind_is_named_beside_the_first(tmp_path):
    head = ("No.", "Description", "Decision TATE", "Decision BLOOM")

    [schedule] = read(tmp_path, TITLE, head, ("1", "Receipt for a van", "ND", "D"))

    assert schedule.items[0].code == "ND"
    assert [(each.what, "“Decision TATE”" in each.why) for each in schedule.unread] == [
        ("The column “Decision BLOOM”", True)
    ]


def test_what_stands_under_no_heading_is_named_too(tmp_path):
    head = ("No.", "Description", "Location")

    [schedule] = read(tmp_path, TITLE, head, ("1", "Receipt", "Store", "told by Xenopus"))

    assert [each.what for each in schedule.unread] == ["Column 4"]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Sens?", "Y - source would be known"),
        ("Sens. (Y/N)", "yes"),
        ("Senstive", "Source would be known"),
        ("Is it sens", "Y"),
    ],
)
def test_a_heading_that_begins_like_sensitive_parts_the_list(tmp_path, heading, cell):
    head = ("No.", "Description", "Location", heading)
    rows = ("1", "Receipt for a van", "Store", ""), ("2", "Note of Marmot", "Safe", cell)

    open_list, secret = read(tmp_path, TITLE, head, *rows)

    assert [each.number for each in open_list.items] == [1]
    assert (secret.form, [each.number for each in secret.items]) == (Form.MG6D, [2])


def test_a_sheet_of_a_list_is_the_form_of_each_item(tmp_path):
    head = ("No.", "Description", "Location", "Sens?", "Sheet")
    rows = (("1", "Receipt", "Store", "N", "C"),
            ("2", "Note of Marmot", "Safe", "Y - source would be known", "D"))  # fmt: skip

    open_list, secret = read(tmp_path, head, *rows)

    assert [each.number for each in open_list.items] == [1]
    assert secret.items[0].sensitive_reason == "source would be known"


def test_two_columns_about_sensitivity_are_read_together(tmp_path):
    head = ("No.", "Description", "Sensitive (Y/N)", "Why is it sensitive")
    rows = ("1", "Receipt for a van", "N", ""), ("2", "Note", "Y", "Source would be known")

    open_list, secret = read(tmp_path, TITLE, head, *rows)

    assert [each.number for each in open_list.items] == [1]
    assert secret.items[0].sensitive_reason == "Source would be known"
    assert not secret.unread


def test_other_names_of_usual_columns_are_known():
    assert fields_of(["Ref", "What it is", "Kept at"]) == {
        "number": 0, "description": 1, "location": 2}  # fmt: skip
    assert fields_of(["Ref", "No.", "Description"]) == {"number": 1, "description": 2}
    assert [field_of(each) for each in ("Sensor footage", "Sense check")] == ["", ""]


@pytest.mark.parametrize("heading", ["Material", "Material title", "Title", "Unused material"])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_title_stands_before_the_description_and_never_instead_of_it(tmp_path, heading, is_first):
    told = "call by neighbour Mrs Hale, reporting shouting at 22:14"
    columns = [(heading, "Description"), ("Incident log 0441", told)]
    named, first = columns if is_first else [each[::-1] for each in columns]
    second = ("Niche", "Niche: entry of 4 May") if is_first else ("Niche: entry of 4 May", "Niche")
    alone = ("Diary", "") if is_first else ("", "Diary")

    [schedule] = read(
        tmp_path, TITLE, ("No.", *named, "Location"), ("1", *first, "STORM"),
        ("2", *second, ""), ("3", *alone, "Store"),
    )  # fmt: skip

    assert [each.description for each in schedule.items] == [
        f"Incident log 0441: {told}", "Niche: entry of 4 May", "Diary",
    ]  # fmt: skip
    assert schedule.unread == ()


def test_without_a_description_what_is_headed_material_describes(tmp_path):
    [schedule] = read(tmp_path, TITLE, ("No.", "Material", "Location"), ("1", "Receipt", "Store"))

    assert [each.description for each in schedule.items] == ["Receipt"]


def test_a_title_that_goes_on_over_lines_of_a_pdf_stays_before_its_description(tmp_path):
    told = "call by neighbour Mrs Hale, reporting shouting at 22:14 and again at 23:10, and what "
    told += "the officers who came did and said to those who live there, with their names"
    title = "Incident log 0441 of 14 February 2026 with the notes of the operator who took it"
    rows = [TITLE, ("No.", "Material title", "Description", "Location"),
            ("1", title, told, "STORM"), ("2", title, told, "STORM")]  # fmt: skip
    path = tmp_path / "mg6c.pdf"
    path.write_bytes(a_pdf_schedule(rows, is_ruled=False))

    [schedule] = read_schedules(path)

    assert [each.description for each in schedule.items] == [f"{title}: {told}"] * 2


def test_item_describes_where_a_reference_numbers_and_prosecutors_have_a_column(tmp_path):
    head = ("Ref", "Item", "Held by", "CPS decision")

    [schedule] = read(tmp_path, TITLE, head, ("1", "Receipt for a van", "Store", "ND"))

    [item] = schedule.items
    assert (item.number, item.description, item.location) == (1, "Receipt for a van", "Store")
    assert item.code == "ND"


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (("Ref", "Item", "Date", "Held by"),
         "Row 2 is nearest, with “Ref”, “Item”, “Date” and “Held by”: none of these describes"),
        (("Originator", "What was seized from HERONGATE", "Location"),
         "with “Originator”, “Location” and 1 other: none of these numbers the items or describes"),
        (("Subject", "Where held"),
         "Row 2 is nearest, with “Where held” and 1 other: none of these numbers the items or"),
        (("A", "B"), "No schedule was found: no row names the columns of one. Look that one row"),
    ],
)  # fmt: skip
def test_a_refusal_names_the_headings_it_saw_and_those_it_knows_and_no_other_word(
    tmp_path, head, words
):
    row = ("1", "Report of HERONGATE", "Store", "")

    with pytest.raises(FileRefused) as refused:
        read(tmp_path, ("MG6D",), head, row[: len(head)])

    assert words in str(refused.value)
    assert "“Description” or “Material”" in str(refused.value)
    assert "HERONGATE" not in str(refused.value)

"""A schedule comes out the same from every kind of file, each item with its place."""

import json

import pytest

from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.headings import field_of, fields_of, key_of
from forthright.schedule_files.reading import read_schedules
from tests.schedule_files.files import ROWS, WRITERS, a_csv, a_pdf_schedule, a_workbook


@pytest.fixture(params=sorted(WRITERS))
def written(request, tmp_path):
    path = tmp_path / f"unused{request.param}"
    path.write_bytes(WRITERS[request.param](ROWS))
    return path


def read_one(path):
    [schedule] = read_schedules(path)
    return schedule


def saved(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_items_come_out_of_every_kind_of_file(written):
    schedule = read_one(written)

    told = [(x.number, x.description, x.location, x.endorsed, x.code) for x in schedule.items]
    assert told == [
        (1, ROWS[3][1], "STORM", "D", "D"),
        (2, ROWS[4][1], "Niche", "CND", "CND"),
        (3, ROWS[5][1], "Custody", "", ""),
    ]
    assert schedule.form is Form.MG6C
    assert schedule.unread == ()


def test_head_and_certificate_come_out_of_every_kind_of_file(written):
    schedule = read_one(written)

    assert schedule.urn == "21 AB 10432 26"
    assert schedule.defendant == "Callum DREWETT"
    assert schedule.certificate_text == ROWS[6][0]


def test_each_item_has_its_place(written):
    item = read_one(written).items[0]

    assert item.place.file == written.name
    assert item.place.row
    assert (item.place.page == 1) is (written.suffix == ".pdf")
    assert bool(item.place.sheet) is (written.suffix == ".xlsx")


def test_a_pdf_without_drawn_lines_is_read_by_its_headings(tmp_path):
    path = saved(tmp_path, "bare.pdf", a_pdf_schedule(ROWS, is_ruled=False))

    items = read_one(path).items

    assert [(x.number, x.description, x.location) for x in items] == [
        (1, ROWS[3][1], "STORM"),
        (2, ROWS[4][1], "Niche"),
        (3, ROWS[5][1], "Custody"),
    ]


def test_a_long_item_goes_on_over_the_end_of_a_page(tmp_path):
    long = [f"Entry {each} of the policy log about the search of the yard" for each in range(150)]
    rows = [*ROWS[:3], ("1", "; ".join(long), "SIO", ""), *ROWS[4:6], ROWS[6]]
    path = saved(tmp_path, "long.pdf", a_pdf_schedule(rows))

    items = read_one(path).items

    assert [x.number for x in items] == [1, 2, 3]
    assert items[0].description == "; ".join(long)
    assert items[2].place.page > 1


def test_a_header_on_each_page_begins_no_new_schedule(tmp_path):
    rows = [(str(each), f"Statement of neighbour {each}, who saw nothing", "Niche", "")
            for each in range(1, 8)]  # fmt: skip
    path = saved(tmp_path, "MG6C.csv", a_csv([ROWS[2], *rows[:4], ROWS[2], *rows[4:]]))

    assert [x.number for x in read_one(path).items] == [1, 2, 3, 4, 5, 6, 7]


def test_each_sheet_of_a_workbook_may_be_a_schedule(tmp_path):
    report = (
        ("MG6E disclosure officer’s report",),
        ("Item No.", "Schedule", "Why it may undermine or assist", "Copy attached"),
        ("2", "MG6C", "The caller says that the man was bald", "Yes"),
    )
    path = saved(tmp_path, "unused.xlsx", a_workbook(ROWS, report))

    schedules = read_schedules(path)

    assert [x.form for x in schedules] == [Form.MG6C, Form.MG6E]
    assert schedules[1].items[0].undermines == "The caller says that the man was bald"
    assert schedules[1].items[0].copy == "Yes"


def test_a_row_without_a_number_is_an_item_and_is_told(tmp_path):
    rows = [*ROWS[:4], ("", "Statement of a cyclist", "Niche", ""), *ROWS[4:]]
    schedule = read_one(saved(tmp_path, "MG6C.xlsx", a_workbook(rows)))

    assert [x.number for x in schedule.items] == [1, None, 2, 3]
    assert schedule.unread[0].what == "The number of the item “Statement of a cyclist”"
    assert schedule.unread[0].mend == "Give each item one number of its own."


def test_an_endorsement_with_its_reason_in_one_cell_is_taken_apart(tmp_path):
    rows = [*ROWS[:3], ("1", "Incident log", "STORM", "ND – another address")]
    item = read_one(saved(tmp_path, "MG6C.csv", a_csv(rows))).items[0]

    assert (item.code, item.reason) == ("ND", "another address")


def test_what_is_sensitive_is_not_repeated_in_what_could_not_be_read(tmp_path):
    rows = (("MG6D sensitive material",), ("Item", "Description", "Reason for sensitivity"),
            ("2a", "Name of the source", "Reprisal"))  # fmt: skip
    schedule = read_one(saved(tmp_path, "MG6D.csv", a_csv(rows)))

    assert schedule.unread
    assert "source" not in str(schedule.unread).lower().replace("sensitive.csv", "")


def test_a_form_that_nothing_names_is_said_to_be_a_guess(tmp_path):
    schedule = read_one(saved(tmp_path, "list.csv", a_csv([*ROWS[2:6]])))

    assert (schedule.form, schedule.is_guessed) == (Form.MG6D, True)
    assert schedule.unread[0].what == "Which form this is"


def test_a_material_list_becomes_a_schedule_of_each_kind(tmp_path):
    table = {"caseId": "CASE-1", "Material": [
        {"Type": "Statement", "isEvidence": True, "Title": "MG11"},
        {"Type": "Unused non-sensitive", "Title": "Log", "Description": "Calls",
         "cpsDisclosure": {"status": "Disclosable", "rationale": "Timing"}},
        {"Type": "Sensitive", "Title": "Note", "Location": "Safe"},
    ]}  # fmt: skip
    path = saved(tmp_path, "list.json", json.dumps(table).encode())

    open_list, sensitive = read_schedules(path)

    assert (open_list.form, sensitive.form) == (Form.MG6C, Form.MG6D)
    item = open_list.items[0]
    assert (item.number, item.description, item.code, item.reason) == (
        1, "Log: Calls", "D", "Timing")  # fmt: skip
    assert "evidence" in open_list.unread[1].why


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Item No.", "number"),
        ("No", "number"),
        ("MG6C item number", "number"),
        ("Ref No", "number"),
        ("Brief description of item", "description"),
        ("For Police Use (Brief description of material)", "description"),
        ("What it is", "description"),
        ("Where held", "location"),
        ("Location", "location"),
        ("For CPS Use", "endorsed"),
        ("Prosecutor’s decision", "endorsed"),
        ("Reason for decision", "reason"),
        ("Reason for sensitivity", "sensitive_reason"),
        ("Why it may undermine the prosecution or assist the defence", "undermines"),
        ("Copies enclosed", "copy"),
        ("Comments", "comments"),
        ("Ser", ""),
    ],
)
def test_headings_are_known_however_they_are_written(heading, field):
    assert field_of(heading) == field


def test_an_item_is_not_taken_for_a_header():
    assert fields_of(["4", "Copy of the reason given for the location of the material", ""]) == {}


def test_the_key_of_a_form_is_read_from_its_heading():
    heading = (
        "Against each item insert: D for Disclose I for Inspect CND for Clearly Not Disclosable"
    )

    assert key_of(heading) == {"D": "Disclose", "I": "Inspect", "CND": "Clearly Not Disclosable"}


def test_a_report_in_its_shortest_form_says_why_and_whether_a_copy_came(tmp_path):
    rows = [("MG6E disclosure officer’s report",), ("Item No.", "Schedule", "Reason", "Copy"),
            ("3", "MG6C", "The caller describes two men", "Yes")]  # fmt: skip

    schedule = read_one(saved(tmp_path, "report.csv", a_csv(rows)))

    assert schedule.form is Form.MG6E
    told = [(x.number, x.of_form, x.undermines, x.copy) for x in schedule.items]
    assert told == [(3, "MG6C", "The caller describes two men", "Yes")]

"""A second form in one file is its own, however its title is written, and loses no word unsaid."""

from io import BytesIO

import pytest
from docx import Document

from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.headings import fields_of
from forthright.schedule_files.papers import read_paper
from forthright.schedule_files.reading import read_schedules
from forthright.table_files.problems import FileRefused
from tests.schedule_files.files import a_csv, a_pdf_schedule, a_word_schedule, a_workbook

COLUMNS = ("Item No.", "Description", "Location")
OPEN_ITEMS = [("1", "Receipt for the hire of a van", "Store"), ("2", "Log of the call", "STORM")]
SECRET = "Debrief of the source Heronsgate"
SECRETS = [("3", SECRET, "Safe"), ("4", "Log of 3 Mill Lane", "Intel unit")]
SIGNED = ("Signed: DC 2210 Mears, disclosure officer Date: 3 March 2026",)
KINDS = [(a_csv, "s.csv"), (a_workbook, "s.xlsx"), (a_word_schedule, "s.docx"),
         (a_pdf_schedule, "s.pdf")]  # fmt: skip
LONG = "POLICE SCHEDULE OF RELEVANT SENSITIVE MATERIAL, R v John Smith, Jane Carter and Peter "
LONG += "Marsden, URN 13 AB 10432 26, page 1 of 1"
SENTENCE = (
    "The Disclosure Officer believes that the following material, which does not form part of the "
    "prosecution case, is sensitive."
)
NATIONAL = (
    "DESCRIPTION AND RELEVANCE (Give sufficient detail for CPS to decide if material should be "
    "disclosed or requires more detailed examination)"
)
TITLES = {
    "in a cell": ("", f"MG6D {LONG[:46]}", "R v Smith and Carter"),
    "in two cells": ("", "MG6D", LONG),
    "a long line": (f"MG6D {LONG}",),
    "the form's sentence": (SENTENCE,),
    "in other words": ("Part 2", "Items which must not be shown to the defence", ""),
    "a live source": ("", "Items below are confidential - LIVE SOURCE", ""),
}


def read(tmp_path, content, name="s.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return read_schedules(path)


def open_words(schedules):
    return [item.description for each in schedules if each.form is not Form.MG6D
            for item in each.items]  # fmt: skip


def asks(schedules):
    return [one.what for each in schedules for one in each.unread if one.may_hide_items]


@pytest.mark.parametrize(("write", "name"), KINDS)
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("is_headed", [True, False], ids=["headed", "not headed"])
def test_what_stands_below_the_title_of_the_sensitive_form_is_on_no_open_list(
    tmp_path, write, name, title, is_headed
):
    again = [COLUMNS] if is_headed else []
    rows = [("MG6C",), COLUMNS, *OPEN_ITEMS, title, *again, *SECRETS, SIGNED]

    schedules = read(tmp_path, write(rows), name)

    assert open_words(schedules) == [each[1] for each in OPEN_ITEMS]
    hidden = {item.number for each in schedules if each.form is Form.MG6D for item in each.items}
    assert hidden == {3, 4} or asks(schedules)


@pytest.mark.parametrize(
    "below",
    [
        [("1. Debrief of the source Heronsgate",), ("2. Log of 3 Mill Lane",)],
        [(SECRET, "Intel unit"), ("Log of 3 Mill Lane", "Intel unit")],
        [(SECRET,), ("Log of 3 Mill Lane",)],
    ],
)
@pytest.mark.parametrize("signed", [[SIGNED], []])
def test_what_an_mg6d_lists_without_a_table_is_asked_about_and_told_nowhere(
    tmp_path, below, signed
):
    rows = [("MG6C",), COLUMNS, *OPEN_ITEMS, *signed, ("MG6D SENSITIVE MATERIAL",), *below]

    [schedule] = read(tmp_path, a_word_schedule(rows), "s.docx")

    assert asks([schedule]) == ["2 rows from here on that may be items"]
    assert "Mill Lane" not in schedule.certificate_text + str(schedule.unread)


def test_a_sentence_that_says_what_is_sensitive_is_told_nowhere(tmp_path):
    line = f"The following material is sensitive and is not listed above: {SECRET}."
    rows = [("MG6C",), COLUMNS, *OPEN_ITEMS, SIGNED, (line,)]

    [schedule] = read(tmp_path, a_word_schedule(rows), "s.docx")

    assert asks([schedule])
    assert "Heronsgate" not in schedule.certificate_text


def test_a_table_below_the_signature_is_asked_about(tmp_path):
    more = [("Debrief of Mrs Hollis about the van", "Unit"), ("Log of the visit of May", "Unit")]
    rows = [("MG6C",), COLUMNS, *OPEN_ITEMS, SIGNED, ("Further items",), *more]

    [schedule] = read(tmp_path, a_word_schedule(rows), "s.docx")

    assert asks([schedule]) == ["2 rows below the signature that may be items"]
    assert "Hollis" not in schedule.certificate_text


def test_the_foot_of_a_form_below_its_signature_is_asked_about_nowhere(tmp_path):
    foot = [("Supervisor", "PS 12 Cole", "4 March 2026"), ("Station", "Walsall", ""),
            ("Form", "Attached", "Pages"), ("MG6D", "No", "0"), ("MG6E", "Yes", "2")]  # fmt: skip

    [schedule] = read(tmp_path, a_csv([("MG6C",), COLUMNS, *OPEN_ITEMS, SIGNED, *foot]))

    assert schedule.unread == ()


def test_a_form_that_lists_nothing_between_two_others_is_the_title_of_neither(tmp_path):
    report = ("Item No.", "Why it undermines or assists", "Copy")
    rows = [("MG6C",), COLUMNS, *OPEN_ITEMS, SIGNED, ("MG6D",),
            ("There is no sensitive material in this case.",), ("MG6E",), report,
            ("1", "The log has another time", "Yes")]  # fmt: skip

    schedules = read(tmp_path, a_word_schedule(rows), "s.docx")

    assert [(each.form, each.is_guessed) for each in schedules] == [
        (Form.MG6C, False), (Form.MG6E, False),
    ]  # fmt: skip
    assert asks(schedules) == []


@pytest.mark.parametrize(
    "heading",
    [
        NATIONAL,
        "Description of item (sufficient for the prosecutor to decide)",
        "Details (for CPS use and police use)",
    ],
)
def test_a_description_is_one_whoever_it_is_for(heading):
    assert fields_of(["Item No.", heading, "LOCATION"])["description"] == 1


def test_a_row_that_heads_groups_of_columns_is_no_list_of_its_own(tmp_path):
    head = ("Item No.", "Description", "Location", "CPS decision", "CPS reason")
    rows = [("MG6C",), ("FOR POLICE USE", "", "", "FOR CPS USE", ""), head,
            ("1", "Receipt for a van", "Store", "D", "Timing")]  # fmt: skip

    [schedule] = read(tmp_path, a_workbook(rows), "s.xlsx")

    assert (schedule.form, len(schedule.items), schedule.unread) == (Form.MG6C, 1, ())


def test_a_number_may_be_headed_beside_the_reference_of_an_exhibit():
    for heading in ("Item No / Exhibit Ref", "Item No. & Ref", "No. and exhibit no."):
        assert fields_of([heading, "Description", "Location"])["number"] == 0


def test_a_report_without_a_column_of_copies_is_one(tmp_path):
    rows = [("MG6E",), ("Schedule", "Item No.", "Reason"), ("MG6C", "1", "Another time")]

    [schedule] = read(tmp_path, a_csv(rows))

    assert [(item.number, item.undermines) for item in schedule.items] == [(1, "Another time")]


@pytest.mark.parametrize("is_counted", [True, False])
def test_the_numbers_that_word_counts_by_itself_are_read(tmp_path, is_counted):
    rows = [("MG6C",), COLUMNS, *(("", each[1], each[2]) for each in OPEN_ITEMS)]
    document = Document(BytesIO(a_word_schedule(rows)))
    for row in document.tables[0].rows[1:] if is_counted else ():
        row.cells[0].paragraphs[0].style = document.styles["List Number"]
    kept = BytesIO()
    document.save(kept)

    [schedule] = read(tmp_path, kept.getvalue(), "s.docx")

    assert [item.number for item in schedule.items] == ([1, 2] if is_counted else [None, None])


@pytest.mark.parametrize(("write", "name"), KINDS[:3])
@pytest.mark.parametrize(
    "title",
    ["MG12 EXHIBIT LIST", "List of witnesses", "Third-party log", "Third Party Material Register",
     "TPM log", "Third party enquiries", "3rd party material tracker", "Third Parties Access Log",
     "Log of third-party material", "Register of enquiries made to third parties",
     "Third party material enquiry record", "Third party requests"],
)  # fmt: skip
def test_another_paper_with_such_columns_is_no_schedule(tmp_path, write, name, title):
    rows = [(title,), ("Exhibit ref", *COLUMNS[1:]), ("AB/1", "Knife from the drawer", "Store")]

    with pytest.raises(FileRefused, match="headed as another paper"):
        read(tmp_path, write(rows), name)


@pytest.mark.parametrize("name", ["MG6C part 2.csv", "list.csv", "SDC.csv"])
@pytest.mark.parametrize("before", [(), (("R v Hale",),)])
def test_a_list_that_a_line_alone_calls_another_paper_is_read_as_neither(tmp_path, name, before):
    path = tmp_path / name
    path.write_bytes(a_csv([*before, ("Third party material register",), COLUMNS, *OPEN_ITEMS]))

    with pytest.raises(FileRefused, match="headed as another paper") as refusal:
        read_schedules(path)
    with pytest.raises(FileRefused, match="a line above them alone") as asked:
        read_paper(path, name, refusal.value)
    assert "give the file the name of the paper" in asked.value.problem.mend


@pytest.mark.parametrize("name", ["third_party_register.csv", "MG12.csv"])
def test_a_list_that_its_name_calls_another_paper_as_well_is_one(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(a_csv([("Third party material register",), COLUMNS, *OPEN_ITEMS]))

    with pytest.raises(FileRefused) as refusal:
        read_schedules(path)
    assert read_paper(path, name, refusal.value).text


@pytest.mark.parametrize(
    "title", ["Schedule of third party material", "Unused material: third party", "Third party"]
)
def test_what_may_be_a_schedule_of_what_third_parties_hold_is_asked_about(tmp_path, title):
    rows = [(title,), COLUMNS, *OPEN_ITEMS]

    assert asks(read(tmp_path, a_csv(rows)))


@pytest.mark.parametrize("title", ["MG6C Third party material log", "MG6D: third party register"])
def test_such_a_log_that_is_called_by_a_form_is_that_form(tmp_path, title):
    [schedule] = read(tmp_path, a_csv([(title,), COLUMNS, *OPEN_ITEMS]))

    assert title.startswith(schedule.form)


def test_a_list_of_exhibits_that_is_called_an_mg6c_is_one(tmp_path):
    rows = [("MG6C",), ("Exhibit list",), COLUMNS, *OPEN_ITEMS]

    assert [each.form for each in read(tmp_path, a_csv(rows))] == [Form.MG6C]


@pytest.mark.parametrize(
    "title",
    ["Draft MG6D", "Copy of MG6D", "Attached MG6D", "MG6D (attached)", "see MG6D below",
     "Schedule of sensitive material is as follows:", "Sensitive unused (see guidance)"],
)  # fmt: skip
def test_a_line_that_only_speaks_of_the_sensitive_form_heads_no_more_of_the_open_one(
    tmp_path, title
):
    rows = [("MG6C",), COLUMNS, *OPEN_ITEMS, (title,), COLUMNS, *SECRETS]

    assert open_words(read(tmp_path, a_csv(rows))) == [each[1] for each in OPEN_ITEMS]


@pytest.mark.parametrize(
    "foot",
    ["MG6D", "MG6D schedule of sensitive material, page 1 of 1",
     "The above items are sensitive and must not be disclosed"],
)  # fmt: skip
@pytest.mark.parametrize("title", [[("MG6C",)], []])
def test_a_foot_that_contradicts_the_title_opens_no_list(tmp_path, title, foot):
    content = a_csv([*title, COLUMNS, *OPEN_ITEMS, SIGNED, (foot,)])

    for name in ("s.csv", "MG6C.csv"):
        assert open_words(read(tmp_path, content, name)) == []


@pytest.mark.parametrize(
    "foot",
    [[("MG6C",)], [("MG6D",), ("Nil",)], [("Sensitive material is on the MG6D",)],
     [("MG6D: none",)], [("MG6C MG6D MG6E",)], [("OFFICIAL: SENSITIVE",)]],
)  # fmt: skip
def test_an_ordinary_foot_says_nothing_against_the_title(tmp_path, foot):
    [schedule] = read(tmp_path, a_csv([("MG6C",), COLUMNS, *OPEN_ITEMS, SIGNED, *foot]))

    assert (schedule.form, schedule.unread) == (Form.MG6C, ())


@pytest.mark.parametrize("marking", ["OFFICIAL: SENSITIVE", "Official (Sensitive)"])
def test_a_marking_of_the_government_names_no_form(tmp_path, marking):
    rows = [("MG6C",), (marking,), COLUMNS, OPEN_ITEMS[0], (marking,), OPEN_ITEMS[1]]

    [schedule] = read(tmp_path, a_csv(rows))

    assert (schedule.form, len(schedule.items)) == (Form.MG6C, 2)


@pytest.mark.parametrize(
    "title",
    [["MG6C Schedule R v Peter HOLLIS URN 01ZZ9999926"],
     ["MG6C", "R v Peter HOLLIS URN 01ZZ9999926"], ["R v Peter HOLLIS"]],
)  # fmt: skip
@pytest.mark.parametrize("is_headed", [True, False])
def test_a_second_case_in_one_file_is_not_joined_to_the_first(tmp_path, title, is_headed):
    again = [COLUMNS] if is_headed else []
    lines = [(each,) for each in title]
    rows = [("MG6C",), ("R v Dean MARSDEN URN: 21 AB 10432 26",), COLUMNS, *OPEN_ITEMS, SIGNED,
            *lines, *again, *SECRETS]  # fmt: skip

    schedules = read(tmp_path, a_csv(rows))

    assert [item.number for item in schedules[0].items] == [1, 2]
    assert len(schedules) == 2 or asks(schedules)
    if is_headed:
        assert schedules[1].defendant == "Peter HOLLIS"


@pytest.mark.parametrize("number", ["", "3"])
@pytest.mark.parametrize(
    "marks",
    ["Restricted items", "CPS eyes only", "Items for lawyer only", "Withheld items",
     "Not for the defence", "The following items are not to be revealed to the defence",
     "MG6D - sensitive material"],
)  # fmt: skip
def test_a_row_that_only_marks_what_follows_opens_nothing_below_it(tmp_path, marks, number):
    below = ("4", "Debrief of the source Heronsgate", "Safe")

    found = read(tmp_path, a_csv([("MG6C",), COLUMNS, *OPEN_ITEMS, (number, marks, ""), below]))

    told = str([(each.items, each.certificate) for each in found if each.form is not Form.MG6D])
    assert "Heronsgate" not in told
    assert [one for each in found for one in each.unread if one.may_hide_items]


def test_the_marking_that_every_national_form_prints_says_nothing_of_a_list(tmp_path):
    printed = ("RESTRICTED - FOR POLICE AND PROSECUTION ONLY (when complete)",)

    [schedule] = read(tmp_path, a_csv([printed, ("MG6C",), COLUMNS, *OPEN_ITEMS, SIGNED, printed]))

    assert (schedule.form, schedule.unread) == (Form.MG6C, ())

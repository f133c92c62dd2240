"""A numbered or bulleted line that stands in the row of no item is named, and no limb is."""

from io import BytesIO

import pytest
from docx import Document

from forthright.schedule_files.reading import read_schedules
from tests.schedule_files.files import a_csv, a_word_schedule

HEAD = [("MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL",)]
TABLE = [("Item No.", "Description", "Location"),
         *((str(n), words, "Store") for n, words in enumerate(
             ("Receipt for a van", "Storm log of the call", "Diary of Mr Hall"), 1))]  # fmt: skip
MORE = ("Notebook of PC Khan for 1 June", "Letter of Mr Koski about the yard")
CERTIFICATE = [("I certify that to the best of my knowledge this lists all",),
               ("Signature: PC 1204 Khan",)]  # fmt: skip
KINDS = [(a_csv, "mg6c.csv"), (a_word_schedule, "mg6c.docx")]


def read(tmp_path, content, name="mg6c.docx"):
    path = tmp_path / name
    path.write_bytes(content)
    [schedule] = read_schedules(path)
    assert [item.number for item in schedule.items] == [1, 2, 3]
    return [(each.what, each.may_hide_items) for each in schedule.unread]


def in_style(rows, style, lines):
    """Write rows as a Word file in which some lines have a style that Word counts by."""
    document = Document(BytesIO(a_word_schedule(rows)))
    for line in document.paragraphs:
        if line.text in lines:
            line.style = document.styles[style]
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("style", ["List Number", "List Bullet", "List Number 2"])
@pytest.mark.parametrize("is_above", [True, False])
def test_lines_that_word_numbers_beside_a_table_are_named(tmp_path, style, is_above):
    more = [(each,) for each in MORE]
    rows = [*HEAD, *more, *TABLE] if is_above else [*HEAD, *TABLE, *more, *CERTIFICATE]

    named = read(tmp_path, in_style(rows, style, MORE))

    what = "2 rows from here on that may be items" if is_above else (
        "2 lines from here on that may be items")  # fmt: skip
    assert named == [(what, True)]


def test_items_that_word_numbers_on_below_the_signature_are_named(tmp_path):
    rows = [*HEAD, *TABLE, *CERTIFICATE, *((each,) for each in MORE)]

    assert len(read(tmp_path, in_style(rows, "List Bullet", MORE))) == 1


@pytest.mark.parametrize(("write", "name"), KINDS)
@pytest.mark.parametrize("is_above", [True, False])
@pytest.mark.parametrize(
    "line",
    ["(iv) Notebook of PC Khan", "b) Notebook of PC Khan", "No. 4 - Notebook of PC Khan",
     "MG6C/4 Notebook of PC Khan", "Also held: a disc with the footage",
     "Also held at Walsall: a disc", "Further items: a disc, and a note", "• Notebook of PC Khan",
     "7. Notebook of PC Khan", "2. Notebook of PC Khan"],
)  # fmt: skip
def test_typed_lists_beside_a_table_are_named(tmp_path, write, name, is_above, line):
    rows = [*HEAD, (line,), *TABLE] if is_above else [*HEAD, *TABLE, (line,), *CERTIFICATE]

    [(what, hides)] = read(tmp_path, write(rows), name)

    assert what == f"1 {'row' if is_above else 'line'} from here on that may be items"
    assert hides


@pytest.mark.parametrize(("write", "name"), KINDS)
def test_a_line_between_items_that_is_named_as_one_of_the_form_is_no_foot_of_it(
    tmp_path, write, name
):
    rows = [*HEAD, *TABLE[:3], ("MG6C/9 Notebook of PC Khan", "", ""), TABLE[3]]

    assert read(tmp_path, write(rows), name) == [("Words above item 3", True)]


LIMBS = (
    "All relevant material was listed on the schedules",
    "No other material is known to me",
    "Nothing undermines the case for the prosecution",
    "Signed: PC 1204 Khan",
    "Nil",
)
FIELDS = ("URN: 21 AB 10432 26", "Defendant: Callum DREWETT", "Officer in case: DC Mears",
          "List each item of unused material", "Items must be described in detail",
          "undermines the case for the prosecution",
          "assists the case for the accused")  # fmt: skip


@pytest.mark.parametrize("way", ["List Number", "List Bullet", "{}. ", "({}) ", "• "])
@pytest.mark.parametrize("is_signed", [True, False])
def test_what_a_form_numbers_of_its_own_is_not_named(tmp_path, way, is_signed):
    is_style = way.startswith("List")
    written = [[each if is_style else way.format("iv" if "(" in way else number) + each
                for number, each in enumerate(lines, 1)] for lines in (FIELDS, LIMBS)]  # fmt: skip
    fields, limbs = ([(each,) for each in lines] for lines in written)
    signed = CERTIFICATE if is_signed else []
    rows = [*HEAD, *fields, *TABLE, *signed, *limbs]

    made = in_style(rows, way, {*FIELDS, *LIMBS}) if is_style else a_word_schedule(rows)

    assert read(tmp_path, made) == []

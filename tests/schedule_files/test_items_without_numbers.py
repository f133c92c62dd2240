"""Items that are told apart by no number stay items, whatever their words begin with."""

import pytest

from forthright.schedule_files.reading import read_schedules
from tests.schedule_files.files import a_csv, a_pdf_schedule, a_word_schedule, a_workbook

COLUMNS = ("Item No.", "Description", "Location")
WORDS = ("Signed statement of Mrs Oduya of 3 May", "Certificate of analysis by the laboratory",
         "Name and address checks of Mr Hall", "Dated plan of the yard")  # fmt: skip
SIGNED = ("I certify that to the best of my knowledge this lists all that is relevant",)
BELOW = [SIGNED, ("Signature", "PC 1204 Khan", ""), ("", "Dated", "3 March 2026"),
         ("Rank", "Constable", "Mercia")]  # fmt: skip
KINDS = [(a_csv, "unused.csv"), (a_workbook, "unused.xlsx"), (a_word_schedule, "unused.docx")]


def read(tmp_path, content, name="unused.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return read_schedules(path)


@pytest.mark.parametrize(("write", "name"), KINDS)
@pytest.mark.parametrize(
    "numbers",
    [("a", "b", "c", "d"), ("i", "ii", "iii", "iv"), ("(a)", "(b)", "(c)", "(d)"), ("-",) * 4,
     ("Item one", "Item two", "Item three", "Item four"), ("",) * 4, ("1", "", "", ""),
     ("U1", "U2", "U3", "U4")],
)  # fmt: skip
def test_no_item_falls_into_the_certificate(tmp_path, write, name, numbers):
    items = [(number, words, "Store") for number, words in zip(numbers, WORDS, strict=True)]

    [schedule] = read(tmp_path, write([("MG6C",), COLUMNS, *items, *BELOW]), name)

    assert [item.description for item in schedule.items] == list(WORDS)
    assert "PC 1204 Khan" in schedule.certificate_text


def test_an_item_without_numbers_or_place_is_one_below_another(tmp_path):
    rows = [("MG6D",), ("Item", "Description", "Reason for sensitivity"),
            ("a", "Log of a call", ""), ("b", "Certificate of analysis", ""), *BELOW]  # fmt: skip

    [schedule] = read(tmp_path, a_csv(rows))

    assert [item.numbered for item in schedule.items] == ["a", "b"]


def test_a_list_without_a_column_of_numbers_keeps_its_items(tmp_path):
    rows = [("MG6C",), COLUMNS[1:], *((words, "Store") for words in WORDS), SIGNED]

    [schedule] = read(tmp_path, a_csv(rows))

    assert [item.description for item in schedule.items] == list(WORDS)


@pytest.mark.parametrize(("write", "name"), KINDS)
def test_numbers_in_the_column_of_words_are_no_more_words_of_one_item(tmp_path, write, name):
    items = [(f"{number} {words}", "") for number, words in enumerate(WORDS, 1)]
    content = write([("MG6C",), ("Item No. Description of item", "Location"), *items, SIGNED])

    [schedule] = read(tmp_path, content, name)

    stops = [each for each in schedule.unread if each.may_hide_items]
    assert [each.what for each in stops] == [
        f"A line that begins with {number}" for number in (2, 3, 4)
    ]
    assert (
        "It stands in the row of no item, so it was read with an item without a number"
        in stops[0].why
    )


@pytest.mark.parametrize("next_line", ["3 photographs of it", "2 June is its date", "two of them"])
def test_more_words_of_an_item_without_a_number_may_begin_with_one(tmp_path, next_line):
    rows = [("MG6C",), COLUMNS[1:], ("Signed statement of Mrs Oduya", "Store"), (next_line, ""),
            SIGNED]  # fmt: skip

    [schedule] = read(tmp_path, a_csv(rows))

    assert not any(each.may_hide_items for each in schedule.unread)


def test_letters_without_drawn_lines_are_items_or_are_asked_about(tmp_path):
    items = [(letter, words, "Store") for letter, words in zip("abcd", WORDS, strict=True)]
    content = a_pdf_schedule([("MG6C",), COLUMNS, *items, SIGNED], is_ruled=False)

    [schedule] = read(tmp_path, content, "unused.pdf")

    assert len(schedule.items) == 4 or any(one.may_hide_items for one in schedule.unread)


@pytest.mark.parametrize(
    "row",
    [
        ("", "NIL", ""), ("1", "NIL", ""), ("NIL", "", ""), ("N/A", "N/A", "N/A"),
        ("", "Nil return", ""), ("1", "There is no sensitive material in this case.", ""),
        ("1", "Nil return - no sensitive unused material", ""),
        ("1", "No sensitive material has been generated in this investigation", ""),
        ("1", "I have no sensitive material to schedule", ""),
        ("", "NIL", "NIL"), ("-", "-", "-"), ("1.", "None", "-"), ("", "No sensitive material", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("title", ["MG6D", "MG6C"])
def test_a_denial_is_no_item(tmp_path, title, row):
    [schedule] = read(tmp_path, a_csv([(title,), COLUMNS, row, SIGNED]))

    assert (schedule.items, schedule.unread) == ((), ())


@pytest.mark.parametrize(
    "row", [("1", "No CCTV was seized from the shop", ""), ("1", "Nil", "Property store"),
            ("1", "No reply notice of 3 May", ""),
            ("1", "No sensitive material other than the informant's statement", "")],
)  # fmt: skip
def test_words_that_only_begin_as_a_denial_are_an_item(tmp_path, row):
    [schedule] = read(tmp_path, a_csv([("MG6C",), COLUMNS, row, SIGNED]))

    assert len(schedule.items) == 1

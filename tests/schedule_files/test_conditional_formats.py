"""A conditional format that may hide words stops until somebody looked; they are read."""

import zipfile

import pytest
import xlsxwriter

from forthright.schedule_files.reading import read_schedules

ROWS = (("MG6C",), ("Item No.", "Description", "Location"),
        (1, "Receipt for the hire of a van on 3 May 2026", "Store"),
        (2, "Letter of Mrs Heronsgate of 9 May about her brother", "Safe"))  # fmt: skip
ALWAYS = {"type": "formula", "criteria": "=$A1=2"}
SAID = "1 conditional format that may hide words: A3 to C9"


def stops_of(tmp_path, rule=None, range_="A3:C9", change=lambda path: None, **shape):
    path = tmp_path / "mg6c.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("MG6C")
        for number, cells in enumerate(ROWS):
            page.write_row(number, 0, cells)
        wish = dict(rule or ALWAYS)
        if shape:
            wish["format"] = book.add_format(shape)
        page.conditional_format(range_, wish)
    change(path)
    found = read_schedules(path)
    assert [item.number for item in found[0].items] == [1, 2], "they are read all the same"
    return [one.what for each in found for one in each.unread if one.may_hide_items]


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param({"font_color": "white"}, id="white"),
        pytest.param({"font_color": "#FDFDFD", "bg_color": "white"}, id="nearly white on white"),
        pytest.param({"font_color": "#0B0C0C", "bg_color": "#0B0C0C"}, id="black on black"),
        pytest.param({"num_format": ";;;"}, id="a number format that shows nothing"),
        pytest.param({"font_strikeout": True}, id="struck through"),
    ],
)
def test_one_that_may_hide_words_is_named_by_its_cells(tmp_path, shape):
    assert stops_of(tmp_path, **shape) == [SAID]


@pytest.mark.parametrize(
    ("rule", "shape"),
    [
        pytest.param(None, {"bg_color": "yellow"}, id="a ground"),
        pytest.param(None, {"font_color": "red", "bg_color": "#FFC7CE"}, id="red on pink"),
        pytest.param(None, {"font_color": "white", "bg_color": "navy"}, id="white on blue"),
        pytest.param({"type": "blanks"}, {"font_color": "white"}, id="of empty cells"),
        pytest.param({"type": "cell", "criteria": "==", "value": 0}, {"font_color": "white"},
                     id="of noughts"),
        pytest.param({"type": "data_bar"}, {}, id="bars beside their numbers"),
        pytest.param({"type": "2_color_scale"}, {}, id="a scale of colours"),
    ],
)  # fmt: skip
def test_one_that_shows_them_does_not_stop(tmp_path, rule, shape):
    assert stops_of(tmp_path, rule, **shape) == []


@pytest.mark.parametrize("rule", [
    {"type": "data_bar", "bar_only": True},
    {"type": "icon_set", "icon_style": "3_arrows", "icons_only": True},
    {"type": "data_bar", "data_bar_2010": True, "bar_only": True},
])  # fmt: skip
def test_bars_and_icons_in_place_of_numbers_stop(tmp_path, rule):
    assert stops_of(tmp_path, rule) == [SAID]


def test_each_place_of_it_is_named(tmp_path):
    found = stops_of(tmp_path, ALWAYS | {"multi_range": "B4 A3:C3"}, font_color="white")

    assert found == ["2 conditional formats that may hide words: B4 and A3 to C3"]


def test_one_of_a_newer_excel_with_its_own_format_is_found(tmp_path):
    rule = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:cfRule type="expression" id="{00000001-0000-0000-0000-000000000000}">'
        "<xm:f>TRUE</xm:f>"
        '<x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf></x14:cfRule>'
        "<xm:sqref>A3:C9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>"
        "</extLst>"
    )

    def add(path):
        with zipfile.ZipFile(path) as book:
            parts = {name: book.read(name) for name in book.namelist()}
        sheet = "xl/worksheets/sheet1.xml"
        parts[sheet] = parts[sheet].replace(b"</worksheet>", f"{rule}</worksheet>".encode())
        with zipfile.ZipFile(path, "w") as book:
            for name, content in parts.items():
                book.writestr(name, content)

    assert stops_of(tmp_path, change=add, bg_color="yellow") == [SAID]

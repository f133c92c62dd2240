"""What a file hides, strikes out or shows as a picture is no item, and stops until it is told."""

import zipfile
from io import BytesIO

import docx
import pytest
import xlsxwriter
from docx.enum.dml import MSO_THEME_COLOR
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor
from PIL import Image
from typer.testing import CliRunner

from forthright.cli.main import run
from forthright.schedule_files.reading import read_schedules
from forthright.schedule_files.word_beside import W
from forthright.table_files.problems import FileRefused

COLUMNS = ("Item No.", "Description", "Location")
ITEMS = [(1, "Receipt for the hire of a van on 3 May 2026", "Store"),
         (2, "Log 44 of the call of Mrs Lee on 3 May 2026", "STORM")]  # fmt: skip
SECRET = (3, "Letter of Mrs Heronsgate of 9 May about her brother", "Safe")
BOX = (
    f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:textbox>'
    "<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
    "</w:pict></w:r></w:p>"
)
OBJECT = (
    f'<w:p {nsdecls("w")}><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:'
    'office" Type="Embed" ProgID="Excel.Sheet.12" ObjectID="_1"/></w:object></w:r></w:p>'
)


def a_document(*more):
    document = docx.Document()
    document.add_paragraph("MG6C")
    table = document.add_table(rows=0, cols=3)
    for cells in (COLUMNS, *ITEMS, *more):
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = str(words)
    return document, table


def runs_of(row):
    return [run for cell in row.cells for line in cell.paragraphs for run in line.runs]


def a_picture(width, height):
    kept = BytesIO()
    Image.new("RGB", (width, height), "white").save(kept, "PNG")
    kept.seek(0)
    return kept


def of_word(tmp_path, document):
    document.save(tmp_path / "mg6c.docx")
    return read_schedules(tmp_path / "mg6c.docx")


def of_excel(tmp_path, *rows, change=lambda book, page: None):
    with xlsxwriter.Workbook(tmp_path / "mg6c.xlsx") as book:
        page = book.add_worksheet("MG6C")
        for number, cells in enumerate((("MG6C",), COLUMNS, *ITEMS, *rows)):
            page.write_row(number, 0, cells)
        change(book, page)
    return read_schedules(tmp_path / "mg6c.xlsx")


def stops(schedules):
    return [one.what for each in schedules for one in each.unread if one.may_hide_items]


def words_of(schedules):
    return str([(each.items, each.head, each.certificate, each.unread) for each in schedules])


@pytest.mark.parametrize("way", ["hidden", "strike", "double_strike"])
def test_words_hidden_or_struck_through_in_word_are_read_nowhere_and_stop(tmp_path, way):
    document, table = a_document(SECRET)
    for each in runs_of(table.rows[3]):
        setattr(each.font, way, True)

    found = of_word(tmp_path, document)

    assert [item.number for item in found[0].items] == [1, 2]
    assert "Heronsgate" not in words_of(found)
    assert stops(found) == ["1 line with words struck through or hidden: item 3"]


def test_words_of_one_point_in_word_are_read_nowhere_and_stop(tmp_path):
    document, table = a_document(SECRET)
    for each in runs_of(table.rows[3]):
        each.font.size = Pt(1)

    found = of_word(tmp_path, document)

    assert [item.number for item in found[0].items] == [1, 2]
    assert "Heronsgate" not in words_of(found)
    assert stops(found) == ["1 line with words struck through or hidden: item 3"]


def test_words_struck_by_the_default_of_the_file_are_read_nowhere_but_where_it_is_undone(tmp_path):
    document, table = a_document(SECRET)
    document.styles["Normal"].font.strike = True
    for row in table.rows[:3]:
        for each in runs_of(row):
            each.font.strike = False

    found = of_word(tmp_path, document)

    assert [item.number for item in found[0].items] == [1, 2]
    assert "Heronsgate" not in words_of(found)


def test_a_few_struck_words_of_an_item_are_taken_out_of_it(tmp_path):
    document, table = a_document()
    table.rows[2].cells[1].paragraphs[0].add_run(" as Heronsgate told").font.strike = True

    found = of_word(tmp_path, document)

    assert found[0].items[1].description == ITEMS[1][1]
    assert stops(found) == ["1 line with words struck through or hidden: item 2"]


def test_words_hidden_by_a_style_or_in_a_hidden_row_are_hidden(tmp_path):
    document, table = a_document(SECRET, (4, "Diary of Mrs Heronsgate", "Safe"))
    style = document.styles.add_style("Taken out", 2)
    style.font.strike = True
    below = document.styles.add_style("Rests on it", 2)
    below.base_style = style
    for each in runs_of(table.rows[3]):
        each.style = below
    settings = table.rows[4]._tr.get_or_add_trPr()
    settings.append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))

    found = of_word(tmp_path, document)

    assert "Heronsgate" not in words_of(found)
    assert len(found[0].items) == 2
    assert stops(found) == ["2 lines with words struck through or hidden: item 3 and item 4"]


def test_a_run_that_its_style_strikes_and_itself_does_not_is_read(tmp_path):
    document, table = a_document()
    style = document.styles.add_style("Taken out", 2)
    style.font.strike = True
    run_ = table.rows[2].cells[1].paragraphs[0].runs[0]
    run_.style, run_.font.strike = style, False

    found = of_word(tmp_path, document)

    assert (found[0].items[1].description, stops(found)) == (ITEMS[1][1], [])


def struck_row(book, page):
    page.write_row(4, 0, SECRET, book.add_format({"font_strikeout": True}))


def shown_blank(book, page):
    page.write_row(4, 0, SECRET, book.add_format({"num_format": ";;;"}))


def hidden_row(_, page):
    page.write_row(4, 0, SECRET)
    page.set_row(4, None, None, {"hidden": True})


def low_row(_, page):
    page.write_row(4, 0, SECRET)
    page.set_row(4, 0.75)


def white(book, page):
    page.write_row(4, 0, SECRET, book.add_format({"font_color": "#FFFFFF"}))


def white_on_white(book, page):
    page.write_row(4, 0, SECRET, book.add_format({"font_color": "#FDFDFD", "bg_color": "#FFFFFF"}))


def of_one_point(book, page):
    page.write_row(4, 0, SECRET, book.add_format({"font_size": 1}))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (struck_row, "3 cells with words struck through or hidden: A5, B5 and C5"),
        (shown_blank, "3 cells with words struck through or hidden: A5, B5 and C5"),
        (hidden_row, "1 hidden row: row 5"),
        (low_row, "1 hidden row: row 5"),
        (white, "3 cells with words struck through or hidden: A5, B5 and C5"),
        (white_on_white, "3 cells with words struck through or hidden: A5, B5 and C5"),
        (of_one_point, "3 cells with words struck through or hidden: A5, B5 and C5"),
    ],
)
def test_rows_hidden_or_struck_through_in_excel_are_read_nowhere_and_stop(tmp_path, change, said):
    found = of_excel(tmp_path, change=change)

    assert [item.number for item in found[0].items] == [1, 2]
    assert "Heronsgate" not in words_of(found)
    assert stops(found) == [said]


def test_a_heading_in_white_on_blue_is_read_and_a_column_too_narrow_to_read_stops(tmp_path):
    def change(book, page):
        page.write_row(1, 0, COLUMNS, book.add_format({"font_color": "white", "bg_color": "navy"}))
        page.write_column("D2", ["Comments", "", "Do not disclose"])
        page.set_column("D:D", 0.2)

    found = of_excel(tmp_path, change=change)

    assert [item.number for item in found[0].items] == [1, 2]
    assert stops(found) == ["1 hidden column: D"]


def test_white_words_in_word_are_read_nowhere_and_stop_but_those_on_a_dark_ground(
    tmp_path,
):
    document, table = a_document(SECRET)
    for each in runs_of(table.rows[3]):
        each.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    for cell in table.rows[2].cells:
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:fill="1F3864"/>'))
    for each in runs_of(table.rows[2]):
        each.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)

    found = of_word(tmp_path, document)

    assert [item.number for item in found[0].items] == [1, 2]
    assert "Heronsgate" not in words_of(found)
    assert stops(found) == ["1 line with words struck through or hidden: item 3"]


def test_the_head_of_a_table_may_be_white_on_the_ground_that_its_style_gives_it(tmp_path):
    document, table = a_document()
    table.style = "Medium Shading 1 Accent 1"
    for each in runs_of(table.rows[0]):
        each.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1

    found = of_word(tmp_path, document)

    assert ([item.number for item in found[0].items], stops(found)) == ([1, 2], [])


def test_words_that_the_file_or_the_style_of_a_table_hides_are_read_nowhere_and_stop(tmp_path):
    hide = f"<w:rPr {nsdecls('w')}><w:vanish/></w:rPr>"
    document, table = a_document(SECRET)
    style = document.styles["Table Grid"]
    style.element.append(parse_xml(hide))
    table.style = style
    document.add_paragraph("The schedule was made by PC Hall.")

    with pytest.raises(FileRefused, match="No schedule was found"):
        of_word(tmp_path, document)

    document, table = a_document(SECRET)
    document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr").append(
        parse_xml(f"<w:vanish {nsdecls('w')}/>")
    )
    for shown in (document.paragraphs[0].runs, *map(runs_of, table.rows[:3])):
        for each in shown:
            each.font.hidden = False

    found = of_word(tmp_path, document)

    assert [item.number for item in found[0].items] == [1, 2]
    assert stops(found) == ["1 line with words struck through or hidden: item 3"]


def test_of_a_cell_with_some_words_struck_the_others_are_read(tmp_path):
    def change(book, page):
        struck = book.add_format({"font_strikeout": True})
        page.write_rich_string("B4", "Log 44 of the call", struck, " of Heronsgate")

    found = of_excel(tmp_path, change=change)

    assert found[0].items[1].description == "Log 44 of the call"
    assert stops(found) == ["1 cell with words struck through or hidden: B4"]


def test_a_hidden_column_is_read_so_that_what_it_calls_sensitive_is_held_back_and_stops(tmp_path):
    def change(_, page):
        page.write_column("D2", ["Comments", "", "Do not disclose"])
        page.set_column("D:D", None, None, {"hidden": True})

    found = of_excel(tmp_path, change=change)

    assert found[0].items[1].comments == "Do not disclose"
    assert stops(found) == ["1 hidden column: D"]


def test_the_command_stops_at_a_struck_row(tmp_path):
    of_excel(tmp_path, change=struck_row)

    told = CliRunner().invoke(run, ["disclosure", "check", str(tmp_path / "mg6c.xlsx")])

    assert told.exit_code == 1
    assert "struck through or hidden: A5, B5 and C5" in told.output
    assert "Heronsgate" not in told.output


def test_a_picture_in_word_stops_until_somebody_looked_and_a_crest_does_not(tmp_path):
    document, table = a_document()
    document.add_picture(a_picture(60, 60), width=Cm(3))
    document.sections[0].header.paragraphs[0].add_run().add_picture(
        a_picture(600, 90), width=Cm(17)
    )
    assert stops(of_word(tmp_path, document)) == []

    table.rows[2].cells[1].paragraphs[0].add_run().add_picture(a_picture(600, 90), width=Cm(15))

    assert stops(of_word(tmp_path, document)) == ["1 picture: item 2"]


def test_an_embedded_workbook_in_word_stops(tmp_path):
    document, _ = a_document()
    document.element.body.insert(1, parse_xml(OBJECT))

    assert stops(of_word(tmp_path, document)) == ["1 embedded file"]


def test_a_text_box_in_word_stops_unless_it_only_names_the_form(tmp_path):
    document, table = a_document()
    document.element.body.insert(0, parse_xml(BOX.format(words="MG6C police schedule")))
    assert stops(of_word(tmp_path, document)) == []

    table.rows[2].cells[1]._tc.append(parse_xml(BOX.format(words="Seen by DS Hall")))

    assert stops(of_word(tmp_path, document)) == ["1 text box: item 2"]


def test_pictures_and_charts_in_excel_stop_and_a_crest_does_not(tmp_path):
    def crest(_, page):
        page.insert_image("E1", "crest.png", {"image_data": a_picture(90, 90)})

    def drawn(book, page):
        page.insert_image("A9", "rows.png", {"image_data": a_picture(600, 400)})
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=MG6C!$A$3:$A$4"})
        page.insert_chart("E5", chart)

    assert stops(of_excel(tmp_path, change=crest)) == []
    assert stops(of_excel(tmp_path, change=drawn)) == ["1 picture: A9", "1 chart: E5"]


@pytest.mark.parametrize("content", [b"", b"<w:footnotes><w:footnote"])
def test_a_damaged_part_of_notes_is_refused_in_words(tmp_path, content):
    document, _ = a_document()
    kept, path = BytesIO(), tmp_path / "mg6c.docx"
    document.save(kept)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    of_xml = '<Default Extension="xml"'
    with zipfile.ZipFile(kept) as whole, zipfile.ZipFile(path, "w") as damaged:
        for name in whole.namelist():
            part = whole.read(name)
            if name == "word/_rels/document.xml.rels":
                part = part.replace(b"</Relationships>", link.encode())
            assert name != "[Content_Types].xml" or of_xml.encode() in part
            damaged.writestr(name, part)
        damaged.writestr("word/footnotes.xml", content)

    with pytest.raises(FileRefused, match="The Word file is damaged"):
        read_schedules(path)

    told = CliRunner().invoke(run, ["disclosure", "check", str(path)])
    assert told.exit_code != 0
    assert "damaged" in told.output

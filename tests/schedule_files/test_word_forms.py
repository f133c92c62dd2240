"""What a Word form wraps in content controls, fields and text boxes is read like the rest."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from forthright.schedule_files.reading import read_schedules

ITEMS = ["Receipt for a van", "Storm log 1881", "First account of Mrs Oduya", "Diary of Mr Koski"]
HEAD = ("Item No.", "Description", "Location")


def a_form():
    document = Document()
    document.add_paragraph("MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL")
    table = document.add_table(rows=0, cols=3)
    for number, cells in enumerate([HEAD, *((None, each, "Store") for each in ITEMS)]):
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = str(number) if words is None else words
    return document, table


def wrap(element):
    """Put an element into a content control, where it stood."""
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    element.addprevious(control)
    control.append(content)
    content.append(element)


def a_row(table):
    wrap(table.rows[3]._tr)


def a_table(table):
    wrap(table._tbl)


def a_cell(table):
    wrap(table.rows[3]._tr.tc_lst[1])


def a_paragraph_within_a_cell(table):
    cell = table.rows[3].cells[1]._tc
    wrap(cell.p_lst[0])
    cell.append(OxmlElement("w:p"))


def words_within_a_row_within_one(table):
    wrap(table.rows[3].cells[1].paragraphs[0]._p.r_lst[0])
    wrap(table.rows[3]._tr)


def a_field(table):
    paragraph = table.rows[3].cells[1].paragraphs[0]._p
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="MERGEFIELD item"/>')
    paragraph.r_lst[0].addprevious(field)
    field.append(paragraph.r_lst[0])


@pytest.mark.parametrize(
    "wrapped",
    [a_row, a_table, a_cell, a_paragraph_within_a_cell, words_within_a_row_within_one, a_field],
)
def test_nothing_that_is_wrapped_is_lost(tmp_path, wrapped):
    document, table = a_form()
    wrapped(table)
    document.save(tmp_path / "mg6c.docx")

    [schedule] = read_schedules(tmp_path / "mg6c.docx")

    assert [(each.number, each.description, each.location) for each in schedule.items] == [
        (number, words, "Store") for number, words in enumerate(ITEMS, 1)
    ]


def a_box(words):
    return parse_xml(
        f'<w:r {nsdecls("w")}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )


@pytest.mark.parametrize("where", ["header", "first_page_header"])
@pytest.mark.parametrize("is_boxed", [True, False])
@pytest.mark.parametrize(
    ("words", "form"), [("MG6D", "MG6D"), ("MG6C POLICE SCHEDULE", "MG6C"), ("SDC", "SDC")]
)
def test_a_form_that_names_itself_in_a_box_or_control_of_its_header_is_that_form(
    tmp_path, where, is_boxed, words, form
):
    document, _ = a_form()
    document.paragraphs[0].text = ""
    section = document.sections[0]
    section.different_first_page_header_footer = where != "header"
    line = getattr(section, where).paragraphs[0]
    if is_boxed:
        line._p.append(a_box(words))
    else:
        line.text = words
        wrap(line._p)
    document.save(tmp_path / "list.docx")

    [schedule] = read_schedules(tmp_path / "list.docx")

    assert (schedule.form, schedule.is_guessed) == (form, False)
    assert len(schedule.items) == len(ITEMS)


def test_another_thing_in_a_box_of_the_header_stops(tmp_path):
    document, _ = a_form()
    document.sections[0].header.paragraphs[0]._p.append(a_box("Item 2 names a source"))
    document.save(tmp_path / "mg6c.docx")

    [schedule] = read_schedules(tmp_path / "mg6c.docx")

    assert [each.what for each in schedule.unread if each.may_hide_items] == ["1 text box"]


def test_a_numbered_line_in_a_text_box_is_told_of(tmp_path):
    document, _ = a_form()
    box = (
        f'<w:r {nsdecls("w")}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>5 Notebook of PC Khan</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    document.add_paragraph()._p.append(parse_xml(box))
    file = BytesIO()
    document.save(file)
    (tmp_path / "mg6c.docx").write_bytes(file.getvalue())

    [schedule] = read_schedules(tmp_path / "mg6c.docx")

    assert len(schedule.items) == len(ITEMS)
    told = [each.what for each in schedule.unread]
    assert told == ["1 text box", "A line that begins with 5"]

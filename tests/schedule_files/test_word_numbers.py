"""Items that Word numbers by itself have the numbers that Word shows, or are named as not read."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from forthright.schedule_files.reading import read_schedules

W = nsdecls("w")
COLUMNS = ("Item No.", "Description", "Location")
WORDS = ("Letter of Mr Hale about the yard", "Notebook of PC Khan for 1 June", "Crime report 44",
         "Storm log 1881 of the call", "Diary of Mr Koski")  # fmt: skip
DECIMAL = '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'


def level(held, *, start=1, at=0):
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/>{held}</w:lvl>'


def a_list(document, levels, **lists):
    """Add a way to count, and lists that count by it: by number what each of them overrides."""
    numbering = document.part.numbering_part.element
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    for name, overrides in lists.items():
        numbering.append(parse_xml(
            f'<w:num {W} w:numId="{name[1:]}"><w:abstractNumId w:val="77"/>{overrides}</w:num>'
        ))  # fmt: skip


def numbered(line, number, at=0):
    line._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def a_schedule(document, *by, title="MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL"):
    """Write a schedule whose items are numbered by the lists named, each at its level."""
    document.add_paragraph(title)
    table = document.add_table(0, len(COLUMNS))
    for cell, words in zip(table.add_row().cells, COLUMNS, strict=True):
        cell.text = words
    for (number, at), words in zip(by, WORDS, strict=False):
        cells = table.add_row().cells
        cells[1].text, cells[2].text = words, "Store"
        numbered(cells[0].paragraphs[0], number, at)
    return table


def read(tmp_path, document):
    kept = BytesIO()
    document.save(kept)
    path = tmp_path / "continuation.docx"
    path.write_bytes(kept.getvalue())
    return read_schedules(path)


def read_one(tmp_path, document):
    [schedule] = read(tmp_path, document)
    return schedule


def numbers_of(schedule):
    return [item.number for item in schedule.items]


def override(at=0, held='<w:startOverride w:val="4"/>'):
    return f'<w:lvlOverride w:ilvl="{at}">{held}</w:lvlOverride>'


@pytest.mark.parametrize(
    ("levels", "overrides", "by", "numbers"),
    [
        pytest.param(level(DECIMAL, start=4), "", ["88"] * 3, [4, 5, 6], id="start of the list"),
        pytest.param(level(DECIMAL), override(), ["88"] * 3, [4, 5, 6], id="start of its own"),
        pytest.param(level(DECIMAL), "", ["88", "89", "88"], [1, 2, 3], id="two that share"),
        pytest.param(level(DECIMAL), override(), ["89", "89", "88", "88"], [1, 2, 4, 5],
                     id="one that begins anew"),
        pytest.param(level(DECIMAL, start=4),
                     override(held=level(DECIMAL.replace("%1.", "(%1)"), start=4)),
                     ["88", "88"], [4, 5], id="a level put in the place of another"),
    ],
)  # fmt: skip
def test_a_list_begins_where_it_says_and_goes_on_where_it_shares(
    tmp_path, levels, overrides, by, numbers
):
    document = Document()
    a_list(document, levels, n88=overrides, n89="")
    a_schedule(document, *((each, 0) for each in by))

    schedule = read_one(tmp_path, document)

    assert (numbers_of(schedule), schedule.unread) == (numbers, ())


@pytest.mark.parametrize(
    ("text", "kind", "numbers", "written"),
    [
        ("(%1)", "decimal", [4, 5], ["(4)", "(5)"]),
        ("%1)", "decimal", [4, 5], ["4)", "5)"]),
        ("Item %1:", "decimal", [4, 5], ["Item 4:", "Item 5:"]),
        ("MG6C/%1", "decimal", [4, 5], ["MG6C/4", "MG6C/5"]),
        ("%1.", "decimalZero", [4, 5], ["04.", "05."]),
        ("%1.", "lowerLetter", [None, None], ["d.", "e."]),
        ("(%1)", "upperRoman", [None, None], ["(IV)", "(V)"]),
        ("JH/%1", "decimal", [None, None], ["JH/4", "JH/5"]),
    ],
)
def test_what_word_shows_is_read_as_if_it_were_typed(tmp_path, text, kind, numbers, written):
    document = Document()
    held = f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
    a_list(document, level(held, start=4), n88="")
    a_schedule(document, ("88", 0), ("88", 0))

    schedule = read_one(tmp_path, document)

    assert [(each.number, each.numbered) for each in schedule.items] == list(
        zip(numbers, written, strict=True)
    )
    assert len(schedule.unread) == numbers.count(None)


def two_levels(text="%1.%2", more=""):
    return level(DECIMAL) + level(
        f'{more}<w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/>', at=1
    )


def test_a_level_below_another_shows_both_and_begins_anew(tmp_path):
    document = Document()
    a_list(document, two_levels(), n88="")
    a_schedule(document, *(("88", at) for at in (0, 1, 1, 0, 1)))

    schedule = read_one(tmp_path, document)

    assert [item.numbered for item in schedule.items] == ["1.", "1.1", "1.2", "2.", "2.1"]


def test_a_list_set_in_is_counted_at_its_own_level(tmp_path):
    document = Document()
    a_list(document, two_levels("%2."), n88="")
    a_schedule(document, *(("88", at) for at in (1, 1, 1)))

    assert numbers_of(read_one(tmp_path, document)) == [1, 2, 3]


@pytest.mark.parametrize("is_named", [True, False])
def test_a_style_may_take_its_list_from_another(tmp_path, is_named):
    document = Document()
    style = document.styles.add_style("Item Number", 1)
    style.base_style = document.styles["List Number" if is_named else "Normal"]
    table = a_schedule(document, ("0", 0), ("0", 0))
    for row in table.rows[1:]:
        line = row.cells[0].paragraphs[0]
        line._p.pPr.remove(line._p.pPr.numPr)
        line.style = style

    assert numbers_of(read_one(tmp_path, document)) == ([1, 2] if is_named else [None, None])


def of_no_kind_that_is_known(document, table):
    for each in document.part.numbering_part.element.iter(qn("w:numFmt")):
        each.set(qn("w:val"), "ordinal")


def merged_below(document, table):
    table.cell(2, 0)._tc.get_or_add_tcPr().append(parse_xml(f"<w:vMerge {W}/>"))
    table.cell(1, 0)._tc.get_or_add_tcPr().append(parse_xml(f'<w:vMerge {W} w:val="restart"/>'))


def in_a_box(document, table):
    document.paragraphs[0]._p.append(
        parse_xml(
            f'<w:r {W}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
            '<w:txbxContent><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="88"/></w:numPr>'
            "</w:pPr></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )


@pytest.mark.parametrize("is_odd", [of_no_kind_that_is_known, merged_below, in_a_box])
def test_numbers_that_are_not_sure_are_named_and_none_is_guessed(tmp_path, is_odd):
    document = Document()
    a_list(document, level(DECIMAL), n88="")
    table = a_schedule(document, *[("88", 0)] * 3)
    is_odd(document, table)

    schedule = read_one(tmp_path, document)

    assert numbers_of(schedule)[-1] is None
    named = [each.what for each in schedule.unread if each.may_hide_items]
    assert [each for each in named if "that Word counts" in each and "row 4 of table 1" in each]


@pytest.mark.parametrize(
    ("levels", "by"),
    [
        # Gone back to, after another of the same way to count began anew.
        (level(DECIMAL), [("88", 0), ("89", 0), ("88", 0)]),
        # Begins with a level that is below another.
        (two_levels(), [("88", 1), ("88", 0)]),
        (two_levels(more='<w:lvlRestart w:val="1"/>'),
         [("88", 0), ("88", 1), ("88", 0), ("88", 1)]),
        ('<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>',
         [("88", 0)]),
    ],
)  # fmt: skip
def test_what_programs_count_differently_is_named(tmp_path, levels, by):
    document = Document()
    a_list(document, levels, n88="", n89=override())
    a_schedule(document, *by)

    schedule = read_one(tmp_path, document)

    assert numbers_of(schedule)[-1] is None
    [named] = [each for each in schedule.unread if each.may_hide_items]
    assert f"row {len(by) + 1} of table 1" in named.what


def test_lines_that_word_hides_count_for_nothing(tmp_path):
    document = Document()
    a_list(document, level(DECIMAL), n88="")
    table = a_schedule(document, *[("88", 0)] * 3)
    hidden = document.add_paragraph()
    table._tbl.addprevious(hidden._p)
    numbered(hidden, "88")
    settings = OxmlElement("w:rPr")
    settings.append(OxmlElement("w:vanish"))
    hidden._p.pPr.append(settings)

    schedule = read_one(tmp_path, document)

    assert (numbers_of(schedule), schedule.unread) == ([1, 2, 3], ())

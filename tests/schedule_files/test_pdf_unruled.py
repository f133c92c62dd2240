"""A PDF whose columns no line parts is cut where its headings stand, and where the words begin."""

import pytest
from weasyprint import HTML

from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.reading import read_schedules

STYLE = (
    "body{font:9pt Arial}table{border-collapse:collapse;width:100%}th{text-align:left}"
    "td,th{padding:3pt;vertical-align:top}"
)
LOG = (
    "Incident log 0441 of 14/02/26: call by neighbour Mrs Hale, reporting shouting at 22:14, and "
    "what the officers who came did on arrival"
)
REPORT = (
    "Crime report 21/10432/26: first account of the complainant, lines of enquiry and what became "
    "of each"
)
CALLS = "House to house enquiries, 8 forms, 2-20 Mill Lane, nobody saw anything"
ITEMS = [(LOG, "STORM", "D"), (REPORT, "Niche", "CND"), (CALLS, "Property store, Halford", "ND")]
HEADINGS = ("No.", "Description", "Location", "CPS")
LINES = {
    "none": "",
    "below each row": "td{border-bottom:.5pt solid #999}th{border-bottom:1pt solid black}",
    "stripes": "tr:nth-child(even) td{background:#eee}th{background:#ccc}",
    "white around each cell": "td{background:#f3f3f3;border:2pt solid white}th{background:#ccc}",
    "numbers to the right": "td:first-child{text-align:right}",
    "numbers in the middle": "td:first-child{text-align:center}",
    "headings in the middle": "th{text-align:center}",
    "another type": "body{font:11pt 'DejaVu Serif'}",
}


def saved(
    tmp_path, rows, *, style="", headings=HEADINGS, top="MG6C Schedule of non-sensitive material"
):
    cells = "".join(f"<th>{each}" for each in headings)
    body = "".join("<tr>" + "".join(f"<td>{each}" for each in row) for row in rows)
    table = f"<table><thead><tr>{cells}</thead>{body}</table>"
    page = f"<style>{STYLE}{style}</style><h2>{top}</h2>{table}<p>Signed: DC 2210 Mears</p>"
    path = tmp_path / "schedule.pdf"
    HTML(string=page).write_pdf(path)
    return path


def many(count, begin=1):
    return [(begin + each, *ITEMS[each % 3]) for each in range(count)]


@pytest.mark.parametrize("style", LINES.values(), ids=LINES.keys())
def test_a_narrow_column_of_numbers_is_read_without_lines_between_columns(tmp_path, style):
    [schedule] = read_schedules(saved(tmp_path, many(12), style=style))

    assert [each.number for each in schedule.items] == [*range(1, 13)]
    assert [(each.description, each.location, each.code) for each in schedule.items] == ITEMS * 4
    assert schedule.certificate_text == "Signed: DC 2210 Mears"
    assert not schedule.unread


@pytest.mark.parametrize(
    "headings",
    [
        ("No", "Description", "Location", "CPS"),
        ("#", "Description", "Held by", "CPS"),
        ("Item", "Description of material", "Where held", "For CPS use"),
        ("Item No.", "Description (including relevance)", "Location", "CPS"),
        ("Ref", "Description", "Location", "CPS"),
    ],
)
@pytest.mark.parametrize("begin", [1, 96])
def test_however_the_columns_are_headed(tmp_path, headings, begin):
    [schedule] = read_schedules(saved(tmp_path, many(12, begin), headings=headings))

    assert [each.number for each in schedule.items] == [*range(begin, begin + 12)]
    assert [(each.description, each.location, each.code) for each in schedule.items] == ITEMS * 4


def test_an_endorsement_is_not_read_as_the_end_of_a_narrow_location(tmp_path):
    rows = [(number, LOG, "Niche", "ND") for number in range(1, 9)]

    [schedule] = read_schedules(saved(tmp_path, rows))

    assert {(each.location, each.code) for each in schedule.items} == {("Niche", "ND")}


def test_a_sensitive_schedule_is_read_so_too(tmp_path):
    rows = [(1, "Report of a source of 2 March 2026", "It names a source", "S")]
    headings = ("No", "Description", "Reason for sensitivity", "CPS")

    [schedule] = read_schedules(
        saved(tmp_path, rows, headings=headings, top="MG6D Schedule of sensitive material")
    )

    assert schedule.form is Form.MG6D
    [item] = schedule.items
    assert (item.number, item.sensitive_reason) == (1, "It names a source")
    assert item.description == "Report of a source of 2 March 2026"


def test_items_go_on_over_pages_with_a_marking_at_their_head(tmp_path):
    top = "@page{size:A4;margin:1.5cm;@top-left{content:'OFFICIAL - SENSITIVE   MG6C'}}"

    rows = [(number, f"{told} ({number})", *others) for number, told, *others in many(90)]

    [schedule] = read_schedules(saved(tmp_path, rows, style=top))

    assert [
        (each.number, each.description, each.location, each.code) for each in schedule.items
    ] == rows
    assert not schedule.unread


@pytest.mark.parametrize("align", ["left", "center"])
@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_a_pdf_that_keeps_each_word_by_itself_is_cut_at_no_word(tmp_path, align, count):
    told = [
        "PC Khan and PC Ali went there at once",
        "Log of calls: 4 in all",
        "Note of the custody",
    ]
    told = [f"{one}, {other}" for one in told for other in (LOG, REPORT)]
    rows = [(number, told[number], "Niche at Halford", "ND") for number in range(1, count + 1)]
    apart = [
        [" ".join(f"<span>{word}</span>" for word in str(cell).split()) for cell in row]
        for row in rows
    ]

    [schedule] = read_schedules(saved(tmp_path, apart, style=f"th{{text-align:{align}}}"))

    assert [
        (each.number, each.description, each.location, each.code) for each in schedule.items
    ] == rows

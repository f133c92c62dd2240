"""What stands above and below the words of each page is part of no item, wherever it stands."""

from html import escape

import pytest
from weasyprint import HTML

from forthright.schedule_files.reading import read_schedules

FORCE = "MERCIA CONSTABULARY"
SECOND = "Dunsby station, sheet for the reviewing lawyer"
STYLE = """
@page { size: A4 landscape; margin: 3cm 1.5cm 2.5cm;
        @top-center { content: "MERCIA CONSTABULARY"; vertical-align: bottom;
                      padding-bottom: 6mm } }
body { font: 9pt Arial } table { border-collapse: collapse; width: 100%; table-layout: fixed }
td { padding: 3pt; vertical-align: top } .ruled td { border: 0.5pt solid black }
.second { break-before: page }
"""
# The head and the foot of the first page stand elsewhere than those of the others.
MOVED = """
@page :first { @top-center { padding-bottom: 9mm } @bottom-center { padding-top: 4mm } }
@page { @bottom-center { content: "Printed at Dunsby"; vertical-align: top; padding-top: 8mm } }
"""
COLUMNS = ("Item No.", "Description", "Location")
ITEMS = tuple(
    (str(number), f"Receipt {number} for the hire of a van, signed at the counter", "Store")
    for number in range(1, 7)
)
SIGNED = "Signed: DC 2210 Mears, disclosure officer Date: 3 March 2026"


def a_table(rows, look):
    cells = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}" for cell in row) + "</tr>" for row in rows
    )
    return f"<table class='{look}'><col style='width:16mm'><col><col>{cells}</table>"


def read(tmp_path, *parts, style=""):
    top = "<p>MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL</p>"
    path = tmp_path / "schedule.pdf"
    html = f"<style>{STYLE}{style}</style>{top}{''.join(parts)}<p>{SIGNED}</p>"
    HTML(string=html).write_pdf(path)
    [schedule] = read_schedules(path)
    return schedule


def told(schedule):
    return [(item.numbered, item.description, item.location) for item in schedule.items]


@pytest.mark.parametrize("look", ["ruled", "bare"])
@pytest.mark.parametrize("style", ["", MOVED], ids=["even", "uneven"])
def test_the_head_and_foot_of_pages_are_in_no_item(tmp_path, look, style):
    first = a_table([COLUMNS, *ITEMS[:3]], look)
    second = a_table(ITEMS[3:], f"{look} second")

    schedule = read(tmp_path, first, second, style=style)

    assert told(schedule) == [*ITEMS]
    assert schedule.certificate_text == SIGNED
    assert schedule.unread == ()
    assert FORCE in [line.text for line in schedule.head]


def test_another_line_above_a_drawn_table_overleaf_is_in_no_item_and_is_named(tmp_path):
    first = a_table([COLUMNS, *ITEMS[:3]], "ruled")
    second = f"<p class=second style='text-align:center'>{SECOND}</p>{a_table(ITEMS[3:], 'ruled')}"

    schedule = read(tmp_path, first, second)

    assert told(schedule) == [*ITEMS]
    assert [(each.what, each.place.page, each.may_hide_items) for each in schedule.unread] == [
        ("Words above item 4", 2, True)
    ]


def test_an_item_that_goes_on_below_the_title_of_its_form_overleaf_stays_whole(tmp_path):
    first = a_table([COLUMNS, *ITEMS[:3]], "ruled")
    second = (
        "<p class=second>MG6C (continued)</p>"
        + a_table([("", "and again at the gate", ""), *ITEMS[3:]], "ruled")
    )  # fmt: skip

    schedule = read(tmp_path, first, second)

    assert schedule.items[2].description == f"{ITEMS[2][1]} and again at the gate"
    assert told(schedule)[3:] == [*ITEMS[3:]]
    assert schedule.unread == ()


@pytest.mark.parametrize("look", ["ruled", "bare"])
def test_the_same_last_words_of_items_on_two_pages_stay_theirs(tmp_path, look):
    kept = "Property store of the old<br>station at Dunsby, on the second floor of the annexe<br>"
    fill = "<div style='height:{}mm'></div>"
    rows = "".join(
        (f"{fill.format(100 - 20 * page)}<table class={look}>"
         "<col style='width:16mm'><col><col>"
         f"{'<tr><td>Item No.<td>Description<td>Location' if not page else ''}"
         f"<tr><td>{page + 1}<td>Receipt {page + 1}<td>{kept}</table>"
         "<div class=second></div>")
        for page in (0, 1)
    )  # fmt: skip
    schedule = read(tmp_path, rows, style="@page { @top-center { content: '' } }")

    assert {item.location for item in schedule.items} == {
        "Property store of the old station at Dunsby, on the second floor of the annexe"
    }

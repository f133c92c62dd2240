"""A PDF without drawn lines whose headings go on below: no word of an item is cut off."""

import pytest
from weasyprint import HTML

from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.reading import read_schedules
from tests.schedule_files.files import STYLE, a_csv

LOG = (
    "Incident log 0441 of 14/02/26: a neighbour calls about noise and shouting from the flat above "
    "and says what the officers who came said to her afterwards and what she answered"
)
REPORT = (
    "Crime report 21/10432/26: first account and lines of enquiry of the officer who came, with "
    "the names of those who were asked and what became of each"
)
SIGNED = "Signed: DC 2210 Mears, disclosure officer"


def saved(tmp_path, title, headings, *rows):
    widths = ("5%", "35%", "20%", "20%")
    table = "".join(
        "<tr>" + "".join(f'<td style="width:{width}">{cell}</td>'
                         for cell, width in zip(row, widths, strict=True)) + "</tr>"
        for row in (headings, *rows)
    )  # fmt: skip
    page = f"<style>{STYLE}</style><p>{title}</p><table class=bare>{table}</table><p>{SIGNED}</p>"
    path = tmp_path / "schedule.pdf"
    HTML(string=page).write_pdf(path)
    return path


@pytest.mark.parametrize(
    "headings",
    [
        ("No.", "Description", "Location", "For CPS use"),
        ("Item<br>No.", "Description", "Location", "For CPS use"),
        ("Item<br>No.", "Description<br>of material", "Location<br>of item", "For CPS<br>use"),
    ],
)
def test_every_word_of_an_item_is_read(tmp_path, headings):
    rows = ("1", LOG, "STORM", "D"), ("2", REPORT, "Niche", "CND")
    title = "MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL"

    [schedule] = read_schedules(saved(tmp_path, title, headings, *rows))

    assert [each.description for each in schedule.items] == [LOG, REPORT]
    assert [each.code for each in schedule.items] == ["D", "CND"]
    assert schedule.certificate_text == SIGNED
    assert not schedule.unread


def test_a_sensitive_schedule_loses_no_word_and_may_name_its_reason_on_the_second_line(tmp_path):
    headings = ("Item<br>No.", "Description", "Location", "Why<br>sensitive")
    title = "MG6D SCHEDULE OF SENSITIVE MATERIAL"

    [schedule] = read_schedules(
        saved(tmp_path, title, headings, ("1", LOG, "Safe", "It names him"))
    )

    assert schedule.form is Form.MG6D
    assert schedule.items[0].description == LOG
    assert schedule.items[0].sensitive_reason == "It names him"


def test_words_above_an_item_that_stand_in_none_are_named(tmp_path):
    head = ("No.", "Description", "Location")
    path = tmp_path / "mg6c.csv"
    rows = [("MG6C",), head, ("Kept by the force",), ("1", LOG, "STORM"), ("Held elsewhere",),
            ("2", REPORT, "Niche"), (SIGNED,)]  # fmt: skip
    path.write_bytes(a_csv(rows))

    [schedule] = read_schedules(path)

    [one] = schedule.unread
    assert (one.what, one.place.row) == ("Words above item 1, row 5", 3)


def test_what_a_certificate_says_between_two_pages_ends_no_item_below(tmp_path):
    headings = ("Item", "Description", "Location", "For CPS use")
    rows = ("1", LOG, "STORM", ""), ("", SIGNED, "", ""), ("2", REPORT, "Niche", "")

    [schedule] = read_schedules(saved(tmp_path, "MG6C", headings, *rows))

    assert schedule.items[1].description == REPORT

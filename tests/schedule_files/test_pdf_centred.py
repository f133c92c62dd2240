"""A ruled PDF whose numbers stand in the middle of their cells, beside words of several lines."""

import pytest
from weasyprint import HTML

from forthright.schedule_files.reading import read_schedules

STYLE = (
    "body{font:%spt sans-serif} table{border-collapse:collapse;width:100%%} "
    "td{border:1px solid #000;padding:3px;vertical-align:middle}"
)
SHORT = "Receipt for the hire of a van"
LONGER = "Receipt for the hire of a van in Dunsby on 3 May 2026 by Mr Hall, with its copy"
LOG = (
    "Storm incident log 1881 of 1 June 2026: call by Mrs Oduya, who reports a fight outside the "
    "Red Lion, and what the officers who came were told by those who stood there"
)
REPORT = (
    "Crime report 21/10432/26: first account and lines of enquiry of the officer who came, with "
    "the names of those who were asked, what became of each, and who was asked again later by "
    "another officer, and why that was so"
)
WORDS = (SHORT, LONGER, LOG, REPORT)
SIGNED = "Signed: K Rao, DC 2210 Rao, Date: 4 September 2026"


def saved(tmp_path, heading, size):
    rows = "".join(
        f"<tr><td>{number}</td><td>{words}</td><td>Property store</td><td></td></tr>"
        for number, words in enumerate(WORDS, 1)
    )
    heads = f"<tr><td>{heading}</td><td>Description of item</td><td>Location</td>"
    heads += "<td style='width:15%'>D / I / CND (for CPS use)</td></tr>"
    page = f"<style>{STYLE % size}</style><h1>MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL</h1>"
    page += f"<table>{heads}{rows}</table><p>{SIGNED}</p>"
    path = tmp_path / "schedule.pdf"
    HTML(string=page).write_pdf(path)
    return path


@pytest.mark.parametrize("heading", ["Item<br>No.", "No.", "Item", "Item<br>number", "Item No."])
@pytest.mark.parametrize("size", [7, 10, 13])
def test_each_row_is_an_item_with_its_number_and_every_word(tmp_path, heading, size):
    [schedule] = read_schedules(saved(tmp_path, heading, size))

    assert [each.number for each in schedule.items] == [1, 2, 3, 4]
    assert [each.description for each in schedule.items] == list(WORDS)
    assert {each.location for each in schedule.items} == {"Property store"}
    assert schedule.certificate_text == SIGNED
    assert not schedule.unread

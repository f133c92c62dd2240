"""The papers of continuing disclosure are had before it is recorded, as those of the first are."""

import json

import pytest
from typer.testing import CliRunner

from forthright.accounts.models import Role
from forthright.cli.main import run
from forthright.disclosure.documents import pack_of
from forthright.disclosure.selectors.packs import NoPackYet
from forthright.disclosure.selectors.standings import lines_of
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_answers_sent import PAPER, answer, serve_item_2, words
from tests.disclosure.test_pack import everything_in

pytestmark = pytest.mark.django_db
ONE, TWO = given.at("2026-10-06 10:00"), given.at("2026-10-07 10:00")
LOG = "Storm incident log 1881"


def now_disclosed(duty):
    """Return a served duty of which one more item is to be disclosed, and nobody looked yet."""
    line = next(x for x in lines_of(duty) if x.item.number == 2 and x.form == "MG6C")
    duties.endorse(duty, line.item, "D", reason="Now it helps", by=duties.a_lawyer())
    return duties.fresh(duty)


def test_the_page_offers_the_papers_of_a_later_service(time_machine):
    time_machine.move_to(TWO, tick=False)
    duty = duties.approve_since(now_disclosed(duties.court_told()))
    browser = as_(duties.a_lawyer())

    page = browser.open(f"/disclosure/{duty.pk}/serve/").see("The papers to serve")

    assert page.links["The papers to serve: letter, schedule, list and notice to the court (.zip)"]
    said = everything_in(browser.client.get(f"/disclosure/{duty.pk}/pack/").content)
    assert "Continuing disclosure" in said
    assert "Initial disclosure" not in said
    assert LOG in said
    assert "Heronsgate" not in said


def test_they_are_what_is_kept_once_it_is_served(time_machine):
    time_machine.move_to(TWO, tick=False)
    duty = duties.stated()
    answer(duty, 1)

    serve_item_2(duty, before=lambda line: answer(duty, 2, said="Here is the log.", at=ONE))
    after = pack_of(duty, by=None, at=TWO)

    duty = duties.stated(name="Hollis", case=given.a_case(urn="20AB0009926"))
    answer(duty, 1)
    answer(duty, 2, said="Here is the log.", at=ONE)
    duty = duties.approve_since(now_disclosed(duty))
    before = pack_of(duty, by=None, at=TWO)
    assert sorted(before) == sorted(after)
    assert "Here is the log." in words(before[PAPER])
    listed = everything_in(before["disclosed-material.docx"])
    assert LOG in listed
    assert "First account" not in listed
    notice = everything_in(before["notice-to-the-court.docx"])
    assert "Together with this notice, on the day that it bears" in notice
    assert json.loads(before["contents.json"])["of"] == "Continuing disclosure, to be served"
    assert json.loads(after["contents.json"])["of"] == (
        "Continuing disclosure, served on Wednesday 7 October 2026"
    )


def test_what_no_second_person_looked_at_is_in_no_papers():
    duty = now_disclosed(duties.court_told())

    with pytest.raises(NoPackYet, match="no second person has approved that") as refused:
        pack_of(duty, by=None, at=TWO)

    assert "The papers of what was served are on the page of the duty" in str(refused.value)
    kept = pack_of(duty, duty.servings.get().pk, by=None, at=TWO)
    assert "Initial disclosure" in everything_in(kept["covering-letter.docx"])


def test_the_command_says_of_which_service_the_papers_are(tmp_path):
    duty = duties.court_told()

    def write(folder):
        place = str(tmp_path / folder)
        return CliRunner().invoke(
            run, ["disclosure", "pack", "--case", duty.case.urn, "--out", place]
        )

    told = write("first")
    assert "Initial disclosure, served on Monday 5 October 2026, 5 files" in told.output
    duties.approve_since(now_disclosed(duty))
    told = write("later")
    assert "Continuing disclosure, to be served, 5 files" in told.output
    letter = (tmp_path / "later" / "defendant-1" / "covering-letter.docx").read_bytes()
    assert "section 7A" in everything_in(letter)


def test_who_may_not_read_what_was_held_back_since_asks_a_lawyer(time_machine):
    time_machine.move_to(TWO, tick=False)
    duty = duties.approve_since(now_disclosed(duties.court_told()))
    line = next(x for x in lines_of(duty) if x.item.number == 3 and x.form == "MG6C")
    line.item.is_held_back = True
    line.item.save()
    manager = as_(given.a_person(Role.LINE_MANAGER))

    page = manager.open(f"/disclosure/{duty.pk}/pack/")

    page.see("Ask a lawyer of the unit for it")

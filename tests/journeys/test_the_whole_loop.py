"""One letter from the extract it came in with to the report it is counted in, by four people."""

import json
import re
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import expect
from typer.testing import CliRunner

from forthright.accounts.models import Role, Unit
from forthright.cli.main import run
from tests import given
from tests.extracts import files
from tests.journeys import pages

pytestmark = pytest.mark.journey

FRIDAY = "02/10/2026 16:55"
OURS = "20AB1000126"
HEADER = ["Unique ref no", "Unit", "Lead offence", "Victim name", "Enhanced", "Outcome",
          "Date decided", "Colour of the file"]  # fmt: skip
ROWS = [
    [OURS, "Crown Court", "Assault", "Amira Begum", "Yes", "Discontinued", FRIDAY, "blue"],
    ["20AB1000226", "Crown Court", "Burglary", "Owen Price", "No", "Discontinued", FRIDAY, "red"],
    ["20AB1000326", "Crown Court", "Theft", "Nia Hall", "No", "Discontinued", FRIDAY, "blue"],
]
TITLE = ["Decisions of the week", "", "", "", "", "", "", ""]
WORDS = """Dear Miss Begum

I am writing to tell you that the case against Daniel Cole has been stopped.

There was not enough evidence for a realistic prospect of conviction.

You have the right to ask us to look at this decision again. Write to us within ten days.

Yours sincerely, Ruth Lane"""


@pytest.fixture
def cast(served):
    """Return the four people, in an Area that has its rules and its standard."""
    given.an_area_that_reports()
    court = given.a_unit(Unit.Kind.CROWN_COURT)
    return {
        "line": given.a_person(Role.LINE_MANAGER, unit=court).email,
        "officer": given.a_person(
            Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU)
        ).email,
        "legal": given.a_person(Role.LEGAL_MANAGER, unit=court).email,
        "senior": given.a_person(Role.SENIOR_MANAGER).email,
    }


def on(clock, text):
    """Move the clock of the product on to a moment in London."""
    clock.move_to(given.at(text))


def test_a_letter_goes_from_the_extract_to_the_report(cast, walk, tmp_path):
    with time_machine.travel(given.at("2026-10-05 09:00"), tick=True) as clock:
        her = walk(cast["line"], with_password=True)
        the_line_manager_imports_the_extract(her, tmp_path)
        the_officer_writes_the_letter(walk(cast["officer"]))
        the_line_manager_says_that_it_is_approved(walk(cast["line"]))
        the_officer_sends_the_letter(walk(cast["officer"]))
        on(clock, "2026-10-12 09:00")
        the_legal_manager_draws_the_sample(walk(cast["legal"]))
        on(clock, "2026-10-12 10:00")
        pages.mark_and_tell(walk(cast["line"]), OURS)
        on(clock, "2026-10-12 11:00")
        pages.dispute(walk(cast["officer"]), OURS, "B2")
        on(clock, "2026-10-13 09:00")
        pages.decide(walk(cast["legal"]), OURS, "B2")
        on(clock, "2026-10-13 10:00")
        the_senior_manager_reads_the_report(walk(cast["senior"]))
        the_record_is_whole()


def the_line_manager_imports_the_extract(her, tmp_path: Path):
    spoilt = [["not a number", *ROWS[0][1:]], *ROWS[1:]]
    wrong = files.a_workbook(tmp_path / "week.xlsx", Decisions=[TITLE, HEADER, *spoilt])
    her.go_to("Imports").follow("Import a file")
    her.page.get_by_label("The file", exact=True).set_input_files(wrong)
    her.press("Check the file").see("1 problem stops this file", "Decisions, row 3", "URN")
    her.press("Give the file up").see("Nothing of it was imported")

    right = files.a_workbook(tmp_path / "mended.xlsx", Decisions=[TITLE, HEADER, *ROWS])
    her.follow("Import a file")
    her.page.get_by_label("The file", exact=True).set_input_files(right)
    her.press("Check the file").see("Nothing has been imported yet", OURS)
    her.press("Import these rows").see("mended.xlsx imported", "New letters owed")


def the_officer_writes_the_letter(him):
    him.go_to("Letters").see("Owen Price", "Nia Hall").follow("Amira Begum")
    him.heading("Letter to Amira Begum").see("Due Monday 5 October 2026")
    him.page.get_by_text("Why this date").click()
    him.see("Friday 2 October 2026, 4:55pm")
    for step in ("told", "explained", "drafted"):
        record(him, step)
    him.follow("Add the letter’s words").write("Or paste its words", WORDS)
    him.press("Keep these words").see("Version 1 of the letter is kept")


def the_line_manager_says_that_it_is_approved(her):
    her.go_to("Letters").follow("Amira Begum")
    record(her, "approved")


def the_officer_sends_the_letter(him):
    him.go_to("Letters").follow("Amira Begum")
    record(him, "sent")
    him.see("Sent in time")


def record(him, step: str):
    """Record the next step of the letter as done just now."""
    him.click(him.page.locator("main a", has_text="Record: "))
    expect(him.page).to_have_url(re.compile(f"/record/{step}/$"))
    him.press("Record it").see("Recorded: ")


def the_legal_manager_draws_the_sample(her):
    her.go_to("Samples").follow("Sample plans").follow("Make a plan")
    her.write("Name of the plan", "Crown Court letters")
    her.choose("Whose work", "Crown Court")
    her.choose("Who marks the sample", "Line manager")
    her.write("Drawn at random each week", "3")
    her.press("See what this can show").heading("Check the plan")
    her.press("Keep this plan").heading("Crown Court letters")
    her.follow("Draw a week’s sample").press("Freeze the list and draw")
    her.see("0 of 3", "In time", "Not sent yet")
    her.press("Check this draw again").see("the same 3 letters")


def the_senior_manager_reads_the_report(him):
    him.go_to("Reports").follow("Make a report now")
    him.choose("Which week?", "5")
    him.press("Make the report").heading("Weekly assurance report")
    him.see("2026", "Head of the record of what was done")
    him.page.locator("table a").first.click()
    him.see("The letters it is counted from", OURS)
    him.page.go_back()
    pdf = Path(him.take("Download as PDF").path()).read_bytes()
    assert pdf.startswith(b"%PDF-")
    him.go_to("Record").see("weekly report", "letter")
    him.press("Check the record").heading("No tampering was found")


def the_record_is_whole():
    done = CliRunner().invoke(run, ["audit", "verify", "--json"])

    assert done.exit_code == 0
    assert json.loads(done.stdout)["ok"] is True

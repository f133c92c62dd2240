"""`forthright disclosure check` checks schedules, and works as `due` does with nothing set up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from forthright.cli.main import run
from tests.letter_files.files import a_locked_pdf
from tests.schedule_files.files import ROWS, a_csv, a_pdf_schedule

COMMAND = Path(sys.executable).parent / "forthright"
REPORT = (
    ("MG6E disclosure officer’s report",),
    ("Item No.", "Schedule", "Why it may undermine or assist", "Copy attached"),
    ("2", "MG6C", "The first account has another height", "No"),
)
GOOD = (
    *ROWS[:3],
    ("1", "Incident log 0441: a neighbour’s call about a man on the fence", "STORM", ""),
    ("2", "Crime report 21/10432/26: first account, height of the man, enquiries", "Niche", ""),
    ("3", "Custody record: rights, risk assessment, visit by the nurse", "Custody", ""),
    ("4", "Notebook of PC Hurst: arrest in Canal Street and the reply", "Officer", ""),
    ROWS[6],
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.csv").write_bytes(a_csv(GOOD))
    bad = [*GOOD[:6], ("4", "CCTV", "", ""), ROWS[6]]
    (tmp_path / "bad.csv").write_bytes(a_csv(bad))
    (tmp_path / "MG6E.csv").write_bytes(a_csv(REPORT))
    (tmp_path / "police-report.txt").write_text("The 999 tape was played to the defendant.\n")
    (tmp_path / "locked.pdf").write_bytes(a_locked_pdf())
    (tmp_path / "half.pdf").write_bytes(a_pdf_schedule(ROWS)[:900])
    return tmp_path


def asked(*arguments):
    return CliRunner().invoke(run, ["disclosure", *map(str, arguments)])


def test_a_good_schedule_passes(folder):
    said = asked("check", folder / "good.csv")

    assert said.exit_code == 0
    assert said.stdout.startswith("good.csv: MG6C with 4 items. Nothing found.")


def test_a_stop_ends_with_1_and_shows_place_reason_source_and_mend(folder):
    said = asked("check", folder / "bad.csv")

    assert said.exit_code == 1
    assert "STOP, MG6C item 4 (bad.csv, row 7)" in said.stdout
    assert "“CCTV” names a form or a kind of thing" in said.stdout
    assert "Instead: Say who made it" in said.stdout
    assert "Rule R4a. Source: CPS Disclosure Manual, chapter 6" in said.stdout


def test_the_return_note_is_shown_and_written(folder):
    note = folder / "note.txt"

    said = asked("check", folder / "bad.csv", "--note", note)

    text = note.read_text()
    assert text.startswith("To the disclosure officer\nReturned for mending: bad.csv.")
    assert "Reason: Schedules of unused material not completed correctly" in text
    assert text.strip() in said.stdout


def test_what_is_asked_about_a_recording_is_a_sentence(folder):
    paper = folder / "mg5.txt"
    paper.write_text("The 999 tape was played to the defendant. He made no comment.\n" * 3)

    said = asked("check", folder / "good.csv", "--with", paper)

    assert "The 999 recording is on no schedule. List it and say what it shows" in said.stdout
    assert "List The" not in said.stdout


def test_a_note_is_never_written_over_another_file(folder):
    before = (folder / "good.csv").read_text()

    said = asked("check", folder / "bad.csv", "--note", folder / "good.csv")

    assert said.exit_code == 2
    assert "already, and it stays as it is. Give --note another name" in said.stderr
    # Said before the check, and not after all of it.
    assert said.stdout == ""
    assert (folder / "good.csv").read_text() == before


def test_papers_that_came_with_it_are_read_too(folder):
    said = asked("check", folder / "good.csv", "--with", folder / "MG6E.csv",
                 "--with", folder / "police-report.txt", "--json")  # fmt: skip

    table = json.loads(said.stdout)
    rules = {(each["rule"], each["form"]) for each in table["findings"]}
    assert [each["form"] for each in table["schedules"]] == ["MG6C", "MG6E"]
    assert ("R7a", "MG6E") in rules
    assert ("R8a", "MG6C") in rules
    assert "R6f" not in {rule for rule, _ in rules}


def test_a_paper_that_cannot_be_read_is_named_and_the_rest_is_checked(folder):
    beside = ("--with", folder / "locked.pdf", "--with", folder / "police-report.txt")

    said = asked("check", folder / "good.csv", *beside)

    assert said.exit_code == 1
    assert "NOT READ: locked.pdf. The whole file: The PDF has a password" in said.stdout
    assert "What it says was not compared." in said.stdout
    assert "The 999 recording is on no schedule" in said.stdout
    table = json.loads(asked("check", folder / "good.csv", *beside, "--json").stdout)
    assert [each["file"] for each in table["unread"]] == ["locked.pdf"]
    assert "R8a" in {each["rule"] for each in table["findings"]}


def test_without_the_report_among_the_papers_it_is_asked_for(folder):
    said = asked("check", folder / "good.csv", "--with", folder / "police-report.txt", "--json")

    note = {each["reason"] for each in json.loads(said.stdout)["return_note"]}
    assert "Schedules of unused material not provided" in note


def test_a_report_that_came_and_could_not_be_read_is_not_asked_for_as_missing(folder):
    (folder / "MG6E.pdf").write_bytes((folder / "locked.pdf").read_bytes())

    said = asked("check", folder / "good.csv", "--with", folder / "MG6E.pdf", "--json")

    table = json.loads(said.stdout)
    assert {"R6f", "R6j"} & {each["rule"] for each in table["findings"]} == {"R6j"}
    note = json.dumps(table["return_note"])
    assert "No MG6E came" not in note
    assert "Send the MG6E again as a file that can be read" in note


def test_where_another_file_could_not_be_read_nobody_is_told_that_no_report_came(folder):
    said = asked("check", folder / "good.csv", "--with", folder / "locked.pdf", "--json")

    assert "No MG6E came with it that could be read, so" in said.stdout


def test_a_new_version_shows_what_changed(folder):
    said = asked("check", folder / "bad.csv", "--earlier", folder / "good.csv", "--json")

    [change] = json.loads(said.stdout)["changes"]
    assert (change["added"], change["withdrawn"], change["reused"]) == ([4], [4], [4])
    words = asked("check", folder / "bad.csv", "--earlier", folder / "good.csv").stdout
    assert "the number 4 now stands for something else" in words


def test_json_has_items_places_and_what_could_not_be_read(folder):
    rows = [("MG6C",), *GOOD[2:4], ("", "Held elsewhere", "", ""), ("5", "Note", "Niche", ""),
            ("5a", "Note of a call", "Niche", "")]  # fmt: skip
    (folder / "list.csv").write_bytes(a_csv(rows))

    table = json.loads(asked("check", folder / "list.csv", "--json").stdout)

    schedule = table["schedules"][0]
    assert schedule["items"][0]["place"] == "list.csv, row 3"
    assert {each["what"] for each in schedule["unread"]} == {
        "The number of the item “Held elsewhere”",
        "The number of the item “Note of a call”",
    }


def test_what_may_hide_items_stops_a_schedule_as_on_its_page(folder):
    rows = [("MG6C",), *GOOD[2:4], ("MG6D",), ("2", "Debrief of Heronsgate", "Safe", ""), GOOD[-1]]
    (folder / "apart.csv").write_bytes(a_csv(rows))

    printed = asked("check", folder / "apart.csv")
    said = asked("check", folder / "apart.csv", "--json")

    assert (printed.exit_code, said.exit_code) == (1, 1)
    assert "\nSTOP, NOT READ, apart.csv, row 5: 1 row from here on" in printed.stdout
    assert "1 stop" in printed.stdout.splitlines()[0]
    [schedule] = json.loads(said.stdout)["schedules"]
    assert [each["may_hide_items"] for each in schedule["unread"]] == [True]
    assert "Heronsgate" not in printed.stdout + said.stdout


def test_the_note_to_the_police_repeats_no_words_of_another_paper(folder):
    words = "The source Heronsgate told us that CCTV of the shop shows the van."
    (folder / "MG6.txt").write_text(words)

    said = asked("check", folder / "good.csv", "--with", folder / "MG6.txt", "--json")

    note = json.dumps(json.loads(said.stdout)["return_note"])
    assert "CCTV is on no schedule" in note
    assert "Heronsgate" not in note


def test_a_schedule_beside_another_that_cannot_be_read_is_no_paper(folder):
    words = "MG6D SENSITIVE MATERIAL\n1 CCTV from the house of the source Heronsgate\n"
    (folder / "second.txt").write_text(words)

    said = asked("check", folder / "good.csv", "--with", folder / "second.txt")

    assert said.exit_code == 1
    assert "NOT READ: second.txt" in said.stdout
    assert "Heronsgate" not in said.stdout


def test_sensitive_items_are_counted_and_not_printed(folder):
    rows = (("MG6D sensitive material",), ("Item", "Description", "Reason for sensitivity"),
            ("1", "Handler’s name: Quill", ""))  # fmt: skip
    (folder / "MG6D.csv").write_bytes(a_csv(rows))

    said = asked("check", folder / "MG6D.csv", "--json")

    assert json.loads(said.stdout)["schedules"][0]["count"] == 1
    assert "Quill" not in said.stdout
    assert "Quill" not in asked("check", folder / "MG6D.csv").stdout


def test_what_is_not_read_of_a_sensitive_schedule_is_named_by_its_place_alone(folder):
    head = ("Item", "Description", "Reason for sensitivity", "CPS decision", "Quill handler notes")
    (folder / "MG6D.csv").write_bytes(a_csv((
        ("MG6D sensitive material",), head,
        ("1", "Debrief", "It names a source", "S", "Quill called"),
        ("QUILL-2", "Debrief", "It names a source", "Agreed sensitive", ""),
        ("3 and QUILL", "Debrief", "It names a source", "Ask Quill", ""),
        ("4", "Debrief", "It names a source", "PII", ""),
    )))  # fmt: skip

    printed = asked("check", folder / "MG6D.csv").stdout
    said = asked("check", folder / "MG6D.csv", "--json").stdout

    assert "quill" not in (printed + said).lower()
    [schedule] = json.loads(said)["schedules"]
    assert [each["what"] for each in schedule["unread"]] == [
        "Column 5", "The number of an item", "The number of an item",
        "The decision on an item without a number",
    ]  # fmt: skip
    assert "is no decision on a sensitive item" in printed
    assert "not one of D, I" not in printed


def test_what_the_report_says_of_a_sensitive_item_is_neither_printed_nor_put_into_the_json(folder):
    (folder / "MG6D.csv").write_bytes(a_csv((
        ("MG6D sensitive material",), ("Item", "Description", "Reason for sensitivity"),
        ("3", "Debrief of the source", "It names a source"),
    )))  # fmt: skip
    (folder / "said.csv").write_bytes(a_csv((
        *REPORT[:2],
        ("2", "MG6C", "The first account has another height", "With PC Hurst"),
        ("1", "", "The log has another time", "Yes"),
        ("3", "MG6D", "Quill said that he lied", "Kept by Quill"),
        ("3", "", "Quill was there", "Kept by Quill"),
        ("9", "", "Quill again", "Kept by Quill"),
        ("5a", "MG6C", "Quill once more", "Kept by Quill"),
    )))  # fmt: skip
    files = ("check", folder / "good.csv", "--with", folder / "MG6D.csv", "--with",
             folder / "said.csv", "--note", folder / "note.txt")  # fmt: skip

    printed = asked(*files)

    assert "MG6E item 3" in printed.stdout
    assert "(With PC Hurst)" in printed.stdout
    assert "Quill" not in printed.stdout + (folder / "note.txt").read_text()
    said = asked(*files[:-2], "--json").stdout
    assert "Quill" not in said
    report = next(each for each in json.loads(said)["schedules"] if each["form"] == "MG6E")
    assert [(each["number"], each["undermines"]) for each in report["items"]] == [
        (2, "The first account has another height"), (1, "The log has another time"),
        (3, ""), (3, ""), (9, ""), (None, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["absent.csv"], "cannot be read", id="no file"),
        pytest.param(["locked.pdf"], "locked.pdf, the whole file: The PDF has a password",
                     id="locked"),
        pytest.param(["half.pdf"], "damaged", id="cut short"),
        pytest.param(["good.csv", "--as-of", "8 April"], "is not a day", id="no day"),
        pytest.param(["good.csv", "--rules", "absent"], "not a folder with", id="no rules"),
        pytest.param(["good.csv", "--with", "absent.txt"], "cannot be read", id="no paper"),
    ],
)  # fmt: skip
def test_wrong_use_ends_with_2_and_says_why(folder, arguments, words):
    there = [folder / each if "." in each or each == "absent" else each for each in arguments]

    said = asked("check", *there)

    assert said.exit_code == 2
    assert words in said.stderr


def test_wrong_use_is_told_as_json_where_json_was_asked_for(folder):
    said = asked("check", folder / "locked.pdf", "--json")

    assert json.loads(said.stdout)["status"] == 2


@pytest.mark.parametrize("arguments", [
    ["check", "bad.csv"],
    ["due", "--sent", "2012-01-03", "--bail"],
])  # fmt: skip
def test_it_works_where_nothing_is_set_up(folder, arguments):
    bare = {"PATH": os.environ["PATH"], "HOME": str(folder)}

    said = subprocess.run(
        [COMMAND, "disclosure", *arguments], cwd=folder, env=bare, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert said.returncode == 1, said.stderr
    assert "Traceback" not in said.stderr

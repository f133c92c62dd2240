"""`forthright check` says what is wrong with a letter, where nothing else is set up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from forthright.cli.main import run
from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks.examples import example_case
from tests import shared_data
from tests.letter_files.files import a_pdf, a_word_file
from tests.rules.letter_checks.letters import good_letter

COMMAND = Path(sys.executable).parent / "forthright"
SAMPLES = shared_data.find("data/letters/samples")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.txt").write_text(good_letter("discontinued"))
    (tmp_path / "bad.txt").write_text("Dear [NAME],\n\nWe dropped the case.\n")
    (tmp_path / "case.json").write_text(example_case().model_dump_json())
    return tmp_path


def asked(*arguments):
    return CliRunner().invoke(run, [str(each) for each in arguments])


def test_a_good_letter_passes(folder):
    said = asked("check", folder / "good.txt", "--case", folder / "case.json",
                 "--as-of", "2026-04-08")  # fmt: skip

    assert said.exit_code == 0
    assert said.stdout.startswith("good.txt: nothing found.")


def test_a_letter_of_an_earlier_day_is_said_to_be_checked_as_on_today(folder):
    letter = folder / "old.txt"
    letter.write_text("8 April 2020\n\nDear Ms Osei,\n\nI have stopped the case.\n")

    by_case = asked("check", folder / "good.txt", "--case", folder / "case.json")
    by_head = asked("check", letter)
    with_day = asked("check", letter, "--as-of", "2020-04-08")

    assert "the letter is of Wednesday 8 April 2026." in by_case.stdout.splitlines()[1]
    assert by_head.stdout.splitlines()[1].startswith("Checked as on today, ")
    assert by_head.stdout.splitlines()[1].endswith("add --as-of 2020-04-08.")
    assert "as on today" not in with_day.stdout


PASTED = (
    "The film shows a man in a grey coat from behind, and nobody who was there could say with "
    "any certainty who he was."
)


def test_a_paragraph_of_a_recent_letter_is_told(folder):
    recent = folder / "recent"
    recent.mkdir()
    (recent / "one.txt").write_text(f"Dear Mr Iqbal,\n\n{PASTED}\n")
    letter = folder / "pasted.txt"
    letter.write_text(f"Dear Ms Osei,\n\n{PASTED}\n")

    said = asked("check", letter, "--recent", recent, "--json")

    rules = {each["rule"]: each for each in json.loads(said.stdout)["findings"]}
    assert rules["F1d"]["words"] == PASTED
    assert "Iqbal" not in rules["F1d"]["message"]


def test_a_stop_ends_with_1_and_shows_line_words_reason_source_and_mend(folder):
    said = asked("check", folder / "bad.txt")

    assert said.exit_code == 1
    assert "STOP, line 1: “[NAME]”" in said.stdout
    assert "a gap in the template that nobody has filled." in said.stdout
    assert "Instead: stopped, or will not go ahead" in said.stdout
    assert "Rule D3a. Source: CPS, Cases requiring a DCV letter" in said.stdout


@pytest.mark.parametrize(
    ("reader", "why"),
    [
        ({"safe_contact": {"note": "Never write to the house."}}, "Never write to the house."),
        ({"has_opted_out": True}, "asked for no more letters"),
        ({"safe_contact": {"unsafe_addresses": ["4 QUARRY CL"]}}, "not safe for this person"),
    ],
)
def test_a_letter_that_is_locked_ends_with_1_and_says_why(folder, reader, why):
    case = example_case()
    known = {**case.recipient.model_dump(), **reader}
    changed = CaseFile.model_validate({**case.model_dump(), "recipient": known})
    (folder / "case.json").write_text(changed.model_dump_json())

    said = asked("check", folder / "good.txt", "--case", folder / "case.json",
                 "--as-of", "2026-04-08")  # fmt: skip

    assert said.exit_code == 1
    assert why in " ".join(said.stdout.split())


def test_json_has_what_other_programs_need(folder):
    said = asked("check", folder / "bad.txt", "--json")

    found = json.loads(said.stdout)["findings"]
    first = next(each for each in found if each["rule"] == "A1")
    assert first["words"] == "[NAME]"
    assert (first["start"], first["end"], first["level"], first["line"]) == (5, 11, "stop", 1)
    assert {"message", "source", "suggestion", "status"} <= set(first)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("letter.docx", a_word_file("Dear [NAME],"), id="Word"),
        pytest.param("letter.pdf", a_pdf("Dear [NAME],"), id="PDF"),
        pytest.param("letter.md", b"# A letter\n\nDear [NAME],", id="Markdown"),
    ],
)
def test_other_files_are_read(folder, name, content):
    (folder / name).write_bytes(content)

    said = asked("check", folder / name, "--json")

    assert "A1" in {each["rule"] for each in json.loads(said.stdout)["findings"]}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["absent.txt"], "cannot be read", id="no letter"),
        pytest.param(["case.json"], "Only .docx, .pdf, .txt and .md", id="no kind of letter"),
        pytest.param(["good.txt", "--as-of", "8 April"], "is not a day", id="no day"),
        pytest.param(["good.txt", "--rules", "absent"], "is not a folder of rules", id="no rules"),
        pytest.param(["good.txt", "--case", "bad.txt"], "is not a case file", id="no case"),
        pytest.param(["good.txt", "--recent", "absent"], "not a folder of letters", id="no recent"),
        pytest.param(["good.txt", "--case", "absent.json"], "cannot be read", id="case is absent"),
    ],
)
def test_wrong_use_ends_with_2_and_says_why(folder, arguments, words):
    there = [folder / each if "." in each or each == "absent" else each for each in arguments]

    said = asked("check", *there)

    assert said.exit_code == 2
    assert words in said.stderr


def test_it_works_where_nothing_is_set_up(folder):
    bare = {"PATH": os.environ["PATH"], "HOME": str(folder)}

    said = subprocess.run(
        [COMMAND, "check", "bad.txt"], cwd=folder, env=bare, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert said.returncode == 1, said.stderr
    assert "“[NAME]”" in said.stdout


def test_it_says_when_spelling_could_not_be_checked(folder):
    bare = {"PATH": os.environ["PATH"], "FORTHRIGHT_DICTIONARY": str(folder)}

    said = subprocess.run(
        [COMMAND, "check", "good.txt", "--json"], cwd=folder, env=bare, capture_output=True,
        text=True, check=False,
    )  # fmt: skip

    assert "Spelling was not checked" in json.loads(said.stdout)["not_run"][0]
    assert "hunspell-en-gb" in json.loads(said.stdout)["not_run"][0]


@pytest.mark.skipif(SAMPLES is None, reason="the public samples are not on this machine")
def test_public_samples_are_checked_without_a_crash():
    for sample in sorted(SAMPLES.iterdir()):
        said = asked("check", sample, "--json")
        rules = {each["rule"] for each in json.loads(said.stdout)["findings"]}
        # Every one of them is a form with gaps.
        assert "A1" in rules, sample.name
        assert said.exit_code == 1


class TestRules:
    """Tests of `forthright rules`."""

    def test_the_shipped_rules_do_what_they_say(self):
        said = asked("rules", "test")

        assert said.exit_code == 0
        assert "every rule does what its examples say." in said.stdout

    def test_a_rule_that_does_not_do_what_it_says_is_named(self, folder):
        asked("rules", "copy", folder / "own")
        rules = folder / "own" / "d_respect.toml"
        rules.write_text(rules.read_text().replace('"We dropped the charges."', '"We stopped."'))

        said = asked("rules", "test", folder / "own")

        assert said.exit_code == 1
        assert "d_respect.toml, rule D3a: it must fire, and did not: “We stopped.”" in said.stdout

    @pytest.mark.parametrize(
        "pattern", ["(a+)+$", "(a|a)*b", r"(\w+\s?)*!", r"(\w+\s*)+\d{9}", "(x+x+)+y"]
    )
    def test_a_pattern_that_never_ends_is_refused_and_named(self, folder, pattern):
        asked("rules", "copy", folder / "own")
        rules = folder / "own" / "d_respect.toml"
        text = rules.read_text()
        start = text.index('find = { where = "prose", patterns')
        find = f"find = {{ where = \"prose\", patterns = ['''{pattern}'''] }}"
        rules.write_text(text[:start] + find + text[text.index("\n", start) :])
        (folder / "letter.txt").write_text("Dear Ms Osei,\n\nThe case has ended.")

        tried = asked("rules", "test", folder / "own")
        checked = asked("check", folder / "letter.txt", "--rules", folder / "own")

        for said in (tried, checked):
            assert said.exit_code == 2
            assert "d_respect.toml, rule D" in said.stderr
            assert f"field find.patterns: the pattern {pattern} takes far too long" in said.stderr

    def test_rules_are_not_written_over_others(self, folder):
        said = asked("rules", "copy", folder)

        assert said.exit_code == 2
        assert "Name a new folder" in said.stderr

    def test_new_rules_are_compared_letter_by_letter(self, folder):
        asked("rules", "copy", folder / "own")
        rules = folder / "own" / "e_plain.toml"
        rules.write_text(rules.read_text().replace("most = 25", "most = 15"))
        letters = folder / "letters"
        letters.mkdir()
        (letters / "one.txt").write_text(good_letter("altered"))
        (letters / "two.txt").write_text("Dear Ms Osei,\n\nI am sorry. It has ended.")

        said = asked("rules", "backtest", letters, "--rules", folder / "own", "--processes", 1)

        assert said.exit_code == 0
        assert said.stdout.startswith("2 letters: 0 stopped now, 0 stopped by the new rules; 1")
        assert "rule E1: 0 found now," in said.stdout
        assert "one.txt" in said.stdout
        assert "two.txt" not in said.stdout


def test_a_damaged_pdf_is_told_in_our_words_alone(folder):
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 no more")

    said = subprocess.run(
        [COMMAND, "check", "broken.pdf"], cwd=folder, capture_output=True, text=True, check=False
    )

    assert said.returncode == 2
    assert said.stderr.splitlines() == [
        "broken.pdf: The PDF is damaged and cannot be read. Paste the words instead."
    ]

"""`forthright anonymise` masks, searches and measures, where nothing else is set up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from forthright.cli.main import run
from forthright.rules.letter_checks.examples import example_case
from tests.letter_files.files import a_pdf, a_word_file

COMMAND = Path(sys.executable).parent / "forthright"
LETTER = "Dear Ms Osei,\n\nDean Hollis will be in court on 20 April 2026.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "letter.txt").write_text(LETTER)
    (tmp_path / "letter.docx").write_bytes(a_word_file(*LETTER.splitlines()))
    (tmp_path / "letter.pdf").write_bytes(a_pdf(LETTER))
    (tmp_path / "case.json").write_text(example_case().model_dump_json())
    return tmp_path


def asked(*arguments, typed=""):
    return CliRunner().invoke(run, ["anonymise", *(str(each) for each in arguments)], input=typed)


@pytest.mark.parametrize("ending", [".txt", ".docx", ".pdf"])
def test_a_letter_of_each_kind_is_anonymised(folder, ending):
    said = asked(folder / f"letter{ending}", "--case", folder / "case.json")

    assert said.exit_code == 0
    assert "Dear [the victim]," in said.stdout
    assert "Hollis" not in said.stdout


def test_what_is_piped_in_is_anonymised():
    said = asked(typed=LETTER)

    assert said.exit_code == 0
    assert "Osei" not in said.stdout


def test_what_is_piped_in_beside_a_file_is_a_letter_of_its_own(folder):
    piped = "Dear Mr Quigley,\n\nThe case was stopped.\n"

    said = asked(folder / "letter.txt", "-", "--out", folder / "out", typed=piped)
    told = asked("-", folder / "letter.txt", "--json", typed=piped)

    assert said.exit_code == told.exit_code == 0
    assert "2 letters" in said.stdout
    assert "The case was stopped." in (folder / "out" / "letter-002.txt").read_text()
    assert [each["letter"] for each in json.loads(told.stdout)] == ["-", "letter.txt"]


def test_what_is_piped_in_is_named_once(folder):
    said = asked("-", folder / "letter.txt", "-", typed=LETTER)

    assert said.exit_code == 2
    assert "- stands twice" in said.output


def test_where_nothing_is_piped_in_beside_a_file_it_is_said(folder):
    said = asked(folder / "letter.txt", "-")

    assert said.exit_code == 2
    assert "There is no letter" in said.output
    assert "Hollis" not in said.output


def test_a_letter_in_another_language_than_english_is_refused():
    said = asked(
        typed="Annwyl Ms Pryce\n\nRwyf wedi penderfynu rhoi’r gorau i’r achos yn erbyn Mr Morgan. "
        "Nid oedd digon o dystiolaeth i’r llys ei gael yn euog, ac mae’n ddrwg gennyf.\n"
    )

    assert said.exit_code == 2
    assert "What was piped in is in Welsh. Only English is anonymised" in said.output
    assert "Morgan" not in said.output


def test_places_are_counted_in_the_file_as_it_was_given(folder):
    letter = "Dear Ms Osei,\r\n\r\nDean Hol\u200blis told Ame\u0301lie Khan of it.\r\n"
    (folder / "windows.txt").write_bytes(letter.encode())

    for said in (
        asked(folder / "windows.txt", "--case", folder / "case.json", "--json"),
        asked("--case", folder / "case.json", "--json", typed=letter),
    ):
        spans = json.loads(said.stdout)["spans"]
        names = [letter[each["start"] : each["end"]] for each in spans]
        assert names == ["Ms Osei", "Dean Hol\u200blis", "Ame\u0301lie Khan"]


def test_json_has_the_text_and_every_place(folder):
    said = asked(folder / "letter.txt", "--case", folder / "case.json", "--json")

    told = json.loads(said.stdout)
    first = told["spans"][0]
    assert set(first) >= {"start", "end", "type", "layer", "score", "replacement"}
    assert LETTER[first["start"] : first["end"]] == "Ms Osei"
    assert first["replacement"] == "[the victim]"
    assert "Osei" not in told["text"]


def test_several_letters_are_written_to_a_folder(folder):
    said = asked(folder / "letter.txt", folder / "letter.docx", "--out", folder / "out")

    assert said.exit_code == 0
    assert sorted(each.name for each in (folder / "out").iterdir()) == [
        "letter-001.txt",
        "letter-002.txt",
    ]


def test_nothing_is_written_over(folder):
    (folder / "out.txt").write_text("mine")

    said = asked(folder / "letter.txt", "--out", folder / "out.txt")

    assert said.exit_code == 2
    assert (folder / "out.txt").read_text() == "mine"


def test_where_one_of_several_names_is_taken_nothing_is_written(folder):
    (folder / "out").mkdir()
    (folder / "out" / "letter-002.txt").write_text("mine")

    said = asked(folder / "letter.txt", folder / "letter.docx", "--out", folder / "out")

    assert said.exit_code == 2
    assert "letter-002.txt is there already" in said.output
    assert [each.name for each in (folder / "out").iterdir()] == ["letter-002.txt"]


@pytest.mark.parametrize(
    "content",
    ["[]", '[{"doc_id": "1", "text": "Mr Hall came.", "annotations": {}}]',
     '[{"doc_id": "1", "text": "Hall", "annotations": {"a": {"entity_mentions": []}}}]'],
)  # fmt: skip
def test_a_file_in_which_nothing_is_to_be_masked_measures_nothing(folder, content):
    (folder / "gold.json").write_text(content)

    said = asked("--evaluate", "tab", folder / "gold.json")

    assert said.exit_code == 2
    assert "Nothing in it is to be masked" in said.output


def test_one_letter_is_written_to_a_file(folder):
    said = asked(folder / "letter.txt", "--out", folder / "out.txt")

    assert said.exit_code == 0
    assert "Osei" not in (folder / "out.txt").read_text()
    assert "Read it" in said.stdout


def test_the_gate_stops_a_file_that_holds_a_name(folder):
    said = asked("--gate", folder / "letter.docx", "--case", folder / "case.json", "--json")

    left = json.loads(said.stdout)["left"]
    assert said.exit_code == 1
    assert {"Osei", "Hollis"} <= {word for each in left for word in each["words"].split()}


def test_the_gate_lets_an_anonymised_file_through(folder):
    asked(folder / "letter.txt", "--case", folder / "case.json", "--out", folder / "panel.txt")

    said = asked("--gate", folder / "panel.txt", "--case", folder / "case.json")

    assert said.exit_code == 0
    assert "nothing known is left" in said.stdout
    assert said.stderr == "Searching …\n"


def test_the_gate_reads_the_name_of_the_file(folder):
    (folder / "osei.txt").write_text("Dear [the victim],")

    said = asked("--gate", folder / "osei.txt", "--case", folder / "case.json")

    assert said.exit_code == 1
    assert "the name of the file" in said.stdout


def test_the_gate_asks_about_what_may_be_a_name(folder):
    case = example_case().model_dump(mode="json")
    case["accused"][0] |= {"given_names": "Lan", "family_name": "He"}
    (folder / "case.json").write_text(json.dumps(case))
    (folder / "panel.txt").write_text("I write about it.\n\nHe said nothing to the police.")
    gate = ("--gate", folder / "panel.txt", "--case", folder / "case.json")

    said, told = asked(*gate), asked(*gate, "--json")

    assert said.exit_code == told.exit_code == 1
    assert "1 place may be a name. Look at each" in said.stdout
    assert "line 3: “He”" in said.stdout
    assert [each["words"] for each in json.loads(told.stdout)["look_at"]] == ["He"]
    assert asked(*gate, "--looked-at").exit_code == 0


def test_the_gate_asks_about_names_that_nobody_knows(folder):
    (folder / "panel.txt").write_text(
        "Dear [the victim]\n\nMs Patel and PC 4412 Brownlow of Cannock met Mr Quigley.\n"
    )
    gate = ("--gate", folder / "panel.txt", "--case", folder / "case.json")

    said, told = asked(*gate), json.loads(asked(*gate, "--json").stdout)

    assert said.exit_code == 1
    assert "panel.txt: nothing known is left, but 4 places may be a name." in said.stdout
    assert told["left"] == []
    assert [each["words"] for each in told["look_at"]] == [
        "Patel", "4412 Brownlow", "Cannock", "Mr Quigley",
    ]  # fmt: skip
    assert asked(*gate, "--looked-at").exit_code == 0


def test_the_gate_asks_once_about_what_may_be_a_slip_in_a_known_name(folder):
    (folder / "panel.txt").write_text("Dear [the victim]\n\nPC Hall rang you.\n")
    gate = ("--gate", folder / "panel.txt", "--case", folder / "case.json")

    told = json.loads(asked(*gate, "--json").stdout)

    assert told["left"] == []
    assert [each["words"] for each in told["look_at"]] == ["Hall"]
    assert asked(*gate, "--looked-at").exit_code == 0


@pytest.mark.parametrize("made", [a_word_file, a_pdf], ids=["Word", "PDF"])
def test_the_gate_asks_about_nothing_in_a_file_that_names_nobody(folder, made):
    path = folder / f"panel{'.docx' if made is a_word_file else '.pdf'}"
    path.write_bytes(made("Dear [the victim]\n\nThe case was stopped."))

    said = asked("--gate", path, "--case", folder / "case.json")

    assert (said.exit_code, said.stdout.splitlines()[:1]) == (
        0, [f"{path.name}: nothing known is left. Two people still have to read it."],
    )  # fmt: skip


def test_the_gate_needs_a_case(folder):
    assert asked("--gate", folder / "letter.txt").exit_code == 2


def test_the_gate_refuses_what_it_cannot_read(folder):
    (folder / "a.docx").write_bytes(b"PK\x03\x04 broken")

    said = asked("--gate", folder / "a.docx", "--case", folder / "case.json")

    assert said.exit_code == 1
    assert "damaged" in said.stderr


def test_the_benchmark_is_measured(folder):
    mention = {"entity_id": "e", "entity_type": "PERSON", "identifier_type": "DIRECT",
               "start_offset": 0, "end_offset": 12}  # fmt: skip
    entry = {"doc_id": "1", "text": "Mr John Smith complained.", "annotations":
             {"a": {"entity_mentions": [{**mention, "end_offset": 13}]}}}  # fmt: skip
    (folder / "tab.json").write_text(json.dumps([entry]))

    said = asked("--evaluate", "tab", folder / "tab.json", "--json")

    told = json.loads(said.stdout)
    assert told["recall_of_direct_entities"] == {"found": 1, "of": 1, "share": 1.0}


def test_what_is_no_benchmark_is_refused(folder):
    said = asked("--evaluate", "tab", folder / "letter.txt")

    assert said.exit_code == 2
    assert "Text Anonymization Benchmark" in said.stderr


def test_it_works_where_nothing_is_set_up(folder):
    done = subprocess.run(
        [COMMAND, "anonymise", folder / "letter.txt"],
        env={"PATH": os.environ["PATH"]},
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
    )

    assert done.returncode == 0
    assert "Osei" not in done.stdout


def test_every_letter_of_a_folder_that_cannot_be_taken_is_named_at_once(tmp_path):
    good, empty, gone = tmp_path / "good.txt", tmp_path / "empty.txt", tmp_path / "gone.txt"
    good.write_text("Dear Ms Osei,\nThe case was stopped.\n")
    empty.write_text("")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    out = tmp_path / "out"

    said = CliRunner().invoke(
        run,
        ["anonymise", *map(str, (good, empty, tmp_path / "broken.pdf", gone)), "--out", str(out)],
    )

    assert said.exit_code == 2
    for name in ("empty.txt", "broken.pdf", "gone.txt"):
        assert name in said.output
    assert "3 of 4 letters cannot be taken, and nothing was done" in said.output
    assert not out.exists()

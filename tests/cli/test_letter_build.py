"""`forthright letter build` writes a letter with no server, no database and no network."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader
from typer.testing import CliRunner

from forthright.cli.main import run
from forthright.rules.case_file import CaseFile
from tests.rules.letter_blocks.cases import a_case, a_letter

COMMAND = Path(sys.executable).parent / "forthright"


def built(*arguments: object):
    return CliRunner().invoke(run, ["letter", "build", *(str(each) for each in arguments)])


@pytest.fixture
def case_file(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(a_case().model_dump_json())
    return path


def words_of(path: Path) -> str:
    if path.suffix == ".docx":
        return "\n".join(each.text for each in Document(path).paragraphs)
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    return path.read_text()


@pytest.mark.parametrize("ending", ["docx", "pdf", "txt"])
def test_a_letter_is_written_in_each_form(tmp_path, case_file, ending):
    out = tmp_path / f"letter.{ending}"

    said = built("discontinued", "--case", case_file, "--out", out)

    assert said.exit_code == 0, said.output
    assert "Dear Ms Begum" in words_of(out)
    assert "case against Daniel Price" in words_of(out)


def test_large_print_takes_more_pages(tmp_path, case_file):
    plain, large = tmp_path / "plain.pdf", tmp_path / "large.pdf"

    built("discontinued", "--case", case_file, "--out", plain)
    built("discontinued", "--case", case_file, "--out", large, "--large-print")

    assert len(PdfReader(large).pages) > len(PdfReader(plain).pages)


def test_a_word_template_can_be_named_by_its_file(tmp_path, case_file):
    document = Document()
    document.add_paragraph("Dear {{ dear_name }}")
    document.save(tmp_path / "ours.docx")

    said = built(tmp_path / "ours.docx", "--case", case_file, "--out", tmp_path / "letter.txt")

    assert said.exit_code == 0, said.output
    assert (tmp_path / "letter.txt").read_text() == "Dear Ms Begum\n"


def test_a_letter_that_lacks_something_is_not_written_and_says_what(tmp_path):
    path, out = tmp_path / "case.json", tmp_path / "letter.docx"
    path.write_text(a_case(accused=(), letter=a_letter(signatory="")).model_dump_json())

    said = built("discontinued", "--case", path, "--out", out)

    assert said.exit_code == 1
    assert "The letter cannot be written yet." in said.stderr
    assert "everybody accused is not recorded. Add it to the case." in said.stderr
    assert "Who signs the letter is not recorded." in said.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("template", "out", "words"),
    [
        ("discontinud", "letter.docx", "no template “discontinud”. Did you mean “discontinued”?"),
        ("discontinued", "letter.doc", "written as .docx, .pdf or .txt"),
    ],
)
def test_a_wrong_use_is_refused(tmp_path, case_file, template, out, words):
    said = built(template, "--case", case_file, "--out", tmp_path / out)

    assert said.exit_code == 2
    assert words in said.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not a case file"),
        ('{"urn": "20AB0123426", "sirname": "Begum"}', "sirname: there is no such field"),
    ],
)
def test_what_is_not_a_case_file_is_refused_without_its_values(tmp_path, content, words):
    path = tmp_path / "case.json"
    path.write_text(content)

    said = built("discontinued", "--case", path, "--out", tmp_path / "letter.txt")

    assert said.exit_code == 2
    assert words in said.stderr
    assert "Begum" not in said.stderr


def test_the_templates_are_listed():
    said = CliRunner().invoke(run, ["letter", "templates"])

    assert "bereaved_family: Bereaved family." in said.stdout


@pytest.mark.slow  # starts the command as a program, as nothing else shows it needs no database
def test_it_works_where_nothing_is_set_up(tmp_path, case_file):
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("FORTHRIGHT", "DATABASE"))}
    settings = {"FORTHRIGHT_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    said = subprocess.run(
        [COMMAND, "letter", "build", "discontinued", "--case", case_file, "--out", "letter.txt"],
        env={**plain, **settings},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 0, said.stderr
    assert "Dear Ms Begum" in (tmp_path / "letter.txt").read_text()


@pytest.mark.parametrize("ending", ["docx", "pdf", "txt"])
@pytest.mark.parametrize(
    ("reader", "why", "mend"),
    [
        ({"safe_contact": {"note": "Never write to the house."}}, "Never write to the house.",
         "recipient.safe_contact.answer"),
        ({"has_opted_out": True}, "asked not to be told", "recipient.has_opted_out"),
        ({"safe_contact": {"unsafe_addresses": ["4 MILL LN, Coventry"]}}, "is not safe",
         "recipient.address"),
        ({"channel": "EMAIL", "email": "a.b@gmail.com",
          "safe_contact": {"unsafe_emails": ["ab@gmail.com"]}}, "e-mail address is marked",
         "recipient.email"),
    ],
)  # fmt: skip
def test_a_locked_letter_is_not_written_and_says_how_to_mend_it(
    tmp_path, reader, why, mend, ending
):
    case = a_case()
    known = {**case.recipient.model_dump(), **reader}
    path, out = tmp_path / "case.json", tmp_path / f"letter.{ending}"
    path.write_text(CaseFile.model_validate({**case.model_dump(), "recipient": known})
                    .model_dump_json())  # fmt: skip

    said = built("discontinued", "--case", path, "--out", out)

    assert said.exit_code == 1
    assert "The letter is locked, so it is not written." in said.stderr
    assert why in said.stderr
    assert mend in said.stderr
    assert not out.exists()


def test_a_note_that_somebody_answered_locks_nothing(tmp_path):
    case = a_case()
    safe = {"note": "Never write to the old house.", "answer": "She moved; M. Hale, 5 October."}
    known = {**case.recipient.model_dump(), "safe_contact": safe}
    path = tmp_path / "case.json"
    path.write_text(CaseFile.model_validate({**case.model_dump(), "recipient": known})
                    .model_dump_json())  # fmt: skip

    assert built("discontinued", "--case", path, "--out", tmp_path / "a.txt").exit_code == 0

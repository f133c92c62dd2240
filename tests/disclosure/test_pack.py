"""What leaves with a service holds nothing that must stay: every part of each file is read."""

import io
import zipfile

import pytest
from typer.testing import CliRunner

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cli import disclosure_packs
from forthright.cli.main import run
from forthright.disclosure.documents import pack_of, zipped
from forthright.disclosure.selectors.packs import NoPackYet
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db

# Of a sensitive schedule, of the record of what was decided and why, and of who did it.
MUST_STAY = ("Heronsgate", "Debrief", "MG6D", "It names a source", "It is about another address",
             "She saw two men", "Receipt 4471", "Property store", "Prosecutor ")  # fmt: skip


def everything_in(content: bytes) -> str:
    """Return every byte of a file as words, and of every part of one that is a package."""
    said = content.decode("latin-1") + content.decode("utf-16-le", errors="ignore")
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in package.infolist():
                said += part.filename + everything_in(package.read(part))
    return said


@pytest.mark.parametrize("state", [duties.approved, duties.served, duties.court_told])
def test_nothing_sensitive_and_nothing_of_the_record_is_in_any_byte_of_a_pack(state):
    duty = state()

    files = pack_of(duty, by=None, at=given.NOON)

    said = everything_in(zipped(files)) + " ".join(files)
    assert [words for words in MUST_STAY if words in said] == []
    assert "First account of Mrs Oduya" in said
    assert sorted(files) == ["contents.json", "covering-letter.docx", "disclosed-material.docx",
                             "notice-to-the-court.docx", "schedule-as-served.docx"]  # fmt: skip


def test_a_defendant_gets_only_what_was_decided_for_them():
    first = duties.endorsed()
    other = duties.a_duty(case=first.case, name="Hollis")
    codes = {1: ("CND", ""), 2: ("D", "It is his call"), 3: ("ND", "It is of the other")}
    duties.endorse_all(other, by=None, codes=codes)
    other = duties.approve_and_serve(other)

    files = pack_of(other, by=None, at=given.NOON)

    listed = everything_in(files["disclosed-material.docx"])
    assert "Storm incident log" in listed
    assert "First account" not in listed
    assert "Marsden" not in everything_in(zipped(files))


def test_no_pack_is_made_before_approval():
    with pytest.raises(NoPackYet, match="once it is approved"):
        pack_of(duties.endorsed(), by=None, at=given.NOON)


def test_a_pack_is_handed_out_on_a_page_and_that_is_recorded(time_machine):
    time_machine.move_to(given.NOON, tick=False)
    duty = duties.approved()
    browser = as_(given.a_person(Role.LINE_MANAGER))

    answer = browser.client.get(f"/disclosure/{duty.pk}/pack/")

    assert answer["Content-Type"] == "application/zip"
    assert "Heronsgate" not in everything_in(answer.content)
    assert Event.objects.filter(name="pack.taken_out", subject_id=str(duty.pk)).exists()
    browser.open(f"/disclosure/{duties.endorsed().pk}/pack/").see("once it is approved")


def test_the_command_writes_a_folder_for_each_defendant(tmp_path):
    duty = duties.served()
    duties.a_duty(case=duty.case, name="Hollis")

    told = CliRunner().invoke(
        run, ["disclosure", "pack", "--case", duty.case.urn, "--out", str(tmp_path / "out")]
    )

    assert told.exit_code == 0, told.output
    assert "Defendant 2:" in told.output
    files = sorted(path.name for path in (tmp_path / "out" / "defendant-1").iterdir())
    assert len(files) == 5
    written = "".join(everything_in(path.read_bytes()) for path in (tmp_path / "out").rglob("*.*"))
    assert [words for words in MUST_STAY if words in written] == []
    again = CliRunner().invoke(
        run, ["disclosure", "pack", "--case", duty.case.urn, "--out", str(tmp_path / "out")]
    )
    assert again.exit_code == 2


def pack_into(folder, duty):
    return CliRunner().invoke(
        run, ["disclosure", "pack", "--case", duty.case.urn, "--out", str(folder)]
    )


def test_a_folder_that_is_there_stops_all_before_the_record_says_that_papers_were_taken(tmp_path):
    duty = duties.served()
    duties.a_duty(case=duty.case, name="Hollis")
    (tmp_path / "defendant-2").mkdir()

    told = pack_into(tmp_path, duty)

    assert told.exit_code == 2
    assert "defendant-2 is there already. Name a new folder" in told.output
    assert [each.name for each in tmp_path.iterdir()] == ["defendant-2"]
    assert not Event.objects.filter(name="pack.taken_out").exists()


def test_what_could_not_be_written_whole_leaves_no_folder(tmp_path, monkeypatch):
    duty = duties.served()
    duties.a_duty(case=duty.case, name="Hollis")
    seen = []

    def as_on_a_full_disk(its_duty, **more):
        seen.append([each.name for each in tmp_path.iterdir()])
        if its_duty != duty:
            raise OSError(28, "No space left on device")
        return pack_of(its_duty, **more)

    monkeypatch.setattr(disclosure_packs, "pack_of", as_on_a_full_disk)

    told = pack_into(tmp_path, duty)

    assert told.exit_code == 2
    assert "No space left on device" in told.output
    # Whoever looked while it was written, or after it was killed, saw no folder that looks whole.
    assert [[name.startswith("unfinished-") for name in names] for names in seen] == [[True]] * 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("urn", "status"), [("20ZZ9999926", 1), ("nothing", 2)])
def test_a_case_that_is_not_there_is_refused(urn, status, tmp_path):
    duties.a_duty()

    told = CliRunner().invoke(run, ["disclosure", "pack", "--case", urn, "--out", str(tmp_path)])

    assert told.exit_code == status

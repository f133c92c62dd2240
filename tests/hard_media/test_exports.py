"""A case goes out as a bag that anybody can check; what is sensitive is in no part of it."""

import hashlib
import json
import subprocess

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.hard_media import exports, storing
from forthright.hard_media.exports import NothingToExport, export_case
from forthright.media_files.bags import BagThere, NotAsItCame
from tests import given
from tests.hard_media import media
from tests.hard_media.links import a_copy, with_a_file

pytestmark = pytest.mark.django_db
NOON = given.NOON
URN = "20AB7000126"


@pytest.fixture
def hearing():
    return media.a_hearing(urn=URN)


def exported(hearing, tmp_path, *, is_known=True):
    bag = tmp_path / "bag"
    return export_case(hearing, bag, is_known=is_known, by=None, at=NOON), bag


def text_of(pdf):
    return " ".join(" ".join(each.extract_text() for each in PdfReader(pdf).pages).split())


def checked(bag, manifest):
    """Say whether sha256sum, which knows nothing of us, finds every file as it is listed."""
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", manifest], cwd=bag, check=False
    )
    return done.returncode == 0


def test_a_bag_holds_what_may_be_shared_and_checks_without_us(hearing, tmp_path):
    with_a_file(hearing, content=b"relied on")
    with_a_file(hearing, kind="UNUSED", content=b"disclosed")
    secret = with_a_file(hearing, kind="SENSITIVE", content=b"his address")
    media.an_expected_item(hearing)

    done, bag = exported(hearing, tmp_path)

    assert (done.files, done.left_out) == (2, 2)
    assert checked(bag, "manifest-sha256.txt")
    assert checked(bag, "tagmanifest-sha256.txt")
    assert "Payload-Oxum: 18.2\n" in (bag / "bag-info.txt").read_text()
    everything = b"".join(each.read_bytes() for each in bag.rglob("*") if each.is_file())
    assert b"his address" not in everything
    assert secret.files.get().sha256.encode() not in everything
    assert f'"{secret.exhibit}"' not in (bag / "custody.jsonld").read_text()
    event = Event.objects.get(name="media.exported")
    assert event.detail["manifest"] == done.manifest
    assert secret.pk not in event.detail["recordings"]


def test_the_custody_is_said_for_programs_and_for_people(hearing, tmp_path):
    item = with_a_file(hearing, content=b"relied on")

    _, bag = exported(hearing, tmp_path)

    graph = json.loads((bag / "custody.jsonld").read_text())["@graph"]
    records = [each for each in graph if each["@type"].endswith("ProvenanceRecord")]
    (observed,) = [each for each in graph if each["@type"].endswith("ObservableObject")]
    digest = observed["uco-core:hasFacet"][1]["uco-observable:hash"][0]
    assert [each["case-investigation:exhibitNumber"] for each in records] == [item.exhibit]
    assert digest["uco-types:hashValue"]["@value"] == hashlib.sha256(b"relied on").hexdigest()
    assert observed["@id"] in str(records[0]["uco-core:object"])
    names = [each["uco-core:name"] for each in graph if each["@type"].endswith("Action")]
    assert names == ["uploaded", "stored", "read back"]
    assert (bag / "custody.pdf").read_bytes().startswith(b"%PDF-")


def test_the_custody_says_neither_that_it_was_once_sensitive_nor_who_viewed_it(hearing, tmp_path):
    item = with_a_file(hearing, kind="SENSITIVE")
    her = media.a_lawyer()
    media.items.classify_item(
        item, "RELIED_ON", reason="No address is heard after all.", by=her, at=NOON
    )

    _, bag = exported(hearing, tmp_path)

    for said in (text_of(bag / "custody.pdf"), (bag / "custody.jsonld").read_text()):
        assert "read back" in said.lower()
        for words in ("sensitive", "classified", "viewed", str(her)):
            assert words not in said.lower()
            assert words not in said


def test_a_file_that_changed_makes_no_bag(hearing, tmp_path):
    item = with_a_file(hearing, content=b"relied on")
    path = storing.store().shelf.path_of(item.files.get().sha256)
    path.chmod(0o600)
    path.write_bytes(b"changed")

    with pytest.raises(NotAsItCame, match="not what it was when it came"):
        exported(hearing, tmp_path)

    assert not list(tmp_path.glob("bag*"))
    assert not Event.objects.filter(name="media.exported").exists()


def test_what_lies_beside_the_bag_stays(hearing, tmp_path):
    with_a_file(hearing)
    beside = tmp_path / "bag.partial" / "my notes.txt"
    beside.parent.mkdir()
    beside.write_text("kept")

    _, bag = exported(hearing, tmp_path)

    assert beside.read_text() == "kept"
    names = {each.name for each in tmp_path.iterdir() if each.name.startswith("bag")}
    assert names == {bag.name, "bag.partial"}


def test_a_name_longer_than_a_disk_takes_is_cut_in_the_bag_and_whole_in_the_custody(
    hearing, tmp_path
):
    name = "Дверь " * 32 + ".mp4"
    item = with_a_file(hearing, content=b"the door")
    item.files.update(file_name=name)

    _, bag = exported(hearing, tmp_path)

    (kept,) = (bag / "data").glob("*/*")
    assert len(kept.name.encode()) <= 255
    assert kept.name.startswith(f"{item.files.get().pk}-Дверь Дверь")
    assert kept.name.endswith("….mp4")
    assert checked(bag, "manifest-sha256.txt")
    graph = (bag / "custody.jsonld").read_text()
    facet = json.loads(graph)["@graph"][0]["uco-core:hasFacet"][0]
    assert facet["uco-observable:fileName"] == name
    assert facet["uco-observable:filePath"] == f"data/{kept.parent.name}/{kept.name}"
    assert "In the bag:" in text_of(bag / "custody.pdf")


def test_a_bag_that_cannot_be_recorded_is_not_there(hearing, tmp_path, monkeypatch):
    with_a_file(hearing)

    def fails(*_, **__):
        raise RuntimeError("The record takes nothing now.")

    monkeypatch.setattr(exports.audit, "record", fails)

    with pytest.raises(RuntimeError):
        exported(hearing, tmp_path)

    assert [each.name for each in tmp_path.iterdir() if "bag" in each.name] == []


def test_a_place_that_takes_no_bag_is_said_in_words(hearing, tmp_path):
    with_a_file(hearing)
    (tmp_path / "file").write_text("no folder")
    for out in (tmp_path / "file" / "bag", tmp_path / ("b" * 300)):
        typed = ["media", "export", "--case", URN, "--out", str(out)]
        done = CliRunner().invoke(run, typed)

        assert done.exit_code == 1
        assert "The bag cannot be written to" in done.output


def test_nothing_is_written_over_and_nothing_is_no_bag(hearing, tmp_path):
    with pytest.raises(NothingToExport):
        exported(hearing, tmp_path)
    with_a_file(hearing, content=b"relied on")
    (tmp_path / "bag").mkdir()

    with pytest.raises(BagThere):
        exported(hearing, tmp_path)


def test_what_was_withdrawn_or_asked_for_again_or_is_sensitive_elsewhere_leaves_in_no_bag(
    hearing, tmp_path
):
    with_a_file(hearing, content=b"relied on")
    withdrawn = with_a_file(hearing, content=b"of another case")
    media.items.withdraw_item(withdrawn, reason="Of another case.", by=None, at=NOON)
    again = with_a_file(hearing, content=b"the wrong camera")
    media.items.request_item(again, reason="The wrong camera.", by=None, at=NOON)
    with_a_file(hearing, content=b"his address", kind="SENSITIVE")
    with_a_file(hearing, content=b"his address")

    done, bag = exported(hearing, tmp_path)

    assert (done.files, done.left_out) == (1, 4)
    everything = b"".join(each.read_bytes() for each in bag.rglob("*") if each.is_file())
    for left_out in (b"of another case", b"the wrong camera", b"his address"):
        assert left_out not in everything


@pytest.mark.parametrize("is_passed", [True, False])
def test_what_not_everybody_may_have_is_named_before_and_on_the_certificate(
    hearing, tmp_path, is_passed
):
    with_a_file(hearing, content=b"for everybody")
    shown = with_a_file(hearing, content=b"relied on")
    a_copy(shown, is_passed=is_passed)
    unused = with_a_file(hearing, kind="UNUSED", content=b"disclosed")
    typed = ["media", "export", "--case", URN, "--out", str(tmp_path / "bag")]

    refused = CliRunner().invoke(run, typed)
    assert (refused.exit_code, list(tmp_path.glob("bag*"))) == (1, [])
    assert not Event.objects.filter(name="media.exported").exists()
    done = CliRunner().invoke(run, [*typed, "--yes"])

    said = [
        f"A copy hides something of {shown.exhibit}, and the bag shows it",
        f"Unused material is in the bag: {unused.exhibit}.",
    ]
    printed = text_of(tmp_path / "bag" / "custody.pdf")
    for words in said:
        assert words in refused.stderr
        assert words in done.stdout
        assert words in printed
    assert "type the command again with --yes" in refused.stderr
    told = Event.objects.get(name="media.exported").detail
    assert (told["hidden"], told["unused"]) == ([shown.pk], [unused.pk])


def test_a_clip_and_a_copy_of_what_was_asked_for_again_warn_of_nothing(hearing, tmp_path):
    a_copy(with_a_file(hearing, content=b"relied on"), what="CLIP")
    again = with_a_file(hearing, content=b"the wrong camera")
    a_copy(again)
    media.items.request_item(again, reason="The wrong camera.", by=None, at=NOON)

    done, _ = exported(hearing, tmp_path, is_known=False)

    assert done.warnings == ()


def test_the_command_says_what_is_in_the_bag_and_what_is_not(hearing, tmp_path):
    with_a_file(hearing, content=b"relied on")
    media.an_expected_item(hearing)
    typed = ["media", "export", "--case", "20 AB 70001 26", "--out", str(tmp_path / "bag")]

    done = CliRunner().invoke(run, typed)
    again = CliRunner().invoke(run, typed)
    other = CliRunner().invoke(run, ["media", "export", "--case", "20AB7000999", "--out", "x"])

    assert done.exit_code == 0
    assert "1 file is in" in done.stdout
    assert "1 recording is not in it" in done.stdout
    assert (again.exit_code, other.exit_code) == (1, 1)


def test_the_custody_of_many_recordings_is_asked_as_often_as_of_one(
    hearing, tmp_path, count_queries
):
    with_a_file(hearing, content=b"the first")
    with count_queries() as few:
        export_case(hearing, tmp_path / "few", is_known=True, by=None, at=NOON)
    for number in range(3):
        item = with_a_file(hearing, content=b"another %d" % number)
        a_copy(item, content=b"hidden in it %d" % number)

    with count_queries() as many:
        done = export_case(hearing, tmp_path / "many", is_known=True, by=None, at=NOON)

    assert done.files == 4
    assert len(many) == len(few)


@pytest.mark.parametrize("name", ["CCTV 100%.mp4", "CCTV %E9.mp4", "100%25.mp4"])
def test_a_name_with_a_sign_that_manifests_write_otherwise_is_found_by_every_program(
    hearing, tmp_path, name
):
    with_a_file(hearing).files.update(file_name=name)

    _, bag = exported(hearing, tmp_path)

    manifest = (bag / "manifest-sha256.txt").read_text()
    assert "%" not in manifest
    assert checked(bag, "manifest-sha256.txt")
    assert name in text_of(bag / "custody.pdf")

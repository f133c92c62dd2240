import json

from scripts import locks, places


def test_the_lock_files_are_in_step_and_name_no_address():
    assert locks.faults() == []


def test_a_lock_file_that_is_older_than_its_source_is_found(tmp_path, monkeypatch):
    copy_of_lock_files(tmp_path)
    monkeypatch.setattr(places, "ROOT", tmp_path)
    with (tmp_path / "requirements" / "base.in").open("a") as opened:
        opened.write("requests\n")

    faults = locks.faults()

    assert [fault.split()[0] for fault in faults] == [
        "requirements/base.txt",
        "requirements/dev.txt",
    ]


def test_an_address_in_a_lock_file_is_found(tmp_path, monkeypatch):
    copy_of_lock_files(tmp_path)
    monkeypatch.setattr(places, "ROOT", tmp_path)
    lock = tmp_path / "package-lock.json"
    told = json.loads(lock.read_text())
    told["packages"]["node_modules/govuk-frontend"]["resolved"] = "https://example.org/x.tgz"
    lock.write_text(json.dumps(told))

    assert locks.faults() == ["package-lock.json names an address: run scripts/lock"]


def copy_of_lock_files(folder):
    (folder / "requirements").mkdir()
    for file in places.ROOT.glob("requirements/*"):
        (folder / "requirements" / file.name).write_bytes(file.read_bytes())
    for name in ("package.json", "package-lock.json"):
        (folder / name).write_bytes((places.ROOT / name).read_bytes())

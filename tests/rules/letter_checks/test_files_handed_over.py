"""Files of rules that are handed over are read safely, or refused in words."""

import io
import zipfile

import pytest

from forthright.rules.letter_checks import rule_files
from forthright.rules.letter_checks.rule import RulesRefused
from forthright.rules.letter_checks.rule_files import files_handed_over

HELD = {"a.toml": "old a", "b.toml": "old b"}


def packed(*files: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            archive.writestr(name, text)
    return content.getvalue()


def locked() -> bytes:
    content = bytearray(packed(("a.toml", b"new")))
    # The bit of the first entry, and of its line in the list, that says it has a password.
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def test_one_file_takes_the_place_of_that_name():
    assert files_handed_over("a.toml", b"new a", HELD) == {"a.toml": "new a", "b.toml": "old b"}


def test_one_file_of_another_name_is_added():
    assert files_handed_over(r"C:\rules\c.toml", b"new", HELD) == {**HELD, "c.toml": "new"}


def test_a_folder_takes_the_place_of_all():
    content = packed(("rules/", b""), ("rules/c.toml", "£".encode()), ("__MACOSX/._c.toml", b"x"))

    assert files_handed_over("rules.zip", content, HELD) == {"c.toml": "£"}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("a.docx", b"PK", "neither", id="another kind of file"),
        pytest.param("a.toml", b"\xff\xfe\x00", "not text in UTF-8", id="not text"),
        pytest.param("a.toml", b"a\x00b", "no text has", id="a zero byte"),
        pytest.param("a.toml", b"a" * 1_000_001, "at most", id="too large"),
        pytest.param("a.zip", b"PK\x03\x04broken", "cannot be unpacked", id="damaged"),
        pytest.param("a.zip", locked(), "locked with a password", id="with a password"),
        pytest.param("a.zip", packed(("a.exe", b"x")), "no .toml file", id="a program"),
        pytest.param("a.zip", packed(), "no rules", id="empty"),
        pytest.param("a.zip", packed(("x/a.toml", b"1"), ("y/a.toml", b"2")), "twice", id="twice"),
        pytest.param("a.zip", packed(*((f"{n}.toml", b"x") for n in range(61))), "more than 60",
                     id="too many"),
        pytest.param("a.zip", packed(("a.toml", b"a" * 4_000_001)), "more than 4,000,000",
                     id="a bomb"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(name, content, words):
    with pytest.raises(RulesRefused, match=words):
        files_handed_over(name, content, HELD)


def test_a_path_out_of_the_folder_is_only_a_name():
    content = packed(("../../etc/a.toml", b"new"))

    assert files_handed_over("a.zip", content, HELD) == {"a.toml": "new"}
    assert rule_files.MOST_FILES == 60

"""Reads files of rules that somebody hands over: one .toml file, or a folder of them as .zip."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath

from forthright.rules.letter_checks.rule import RulesRefused

# The files that ship have 100,000 letters in all; an Area's may be several times that.
LARGEST_FILE = 1_000_000
LARGEST_TOGETHER = 4_000_000
MOST_FILES = 60


def files_handed_over(name: str, content: bytes, held: Mapping[str, str]) -> dict[str, str]:
    """Return the files that a set would have: a .toml file beside those held, a .zip instead.

    :raises RulesRefused: if it is neither, holds something else, or is too large
    """
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if len(content) > LARGEST_FILE:
        raise RulesRefused(
            f"{name} has {len(content):,} bytes. Rules may have {LARGEST_FILE:,} at most."
        )
    if ending == ".toml":
        own = PurePosixPath(name.replace("\\", "/")).name
        return {**held, own: _text(own, content)}
    if ending == ".zip":
        return _files_in(name, content)
    raise RulesRefused(
        f"{name} is neither a .toml file nor a .zip. Hand over one file of rules, or the folder "
        "that `forthright rules copy` writes, packed as a .zip."
    )


def _files_in(name: str, content: bytes) -> dict[str, str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _unpacked(name, archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise RulesRefused(
            f"{name} cannot be unpacked: it is damaged, or locked with a password. Pack the "
            "folder again, without one."
        ) from fault


def _unpacked(name: str, archive: zipfile.ZipFile) -> dict[str, str]:
    entries = [each for each in archive.infolist() if not _is_of_no_matter(each)]
    if len(entries) > MOST_FILES:
        raise RulesRefused(f"{name} holds more than {MOST_FILES} files. Pack the rules alone.")
    files: dict[str, str] = {}
    left = LARGEST_TOGETHER
    for entry in entries:
        own = PurePosixPath(entry.filename).name
        if not own.lower().endswith(".toml"):
            raise RulesRefused(f"{name} holds {own}, which is no .toml file. Take it out.")
        if own in files:
            raise RulesRefused(f"{name} holds {own} twice. Leave one of them.")
        # What the archive says of its own size is not to be trusted, so only so much is read.
        with archive.open(entry) as packed:
            unpacked = packed.read(left + 1)
        left -= len(unpacked)
        if left < 0:
            raise RulesRefused(f"{name} holds more than {LARGEST_TOGETHER:,} bytes of rules.")
        files[own] = _text(own, unpacked)
    if not files:
        raise RulesRefused(f"{name} holds no .toml file, so no rules.")
    return dict(sorted(files.items()))


def _is_of_no_matter(entry: zipfile.ZipInfo) -> bool:
    """Say whether an entry is a folder, or what a Mac puts beside the files."""
    path = PurePosixPath(entry.filename)
    return entry.is_dir() or "__MACOSX" in path.parts or path.name.startswith(".")


def _text(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise RulesRefused(f"{name} is not text in UTF-8. Save it again as UTF-8.") from fault
    if "\x00" in text:
        raise RulesRefused(f"{name} holds a character that no text has. Save it again as text.")
    return text

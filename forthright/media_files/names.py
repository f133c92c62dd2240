"""What a file may be called, and how its size is said."""

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

LONGEST = 200
# In bytes, what ext4, XFS and most others take of a name: POSIX NAME_MAX as Linux has it.
LONGEST_ON_DISK = 255
UNSEEN = {"Cc", "Cf", "Cs"}
# What a recorder puts beside its recordings so that a computer plays them.
PROGRAMS = {".exe", ".dll", ".ocx", ".msi", ".bat", ".cmd"}
STARTS_ONE = "autorun.inf"


class BadName(ValueError):
    """A file may not be called this; the message says why."""


def checked_name(name: str) -> str:
    """Return the name of a file as it may be kept and shown.

    :raises BadName: if it is empty, too long, leads to a folder or hides what it is
    """
    name = unicodedata.normalize("NFC", name).strip()
    if not name or name in {".", ".."}:
        raise BadName("The file has no name. Give it one and send it again.")
    if "/" in name or "\\" in name:
        raise BadName("The name of a file may not have folders in it. Send the name alone.")
    if len(name) > LONGEST:
        raise BadName(f"The name of the file is longer than {LONGEST} letters. Shorten it.")
    if any(unicodedata.category(letter) in UNSEEN for letter in name):
        raise BadName("The name of the file has letters that cannot be seen. Rename it.")
    return name


@dataclass(frozen=True, slots=True)
class FoundName:
    """What a file that lies on a disc is called here.

    :param name: readable, and such as may be kept
    :param bytes_in_hex: the bytes of its name on the disc, as hexadecimal; "" where `name` is it
    """

    name: str
    bytes_in_hex: str = ""


def found_name(name: str) -> FoundName:
    """Return what a file is called here whose name nobody can change, as on a read-only disc.

    Old discs have names that are not UTF-8. Each byte of them that is no letter here, and each
    letter that cannot be seen, is written as "%" and two hexadecimal digits; a name that is too
    long is cut in its middle. Nothing is lost: the bytes are noted beside it.
    """
    shown = unicodedata.normalize("NFC", readable(name).replace("\\", "%5C")).strip()
    if shown in {"", ".", ".."}:
        shown = f"file {shown}".strip()
    if len(shown) > LONGEST:
        end = Path(shown).suffix[-20:]
        shown = f"{shown[: LONGEST - len(end) - 1]}…{end}"
    return FoundName(shown, "" if shown == name else os.fsencode(name).hex())


def is_program(name: str) -> bool:
    """Say whether a file is, by its name, a program or a part of one, and so no recording."""
    return name.casefold() == STARTS_ONE or Path(name).suffix.casefold() in PROGRAMS


def fitting(name: str, most: int = LONGEST_ON_DISK) -> str:
    """Return a name that a disk takes: one of more bytes in UTF-8 is cut in its middle.

    :param most: how many bytes it may have
    """
    if len(name.encode()) <= most:
        return name
    end = Path(name).suffix[-20:]
    if len(end.encode()) > most // 2:
        end = ""
    room = most - len(f"…{end}".encode())
    return name.encode()[:room].decode(errors="ignore") + f"…{end}"


def readable(text: str) -> str:
    """Return a name or path of this machine in letters that can be seen and printed."""
    return "".join(
        letter
        if unicodedata.category(letter) not in UNSEEN
        else "".join(f"%{each:02X}" for each in os.fsencode(letter))
        for letter in text
    )


def size_words(number: int) -> str:
    """Return a size in the unit that suits it: "4.3 GB"."""
    size, units = float(number), ["bytes", "kB", "MB", "GB", "TB"]
    while size >= 1000 and len(units) > 1:
        size, units = size / 1000, units[1:]
    return f"{size:.0f} {units[0]}" if units[0] == "bytes" else f"{size:.1f} {units[0]}"

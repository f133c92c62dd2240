"""What a file may be called, and how its size is said."""

import unicodedata

LONGEST = 200


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
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in name):
        raise BadName("The name of the file has letters that cannot be seen. Rename it.")
    return name


def size_words(number: int) -> str:
    """Return a size in the unit that suits it: "4.3 GB"."""
    size, units = float(number), ["bytes", "kB", "MB", "GB", "TB"]
    while size >= 1000 and len(units) > 1:
        size, units = size / 1000, units[1:]
    return f"{size:.0f} {units[0]}" if units[0] == "bytes" else f"{size:.1f} {units[0]}"

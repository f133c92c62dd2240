"""The kinds of material that are presumed to be disclosed: one list, for the check and the grid."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from forthright.rules.letter_checks.phrases import PatternRefused, Sought, patterns
from forthright.rules.recordings_named import SOUND, Mention, recording_in
from forthright.rules.schedules.bundle import plain

TABLE = "data/presumed_kinds.toml"
# How far into a description it says what the thing is; after that it tells what is about it.
NAMED_WITHIN = 70
# How far behind the name of a recording it says what the recording shows.
SHOWN_WITHIN = 120
# Any moving picture, as the table names it.
FILM = "FILM"


@dataclass(frozen=True, slots=True, kw_only=True)
class PresumedKind:
    """One kind of material that is presumed to be disclosed, and how it is known."""

    key: str
    # What it is, as people say it, and the paragraph of the Code of Practice that names it.
    title: str
    paragraph: str
    anywhere: tuple[Sought, ...]
    at_first: tuple[Sought, ...]
    recordings: frozenset[str]
    showing: tuple[Sought, ...]
    # What the tests try it with.
    is_one: tuple[str, ...]
    is_none: tuple[str, ...]

    def found_in(self, description: str) -> tuple[int, int] | None:
        """Return where the words stand by which a description is of this kind, if it is."""
        words = plain(description)
        for sought in self.anywhere:
            if (found := _first(sought, words)) is not None:
                return found
        for sought in self.at_first:
            if (found := _first(sought, words)) is not None and found[0] < NAMED_WITHIN:
                return found
        return self._as_recording(words, description) if self.recordings else None

    def _as_recording(self, words: str, description: str) -> tuple[int, int] | None:
        film = recording_in(description)
        if film is None or not self._may_be(film):
            return None
        if not self.showing:
            return film.start, film.end
        shown = [_first(each, words, film.start) for each in self.showing]
        ends = [found[1] for found in shown if found and found[0] <= film.start + SHOWN_WITHIN]
        return (film.start, min(ends)) if ends else None

    def _may_be(self, film: Mention) -> bool:
        return film.kind in self.recordings or (FILM in self.recordings and not _is_sound(film))


def presumed_in(description: str) -> str:
    """Return the words by which a description is of a presumed kind; none where it is not."""
    found = (kind.found_in(description) for kind in presumed_kinds())
    where = next((each for each in found if each is not None), None)
    return description[slice(*where)] if where else ""


def is_presumed_as(description: str, keys: Collection[str]) -> bool:
    """Say whether a description is of one of some presumed kinds."""
    return any(kind.found_in(description) is not None for kind in presumed_kinds(*keys))


@cache
def presumed_kinds(*keys: str) -> tuple[PresumedKind, ...]:
    """Return the kinds of the table, or some of them by their keys.

    :raises PatternRefused: if there is no kind of a key
    """
    table = tomllib.loads(presumed_table())
    known = {row["key"]: _kind(row) for row in table["kind"]}
    if strange := sorted(set(keys) - set(known)):
        raise PatternRefused(f"there is no presumed kind “{strange[0]}”.")
    return tuple(known[key] for key in keys or known)


def presumed_table() -> str:
    """Return the table as it is written, which belongs to the version of the rules in use."""
    return files("forthright.rules").joinpath(TABLE).read_text("utf-8")


def _kind(row: Mapping[str, Any]) -> PresumedKind:
    return PresumedKind(
        key=row["key"], title=row["title"], paragraph=row["paragraph"],
        anywhere=patterns(row.get("anywhere", ())), at_first=patterns(row.get("at_first", ())),
        recordings=frozenset(row.get("recordings", ())), showing=patterns(row.get("showing", ())),
        is_one=tuple(row["is_one"]), is_none=tuple(row["is_none"]),
    )  # fmt: skip


def _first(sought: Sought, words: str, start: int = 0) -> tuple[int, int] | None:
    if not sought.may_stand_in(words):
        return None
    found = sought.pattern.search(words, start)
    return found.span() if found else None


def _is_sound(film: Mention) -> bool:
    return film.kind == "CALL_999" or SOUND.match(film.words) is not None

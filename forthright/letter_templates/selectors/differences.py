"""How two versions differ: words added and taken out, and settings that are another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from forthright.letter_templates.models import BlockVersion, TemplateVersion
from forthright.letter_templates.selectors.wordings import condition_of, rules_template
from forthright.rules.letter_blocks.block import Choice
from forthright.rules.rubric import published_rubric
from forthright.rules.words import capitalised, date_words, list_words

SAME, ADDED, REMOVED = "same", "added", "removed"
# A word keeps the gap after it; the end of a line stands alone, so that a new line shows as one.
WORD = re.compile(r"\n|[^\s]+[^\S\n]*|[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a difference: the same in both, added, or removed."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Setting:
    """Something a version says of itself beside its wording."""

    name: str
    before: str
    after: str


def difference(old: str, new: str) -> list[Piece]:
    """Return the words of both texts in order, each with whether it was added or removed."""
    before: list[str] = WORD.findall(old)
    after: list[str] = WORD.findall(new)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, _bare(before), _bare(after), autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(after[new_start:new_end])))
            continue
        pieces += [
            Piece(what, "".join(words))
            for what, words in ((REMOVED, before[start:end]), (ADDED, after[new_start:new_end]))
            if words
        ]
    return list(_apart(pieces))


def _apart(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces with a space around what was removed, so that no two words run together."""
    for number, piece in enumerate(pieces):
        words = piece.words
        if piece.kind == REMOVED and number and not pieces[number - 1].words[-1].isspace():
            words = f" {words}"
        if piece.kind == REMOVED and number + 1 < len(pieces) and not words[-1].isspace():
            words = f"{words} "
        yield Piece(piece.kind, words)


def _bare(words: list[str]) -> list[str]:
    return [each.rstrip(" \t") or each for each in words]


def count_changed(pieces: list[Piece]) -> tuple[int, int]:
    """Return how many words a difference adds and how many it takes out."""
    counts = {
        kind: sum(len(each.words.split()) for each in pieces if each.kind == kind)
        for kind in (ADDED, REMOVED)
    }
    return counts[ADDED], counts[REMOVED]


def settings_of(version: BlockVersion) -> dict[str, str]:
    """Return all that a block says of itself beside its wording, by the words of the page."""
    return {
        "Title": version.title,
        "When it is used": capitalised(when_in_words(version.condition)),
        "Owner": version.get_owner_display(),
        "Next review": date_words(version.review_on) if version.review_on else "No day is set",
        "Need it meets": version.need,
        "Standard it meets": standards_in_words(version.standards),
        "Lines look like": version.get_look_display()
        + (", in the paragraph of the block before" if version.joins else ""),
        "Source": version.source,
        "Address of the source": version.source_address or "None",
        "Confirmed": version.get_status_display(),
    }


def template_settings_of(version: TemplateVersion) -> dict[str, str]:
    """Return what a template says of itself beside the order of its blocks."""
    return {
        "Title": version.title,
        "What it is for": version.use,
        "Kinds of letter": kinds_in_words(version.kinds),
        "Needs the prosecutor’s reasons": kinds_in_words(version.needs_note) or "No kind",
        "When it is used": capitalised(when_in_words(version.condition)),
    }


def changed_settings(before: dict[str, str], after: dict[str, str]) -> list[Setting]:
    """Return the settings that are not the same."""
    return [
        Setting(name, before.get(name, ""), words)
        for name, words in after.items()
        if before.get(name, "") != words
    ]


def order_in_words(version: TemplateVersion, titles: dict[str, str]) -> str:
    """Return the order of a template with one place on a line, for comparing and changing."""
    lines = []
    for each in rules_template(version).order:
        if isinstance(each, Choice):
            named = list_words([titles.get(code, code) for code in each.codes], joined_by="or")
            lines.append(f"{'One of' if each.is_needed else 'At most one of'}: {named}")
        else:
            lines.append(titles.get(each, each))
    return "\n".join(lines)


def when_in_words(table: dict[str, Any]) -> str:
    """Say when a block or template is used: "always", "the letter is late"."""
    return condition_of(table, "The condition").in_words()


def kinds_in_words(kinds: list[str]) -> str:
    """Say kinds of letter: "Discontinued and no evidence offered"."""
    return capitalised(list_words([kind.replace("_", " ").lower() for kind in kinds]))


def standards_in_words(codes: list[str]) -> str:
    """Say criteria by code and title; a code that the standard no longer has stands alone."""
    titles = {each.code: f"{each.code} {each.title}" for each in published_rubric().criteria}
    return "; ".join(titles.get(code, code) for code in codes) or "None"

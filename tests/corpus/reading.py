"""The corpus of letters: each with its case, and for a bad letter its faults with their places."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from forthright.rules.case_file import CaseFile

FOLDER = Path(__file__).parent / "letters"
LEVELS = ("stop", "warn", "advise")
# The rule list is A1 to F4; a rule engine may split one ("D3a"), and the part stands for the whole.
RULES = tuple(
    f"{group}{number}"
    for group, most in {"A": 6, "B": 5, "C": 6, "D": 8, "E": 5, "F": 4}.items()
    for number in range(1, most + 1)
)
STEM = re.compile(r"\d{3}-[a-z0-9]+(?:-[a-z0-9]+)*")
LETTER_FIELDS = {"good", "held_out", "held_out_2", "held_out_3", "fault", "template_lines"}
FAULT_FIELDS = {"rule", "rule_any", "level", "words", "occurrence", "missing", "what", "note"}


class CorpusRefused(ValueError):
    """A letter of the corpus is not written as the corpus promises; names the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a letter, put there on purpose.

    A fault has a place (`start`, `end`), or it is missing: something that is nowhere in the letter.
    """

    rules: tuple[str, ...]
    level: str
    note: str
    words: str = ""
    start: int = 0
    end: int = 0
    missing: str = ""

    @property
    def rule(self) -> str:
        """Return the rule under which the fault is counted."""
        return self.rules[0]

    @property
    def is_missing(self) -> bool:
        return bool(self.missing)

    @property
    def is_wrong_person(self) -> bool:
        return "wrong person" in self.note


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusLetter:
    name: str
    text: str
    case: CaseFile
    is_good: bool
    is_held_out: bool
    is_held_out_2: bool = False
    is_held_out_3: bool = False
    faults: tuple[Fault, ...] = ()
    template_spans: tuple[tuple[int, int, str], ...] = ()

    @property
    def as_of(self) -> date:
        """Return the day on which the letter is checked: the day it bears."""
        if self.case.letter.dated is None:
            raise CorpusRefused(f"{self.name}: the case file does not date the letter")
        return self.case.letter.dated


@cache
def load_corpus(folder: Path = FOLDER) -> tuple[CorpusLetter, ...]:
    """Return every letter in the order of its number.

    :raises CorpusRefused: if a file is missing, misnamed or says what the letter does not hold
    """
    letters = tuple(_letter(text_file) for text_file in sorted(folder.glob("*.txt")))
    strangers = {file.name.split(".")[0] for file in folder.iterdir()} - {x.name for x in letters}
    if strangers:
        raise CorpusRefused(f"{', '.join(sorted(strangers))}: no letter of this name")
    return letters


def letters_for_tuning() -> tuple[CorpusLetter, ...]:
    """Return the letters that whoever writes rules may look at."""
    return tuple(letter for letter in load_corpus() if not letter.is_held_out)


def letters_held_out() -> tuple[CorpusLetter, ...]:
    """Return the first letters kept from whoever writes rules, to measure what was not tuned for.

    The later sets are not among them, so that figures stay comparable over time.
    """
    return tuple(
        letter
        for letter in load_corpus()
        if letter.is_held_out and not (letter.is_held_out_2 or letter.is_held_out_3)
    )


def letters_held_out_2() -> tuple[CorpusLetter, ...]:
    """Return the second set of letters kept from whoever writes rules, measured apart."""
    return tuple(letter for letter in load_corpus() if letter.is_held_out_2)


def letters_held_out_3() -> tuple[CorpusLetter, ...]:
    """Return the third set of letters kept from whoever writes rules, measured apart."""
    return tuple(letter for letter in load_corpus() if letter.is_held_out_3)


def _letter(text_file: Path) -> CorpusLetter:
    name = text_file.name.removesuffix(".txt")
    if not STEM.fullmatch(name):
        raise CorpusRefused(f"{name}: a letter is named by three digits and a short name")
    text = text_file.read_text(encoding="utf-8")
    case = CaseFile.model_validate_json((text_file.with_name(f"{name}.case.json")).read_bytes())
    told = tomllib.loads((text_file.with_name(f"{name}.faults.toml")).read_text(encoding="utf-8"))
    unknown = told.keys() - LETTER_FIELDS
    if unknown:
        raise CorpusRefused(f"{name}: {', '.join(sorted(unknown))} is not a field of a letter")
    return CorpusLetter(
        name=name,
        text=text,
        case=case,
        is_good=told["good"],
        is_held_out=told["held_out"],
        is_held_out_2=told.get("held_out_2", False),
        is_held_out_3=told.get("held_out_3", False),
        faults=tuple(_fault(row, text, name) for row in told.get("fault", [])),
        template_spans=_template_spans(told.get("template_lines", []), text),
    )


def _fault(row: dict[str, object], text: str, name: str) -> Fault:
    if unknown := row.keys() - FAULT_FIELDS:
        raise CorpusRefused(f"{name}: {', '.join(sorted(unknown))} is not a field of a fault")
    rules = tuple(row.get("rule_any", (row["rule"],)))
    told = {"rules": rules, "level": str(row["level"]), "note": str(row["note"])}
    if row.get("missing"):
        return Fault(**told, missing=str(row["what"]))
    words = str(row["words"])
    start = _place(text, words, row.get("occurrence"), name)
    return Fault(**told, words=words, start=start, end=start + len(words))


def _place(text: str, words: str, occurrence: object, name: str) -> int:
    places = [found.start() for found in re.finditer(re.escape(words), text)]
    if occurrence is None and len(places) != 1:
        raise CorpusRefused(f"{name}: “{words}” stands {len(places)} times; say which occurrence")
    number = int(str(occurrence or 1))
    if not 1 <= number <= len(places):
        raise CorpusRefused(f"{name}: “{words}” stands {len(places)} times, not {number}")
    return places[number - 1]


def _template_spans(lines: list[int], text: str) -> tuple[tuple[int, int, str], ...]:
    spans, start = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        if number in lines:
            spans.append((start, start + len(line), f"line-{number}"))
        start += len(line) + 1
    return tuple(spans)

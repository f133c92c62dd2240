"""Blocks of wording and the templates made of them, read from files and refused with the place."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from forthright.rules.case_file import CaseFile, LetterKind
from forthright.rules.clock_rules import Status
from forthright.rules.letter_blocks.composed import ParagraphKind
from forthright.rules.letter_blocks.fields import FIELDS
from forthright.rules.letter_blocks.review_right import with_review_right
from forthright.rules.letter_blocks.wording import Line, read_wording
from forthright.rules.letter_checks.conditions import Condition
from forthright.rules.rubric import published_rubric

Kind = TypeVar("Kind", bound=StrEnum)
BLOCK_KEYS = frozenset(
    {"code", "title", "owner", "wording", "standards", "need", "review_on", "source", "status"}
)
TEMPLATE_KEYS = frozenset({"code", "title", "use", "kinds", "order", "needs_note"})
OPTIONAL = {"when", "kind", "source_address", "joins", "language"}


class BlocksRefused(ValueError):
    """A file of blocks or templates says something that cannot be; the message says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of wording that templates share, with who answers for it and why it is there."""

    code: str
    title: str
    owner: str
    when: Condition
    wording: str
    lines: tuple[Line, ...]
    kind: ParagraphKind
    standards: tuple[str, ...]
    need: str
    review_on: date | None
    source: str
    source_address: str
    status: Status
    # Whether it goes on in the paragraph of the block before it.
    joins: bool = False
    # The language of its words as a BCP 47 tag, where it is not that of the letter.
    language: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A place in a template that one of several blocks takes."""

    codes: tuple[str, ...]
    is_needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A letter's order of blocks, the letters it is for, and the cases it serves."""

    code: str
    title: str
    use: str
    when: Condition
    kinds: frozenset[LetterKind]
    order: tuple[str | Choice, ...]
    needs_note: frozenset[LetterKind]

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of every block that the template may use, in order."""
        return tuple(
            code
            for each in self.order
            for code in ((each,) if isinstance(each, str) else each.codes)
        )

    def serves(self, case: CaseFile) -> bool:
        """Say whether the template is for a case like this."""
        return case.letter.kind in self.kinds and self.when.holds(with_review_right(case))


@dataclass(frozen=True, slots=True)
class Wordings:
    """Blocks and templates that belong together."""

    blocks: Mapping[str, Block]
    templates: Mapping[str, Template]


def read_wordings(texts: Mapping[str, str]) -> Wordings:
    """Read blocks and templates from the text of TOML files, each under its name.

    :raises BlocksRefused: if a file cannot be read, a code comes twice, or a template names a
        block that does not exist
    :raises WordingRefused: if a wording names a field that does not exist
    :raises ConditionRefused: if a condition asks what cannot be asked
    """
    blocks: dict[str, Block] = {}
    templates: dict[str, Template] = {}
    for name, text in texts.items():
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as fault:
            raise BlocksRefused(f"{name}: this is not TOML: {fault}.") from fault
        for row in table.get("block", ()):
            _add(blocks, row.get("code", ""), _block(row, name), name)
        for row in table.get("template", ()):
            _add(templates, row.get("code", ""), _template(row, name), name)
    for template in templates.values():
        check_blocks_exist(template, blocks)
    return Wordings(blocks, templates)


@cache
def published_wordings() -> Wordings:
    """Return the starter set: the blocks and templates that ship."""
    folder = files("forthright.rules").joinpath("data/letter_blocks")
    found = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".toml")),
        key=lambda each: each.name,
    )
    return read_wordings({each.name: each.read_text("utf-8") for each in found})


def kinds_that_need_note() -> frozenset[LetterKind]:
    """Return the kinds of letter that cannot be drafted without the prosecutor's reasons."""
    shipped = published_wordings().templates.values()
    return frozenset[LetterKind]().union(*(each.needs_note for each in shipped))


def check_blocks_exist(template: Template, blocks: Mapping[str, Block]) -> None:
    """Refuse a template that names a block that there is not.

    :raises BlocksRefused: naming the template and the block
    """
    if missing := [code for code in template.codes if code not in blocks]:
        raise BlocksRefused(f"Template “{template.code}”: there is no block “{missing[0]}”.")


def _read_row(row: Mapping[str, Any], place: str, keys: frozenset[str]) -> None:
    """Refuse a row that lacks a key or has one too many."""
    if missing := sorted(keys - row.keys()):
        raise BlocksRefused(f"{place}: “{missing[0]}” is missing.")
    if strange := sorted(row.keys() - keys - OPTIONAL):
        raise BlocksRefused(f"{place}: there is no “{strange[0]}” here.")


def _block(row: Mapping[str, Any], name: str) -> Block:
    place = f"{name}, block “{row.get('code', '')}”"
    _read_row(row, place, BLOCK_KEYS)
    kind = _one_of(ParagraphKind, row.get("kind", "text"), place)
    standards = tuple(row["standards"])
    known = {criterion.code for criterion in published_rubric().criteria}
    if strange := [code for code in standards if code not in known]:
        raise BlocksRefused(f"{place}: the standard has no criterion “{strange[0]}”.")
    return Block(
        code=row["code"],
        title=row["title"],
        owner=row["owner"],
        when=Condition.from_table(row.get("when", {}), f"{place}, when"),
        wording=row["wording"],
        lines=read_wording(row["wording"], known=FIELDS, place=place, kind=kind),
        kind=kind,
        standards=standards,
        need=row["need"],
        review_on=row["review_on"],
        source=row["source"],
        source_address=row.get("source_address", ""),
        status=_one_of(Status, row["status"], place),
        joins=row.get("joins", False),
        language=row.get("language", ""),
    )


def _template(row: Mapping[str, Any], name: str) -> Template:
    place = f"{name}, template “{row.get('code', '')}”"
    _read_row(row, place, TEMPLATE_KEYS)
    return Template(
        code=row["code"],
        title=row["title"],
        use=row["use"],
        when=Condition.from_table(row.get("when", {}), f"{place}, when"),
        kinds=frozenset(_one_of(LetterKind, kind, place) for kind in row["kinds"]),
        order=tuple(_place_in_order(each, place) for each in row["order"]),
        needs_note=frozenset(_one_of(LetterKind, kind, place) for kind in row["needs_note"]),
    )


def _place_in_order(given: Any, place: str) -> str | Choice:
    if isinstance(given, str):
        return given
    if isinstance(given, Mapping) and len(given) == 1:
        key, codes = next(iter(given.items()))
        if key in {"one_of", "at_most_one_of"} and isinstance(codes, list):
            return Choice(tuple(codes), is_needed=key == "one_of")
    raise BlocksRefused(
        f"{place}: the order holds codes of blocks, {{ one_of = […] }} and "
        f"{{ at_most_one_of = […] }}, not {given!r}."
    )


def _one_of(kinds: type[Kind], value: Any, place: str) -> Kind:
    try:
        return kinds(value)
    except ValueError:
        known = ", ".join(each.value for each in kinds)
        raise BlocksRefused(f"{place}: “{value}” is not known here. Known: {known}.") from None


def _add(held: dict[str, Any], code: str, made: Any, name: str) -> None:
    if code in held:
        raise BlocksRefused(f"{name}: the code “{code}” stands twice.")
    held[code] = made

"""An Area's blocks and templates as the rules that put letters together read them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from forthright.accounts.models import Area
from forthright.letter_templates.models import BlockVersion, TemplateVersion
from forthright.rules.case_file import CaseFile, LetterKind
from forthright.rules.clock_rules import Status
from forthright.rules.letter_blocks import block as rules
from forthright.rules.letter_blocks.composed import ParagraphKind
from forthright.rules.letter_blocks.fields import FIELDS
from forthright.rules.letter_blocks.wording import read_wording
from forthright.rules.letter_checks.conditions import FACTS, Condition, Wanted

AnyVersion = TypeVar("AnyVersion", BlockVersion, TemplateVersion)


def block_versions_in_force(area: Area, on: date) -> dict[str, BlockVersion]:
    """Return the version of each block that letters of a day are made with, by its code."""
    versions = BlockVersion.objects.filter(block__area=area).select_related("block")
    return {each.block.code: each for each in _in_force(versions, on).order_by("block__position")}


def blocks_in_force(area: Area, on: date) -> dict[str, rules.Block]:
    """Return the blocks that letters of a day are made with, by their codes."""
    return {code: rules_block(each) for code, each in block_versions_in_force(area, on).items()}


def templates_in_force(area: Area, on: date) -> dict[str, rules.Template]:
    """Return the templates that letters of a day are made with, by code; the general ones first."""
    versions = TemplateVersion.objects.filter(template__area=area).select_related("template")
    found = _in_force(versions, on).order_by("template__position")
    return {each.template.code: rules_template(each) for each in found}


def template_in_force(area: Area, letter_kind: LetterKind, on: date) -> rules.Template | None:
    """Return the general template for a kind of letter; `template_for_case` knows the reader."""
    held = templates_in_force(area, on).values()
    return next((each for each in held if letter_kind in each.kinds), None)


def template_for_case(area: Area, case: CaseFile, on: date) -> rules.Template | None:
    """Return the template whose kinds and condition fit a case, or None where there is none."""
    held = templates_in_force(area, on).values()
    return next((each for each in held if each.serves(case)), None)


def rules_block(version: BlockVersion) -> rules.Block:
    """Return one version of a block as the rules read it.

    :raises WordingRefused: if its wording cannot be read or names no field
    :raises ConditionRefused: if its condition asks what cannot be asked
    """
    place = f"“{version.title}”"
    kind = ParagraphKind(version.look)
    return rules.Block(
        code=version.block.code,
        title=version.title,
        owner=version.get_owner_display(),
        when=condition_of(version.condition, place),
        wording=version.wording,
        lines=read_wording(version.wording, known=FIELDS, place=place, kind=kind),
        kind=kind,
        standards=tuple(version.standards),
        need=version.need,
        review_on=version.review_on,
        source=version.source,
        source_address=version.source_address,
        status=Status[version.status],
        joins=version.joins,
    )


def rules_template(version: TemplateVersion) -> rules.Template:
    """Return one version of a template as the rules read it."""
    return rules.Template(
        code=version.template.code,
        title=version.title,
        use=version.use,
        when=condition_of(version.condition, f"“{version.title}”"),
        kinds=frozenset(LetterKind(kind) for kind in version.kinds),
        order=tuple(_place_of(each) for each in version.order),
        needs_note=frozenset(LetterKind(kind) for kind in version.needs_note),
    )


def condition_of(table: Mapping[str, Any], place: str) -> Condition:
    """Return a condition that is kept, its parts in one order whatever the database does.

    :raises ConditionRefused: if it asks what cannot be asked
    """
    asked = _in_order(table)
    if "not" in asked:
        asked["not"] = _in_order(asked["not"])
    return Condition.from_table(asked, place)


def _in_order(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: table[key] for key in (*FACTS, *table) if key in table}


def order_table(order: Iterable[str | rules.Choice]) -> list[Any]:
    """Return the order of a template as it is kept."""
    return [
        each
        if isinstance(each, str)
        else {"one_of" if each.is_needed else "at_most_one_of": list(each.codes)}
        for each in order
    ]


def condition_table(condition: Condition) -> dict[str, Any]:
    """Return a condition as it is kept and as it is written in files."""
    table = _keys(condition.wanted)
    return table | ({"not": _keys(condition.unwanted)} if condition.unwanted else {})


def _keys(asked: Sequence[tuple[str, Wanted]]) -> dict[str, Any]:
    return {key: each if isinstance(each, bool) else sorted(each) for key, each in asked}


def _place_of(kept: str | Mapping[str, list[str]]) -> str | rules.Choice:
    if isinstance(kept, str):
        return kept
    key, codes = next(iter(kept.items()))
    return rules.Choice(tuple(codes), is_needed=key == "one_of")


def _in_force(versions: QuerySet[AnyVersion], on: date) -> QuerySet[AnyVersion]:
    """Return the versions in use at the end of a day, however often they changed on it."""
    return versions.filter(
        Q(ended_at__isnull=True) | Q(ended_at__date__gt=on), approved_at__date__lte=on
    )

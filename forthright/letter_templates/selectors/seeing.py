"""Which templates, blocks and versions a person may see, and which of them wait for somebody."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from forthright.accounts.models import Area, Role, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import (
    has_permission,
    is_of_liaison_unit,
    within_reach,
)
from forthright.letter_templates.models import (
    Block,
    BlockVersion,
    Owner,
    Template,
    TemplateVersion,
    Version,
)
from forthright.letter_templates.selectors.wordings import condition_of
from forthright.rules.case_file import DecisionKind
from forthright.rules.words import capitalised, list_words

Row = TypeVar("Row", bound=Model)
AnyVersion = TypeVar("AnyVersion", BlockVersion, TemplateVersion)
DRAFT, IN_USE = Version.State.DRAFT, Version.State.APPROVED

# Long enough for somebody who comes back from leave.
TOLD_FOR = timedelta(days=28)
CHOICES = {"one_of": "One of these", "at_most_one_of": "At most one of these"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a template: how many of its blocks stand there, and each with when it is used."""

    choice: str
    blocks: list[tuple[BlockVersion, str]]


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A block as it is chosen for a template: by its title, with when it is used."""

    code: str
    title: str
    when: str


def templates_visible_to(user: User) -> QuerySet[TemplateVersion]:
    """Return the Area's templates as they are used now, in order."""
    visible = within_reach(user, Permission.TEMPLATE_SEE, Template.objects.all())
    versions = TemplateVersion.objects.filter(template__in=visible, state=IN_USE)
    return versions.select_related("template").order_by("template__position")


def blocks_visible_to(user: User) -> QuerySet[Block]:
    """Return the Area's blocks, in order."""
    return within_reach(user, Permission.TEMPLATE_SEE, Block.objects.select_related("area"))


def block_for(user: User, block_id: int) -> Block:
    """Return a block this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    return _found(blocks_visible_to(user).filter(pk=block_id))


def template_for(user: User, template_id: int) -> Template:
    """Return a template this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    templates = Template.objects.select_related("area")
    return _found(within_reach(user, Permission.TEMPLATE_SEE, templates).filter(pk=template_id))


def block_version_for(user: User, block_id: int, number: int) -> BlockVersion:
    """Return one version of a block this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    return _found(history_of(block_for(user, block_id)).filter(number=number))


def template_version_for(user: User, template_id: int, number: int) -> TemplateVersion:
    """Return one version of a template this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    return _found(template_history_of(template_for(user, template_id)).filter(number=number))


def history_of(block: Block) -> QuerySet[BlockVersion]:
    """Return every version of a block, the newest first."""
    people = ("made_by", "approved_by", "ended_by")
    return BlockVersion.objects.filter(block=block).select_related("block__area", *people)


def template_history_of(template: Template) -> QuerySet[TemplateVersion]:
    """Return every version of a template, the newest first."""
    people = ("made_by", "approved_by", "ended_by")
    versions = TemplateVersion.objects.filter(template=template)
    return versions.select_related("template__area", *people)


def block_in_use(block: Block) -> BlockVersion | None:
    """Return the version that letters are made with now."""
    return history_of(block).filter(state=IN_USE).first()


def template_in_use(template: Template) -> TemplateVersion | None:
    """Return the version that letters are made with now."""
    return template_history_of(template).filter(state=IN_USE).first()


def version_before(version: BlockVersion) -> BlockVersion | None:
    """Return what was in use when a version was made or approved: what it changes."""
    return _before(history_of(version.block), version)


def template_version_before(version: TemplateVersion) -> TemplateVersion | None:
    """Return what was in use when a version was made or approved: what it changes."""
    return _before(template_history_of(version.template), version)


def block_drafts_waiting(user: User) -> QuerySet[BlockVersion]:
    """Return the changes of blocks that wait for approval, the oldest first."""
    drafts = BlockVersion.objects.filter(block__in=blocks_visible_to(user), state=DRAFT)
    return drafts.select_related("block", "made_by").order_by("made_at", "pk")


def template_drafts_waiting(user: User) -> QuerySet[TemplateVersion]:
    """Return the changes of templates that wait for approval, the oldest first."""
    visible = within_reach(user, Permission.TEMPLATE_SEE, Template.objects.all())
    drafts = TemplateVersion.objects.filter(template__in=visible, state=DRAFT)
    return drafts.select_related("template", "made_by").order_by("made_at", "pk")


def number_to_approve(user: User) -> int:
    """Return how many changes wait that this person may approve: none of their own."""
    if not has_permission(user, Permission.TEMPLATE_APPROVE):
        return 0
    drafts = (block_drafts_waiting(user), template_drafts_waiting(user))
    return sum(each.exclude(made_by=user).count() for each in drafts)


def turned_down(user: User, today: date) -> list[BlockVersion | TemplateVersion]:
    """Return this person's changes that somebody else ended lately and that nothing came after."""
    ended = Q(made_by=user, state=Version.State.WITHDRAWN, ended_at__date__gte=today - TOLD_FOR)
    by_others = ended & ~Q(ended_by=user)
    blocks = BlockVersion.objects.filter(by_others).select_related("block")
    templates = TemplateVersion.objects.filter(by_others).select_related("template")
    found: list[BlockVersion | TemplateVersion] = [*blocks, *templates]
    return [each for each in found if _is_newest(each)]


def overdue_reviews(area: Area, today: date) -> QuerySet[BlockVersion]:
    """Return the wordings in use whose day of review has come, the longest overdue first.

    One that is being changed already is not among them.
    """
    being_changed = BlockVersion.objects.filter(block__area=area, state=DRAFT).values("block")
    in_use = BlockVersion.objects.filter(block__area=area, state=IN_USE, review_on__lte=today)
    found = in_use.exclude(block__in=being_changed).select_related("block")
    return found.order_by("review_on", "block__position")


def reviews_owed_by(user: User, today: date) -> QuerySet[BlockVersion]:
    """Return the overdue reviews of the blocks that this person's role answers for."""
    return overdue_reviews(user.area, today).filter(owner__in=owned_by(user))


def owned_by(user: User) -> list[Owner]:
    """Return which owner this person is; most are none."""
    if user.role == Role.LEGAL_MANAGER:
        return [Owner.LEGAL_MANAGER]
    if user.role == Role.LEGAL_SPOC:
        return [Owner.LEGAL_SPOC]
    is_liaison_manager = user.role == Role.LINE_MANAGER and is_of_liaison_unit(user)
    return [Owner.LIAISON_MANAGER] if is_liaison_manager else []


def templates_that_use(block: Block) -> list[TemplateVersion]:
    """Return the templates in use that name a block, in order."""
    in_use = TemplateVersion.objects.filter(template__area=block.area_id, state=IN_USE)
    found = in_use.select_related("template").order_by("template__position")
    return [each for each in found if block.code in codes_of(each)]


def codes_of(version: TemplateVersion) -> list[str]:
    """Return the code of every block that a template may use, in order."""
    codes: list[str] = []
    for each in version.order:
        codes += [each] if isinstance(each, str) else next(iter(each.values()))
    return codes


def blocks_with_use(user: User) -> list[tuple[Block, BlockVersion | None, bool]]:
    """Return each block with the version in use and whether a change of it waits, in order."""
    visible = blocks_visible_to(user)
    versions = BlockVersion.objects.filter(block__in=visible, state__in=[DRAFT, IN_USE])
    held: dict[int, dict[str, BlockVersion]] = {}
    for each in versions:
        held.setdefault(each.block_id, {})[each.state] = each
    return [
        (each, found.get(IN_USE), DRAFT in found)
        for each in visible
        if (found := held.get(each.pk, {}))
    ]


def blocks_to_choose(user: User) -> list[BlockLine]:
    """Return the blocks that a template may be made of, in order."""
    return [
        BlockLine(block.code, block.title, _when(version) if version else "Waits for approval")
        for block, version, _ in blocks_with_use(user)
    ]


def template_lines(user: User) -> list[tuple[TemplateVersion, str]]:
    """Return each template in use with its kinds of letter in words."""
    return [(each, _kinds_in_short(each.kinds)) for each in templates_visible_to(user)]


def places_of(version: TemplateVersion) -> list[Place]:
    """Return the places of a template in order, each with the blocks that may stand there."""
    area = version.template.area_id
    in_use = BlockVersion.objects.filter(block__area=area, state=IN_USE).select_related("block")
    held = {each.block.code: each for each in in_use}
    return [_place(each, held) for each in version.order]


def titles_of(area: Area) -> dict[str, str]:
    """Return the title of every block by its code."""
    return dict(Block.objects.filter(area=area).values_list("code", "title"))


def _is_newest(version: BlockVersion | TemplateVersion) -> bool:
    return not version.of.versions.filter(number__gt=version.number).exists()


def _place(kept: str | dict[str, list[str]], held: dict[str, BlockVersion]) -> Place:
    key, codes = ("", [kept]) if isinstance(kept, str) else next(iter(kept.items()))
    found = [held[code] for code in codes if code in held]
    return Place(CHOICES.get(key, ""), [(e, _when(e)) for e in found])


def _when(version: BlockVersion) -> str:
    said = condition_of(version.condition, version.title).in_words()
    return "Always" if said == "always" else f"When {said}"


def _kinds_in_short(kinds: list[str]) -> str:
    if set(kinds) >= {each.value for each in DecisionKind}:
        return "Every kind of decision"
    return capitalised(list_words([kind.replace("_", " ").lower() for kind in kinds]))


def _found(rows: QuerySet[Row]) -> Row:
    row = rows.first()
    if row is None:
        raise Http404
    return row


def _before(history: QuerySet[AnyVersion], version: AnyVersion) -> AnyVersion | None:
    moment = version.approved_at or version.made_at
    return (
        history.filter(approved_at__lte=moment)
        .filter(Q(ended_at__isnull=True) | Q(ended_at__gte=moment))
        .exclude(pk=version.pk)
        .first()
    )

"""Gives an Area its first templates: the starter set, as the product ships with it."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.letter_templates.models import (
    Block,
    BlockVersion,
    Owner,
    Template,
    TemplateVersion,
    Version,
)
from forthright.letter_templates.selectors.wordings import condition_table, order_table
from forthright.rules.letter_blocks import block as rules

STARTING_REASON = (
    "The wording the product starts with. It is this service’s own, and the Area has still to "
    "confirm it or change it."
)
OWNERS = {str(owner.label): owner for owner in Owner}


@transaction.atomic
def start_letter_templates(area: Area, *, by: User | None, at: datetime) -> bool:
    """Give an Area the starter set, in use at once; an Area that has templates keeps its own.

    Return whether it was given. Nobody has approved the wording, and each block says so.
    """
    area = Area.objects.select_for_update().get(pk=area.pk)
    if Block.objects.filter(area=area).exists():
        return False
    held = rules.published_wordings()
    _keep_blocks(area, held, at)
    _keep_templates(area, held, at)
    audit.record("template.started", area, by=by, at=at, area=area, blocks=len(held.blocks),
                 templates=len(held.templates))  # fmt: skip
    return True


def _keep_blocks(area: Area, held: rules.Wordings, at: datetime) -> None:
    blocks = Block.objects.bulk_create(
        Block(area=area, code=each.code, title=each.title, position=position)
        for position, each in enumerate(held.blocks.values(), start=1)
    )
    BlockVersion.objects.bulk_create(
        BlockVersion(
            block=block,
            number=1,
            title=each.title,
            owner=OWNERS[each.owner],
            wording=each.wording.strip(),
            look=each.kind.value,
            joins=each.joins,
            condition=condition_table(each.when),
            standards=list(each.standards),
            need=each.need,
            source=each.source,
            source_address=each.source_address,
            status=each.status.name,
            review_on=each.review_on,
            reason=STARTING_REASON,
            state=Version.State.APPROVED,
            made_at=at,
            approved_at=at,
        )
        for block, each in zip(blocks, held.blocks.values(), strict=True)
    )


def _keep_templates(area: Area, held: rules.Wordings, at: datetime) -> None:
    templates = Template.objects.bulk_create(
        Template(area=area, code=each.code, title=each.title, position=position)
        for position, each in enumerate(held.templates.values(), start=1)
    )
    TemplateVersion.objects.bulk_create(
        TemplateVersion(
            template=template,
            number=1,
            title=each.title,
            use=each.use,
            kinds=sorted(each.kinds),
            needs_note=sorted(each.needs_note),
            condition=condition_table(each.when),
            order=order_table(each.order),
            reason=STARTING_REASON,
            state=Version.State.APPROVED,
            made_at=at,
            approved_at=at,
        )
        for template, each in zip(templates, held.templates.values(), strict=True)
    )

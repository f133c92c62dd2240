"""Drafts blocks and templates that there were not before, which wait for approval like a change."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import count

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from forthright.accounts.models import Area, User
from forthright.letter_templates import policies
from forthright.letter_templates.models import Block, BlockVersion, Template, TemplateVersion
from forthright.letter_templates.selectors import trials
from forthright.letter_templates.services.changing import (
    BlockWords,
    ChangeRefused,
    TemplateWords,
    draft_block_change,
    draft_template_change,
    proposed_template,
)
from forthright.rules.letter_blocks.block import BlocksRefused
from forthright.rules.written import cleaned

NOT_A_CODE = re.compile(r"[^a-z0-9]+")
LONGEST_CODE = 50


@transaction.atomic
def draft_new_block(
    area: Area, code: str, words: BlockWords, *, reason: str, by: User, at: datetime
) -> BlockVersion:
    """Keep a block that there was not before, for somebody else to approve.

    :raises NotAllowed: if this person may not change templates
    :raises ChangeRefused: if something is wrong with it, or the code is taken
    """
    area = Area.objects.select_for_update().get(pk=area.pk)
    policies.check_can_change(by, area)
    held = Block.objects.filter(area=area)
    if held.filter(code=code).exists():
        raise ChangeRefused(f"There is a block with the code “{code}” already. Choose another.")
    position = (held.aggregate(last=Max("position"))["last"] or 0) + 1
    block = Block.objects.create(
        area=area, code=code, title=cleaned(words.title), position=position
    )
    return draft_block_change(block, words, reason=reason, by=by, at=at)


def proposed_new_template(area: Area, words: TemplateWords, *, today: date) -> TemplateVersion:
    """Return a template that there was not before, unsaved, once nothing is wrong with it.

    :raises ChangeRefused: with everything that is wrong, and what would stop its letters
    """
    title = cleaned(words.title)
    template = Template(area=area, code=_code_for(area, title), title=title)
    version = proposed_template(template, words)
    if problems := list(_faults_of_letters(version, today)):
        raise ChangeRefused(*problems)
    return version


@transaction.atomic
def draft_new_template(
    area: Area, words: TemplateWords, *, reason: str, by: User, at: datetime
) -> TemplateVersion:
    """Keep a template that there was not before, for somebody else to approve.

    :raises NotAllowed: if this person may not change templates
    :raises ChangeRefused: if something is wrong with it, another serves the same cases, or a
        check stops a letter made with it
    """
    area = Area.objects.select_for_update().get(pk=area.pk)
    policies.check_can_change(by, area)
    template = proposed_new_template(area, words, today=timezone.localtime(at).date()).template
    held = Template.objects.filter(area=area)
    template.position = (held.aggregate(last=Max("position"))["last"] or 0) + 1
    template.save(force_insert=True)
    return draft_template_change(template, words, reason=reason, by=by, at=at)


def _code_for(area: Area, title: str) -> str:
    """Return a code of its own for a template: "Stopped: by mistake" is stopped_by_mistake."""
    words = NOT_A_CODE.sub("_", title.lower()).strip("_")[:LONGEST_CODE] or "template"
    taken = set(Template.objects.filter(area=area).values_list("code", flat=True))
    return next(code for code in _numbered(words) if code not in taken)


def _numbered(code: str) -> Iterator[str]:
    yield code
    yield from (f"{code}_{number}" for number in count(2))


def _faults_of_letters(version: TemplateVersion, today: date) -> Iterator[str]:
    """Yield what would be wrong with the letters of a template, tried on made-up cases."""
    try:
        trial = trials.try_template(version, today)
    except BlocksRefused as refusal:
        yield f"{refusal} Have that block approved first."
        return
    if not trial.letters:
        yield (
            "None of the made-up cases is one that it is for, so no letter could be checked. Ask "
            "for less under “When it is used”."
        )
    yield from trial.problems
    for stop in trial.against:
        yield f"{stop.letters[0]}: {stop.finding.message}"

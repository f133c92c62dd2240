"""Approves changes of wording, ends those that are not approved, and takes blocks out of use."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letter_templates import policies
from forthright.letter_templates.models import (
    Block,
    BlockVersion,
    Template,
    TemplateVersion,
    Version,
)
from forthright.letter_templates.selectors import seeing, trials
from forthright.letter_templates.selectors.clashes import clashes_of
from forthright.letter_templates.services.changing import ChangeRefused
from forthright.rules.letter_blocks.block import BlocksRefused
from forthright.rules.words import list_words
from forthright.rules.written import reason_in

State = Version.State
NEW_IN_USE = "A newer version came into use."


@transaction.atomic
def approve_block(
    version: BlockVersion, *, by: User, at: datetime, although: str = ""
) -> BlockVersion:
    """Bring a change of a block into use from this moment; the version before is retired.

    :raises NotAllowed: if this person made it, may not approve, or it no longer waits
    :raises ChangeRefused: if letters made with it would be stopped and `although` says no reason
    """
    block = Block.objects.select_for_update().select_related("area").get(pk=version.block_id)
    version = block.versions.select_for_update().get(pk=version.pk)
    policies.check_can_approve(by, version, block.area)
    version.block = block
    _check_trial(trials.try_block(version, timezone.localtime(at).date()), although)
    _bring_into_use(version, although, by, at)
    audit.record("block.approved", version, by=by, at=at, area=block.area, code=block.code,
                 number=version.number, although=although)  # fmt: skip
    return version


@transaction.atomic
def approve_template(
    version: TemplateVersion, *, by: User, at: datetime, although: str = ""
) -> TemplateVersion:
    """Bring a change of a template into use from this moment; the version before is retired.

    :raises NotAllowed: if this person made it, may not approve, or it no longer waits
    :raises ChangeRefused: if it names a block that is not in use, another template is for the
        same cases, or letters would be stopped
    """
    template = Template.objects.select_for_update().select_related("area").get(
        pk=version.template_id
    )  # fmt: skip
    version = template.versions.select_for_update().get(pk=version.pk)
    policies.check_can_approve(by, version, template.area)
    version.template = template
    if clashes := clashes_of(version, including_drafts=False):
        raise ChangeRefused(*clashes)
    try:
        trial = trials.try_template(version, timezone.localtime(at).date())
    except BlocksRefused as refusal:
        raise ChangeRefused(
            f"{refusal} Approve that block first, or have the change made again without it."
        ) from refusal
    _check_trial(trial, although)
    _bring_into_use(version, although, by, at)
    audit.record("template.approved", version, by=by, at=at, area=template.area,
                 code=template.code, number=version.number, although=although)  # fmt: skip
    return version


@transaction.atomic
def withdraw_change(
    version: BlockVersion | TemplateVersion, *, reason: str, by: User, at: datetime
) -> Version:
    """End a change that waits, by who made it or by who does not approve it; it is kept.

    :raises NotAllowed: if it is not theirs to end, or no longer waits
    :raises ChangeRefused: if no reason is given
    """
    of = version.of
    version = type(version).objects.select_for_update().get(pk=version.pk)
    policies.check_can_withdraw(by, version, of.area)
    if not reason_in(reason):
        raise ChangeRefused("Say why. The person who made the change will read the reason.")
    _end(version, State.WITHDRAWN, reason_in(reason), by, at)
    kind = "block" if isinstance(version, BlockVersion) else "template"
    audit.record(f"{kind}.change_ended", version, by=by, at=at, area=of.area, code=of.code,
                 number=version.number, reason=version.ended_because)  # fmt: skip
    return version


@transaction.atomic
def retire_block(block: Block, *, reason: str, by: User, at: datetime) -> Block:
    """Take a block out of use that no template names any more; its versions are kept.

    :raises NotAllowed: if this person may not approve changes
    :raises ChangeRefused: if a template names it, a change of it waits, or no reason is given
    """
    block = Block.objects.select_for_update().select_related("area").get(pk=block.pk)
    policies.check_can_retire(by, block.area)
    version = seeing.block_in_use(block)
    if version is None:
        raise ChangeRefused("The block is not in use.")
    if users := seeing.templates_that_use(block):
        titles = list_words([f"“{each.template}”" for each in users])
        raise ChangeRefused(f"It stands in {titles}. Take it out there first.")
    if block.versions.filter(state=State.DRAFT).exists():
        raise ChangeRefused("A change of it waits for approval. Have it approved or ended first.")
    if not reason_in(reason):
        raise ChangeRefused("Say why it is taken out of use.")
    _end(version, State.RETIRED, reason_in(reason), by, at)
    audit.record("block.retired", block, by=by, at=at, code=block.code,
                 reason=version.ended_because)  # fmt: skip
    return block


def _check_trial(trial: trials.Trial, although: str) -> None:
    if trial.may_be_used or reason_in(although):
        return
    wrong = [each.finding.message for each in trial.against] + trial.problems
    raise ChangeRefused(
        *dict.fromkeys(wrong),
        "Have the wording mended, or say why it is to be used although a check is against it.",
    )


def _bring_into_use(
    version: BlockVersion | TemplateVersion, although: str, by: User, at: datetime
) -> None:
    of = version.of
    for before in of.versions.filter(state=State.APPROVED):
        _end(before, State.RETIRED, NEW_IN_USE, by, at)
    if of.title != version.title:
        of.title = version.title
        of.save(update_fields=["title"])
    version.state, version.approved_at, version.approved_by = State.APPROVED, at, by
    version.approved_although = reason_in(although)
    version.save(update_fields=["state", "approved_at", "approved_by", "approved_although"])


def _end(version: Version, state: str, because: str, by: User, at: datetime) -> None:
    version.state, version.ended_at, version.ended_by = state, at, by
    version.ended_because = because
    version.save(update_fields=["state", "ended_at", "ended_by", "ended_because"])

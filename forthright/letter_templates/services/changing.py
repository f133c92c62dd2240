"""Drafts changes of blocks and templates, which wait for a second person's approval."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
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
from forthright.letter_templates.selectors import seeing
from forthright.letter_templates.selectors.clashes import clashes_of
from forthright.letter_templates.selectors.wordings import condition_of, rules_block
from forthright.rules.letter_blocks.wording import WordingRefused
from forthright.rules.letter_checks.conditions import ConditionRefused
from forthright.rules.rubric import published_rubric
from forthright.rules.words import list_words
from forthright.rules.written import cleaned, reason_in

State = Version.State
REPLACED = "The person who made it changed it again."


class ChangeRefused(ValueError):
    """A change cannot wait for approval; each problem is a sentence."""

    def __init__(self, *problems: str) -> None:
        """Keep the problems one by one, for an error summary."""
        self.problems = problems
        super().__init__(" ".join(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockWords:
    """Everything about a block that a change may word otherwise."""

    title: str
    owner: str
    wording: str
    look: str
    joins: bool
    condition: Mapping[str, Any]
    standards: Sequence[str]
    need: str
    source: str
    source_address: str
    status: str
    review_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateWords:
    """Everything about a template that a change may say otherwise."""

    title: str
    use: str
    kinds: Sequence[str]
    needs_note: Sequence[str]
    condition: Mapping[str, Any]
    order: Sequence[Any]


def words_of(version: BlockVersion) -> BlockWords:
    """Return what a version of a block says, as a change begins with it."""
    return BlockWords(**{name: getattr(version, name) for name in BlockWords.__slots__})


def template_words_of(version: TemplateVersion) -> TemplateWords:
    """Return what a version of a template says, as a change begins with it."""
    return TemplateWords(**{name: getattr(version, name) for name in TemplateWords.__slots__})


def proposed_block(block: Block, words: BlockWords, *, today: date) -> BlockVersion:
    """Return the version a change would make, unsaved, once nothing is wrong with it.

    :raises ChangeRefused: with everything that is wrong
    """
    version = BlockVersion(block=block, **_kept(words))
    version.title = cleaned(words.title)
    version.wording = _tidy(words.wording)
    if problems := list(_problems_of(version, today)):
        raise ChangeRefused(*problems)
    in_use = seeing.block_in_use(block)
    if in_use is not None and words_of(in_use) == words_of(version):
        raise ChangeRefused("Nothing differs from the wording in use. Change something, or leave.")
    return version


def proposed_template(template: Template, words: TemplateWords) -> TemplateVersion:
    """Return the version a change would make, unsaved, once nothing is wrong with it.

    :raises ChangeRefused: with everything that is wrong
    """
    version = TemplateVersion(template=template, **_kept(words))
    version.title = cleaned(words.title)
    if problems := list(_template_problems_of(version)):
        raise ChangeRefused(*problems)
    in_use = seeing.template_in_use(template) if template.pk else None
    if in_use is not None and template_words_of(in_use) == template_words_of(version):
        raise ChangeRefused("Nothing differs from the template in use. Change something, or leave.")
    return version


@transaction.atomic
def draft_block_change(
    block: Block, words: BlockWords, *, reason: str, by: User, at: datetime
) -> BlockVersion:
    """Keep a change of a block for somebody else to approve; letters stay as they are.

    A second change by the same person takes the place of their first.

    :raises NotAllowed: if this person may not change templates
    :raises ChangeRefused: if something is wrong with it, or another person's change waits
    """
    block = Block.objects.select_for_update().select_related("area").get(pk=block.pk)
    policies.check_can_change(by, block.area)
    version = proposed_block(block, words, today=timezone.localtime(at).date())
    _make_way(block.versions.filter(state=State.DRAFT), by, at)
    _keep(version, block.versions.all(), reason, by, at)
    audit.record("block.drafted", version, by=by, at=at, area=block.area, code=block.code,
                 number=version.number, reason=version.reason)  # fmt: skip
    return version


@transaction.atomic
def draft_template_change(
    template: Template, words: TemplateWords, *, reason: str, by: User, at: datetime
) -> TemplateVersion:
    """Keep a change of a template for somebody else to approve; letters stay as they are.

    :raises NotAllowed: if this person may not change templates
    :raises ChangeRefused: if something is wrong with it, or another person's change waits
    """
    template = Template.objects.select_for_update().select_related("area").get(pk=template.pk)
    policies.check_can_change(by, template.area)
    version = proposed_template(template, words)
    _make_way(template.versions.filter(state=State.DRAFT), by, at)
    _keep(version, template.versions.all(), reason, by, at)
    audit.record("template.drafted", version, by=by, at=at, area=template.area, code=template.code,
                 number=version.number, reason=version.reason)  # fmt: skip
    return version


@transaction.atomic
def take_word_template(
    template: Template, wordings: Mapping[Block, str], *, reason: str, by: User, at: datetime
) -> list[BlockVersion]:
    """Keep the wordings of a Word file that differ from those in use, each as a change.

    It is all or nothing: if one of them is refused, none is kept.

    :raises NotAllowed: if this person may not change templates
    :raises ChangeRefused: if something is wrong with one, or another person's change waits
    """
    if not wordings:
        raise ChangeRefused(
            "Nothing differs from the wording in use. Change the words under the lines that name "
            "a block, and save the file before you choose it."
        )
    made = []
    for block, wording in wordings.items():
        in_use = seeing.block_in_use(block)
        if in_use is None:
            raise ChangeRefused(f"“{block}” is no longer in use. Take the template out again.")
        words = BlockWords(**{**_kept(words_of(in_use)), "wording": wording})
        try:
            made.append(draft_block_change(block, words, reason=reason, by=by, at=at))
        except ChangeRefused as refusal:
            raise ChangeRefused(*(f"“{block}”: {each}" for each in refusal.problems)) from refusal
    audit.record("template.word_file_taken", template, by=by, at=at, area=template.area,
                 code=template.code, blocks=[each.block.code for each in made])  # fmt: skip
    return made


def other_waits(waiting: Version) -> str:
    """Say whose change has to be approved or ended before there can be another."""
    return (
        f"A change by {waiting.made_by} waits for approval. Have it approved or ended first: "
        "with two changes at once, one would undo the other."
    )


def _kept(words: BlockWords | TemplateWords) -> dict[str, Any]:
    return {
        name: list(each) if isinstance(each, tuple) else each
        for name, each in asdict(words).items()
    }


def _tidy(wording: str) -> str:
    return "\n".join(line.rstrip() for line in wording.replace("\x00", "").splitlines()).strip("\n")


def _problems_of(version: BlockVersion, today: date) -> Iterable[str]:
    """Yield what stands in the way of a version of a block, one sentence each."""
    yield from _title_problems(version, Block.objects.filter(area=version.block.area_id))
    if not cleaned(version.wording):
        yield "Write the wording of the block."
    try:
        rules_block(version)
    except WordingRefused as refusal:
        yield from refusal.problems
    except ConditionRefused as refusal:
        yield str(refusal)
    known = {criterion.code for criterion in published_rubric().criteria}
    if strange := [code for code in version.standards if code not in known]:
        yield f"The standard has no criterion {list_words(strange)}."
    if version.review_on is None or version.review_on <= today:
        yield "Choose a day of review that is still to come. The owner is reminded on that day."


def _template_problems_of(version: TemplateVersion) -> Iterable[str]:
    area = version.template.area_id
    yield from _title_problems(version, Template.objects.filter(area=area))
    held = set(Block.objects.filter(area=area).values_list("code", flat=True))
    codes = seeing.codes_of(version)
    if not codes:
        yield "Add at least one block."
    if missing := [code for code in codes if code not in held]:
        yield f"There is no block {list_words([f'“{code}”' for code in missing])}."
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        yield f"A block stands in a letter once; {list_words([f'“{c}”' for c in twice])} is twice."
    if not version.kinds:
        yield "Choose at least one kind of letter."
    try:
        condition_of(version.condition, "When it is used")
    except ConditionRefused as refusal:
        yield str(refusal)
        return
    yield from clashes_of(version, including_drafts=True)


def _title_problems(version: BlockVersion | TemplateVersion, held: Any) -> Iterable[str]:
    """Yield what is wrong with a title: people choose blocks and templates by it."""
    title = cleaned(version.title)
    if not title:
        yield "Enter a title."
    elif held.filter(title__iexact=title).exclude(pk=version.of.pk).exists():
        yield f"Another is called “{title}” already. Choose another title."


def _make_way(drafts: Any, by: User, at: datetime) -> None:
    """End a draft of the same person, or refuse because somebody else's waits.

    :raises ChangeRefused: naming whose it is
    """
    waiting = drafts.select_related("made_by").first()
    if waiting is None:
        return
    if waiting.made_by_id != by.pk:
        raise ChangeRefused(other_waits(waiting))
    waiting.state, waiting.ended_at, waiting.ended_by = State.WITHDRAWN, at, by
    waiting.ended_because = REPLACED
    waiting.save(update_fields=["state", "ended_at", "ended_by", "ended_because"])


def _keep(
    version: BlockVersion | TemplateVersion, history: Any, reason: str, by: User, at: datetime
) -> None:
    if not reason_in(reason):
        raise ChangeRefused("Say why it changes. Whoever approves it will read the reason.")
    version.number = (history.aggregate(last=Max("number"))["last"] or 0) + 1
    version.reason, version.made_at, version.made_by = reason_in(reason), at, by
    version.save(force_insert=True)
    if not history.filter(approved_at__isnull=False).exists():
        # What was never in use is known by the title it waits with.
        type(version.of).objects.filter(pk=version.of.pk).update(title=version.title)
        version.of.title = version.title

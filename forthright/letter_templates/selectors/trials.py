"""Tries a wording on made-up cases before anybody gets a letter with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from forthright.accounts.models import Area
from forthright.letter_templates.examples import Example, examples
from forthright.letter_templates.models import BlockVersion, TemplateVersion
from forthright.letter_templates.selectors.wordings import (
    blocks_in_force,
    rules_block,
    rules_template,
    templates_in_force,
)
from forthright.rules.letter_blocks.assemble import LetterRefused, assemble
from forthright.rules.letter_blocks.block import Block, Template, check_blocks_exist
from forthright.rules.letter_blocks.composed import Composed
from forthright.rules.letter_blocks.review_right import with_review_right
from forthright.rules.letter_checks.engine import Finding, Prepared, check_letter
from forthright.rules.letter_checks.rule import Level
from forthright.rules.letter_checks.subject import TemplateSpan
from forthright.standards.selectors import check_rules_of

# A check takes some hundredths of a second, and nobody reads more letters than these.
MOST_TRIED = 20
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TrialLetter:
    """A letter made with a wording for a made-up case, and what the checks find in it."""

    template: Template
    example: Example
    letter: Composed | None
    findings: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the letter as words."""
        return self.letter.plain() if self.letter else ""


@dataclass(slots=True)
class TrialFinding:
    """One thing found, in the letters it was found in."""

    finding: Finding
    letters: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the checks say of letters made with a change, beside those made without it."""

    letters: tuple[TrialLetter, ...]
    found_new: list[TrialFinding]
    found_before: list[TrialFinding]
    mended: list[TrialFinding]
    problems: list[str]
    # An order that puts the news last is only warned of in a letter; no template may bring it.
    rules_of_order: frozenset[str] = frozenset()

    @property
    def against(self) -> list[TrialFinding]:
        """Return what the change brings that it may not: a stop, or the wrong order."""
        return [
            each
            for each in self.found_new
            if each.finding.level is Level.STOP or each.finding.rule in self.rules_of_order
        ]

    @property
    def may_be_used(self) -> bool:
        """Say whether nothing stands against the change or keeps a letter from being made."""
        return not self.against and not self.problems


def try_block(version: BlockVersion, on: date) -> Trial:
    """Return what the checks say of letters in which a version of a block stands.

    :raises WordingRefused: if the wording cannot be read
    :raises ConditionRefused: if the condition cannot be asked
    """
    area, code = version.block.area, version.block.code
    blocks = blocks_in_force(area, on)
    templates = [each for each in templates_in_force(area, on).values() if code in each.codes]
    tried = blocks | {code: rules_block(version)}
    rules = check_rules_of(area).prepared
    return _trial((templates, blocks), (templates, tried), code, rules)


def try_template(version: TemplateVersion, on: date) -> Trial:
    """Return what the checks say of letters made with a version of a template.

    :raises BlocksRefused: if it names a block that is not in use
    """
    area = version.template.area
    blocks = blocks_in_force(area, on)
    held = templates_in_force(area, on).get(version.template.code)
    tried = rules_template(version)
    check_blocks_exist(tried, blocks)
    rules = check_rules_of(area).prepared
    trial = _trial(([held] if held else [], blocks), ([tried], blocks), "", rules)
    of_order = frozenset(rule.id for rule, _ in rules.rules if rule.is_of_order)
    return replace(trial, rules_of_order=of_order)


def letter_of(area: Area, template: Template, example: Example, on: date) -> TrialLetter:
    """Return the letter a template makes for an example, as the Area words it on a day."""
    return _letter(template, blocks_in_force(area, on), example, check_rules_of(area).prepared)


def examples_of(template: Template) -> list[Example]:
    """Return the examples that a template is for."""
    return [each for each in examples().values() if template.serves(each.case)]


def _trial(
    earlier_wording: tuple[Iterable[Template], Mapping[str, Block]],
    wording: tuple[Iterable[Template], Mapping[str, Block]],
    code: str,
    rules: Prepared,
) -> Trial:
    (before, blocks), (after, tried) = earlier_wording, wording
    letters = []
    for template, example in _in_turn(
        [[(each, one) for one in examples_of(each)] for each in after]
    ):
        # A block that stood in a letter and does not any more is as much of a change.
        either = (blocks.get(code), tried.get(code))
        if not code or any(_may_stand(each, example) for each in either):
            letters.append(_letter(template, tried, example, rules))
        if len(letters) == MOST_TRIED:
            break
    held = {template.code: template for template in before}
    pairs = [(held.get(each.template.code), each.example) for each in letters]
    earlier = [_letter(template, blocks, example, rules) for template, example in pairs if template]
    found, found_earlier = _gathered(letters), _gathered(earlier)
    return Trial(
        letters=tuple(letters),
        found_new=[each for key, each in found.items() if key not in found_earlier],
        found_before=[each for key, each in found.items() if key in found_earlier],
        mended=[each for key, each in found_earlier.items() if key not in found],
        problems=_problems(letters),
    )


def _in_turn(
    queues: list[list[tuple[Template, Example]]],
) -> Iterator[tuple[Template, Example]]:
    for turn in range(max(map(len, queues), default=0)):
        yield from (queue[turn] for queue in queues if turn < len(queue))


def _may_stand(each: Block | None, example: Example) -> bool:
    return each is not None and each.when.holds(with_review_right(example.case))


def _letter(
    template: Template, blocks: Mapping[str, Block], example: Example, rules: Prepared
) -> TrialLetter:
    try:
        letter = assemble(template, blocks, example.case)
    except LetterRefused as refusal:
        return TrialLetter(template, example, None, problems=refusal.problems)
    findings = _found_in(letter.plain(), tuple(letter.template_spans()), example.code, rules)
    return TrialLetter(template, example, letter, findings)


# Whoever writes, hands over and approves a change sees the same letters each time, and most of
# them hold none of it. They are about nobody, so they may be remembered.
@lru_cache(maxsize=1_000)
def _found_in(
    text: str, template_spans: tuple[TemplateSpan, ...], example: str, rules: Prepared
) -> tuple[Finding, ...]:
    case = examples()[example].case
    dated = case.letter.dated or date.max
    return tuple(check_letter(text, case, rules, as_of=dated, template_spans=template_spans))


def _gathered(letters: Iterable[TrialLetter]) -> dict[Key, TrialFinding]:
    """Return each finding once, the gravest first, with the letters it was found in."""
    gathered: dict[Key, TrialFinding] = {}
    for letter in letters:
        for finding in letter.findings:
            key = (finding.rule, finding.words)
            named = gathered.setdefault(key, TrialFinding(finding)).letters
            if letter.example.title not in named:
                named.append(letter.example.title)
    gravest = list(Level)
    return dict(sorted(gathered.items(), key=lambda each: gravest.index(each[1].finding.level)))


def _problems(letters: Iterable[TrialLetter]) -> list[str]:
    said = (f"{each.example.title}: {words}" for each in letters for words in each.problems)
    return list(dict.fromkeys(said))

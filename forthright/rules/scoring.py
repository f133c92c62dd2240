"""From the marks on a letter to one level for its quality, by a published rule that says why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from forthright.rules.rubric import Criterion, Level, OverallRule, Rubric
from forthright.rules.sampled import Subject
from forthright.rules.timeliness import Timeliness
from forthright.rules.words import count_words, list_words


class MarksHaveProblems(ValueError):
    """Marks are missing or not allowed; each problem is a sentence."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep the problems one by one, for an error summary."""
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """The level of a letter's quality, the reasons for it, and the rule it was made by."""

    level: Level
    because: tuple[str, ...]
    rule_version: str
    rubric_version: str
    critical_failures: tuple[str, ...] = ()

    @property
    def needs_action_today(self) -> bool:
        """Say whether something must be put right the same day."""
        return bool(self.critical_failures)


def mark_problems(marks: Mapping[str, Level], criteria: Collection[Criterion]) -> tuple[str, ...]:
    """Return what stands in the way of finishing, one sentence each; nothing means ready."""
    problems = [
        f"Mark {criterion.code}, {criterion.title.lower()}."
        for criterion in criteria
        if criterion.code not in marks
    ]
    problems += [
        f"{criterion.code}, {criterion.title.lower()}, applies to every letter: "
        "choose another level than “does not apply”."
        for criterion in criteria
        if marks.get(criterion.code) is Level.NOT_APPLICABLE and not criterion.may_not_apply
    ]
    unknown = sorted(set(marks) - {criterion.code for criterion in criteria})
    if unknown:
        problems.append(f"This version of the standard has no criterion {list_words(unknown)}.")
    return tuple(problems)


def overall(marks: Mapping[str, Level], rubric: Rubric) -> Overall:
    """Return the level of a letter's quality from its marks.

    The rule, in its published version: a critical criterion not met makes the
    letter not met; a critical criterion partly met holds it at partly. Beyond
    that the letter fully meets the standard with nothing not met and no more
    partly met than allowed, and partly meets it with no more not met than
    allowed. Timeliness is left out.

    :raises MarksHaveProblems: if a mark is missing or not allowed
    """
    quality = rubric.quality_criteria
    codes = {criterion.code for criterion in quality}
    timely = {criterion.code for criterion in rubric.criteria} - codes
    counted = {code: level for code, level in marks.items() if code not in timely}
    if problems := mark_problems(counted, quality):
        raise MarksHaveProblems(problems)
    level, because = _level(counted, quality, rubric.rule)
    return Overall(
        level=level,
        because=because,
        rule_version=rubric.rule.version,
        rubric_version=rubric.version,
        critical_failures=tuple(
            criterion.code
            for criterion in quality
            if criterion.is_critical and counted[criterion.code] is Level.NOT_MET
        ),
    )


def never_sent(rubric: Rubric, *, subject: Subject = Subject.LETTERS) -> Overall:
    """Return the outcome of what was never sent: no quality to mark, and not in time."""
    nothing = "Nothing was served" if subject is Subject.DISCLOSURE else "No letter was sent"
    return Overall(
        level=Level.NOT_APPLICABLE,
        because=(
            f"{nothing}, so there is nothing to mark for quality.",
            "It counts as not met on time.",
        ),
        rule_version=rubric.rule.version,
        rubric_version=rubric.version,
    )


def timeliness_level(outcome: Timeliness) -> Level:
    """Return the mark for being in time, worked out from the record and never judged."""
    if not outcome.is_counted:
        return Level.NOT_APPLICABLE
    return Level.FULLY if outcome.is_met else Level.NOT_MET


def _level(
    marks: Mapping[str, Level], criteria: Sequence[Criterion], rule: OverallRule
) -> tuple[Level, tuple[str, ...]]:
    """Apply each clause of the rule and keep the lowest level with all its reasons."""
    clauses = _clauses(marks, criteria, rule)
    for level in (Level.NOT_MET, Level.PARTIALLY, Level.FULLY):
        reasons = tuple(because for reached, because in clauses if reached is level)
        if reasons:
            return level, reasons
    return Level.FULLY, ("Every criterion that applies is fully met.",)


def _clauses(
    marks: Mapping[str, Level], criteria: Sequence[Criterion], rule: OverallRule
) -> list[tuple[Level, str]]:
    failed = [each for each in criteria if marks[each.code] is Level.NOT_MET]
    partly = [each for each in criteria if marks[each.code] is Level.PARTIALLY]
    clauses = []
    for each in failed:
        if each.is_critical:
            words = f"{_named([each])} is critical and not met, so the whole letter is not met."
            clauses.append((Level.NOT_MET, words))
    for each in partly:
        if each.is_critical:
            words = f"{_named([each])} is critical and only partly met."
            clauses.append((Level.PARTIALLY, words))
    if failed:
        many = len(failed) > rule.not_met_allowed_for_partially
        allowed = f" The rule allows {rule.not_met_allowed_for_partially}." if many else ""
        words = f"{_counted(failed)} not met: {_named(failed)}.{allowed}"
        clauses.append((Level.NOT_MET if many else Level.PARTIALLY, words))
    if partly:
        many = len(partly) > rule.partly_allowed_for_fully
        words = (
            f"{_counted(partly)} only partly met: {_named(partly)}. "
            f"The rule allows {rule.partly_allowed_for_fully}."
        )
        clauses.append((Level.PARTIALLY if many else Level.FULLY, words))
    return clauses


def _named(criteria: Sequence[Criterion]) -> str:
    return list_words([f"{each.code} ({each.title.lower()})" for each in criteria])


def _counted(criteria: Sequence[Criterion]) -> str:
    number = count_words(len(criteria), "criterion", "criteria")
    return f"{number} {'is' if len(criteria) == 1 else 'are'}"

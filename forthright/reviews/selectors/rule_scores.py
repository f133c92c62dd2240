"""The rules of the checks beside people's marks: each rule's score, and the letters behind it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404

from forthright.accounts.models import Area, User
from forthright.letters.models import Override
from forthright.reviews.models import Dispute, LetterCheck, Mark, Review
from forthright.reviews.selectors.lists import reviews_visible_to
from forthright.reviews.selectors.shown import LevelShown
from forthright.rules.letter_checks.rule import Rule
from forthright.rules.letter_checks.rule_set import criteria_on
from forthright.rules.rubric import Level
from forthright.rules.rule_scores import CheckedMarking, RuleScore, score_of
from forthright.samples.models import DrawnLetter
from forthright.standards.selectors import (
    CheckRules,
    check_rules_of,
    label_of,
)
from forthright.standards.selectors.wordings import criteria_asked_alike
from forthright.web import clock

# Older markings tell of other rules and other writers.
COUNTED_FOR = timedelta(weeks=52)
# The counts of a score that open their letters, and what each is of.
COUNTS = {
    "fired": "letters in which the rule found something",
    "agreed": "letters in which the rule fired and the marker found a fault under its criterion",
    "not_agreed": "letters in which the rule fired and the marker found its criterion fully met",
    "unmarked": "letters in which the rule fired and no mark speaks to it",
    "missed": "letters in which the marker found a fault and no rule of the criterion fired",
}


@dataclass(frozen=True)
class AreaScores:
    """What the scores of an Area's rules are counted from, and the rules in force."""

    rules: CheckRules
    since: date
    markings: list[CheckedMarking]
    # How many of the markings were checked by each set, and how many could not be checked.
    sets: list[tuple[str, int]]
    unchecked: int
    # How many markings by other words of a criterion than those in force are left out, by its code.
    otherwise_worded: Mapping[str, int]
    overruled: Mapping[str, list[int]]

    def score(self, rule_id: str) -> RuleScore:
        """Return one rule's score."""
        return score_of(rule_id, self.markings)

    @cached_property
    def lines(self) -> list["RuleLine"]:
        """Return every rule with its score, in the order of the files."""
        return [self.line(rule) for rule in self.rules.rules]

    def level_given(self, marking: int, criterion: str) -> LevelShown | None:
        """Return the level that a marking gave on a criterion, or None where it gave none."""
        levels = next((each.levels for each in self.markings if each.id == marking), {})
        return LevelShown.of(levels[criterion]) if criterion in levels else None

    def line(self, rule: Rule) -> "RuleLine":
        """Return one rule with its score."""
        return RuleLine(rule, self.score(rule.id), len(self.overruled.get(rule.id, [])))


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule of the checks with its score and how often it was overruled."""

    rule: Rule
    score: RuleScore
    overruled: int


def scores_of(area: Area, at: datetime) -> AreaScores:
    """Return what the rules of an Area are worth by its people's marks of the last 52 weeks."""
    since = at - COUNTED_FOR
    finished = _finished(area, since)
    checks = LetterCheck.objects.filter(review__in=finished).select_related("check_set")
    kept = list(checks.defer("check_set__files").order_by("review"))
    sets = Counter(label_of(check.check_set) for check in kept)
    levels, others = _levels(area, finished)
    overrides = Override.objects.filter(letter__area=area, made_at__gte=since)
    overruled: dict[str, list[int]] = defaultdict(list)
    for rule, pk in overrides.values_list("rule", "pk"):
        overruled[rule].append(pk)
    return AreaScores(
        rules=check_rules_of(area),
        since=clock.day_of(since),
        markings=_markings(kept, levels, others),
        sets=sets.most_common(),
        unchecked=finished.exclude(letter_check__isnull=False).count(),
        otherwise_worded=dict(Counter(sorted(code for each in others.values() for code in each))),
        overruled=overruled,
    )


def rule_for(area: Area, rule_id: str) -> Rule:
    """Return a rule that an Area's letters are checked by now.

    :raises Http404: if there is none of that id
    """
    rule = check_rules_of(area).rule(rule_id)
    if rule is None:
        raise Http404
    return rule


def _finished(area: Area, since: datetime) -> QuerySet[Review]:
    """Return the finished markings of sent letters, those of replaced letters left out."""
    return (
        Review.objects.filter(area=area, marked_at__gte=since, drawn_letter__disclosure=None)
        .exclude(overall=Level.NOT_APPLICABLE)
        .exclude(drawn_letter__state=DrawnLetter.State.SUBSTITUTED)
    )


def _markings(
    kept: Iterable[LetterCheck],
    levels: Mapping[int, Mapping[str, Level]],
    others: Mapping[int, Set[str]],
) -> list[CheckedMarking]:
    lists: dict[tuple[int, date], dict[str, str]] = {}
    markings = []
    for check in kept:
        key = (check.check_set_id, check.checked_for)
        if key not in lists:
            lists[key] = criteria_on(check.check_set.rules, check.checked_for)
        without = others.get(check.review_id, set())
        criteria = {
            rule: code
            for rule, code in lists[key].items()
            if rule not in check.not_run and code not in without
        }
        markings.append(
            CheckedMarking(
                id=check.review_id, criteria=criteria, fired=check.fired.keys(),
                levels=levels.get(check.review_id, {}),
            )
        )  # fmt: skip
    return markings


def _levels(
    area: Area, reviews: QuerySet[Review]
) -> tuple[dict[int, dict[str, Level]], dict[int, set[str]]]:
    """Return each marking's levels by criterion; where a dispute was accepted, the new one.

    Beside them stand the codes that a marking used in other words than those in force: what was
    asked by them says nothing of a rule that serves the code now, so their levels are left out.
    """
    instead = dict(
        Dispute.objects.filter(
            mark__review__in=reviews, outcome=Dispute.Outcome.ACCEPTED
        ).values_list("mark", "new_level")
    )
    as_asked = criteria_asked_alike(area, clock.today())
    levels: dict[int, dict[str, Level]] = defaultdict(dict)
    others: dict[int, set[str]] = defaultdict(set)
    rows = Mark.objects.filter(review__in=reviews).exclude(level="")
    said = rows.values_list("pk", "review", "criterion", "criterion__code", "level")
    for pk, review, criterion, code, level in said:
        if criterion in as_asked:
            levels[review][code] = Level(instead.get(pk, level))
        else:
            others[review].add(code)
    return levels, others


def markings_behind(user: User, ids: Iterable[int]) -> list[Review]:
    """Return the markings behind a count that this person may see, the newest first."""
    return list(reviews_visible_to(user).filter(pk__in=ids).order_by("-marked_at", "-pk"))

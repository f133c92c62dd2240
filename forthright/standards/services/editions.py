"""Starts an Area's standard, and makes and adopts new editions of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import check_has_permission
from forthright.audit import services as audit
from forthright.rules.rubric import Rubric, published_rubric
from forthright.rules.sampled import Subject as SubjectKind
from forthright.rules.written import reason_in
from forthright.standards import policies
from forthright.standards.models import Anchor, Criterion, Edition, RootCause, Subject
from forthright.standards.selectors import editions as selectors
from forthright.web.meanwhile import by_whom, check_unchanged

STARTING_REASONS = {
    Subject.LETTERS: (
        "The wording the product starts with. It draws on what inspectors have reported about "
        "letters to victims, and is this service’s own: the Area has still to confirm it or "
        "change it."
    ),
    Subject.DISCLOSURE: (
        "The wording the product starts with. It asks the inspectors’ kinds of question about "
        "initial disclosure; their own words could not be found in public, so these are this "
        "service’s own: the Area has still to confirm them or change them."
    ),
}


class DraftExists(Exception):
    """There is a draft already; the message says which."""


class EditionHasProblems(ValueError):
    """A draft cannot be adopted yet; each problem is a sentence."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the problems one by one, for an error summary."""
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionWords:
    """Everything about a criterion that a new edition may word otherwise."""

    title: str
    question: str
    guidance: str
    applies_when: str
    is_critical: bool
    critical_because: str
    # Level to the pair of anchor and example.
    levels: Mapping[str, tuple[str, str]]


@transaction.atomic
def start_area_standards(
    area: Area, subject: str = Subject.LETTERS.value, *, by: User | None, at: datetime
) -> Edition:
    """Give an Area the first edition of a standard, or return the one it has."""
    first = Edition.objects.filter(area=area, subject=subject).order_by("number").first()
    if first is not None:
        return first
    rubric = published_rubric(SubjectKind(subject))
    edition = Edition.objects.create(
        area=area,
        subject=subject,
        number=1,
        title=rubric.title,
        in_force_from=rubric.in_force_from,
        scoring_rule=rubric.rule.version,
        partly_allowed_for_fully=rubric.rule.partly_allowed_for_fully,
        not_met_allowed_for_partially=rubric.rule.not_met_allowed_for_partially,
        reason=STARTING_REASONS[Subject(subject)],
        made_at=at,
        made_by=by,
        adopted_at=at,
        adopted_by=by,
    )
    _write_criteria(edition, rubric)
    audit.record("standard.started", edition, by=by, at=at, number=1, of=edition.subject,
                 criteria=len(rubric.criteria))  # fmt: skip
    return edition


@transaction.atomic
def copy_edition(edition: Edition, *, by: User, at: datetime) -> Edition:
    """Make a draft with the words of an edition, for changing.

    :raises NotAllowed: if this person may not change standards
    :raises DraftExists: if the Area has a draft already
    """
    check_has_permission(by, Permission.STANDARD_CHANGE)
    Area.objects.select_for_update().get(pk=edition.area_id)
    if (draft := selectors.draft_of(edition.area, edition.subject)) is not None:
        raise DraftExists(
            f"Edition {draft.number} is being drafted already. Finish it or throw it away first: "
            "with two drafts at once, one would undo the other."
        )
    of_subject = Edition.objects.filter(area=edition.area_id, subject=edition.subject)
    latest = of_subject.order_by("-number").first() or edition
    draft = Edition.objects.create(
        area=edition.area,
        subject=edition.subject,
        number=latest.number + 1,
        title=edition.title,
        copied_from=edition,
        scoring_rule=edition.scoring_rule,
        partly_allowed_for_fully=edition.partly_allowed_for_fully,
        not_met_allowed_for_partially=edition.not_met_allowed_for_partially,
        made_at=at,
        made_by=by,
    )
    _write_criteria(draft, selectors.rubric_of(edition))
    audit.record("standard.copied", draft, by=by, at=at, number=draft.number, copy_of=edition.pk)
    return draft


@transaction.atomic
def change_criterion(
    criterion: Criterion, *, by: User, at: datetime, words: CriterionWords,
    opened: str | None = None,
) -> Criterion:  # fmt: skip
    """Word a criterion of a draft anew.

    `opened` is the stamp of what the page showed; without one, nothing is asked.

    :raises ChangedMeanwhile: if somebody worded it anew since the page was opened
    :raises NotAllowed: if the edition has been adopted or this person may not change it
    """
    policies.check_can_change(by, Edition.objects.select_for_update().get(pk=criterion.edition_id))
    criterion.refresh_from_db()
    who = by_whom(criterion, "standard.criterion_changed")
    check_unchanged(opened, selectors.criterion_stamp(criterion), who)
    criterion.title = words.title
    criterion.question = words.question
    criterion.guidance = words.guidance
    criterion.applies_when = words.applies_when
    criterion.is_critical = words.is_critical
    criterion.critical_because = words.critical_because if words.is_critical else ""
    criterion.save()
    for level, (anchor, example) in words.levels.items():
        criterion.anchors.filter(level=level).update(words=anchor, example=example)
    audit.record("standard.criterion_changed", criterion, by=by, at=at, code=criterion.code,
                 area=criterion.edition.area)  # fmt: skip
    return criterion


@transaction.atomic
def adopt_edition(
    edition: Edition, *, by: User, at: datetime, in_force_from: date, reason: str
) -> Edition:
    """Put a draft in force from a day; from then on its words never change.

    :raises NotAllowed: if it is adopted already or this person may not change it
    :raises EditionHasProblems: if something stands in the way
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    policies.check_can_change(by, edition)
    today = timezone.localtime(at).date()
    if problems := adoption_problems(edition, in_force_from, reason, today):
        raise EditionHasProblems(problems)
    edition.in_force_from = in_force_from
    edition.reason = reason_in(reason)
    edition.adopted_at = at
    edition.adopted_by = by
    edition.save(update_fields=["in_force_from", "reason", "adopted_at", "adopted_by"])
    audit.record("standard.adopted", edition, by=by, at=at, number=edition.number,
                 in_force_from=in_force_from, reason=edition.reason)  # fmt: skip
    return edition


@transaction.atomic
def discard_draft(edition: Edition, *, by: User, at: datetime) -> None:
    """Throw a draft away; the record keeps that there was one.

    :raises NotAllowed: if it has been adopted or this person may not change it
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    policies.check_can_change(by, edition)
    audit.record("standard.draft_discarded", edition, by=by, at=at, number=edition.number)
    edition.delete()


def adoption_problems(
    edition: Edition, in_force_from: date, reason: str, today: date
) -> tuple[str, ...]:
    """Return what stands in the way of adopting a draft, one sentence each."""
    problems = []
    if not reason_in(reason):
        problems.append("Say why the standard changes. Everybody who marks will read the reason.")
    if in_force_from < today:
        problems.append(
            "An edition cannot come into force before today: letters already marked by the old "
            "words would seem to have been marked by the new."
        )
    before = edition.copied_from
    if before is not None and not selectors.differences_between(before, edition):
        problems.append(
            f"Nothing differs from edition {before.number}. Change a criterion, or throw the "
            "draft away: a new edition breaks every trend, so it must be worth it."
        )
    return tuple(problems)


def _write_criteria(edition: Edition, rubric: Rubric) -> None:
    for position, each in enumerate(rubric.criteria, start=1):
        criterion = Criterion.objects.create(
            edition=edition,
            code=each.code,
            position=position,
            title=each.title,
            group=each.group,
            question=each.question,
            guidance=each.guidance,
            applies_when=each.applies_when,
            is_critical=each.is_critical,
            critical_because=each.critical_because,
            is_timeliness=each.is_timeliness,
        )
        Anchor.objects.bulk_create(
            Anchor(criterion=criterion, level=level, words=words.anchor, example=words.example)
            for level, words in each.levels.items()
        )
    RootCause.objects.bulk_create(
        RootCause(
            edition=edition,
            code=each.code,
            words=each.title,
            guidance=each.guidance,
            position=position,
        )
        for position, each in enumerate(rubric.root_causes, start=1)
    )

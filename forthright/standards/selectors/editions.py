"""Which editions of the standard a person may see, and how two editions differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, within_reach
from forthright.rules import rubric as rules
from forthright.rules.marking import said_stamp
from forthright.standards.models import Criterion, Edition, Level, Subject

# The levels that have an anchor, in the order they stand side by side.
MARKED_LEVELS = (Level.FULLY, Level.PARTIALLY, Level.NOT_MET)


@dataclass(frozen=True, slots=True)
class Difference:
    """One wording of a criterion that is not the same in two editions."""

    code: str
    title: str
    part: str
    before: str
    after: str


def editions_visible_to(user: User) -> QuerySet[Edition]:
    """Return the Area's editions, the newest first; drafts only for who may change them."""
    editions = within_reach(user, Permission.STANDARD_SEE, Edition.objects.all())
    if not has_permission(user, Permission.STANDARD_CHANGE):
        editions = editions.exclude(adopted_at=None)
    return editions.annotate(
        criteria_count=Count("criteria", distinct=True),
        critical_count=Count("criteria", filter=Q(criteria__is_critical=True), distinct=True),
    ).select_related("made_by", "adopted_by")


def edition_for(user: User, edition_id: int) -> Edition:
    """Return an edition this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    edition = editions_visible_to(user).filter(pk=edition_id).first()
    if edition is None:
        raise Http404
    return edition


def criterion_for(user: User, criterion_id: int) -> Criterion:
    """Return a criterion of an edition this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    criterion = (
        Criterion.objects.filter(
            pk=criterion_id, edition__in=editions_visible_to(user).values("pk")
        )
        .select_related("edition")
        .first()
    )
    if criterion is None:
        raise Http404
    return criterion


def edition_in_force(area: Area, day: date, subject: str = Subject.LETTERS.value) -> Edition | None:
    """Return the edition that letters, or disclosures, marked on a day are marked by."""
    adopted = Edition.objects.filter(
        area=area, subject=subject, adopted_at__isnull=False, in_force_from__lte=day
    )
    return adopted.order_by("-in_force_from", "-number").first()


def draft_of(area: Area, subject: str = Subject.LETTERS.value) -> Edition | None:
    """Return the Area's one draft of a standard, if there is one."""
    return Edition.objects.filter(area=area, subject=subject, adopted_at=None).first()


def criteria_of(edition: Edition) -> list[Criterion]:
    """Return an edition's criteria in order, with the anchors of each."""
    return list(edition.criteria.prefetch_related("anchors"))


def rubric_of(edition: Edition) -> rules.Rubric:
    """Return an edition as the rules for scoring read it."""
    return rules.Rubric(
        version=str(edition),
        title=edition.title,
        in_force_from=edition.in_force_from or date.max,
        status="adopted" if edition.adopted_at else "draft",
        confirmed_by="",
        criteria=tuple(_rule_criterion(each) for each in criteria_of(edition)),
        root_causes=tuple(
            rules.RootCause(code=each.code, title=each.words, guidance=each.guidance)
            for each in edition.root_causes.all()
        ),
        rule=rules.OverallRule(
            version=edition.scoring_rule,
            partly_allowed_for_fully=edition.partly_allowed_for_fully,
            not_met_allowed_for_partially=edition.not_met_allowed_for_partially,
        ),
    )


def _rule_criterion(criterion: Criterion) -> rules.Criterion:
    return rules.Criterion(
        code=criterion.code,
        title=criterion.title,
        group=rules.Group(criterion.group),
        question=criterion.question,
        guidance=criterion.guidance,
        applies_when=criterion.applies_when,
        is_critical=criterion.is_critical,
        critical_because=criterion.critical_because,
        is_timeliness=criterion.is_timeliness,
        levels={
            rules.Level(each.level): rules.Anchor(anchor=each.words, example=each.example)
            for each in criterion.anchors.all()
        },
    )


def differences_between(before: Edition, after: Edition) -> list[Difference]:
    """Return every wording that is not the same, criterion by criterion."""
    old = {each.code: each for each in criteria_of(before)}
    new = {each.code: each for each in criteria_of(after)}
    found = []
    for code in [*new, *(code for code in old if code not in new)]:
        parts_before = dict(_parts(old[code])) if code in old else {}
        parts_after = dict(_parts(new[code])) if code in new else {}
        title = (new.get(code) or old[code]).title
        found += [
            Difference(code, title, part, parts_before.get(part, ""), parts_after.get(part, ""))
            for part in {**parts_before, **parts_after}
            if parts_before.get(part, "") != parts_after.get(part, "")
        ]
    return found


def _parts(criterion: Criterion) -> Iterator[tuple[str, str]]:
    yield "Title", criterion.title
    yield "Question", criterion.question
    yield "Guidance", criterion.guidance
    yield "Applies when", criterion.applies_when
    yield "Critical", "Yes" if criterion.is_critical else "No"
    yield "Why it is critical", criterion.critical_because
    anchors = {each.level: each for each in criterion.anchors.all()}
    for level in MARKED_LEVELS:
        if level in anchors:
            yield level.label, anchors[level].words
            yield f"{level.label}: example", anchors[level].example


def criterion_stamp(criterion: Criterion) -> str:
    """Return a stamp of the words of a criterion and of its levels."""
    levels = criterion.anchors.order_by("level").values_list("level", "words", "example")
    return said_stamp(
        criterion.title, criterion.question, criterion.guidance, criterion.applies_when,
        str(criterion.is_critical), criterion.critical_because,
        *(part for row in levels for part in row),
    )  # fmt: skip

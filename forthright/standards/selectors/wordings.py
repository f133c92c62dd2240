"""Which criteria of an Area's editions are one, so that marks by them may be counted together."""

from datetime import date

from forthright.accounts.models import Area
from forthright.rules.wordings import Asked, Wording, wordings_among
from forthright.standards.models import Criterion, Subject
from forthright.standards.selectors.editions import MARKED_LEVELS, criteria_of, edition_in_force


def wordings_of(area: Area) -> dict[int, Wording]:
    """Return by its number how each criterion of the Area's adopted standards of letters reads."""
    criteria = Criterion.objects.filter(
        edition__area=area, edition__subject=Subject.LETTERS, edition__adopted_at__isnull=False
    )
    rows = criteria.select_related("edition").prefetch_related("anchors")
    return wordings_among([_asked(each) for each in rows])


def criteria_asked_alike(area: Area, day: date) -> set[int]:
    """Return the criteria, of every edition, that ask what one of that in force on a day asks."""
    asked, edition = wordings_of(area), edition_in_force(area, day)
    now = {asked[each.pk].key for each in criteria_of(edition)} if edition else set()
    return {criterion for criterion, wording in asked.items() if wording.key in now}


def editions_asked_alike(area: Area, day: date) -> set[int]:
    """Return the numbers of the rows of the editions that ask of a letter what that of a day does.

    These are that edition itself and each other whose criteria have the same words; none where no
    edition was in force.
    """
    in_force = edition_in_force(area, day)
    if in_force is None:
        return set()
    asked: dict[int, set[str]] = {}
    wordings = wordings_of(area)
    for pk, edition in Criterion.objects.filter(pk__in=wordings).values_list("pk", "edition"):
        asked.setdefault(edition, set()).add(wordings[pk].key)
    return {pk for pk, keys in asked.items() if keys == asked[in_force.pk]}


def _asked(criterion: Criterion) -> Asked:
    anchors = {each.level: each.words for each in criterion.anchors.all()}
    return Asked(
        id=criterion.pk,
        edition=criterion.edition.number,
        code=criterion.code,
        title=criterion.title,
        words=(
            criterion.question,
            criterion.applies_when,
            *(anchors.get(level, "") for level in MARKED_LEVELS),
        ),
    )

"""An Area's standard, and a draft of the next."""

from datetime import date

from forthright.accounts.models import Role
from forthright.standards import services
from forthright.standards.models import Criterion, Edition
from tests import given

ADOPTED_ON = date(2026, 10, 5)


def a_standard() -> Edition:
    """Return the Area's first edition."""
    return services.start_area_standards(given.an_area(), by=None, at=given.NOON)


def a_draft() -> Edition:
    """Return a draft of the second edition, with the words of the first."""
    administrator = given.a_person(Role.ADMINISTRATOR)
    return services.copy_edition(a_standard(), by=administrator, at=given.NOON)


def reworded(criterion: Criterion) -> services.CriterionWords:
    """Return a criterion's words with another question."""
    return services.CriterionWords(
        title=criterion.title,
        question="Would it be kind to read this alone at home?",
        guidance=criterion.guidance,
        applies_when=criterion.applies_when,
        is_critical=criterion.is_critical,
        critical_because=criterion.critical_because,
        levels={each.level: (each.words, each.example) for each in criterion.anchors.all()},
    )


def a_changed_draft() -> Edition:
    """Return a draft in which the question of one criterion is worded anew."""
    draft = a_draft()
    criterion = draft.criteria.get(code="B3")
    services.change_criterion(
        criterion,
        by=given.a_person(Role.ADMINISTRATOR),
        at=given.NOON,
        words=reworded(criterion),
    )
    return draft

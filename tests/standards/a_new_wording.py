"""An edition of the standard that asks another thing under an old code."""

from dataclasses import replace
from datetime import date

from forthright.accounts.models import Role
from forthright.standards import services
from forthright.standards.models import Edition
from tests import given
from tests.standards.editions import ADOPTED_ON, reworded

OTHER = {
    "title": "Offers a telephone call",
    "question": "Does the letter offer a telephone call, with the number?",
}


def adopt_another(edition: Edition, *, of: date = ADOPTED_ON, **words: str) -> Edition:
    """Adopt an edition in which B1 asks something else; by default, for a telephone call."""
    administrator = given.a_person(Role.ADMINISTRATOR)
    draft = services.copy_edition(edition, by=administrator, at=given.NOON)
    criterion = draft.criteria.get(code="B1")
    said = replace(reworded(criterion), **{"question": criterion.question, **(words or OTHER)})
    services.change_criterion(criterion, by=administrator, at=given.NOON, words=said)
    return services.adopt_edition(
        draft, by=administrator, at=given.NOON, in_force_from=of, reason="What victims ask for."
    )

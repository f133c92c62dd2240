"""Which defence statements wait until a lawyer looked again at what was not disclosed."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.disclosure.models import DefenceRequest, DefenceStatement, DisclosureDuty
from forthright.disclosure.selectors.standings import Line, lines_of
from forthright.rules.endorsements import NOT_MET


def unlooked() -> "QuerySet[DefenceStatement]":
    """Return the statements that came, ask for nothing, and wait for a look.

    Where one asks for something, the answers are that look.
    """
    asked = DefenceRequest.objects.filter(statement=OuterRef("pk"))
    return DefenceStatement.objects.filter(
        ~Exists(asked), received_on__isnull=False, looked_at__isnull=True
    )


def waits_for_look() -> Q:
    """Return which duties have such a statement, as a condition on duties."""
    return Q(Exists(unlooked().filter(duty=OuterRef("pk"))))


def unlooked_of(duty: DisclosureDuty) -> list[DefenceStatement]:
    """Return the statements of a duty that wait for a look, the first first."""
    return list(unlooked().filter(duty=duty).order_by("pk"))


def lines_withheld(duty: DisclosureDuty, *, with_sensitive: bool = True) -> list[Line]:
    """Return what was decided as not to be disclosed, and was not served."""
    lines = lines_of(duty, with_sensitive=with_sensitive)
    return [line for line in lines if line.standing.code in NOT_MET and not line.is_served]

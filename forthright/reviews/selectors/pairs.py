"""Who has marked again whose letters, so that no two mark each other's alone."""

from django.db.models import Count

from forthright.accounts.models import Area
from forthright.reviews.models import SecondMarking


def pairs_before(area: Area) -> dict[tuple[str, str], int]:
    """Return how many letters of each first marker each second marker has had."""
    rows = (
        SecondMarking.objects.filter(area=area, marker__isnull=False)
        .values_list("marker", "review__marker")
        .annotate(number=Count("pk"))
    )
    return {(str(second), str(first)): number for second, first, number in rows}

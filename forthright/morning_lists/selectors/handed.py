"""What was handed over to a person to draft, said where they begin their day."""

from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.morning_lists.models import HandOver
from forthright.morning_lists.selectors.lines import stood_for
from forthright.rules.words import moment_words
from forthright.schemes.models import Duty


def handed_words(user: User, duties: "QuerySet[Duty]") -> str:
    """Say of some letters of a drafter which others handed over to them; mostly nothing.

    The newest is named with who handed it over and when.
    """
    rows = HandOver.objects.filter(now=user.pk, duty__in=duties).exclude(made_by=user.pk)
    rows = rows.select_related("duty__case", "made_by", "made_for").order_by("-made_at", "-pk")
    found = list(rows)
    if not found:
        return ""
    newest, number = found[0], len({each.duty_id for each in found})
    who = f"by {stood_for(newest.made_by, newest.made_for)}, {moment_words(newest.made_at)}"
    if number == 1:
        return f"{newest.duty.reference} was handed over to you {who}"
    return f"{number:,} were handed over to you, the newest, {newest.duty.reference}, {who}"

"""Says of a copy that it is not right, also one that was found right and was shared."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import CutCopy, ShareRecord
from forthright.hard_media.selectors.wrong_copies import (
    alike_in_part,
    beside,
    built_on,
    clips_of,
)
from forthright.hard_media.services.cutting import CutRefused
from forthright.hard_media.services.sharing import revoke_share
from forthright.hard_media.services.taking_back import locked_with_shares
from forthright.rules.words import date_words, day_of
from forthright.rules.written import reason_in


@dataclass(frozen=True)
class FoundWrong:
    """What was shut and taken back because a copy was found not right.

    :param others: what was shut with it
    :param alike: what hides some of the same and stays, so that somebody looks at it again
    """

    others: list[CutCopy]
    shares: list[ShareRecord]
    alike: list[CutCopy]


@transaction.atomic
def find_wrong(
    copy: CutCopy, reason: str, *, right: Collection[CutCopy] = (), by: User | None, at: datetime
) -> FoundWrong:
    """Record that a copy is not right: it goes to nobody, and every share that gives it is revoked.

    So it is with each that hides by the same parts, and with each clip of any of them.

    :param right: of those that hide by the same parts, which are right all the same
    :raises NotAllowed: if this person is no lawyer of the unit
    :raises CutRefused: if it is not made, was found so before, or nobody says why
    """
    policies.check_can_find_wrong(by, copy)
    if not (why := reason_in(reason)):
        raise CutRefused("Say what is not right, such as: a face is seen at 0:12.")
    locked_with_shares(copy.file.item)
    # First this one alone: what is being built on it until then is read afterwards.
    copy = CutCopy.objects.select_for_update(of=("self",)).get(pk=copy.pk)
    if copy.state != CutCopy.State.MADE:
        raise CutRefused("Only a copy that is made can be found not right.")
    if copy.wrong_at is not None:
        raise CutRefused(
            f"Copy {copy.pk} was found not right on {date_words(day_of(copy.wrong_at))} already. "
            "Nothing is left to shut."
        )
    among = beside(copy)
    left = {each.pk for each in right}
    built = [each for each in built_on(copy, among) if each.pk not in left]
    clips = clips_of([copy, *built], among)
    others = [each for each in [*built, *clips] if each.wrong_at is None]
    for each in [copy, *others]:
        each.wrong_at, each.wrong_by = at, by
        each.wrong_because = why if each.pk == copy.pk else _because(each, copy)
        each.save(update_fields=["wrong_at", "wrong_by", "wrong_because"])
    standing = ShareRecord.objects.filter(contents__copy__in=[copy, *others], revoked_at=None)
    shares = list(standing.distinct().select_related("item", "representation").order_by("pk"))
    for share in shares:
        words = f"Copy {copy.pk}, or what hides by it or was cut from it, was found not right."
        revoke_share(share, reason=words, by=by, at=at)
    audit.record(
        "file.copy_not_right", copy.file, by=by, at=at, recording=copy.file.item_id, copy=copy.pk,
        clips=[each.pk for each in others if each.of_id is not None],
        built=[each.pk for each in others if each.of_id is None], left=sorted(left),
        shares=[each.pk for each in shares],
    )  # fmt: skip
    return FoundWrong(others, shares, alike_in_part(copy, among))


def _because(each: CutCopy, copy: CutCopy) -> str:
    """Say why a copy that was shut with another is not right either."""
    if each.of_id == copy.pk:
        return f"It was cut from copy {copy.pk}, which is not."
    hides = f"hides what copy {copy.pk} hides, which was found not right"
    if each.of_id is not None:
        return f"It was cut from copy {each.of_id}, which {hides}."
    return f"It {hides}."

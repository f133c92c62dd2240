"""Says of a copy that it is not right, also one that was found right and was shared."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import CutCopy, ShareRecord
from forthright.hard_media.services.cutting import CutRefused
from forthright.hard_media.services.sharing import revoke_share
from forthright.hard_media.services.taking_back import locked_with_shares
from forthright.rules.words import date_words, day_of
from forthright.rules.written import reason_in


@transaction.atomic
def find_wrong(
    copy: CutCopy, reason: str, *, by: User | None, at: datetime
) -> list[ShareRecord]:  # fmt: skip
    """Record that a copy is not right: it goes to nobody, and every share that gives it is revoked.

    So it is with each clip that was cut from it. Return what was taken back.

    :raises NotAllowed: if this person is no lawyer of the unit
    :raises CutRefused: if it is not made, was found so before, or nobody says why
    """
    policies.check_can_find_wrong(by, copy)
    if not (why := reason_in(reason)):
        raise CutRefused("Say what is not right, such as: a face is seen at 0:12.")
    locked_with_shares(copy.file.item)
    rows = CutCopy.objects.select_for_update(of=("self",)).order_by("pk")
    both = list(rows.filter(Q(pk=copy.pk) | Q(of=copy.pk)))
    copy = next(each for each in both if each.pk == copy.pk)
    if copy.state != CutCopy.State.MADE:
        raise CutRefused("Only a copy that is made can be found not right.")
    if copy.wrong_at is not None:
        raise CutRefused(
            f"Copy {copy.pk} was found not right on {date_words(day_of(copy.wrong_at))} already. "
            "Nothing is left to shut."
        )
    found = [each for each in both if each.wrong_at is None]
    for each in found:
        is_clip = each.pk != copy.pk
        each.wrong_at, each.wrong_by = at, by
        each.wrong_because = f"It was cut from copy {copy.pk}, which is not." if is_clip else why
        each.save(update_fields=["wrong_at", "wrong_by", "wrong_because"])
    standing = ShareRecord.objects.filter(contents__copy__in=found, revoked_at=None)
    shares = list(standing.distinct().select_related("item", "representation").order_by("pk"))
    for share in shares:
        words = f"Copy {copy.pk}, or a clip of it, was found not right."
        revoke_share(share, reason=words, by=by, at=at)
    audit.record(
        "file.copy_not_right", copy.file, by=by, at=at, recording=copy.file.item_id, copy=copy.pk,
        clips=[each.pk for each in found if each.pk != copy.pk],
        shares=[each.pk for each in shares],
    )  # fmt: skip
    return shares

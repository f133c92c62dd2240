"""Shows a draw, makes it again, and hands its list out; each is recorded."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.audit.models import Event
from forthright.samples.models import Draw
from forthright.samples.selectors.frozen import DRAWN, check_as_drawn
from forthright.samples.selectors.order import Verification, verification_of


@transaction.atomic
def verify_draw(draw: Draw, *, by: User | None, at: datetime) -> Verification:
    """Make a draw again from its frozen list and record whether it came out the same."""
    draw = Draw.objects.select_related("frame", "plan_version", "plan").get(pk=draw.pk)
    recorded = Event.objects.filter(
        name=DRAWN, subject_kind=draw._meta.label, subject_id=str(draw.pk)
    ).first()
    verification = verification_of(draw, recorded.detail if recorded else None)
    audit.record("sample.verified", draw, by=by, at=at, is_same=verification.is_same)
    return verification


@transaction.atomic
def hand_out_frame(draw: Draw, *, by: User, at: datetime, form: str) -> Draw:
    """Record that a draw's list was handed out as a file, and return it with its rows.

    :raises NotAsDrawn: if the draw or its list was changed after it was drawn
    """
    check_as_drawn(draw, "The list of this sample is not handed out.")
    audit.record("sample.list_exported", draw, by=by, at=at, form=form, rows=draw.frame.size)
    return Draw.objects.select_related("frame", "plan").get(pk=draw.pk)


@transaction.atomic
def see_draw(draw: Draw, *, by: User, at: datetime, letters: int) -> None:
    """Record that somebody saw which letters were drawn and who drafted them."""
    audit.record("sample.seen", draw, by=by, at=at, letters=letters)

"""Which cases may not have been ready by a hearing that passed; how each stands the ladder says."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q

from forthright.cases.models import Defendant
from forthright.hard_media.models import (
    MediaItem,
    MediaStep,
    Representation,
    ShareRecord,
    StartChange,
)
from forthright.hard_media.selectors.ended import has_ended_for_all
from forthright.hard_media.selectors.gave import sure_to_count
from forthright.hard_media.selectors.history import TURNING
from forthright.hard_media.selectors.kept import files_kept
from forthright.hard_media.selectors.secrets import is_alike
from forthright.rules.media_facts import WAITED_FOR, Classification
from forthright.rules.media_states import MediaState


def may_be_unready(secret: Collection[str], today: date) -> Q:
    """Return what is asked of hearings to find those that may wait to be closed.

    Left out are only cases of which everything is sure to have been with everybody beforehand, so
    that years of hearings that went well cost nothing; of the others the ladder is worked out, and
    so it is where a classification or a firm changed after the hearing: who waited then may not
    wait now.

    :param secret: the SHA-256 of all that is of sensitive recordings
    """
    waits = (
        MediaItem.objects.filter(case=OuterRef("case"), classification__in=WAITED_FOR)
        .exclude(state=MediaState.WITHDRAWN)
        .exclude(_is_with_everybody(secret, today))
    )
    waited = MediaStep.objects.filter(
        item__case=OuterRef("case"), event__in=TURNING, at__date__gt=OuterRef("on")
    )
    another = Representation.everything.filter(
        Q(recorded_at__date__gt=OuterRef("on")) | Q(mistake_at__date__gt=OuterRef("on")),
        defendant__case=OuterRef("case"),
    )
    redated = StartChange.objects.filter(
        representation__defendant__case=OuterRef("case"), changed_at__date__gt=OuterRef("on")
    )
    may_be = Q(Exists(waits)) | Q(Exists(waited)) | Q(Exists(another)) | Q(Exists(redated))
    return Q(may_be, on__isnull=False, closed_at=None) & ~has_ended_for_all()


def _is_with_everybody(secret: Collection[str], today: date) -> Q:
    """Say of which recordings of a hearing it is sure that everybody had them before it.

    To be read inside what is asked of hearings. Shares of a file that is sensitive elsewhere are
    not sure.
    """
    own = files_kept().filter(item=OuterRef("pk"))
    sure = sure_to_count()
    nobody = Representation.objects.filter(
        defendant=OuterRef("pk"), ends_on=None, is_unrepresented=True, starts_on__lte=today
    )
    theirs = sure.filter(
        item=OuterRef(OuterRef("pk")),
        shared_on__lt=OuterRef(OuterRef(OuterRef("on"))),
        representation__defendant=OuterRef("pk"),
        representation__ends_on=None,
        representation__starts_on__lte=today,
    )
    defendants = Defendant.objects.filter(case=OuterRef("case"))
    lacking = defendants.filter(~Exists(nobody), ~Exists(theirs))
    court = sure.filter(
        item=OuterRef("pk"),
        party=ShareRecord.Party.COURT,
        shared_on__lt=OuterRef(OuterRef("on")),
    )
    alike = Exists(own.filter(is_alike(secret))) if secret else Q(pk__in=[])
    return (
        Q(classification=Classification.RELIED_ON, received_at__isnull=False)
        & ~alike
        & Q(Exists(court))
        & Q(Exists(defendants))
        & ~Q(Exists(lacking))
    )

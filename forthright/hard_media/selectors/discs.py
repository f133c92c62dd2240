"""What is on a disc or stick, and whether it may be where it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.hard_media.models import Carried, Carrier, HandOver, MediaItem, SentFile
from forthright.hard_media.selectors.registered import reached
from forthright.hard_media.selectors.secrets import secret_among, secrets_of
from forthright.rules.media_facts import Classification
from forthright.rules.media_hands import PARTIES, Receiver, why_not_to
from forthright.rules.media_states import CarrierState


@dataclass(frozen=True)
class OnDisc:
    """What is on a disc: all of it, and what of it may be named to nobody outside."""

    items: list[MediaItem]
    secret: set[int]

    @property
    def is_unassessed(self) -> bool:
        """Say whether no prosecutor has said what one of them is."""
        return any(each.classification == Classification.NOT_ASSESSED for each in self.items)

    @property
    def named(self) -> list[MediaItem]:
        """Return what may be named on a paper that goes out."""
        return [each for each in self.items if each.pk not in self.secret]


def what_is_on(carrier: Carrier) -> OnDisc:
    """Return what is on a disc; the same file as that of a sensitive recording is secret too."""
    items = list(carrier.items.select_related("case").order_by("case__urn", "exhibit"))
    files = SentFile.objects.filter(item__in=items).exclude(sha256="")
    digests = list(files.values_list("item", "sha256"))
    alike = secret_among({sha256 for _, sha256 in digests}, carrier.area)
    secret = {each.pk for each in items if each.is_sensitive}
    return OnDisc(items, secret | {pk for pk, sha256 in digests if sha256 in alike})


@dataclass(frozen=True)
class DiscLine:
    """One disc as somebody sees it in a list.

    :param may_read: what is written on it and of it is for this person
    :param where: the place where it is, or by its kind alone, in whose hands
    """

    disc: Carrier
    may_read: bool
    where: str


def disc_lines(user: User, discs: Sequence[Carrier]) -> list[DiscLine]:
    """Return discs with what this person may read of each.

    What is written of one that holds something sensitive may name what is on it, so that it is
    for those alone of the unit that has it in its hands who may see or hear a recording.
    """
    kept = _kept_from(user, discs)
    kinds: dict[int, str] = {}
    for each in HandOver.objects.filter(carrier__in=kept).order_by("at", "pk"):
        kinds[each.carrier_id] = each.get_to_kind_display()
    return [
        DiscLine(each, False, kinds.get(each.pk, "Not shown to you"))
        if each.pk in kept
        else DiscLine(each, True, each.ended_to if each.ended_on else each.location)
        for each in discs
    ]


def _kept_from(user: User, discs: Sequence[Carrier]) -> set[int]:
    """Return of which discs this person reads no words."""
    pks = {each.pk for each in discs}
    own = reached(user, Permission.MEDIA_PLAY, Carrier.objects.filter(pk__in=pks))
    others = pks - set(own.values_list("pk", flat=True))
    if not others:
        return set()
    areas = {each.area for each in discs if each.pk in others}
    rows = [_secret_on(Carried.objects.filter(carrier__in=others), area) for area in areas]
    return {pk for each in rows for pk in each.values_list("carrier", flat=True)}


def _secret_on(rows: "QuerySet[Carried]", area: Area) -> "QuerySet[Carried]":
    """Return those of them that are sensitive, or of which a file is that of one that is."""
    alike = SentFile.objects.filter(item=OuterRef("item"), sha256__in=secrets_of(area))
    return rows.filter(Q(item__is_sensitive=True) | Q(Exists(alike)), carrier__area=area)


def misplaced(rows: "QuerySet[Carrier]", area: Area) -> "QuerySet[Carrier]":
    """Return those discs that must not be with the party that they went to last."""
    last = HandOver.objects.filter(carrier=OuterRef("pk")).order_by("-at", "-pk")
    alike = SentFile.objects.filter(item=OuterRef("item"), sha256__in=secrets_of(area))
    wrong = Carried.objects.filter(carrier=OuterRef("pk")).filter(
        Q(item__is_sensitive=True)
        | Q(item__classification=Classification.NOT_ASSESSED)
        | Q(Exists(alike))
    )
    is_with = Subquery(last.values("to_kind")[:1])
    found = rows.exclude(state=CarrierState.DESTROYED).annotate(is_with=is_with)
    return found.filter(Exists(wrong), is_with__in=PARTIES).order_by("barcode", "pk")


def why_not_there(carrier: Carrier) -> str:
    """Return why a disc must not be with the party that it went to last, or nothing.

    A recording may be found sensitive, or be said to be on it, once it is out. Of hand-overs that
    were recorded before anybody was asked who got it, nothing is said.
    """
    last = carrier.hand_overs.order_by("at", "pk").last()
    if last is None or last.to_kind not in PARTIES or carrier.state == CarrierState.DESTROYED:
        return ""
    held = what_is_on(carrier)
    return why_not_to(
        Receiver(last.to_kind), is_sensitive=bool(held.secret), is_unassessed=held.is_unassessed
    )

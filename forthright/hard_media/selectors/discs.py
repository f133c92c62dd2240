"""What is on a disc or stick, and whether it may be where it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.cases.models import Defendant
from forthright.hard_media.models import (
    Carried,
    Carrier,
    FormerAddress,
    HandOver,
    MediaItem,
    MediaStep,
    Representation,
    SentFile,
)
from forthright.hard_media.selectors.hiding import hiding_of
from forthright.hard_media.selectors.registered import asked_again_at, reached
from forthright.hard_media.selectors.secrets import DECIDING, of_sensitive_copies, secrets_of
from forthright.rules.media_facts import MAY_BE_SHARED, Classification
from forthright.rules.media_hands import (
    PARTIES,
    TOLD_BY_PLACE,
    Parties,
    Receiver,
    party_hinted,
    why_not_to,
)
from forthright.rules.media_history import BEGINS_ANEW
from forthright.rules.media_states import (
    GOT_BACK_BY_NOBODY,
    CarrierState,
    MediaEvent,
    MediaState,
)
from forthright.rules.words import uncapitalised


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
    def kept_back(self) -> list[str]:
        """Return each that was assessed and may be shared with nobody, and why not."""
        return [
            f"{each.exhibit} ({_as_what(each)})"
            for each in self.items
            if each.pk not in self.secret and _is_kept_back(each)
        ]

    def why_not_to(self, receiver: Receiver) -> str:
        """Return why it must not be with a receiver, with what to do, or nothing."""
        return why_not_to(
            receiver, is_sensitive=bool(self.secret), is_unassessed=self.is_unassessed,
            kept_back=self.kept_back,
        )  # fmt: skip

    @property
    def named(self) -> list[MediaItem]:
        """Return what may be named on a paper that goes out."""
        return [each for each in self.items if each.pk not in self.secret]


# What goes to no party, on a disc as by any other way.
KEPT_BACK = ~Q(item__classification__in=MAY_BE_SHARED) | Q(item__state=MediaState.WITHDRAWN)


def _is_kept_back(item: MediaItem) -> bool:
    is_out = item.classification not in (*MAY_BE_SHARED, Classification.NOT_ASSESSED)
    return is_out or item.state == MediaState.WITHDRAWN


def _as_what(item: MediaItem) -> str:
    is_withdrawn = item.state == MediaState.WITHDRAWN
    said = item.get_state_display() if is_withdrawn else item.get_classification_display()
    return said.lower()


def what_is_on(carrier: Carrier) -> OnDisc:
    """Return what is on a disc; the same file as that of a sensitive recording is secret too."""
    items = list(carrier.items.select_related("case").order_by("case__urn", "exhibit"))
    secret = secret_on(Carried.objects.filter(carrier=carrier), carrier.area)
    return OnDisc(items, set(secret.values_list("item", flat=True)))


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
        else DiscLine(each, True, place_of(each))
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
    rows = [secret_on(Carried.objects.filter(carrier__in=others), area) for area in areas]
    return {pk for each in rows for pk in each.values_list("carrier", flat=True)}


def holding_secrets(discs: Collection[int], area: Area) -> set[int]:
    """Return which of these discs of an Area hold something sensitive, whatever else they hold."""
    found = secret_on(Carried.objects.filter(carrier__in=discs), area)
    return set(found.values_list("carrier", flat=True))


def secret_on(
    rows: "QuerySet[Carried]", area: Area, secret: Collection[str] | None = None
) -> "QuerySet[Carried]":
    """Return those of them that are sensitive, or of which a file is that of one that is.

    A disc that came before a recording was asked for again holds the copy of then, and stays
    secret where that was sensitive, whatever came since; one that came later does not hold it.

    :param secret: the SHA-256 of all that is of sensitive recordings, where they were read already
    """
    secret = secrets_of(area) if secret is None else secret
    over = MediaStep.objects.filter(
        item=OuterRef("item"), event__in=BEGINS_ANEW, at__gte=OuterRef("carrier__added_at")
    )
    said = MediaStep.objects.filter(
        item=OuterRef("item"), event__in=DECIDING, at__lte=OuterRef("over_at")
    )
    found = rows.annotate(over_at=Subquery(over.order_by("at", "pk").values("at")[:1])).annotate(
        last_said=Subquery(said.order_by("-at", "-pk").values("event")[:1])
    )
    files = SentFile.objects.filter(item=OuterRef("item"), sha256__in=secret)
    alike = files.exclude(pk__in=of_sensitive_copies(area).values("pk"))
    return found.filter(
        Q(item__is_sensitive=True) | Q(last_said=MediaEvent.CLASSIFY_SENSITIVE) | Q(Exists(alike)),
        carrier__area=area,
    )


def parties_around(carriers: Collection[int]) -> dict[int, Parties]:
    """Return the firms that ever represented somebody, and the defendants, by the disc."""
    found = {each: Parties() for each in carriers}
    of_case: dict[int, list[Parties]] = {}
    on = Carried.objects.filter(carrier__in=carriers).order_by()
    for carrier, case in on.values_list("carrier", "item__case").distinct():
        of_case.setdefault(case, []).append(found[carrier])
    # One that was recorded by mistake is a firm of the defence all the same.
    firms = Representation.everything.filter(defendant__case__in=of_case, is_unrepresented=False)
    former = FormerAddress.objects.filter(representation__in=firms)
    now = firms.values_list("defendant__case", "firm", "contact", "email")
    of_before = former.values_list("representation__defendant__case", "firm", "contact", "email")
    for case, firm, contact, email in [*now, *of_before]:
        for each in of_case[case]:
            each.firms.update({firm} - {""})
            each.contacts.update({contact} - {""})
            each.emails.update({email} - {""})
    for defendant in Defendant.objects.filter(case__in=of_case):
        for each in of_case[defendant.case_id]:
            each.defendants.add(str(defendant))
            each.families.add(defendant.family_name)
    return found


def firms_elsewhere(area: Area) -> Parties:
    """Return the firms of all cases of an Area, by each name and address they ever had."""
    firms = Representation.everything.filter(area=area, is_unrepresented=False)
    former = FormerAddress.objects.filter(representation__area=area)
    rows = {*firms.values_list("firm", "email"), *former.values_list("firm", "email")}
    return Parties(
        firms={firm for firm, _ in rows} - {""}, emails={email for _, email in rows} - {""}
    )  # fmt: skip


def kept_from_parties(held: OnDisc) -> list[str]:
    """Return what is on a disc that no party may have, or not as it came, and why, in words.

    What is sensitive goes to nobody outside, and is not named here.
    """
    unknown = [
        f"{each.exhibit} (not classified)"
        for each in held.named
        if each.classification == Classification.NOT_ASSESSED and each.state != MediaState.WITHDRAWN
    ]
    hiding = hiding_of(held.named)
    hidden = [
        f"{each.exhibit} (a copy hides some of it, or is to)"
        for each in held.named
        if each.pk in hiding
    ]
    return [*unknown, *held.kept_back, *hidden]


def misplaced(
    rows: "QuerySet[Carrier]", area: Area, sensitive: Collection[str] | None = None
) -> "QuerySet[Carrier]":
    """Return those discs that must not be with the party that they went to last.

    So it is with one that holds something sensitive at a place that reads like a party, or what no
    party may have with somebody else who reads like one, unless somebody said why it is not with
    them.

    :param sensitive: the SHA-256 of all that is of sensitive recordings, where they were read
        already
    """
    last = HandOver.objects.filter(carrier=OuterRef("pk")).order_by("-at", "-pk")
    on_it = Carried.objects.filter(carrier=OuterRef("pk"))
    secret = Exists(secret_on(on_it, area, sensitive))
    kept_back = Exists(on_it.filter(KEPT_BACK))
    found = rows.exclude(state__in=GOT_BACK_BY_NOBODY).annotate(
        is_with=Subquery(last.values("to_kind")[:1]),
        because=Subquery(last.values("named_because")[:1]),
    )
    elsewhere = found.filter(secret | Q(kept_back, is_with__in=TOLD_BY_PLACE), because="").exclude(
        is_with__in=PARTIES
    )
    places = {each.pk: place_of(each) for each in elsewhere}
    around = parties_around(places)
    named = [pk for pk, place in places.items() if party_hinted(place, around[pk])]
    of_party = Q(secret | kept_back, is_with__in=PARTIES)
    return found.filter(of_party | Q(pk__in=named)).order_by("barcode", "pk")


def why_not_there(carrier: Carrier) -> str:
    """Return why a disc must not be where it is with what to do, or nothing.

    A recording may be found sensitive or not relevant, be withdrawn, or be said to be on it, once
    it is out. Of hand-overs that were recorded before anybody was asked who got it, the name of the
    place alone says something.
    Its words name no place, so that whoever sees the disc may read them.
    """
    last = carrier.hand_overs.order_by("at", "pk").last()
    if last is None or carrier.state in GOT_BACK_BY_NOBODY:
        return ""
    held = what_is_on(carrier)
    if last.to_kind in PARTIES:
        why = held.why_not_to(Receiver(last.to_kind))
        return f"It must not be where it is. {why} Get it back." if why else ""
    is_kept = last.to_kind in TOLD_BY_PLACE and (held.is_unassessed or held.kept_back)
    if last.named_because or not (held.secret or is_kept):
        return ""
    party = party_hinted(place_of(carrier), parties_around([carrier.pk])[carrier.pk])
    if party is None:
        return ""
    what = "Something sensitive" if held.secret else "What no party may have"
    return (
        f"It may be where it must not. {what} is on it, and the name of its place reads like "
        f"{uncapitalised(party.words)}. If it is with them, get it back. "
        "If it is not, hand it over once more by that name and say why."
    )


def holds_copy_before(
    carrier: Carrier, item: MediaItem, *, ticked_at: datetime | None = None
) -> bool:  # fmt: skip
    """Say whether a disc came before a recording was last asked for again, and holds that copy.

    :param ticked_at: when it was first said to be on it, if that was not just now
    """
    again = asked_again_at(item)
    if again is None:
        return False
    if Carried.objects.filter(carrier=carrier, item=item, taken_at__gte=again).exists():
        return False
    was_on_it = ticked_at is not None and ticked_at <= again
    return was_on_it or not carrier.came_since(again)


def with_copy_before(item: MediaItem) -> list[Carried]:
    """Return on which discs that are held a copy is from before a recording was asked for again."""
    again = asked_again_at(item)
    if again is None:
        return []
    held = item.carried.filter(carrier__state=CarrierState.HELD).select_related("carrier")
    rows = held.order_by("carrier__barcode")
    return [each for each in rows if not each.holds_since(again)]


def place_of(carrier: Carrier) -> str:
    """Return where a disc is, by name."""
    return carrier.ended_to if carrier.ended_on else carrier.location

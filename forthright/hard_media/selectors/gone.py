"""Which recordings came and are not here any more: no file, no link that opens, no disc with us.

What came by hand and of which nobody has recorded a disc is here as far as anybody knows; so is
what is on a disc of which nobody recorded, before that was asked, to whom it was handed over.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Value

from forthright.hard_media.models import Carried, Carrier, Loss, MediaItem, MediaStep, StockTakeLine
from forthright.hard_media.selectors.damaged import damages, of_a_damaged_file
from forthright.hard_media.selectors.gave import files_here
from forthright.hard_media.selectors.hands import MAY_BE_WITH_US, kind_of_hands, out_of_hand
from forthright.hard_media.selectors.kept import files_kept
from forthright.rules.media_gone import LostWay, gone_words
from forthright.rules.media_states import WAITED_FOR, CarrierState, MediaEvent, MediaState
from forthright.rules.words import day_of


def is_gone(today: date) -> Q:
    """Say of which recordings that came nothing is here any more, and it is known why."""
    is_lost = Q(link_expires_on__lt=today) | Q(Exists(on_discs().exclude(MAY_BE_WITH_US)))
    is_lost |= of_a_damaged_file()
    return came_and_not_on_file(today) & is_lost & ~Q(Exists(on_discs().filter(MAY_BE_WITH_US)))


def gone_of(items: "QuerySet[MediaItem]", today: date) -> dict[int, str]:
    """Return why each of some recordings is not here any more, of those that are not."""
    rows = items.filter(is_gone(today)).order_by().values_list("pk", "link_expires_on")
    ends = dict(rows)
    if not ends:
        return {}
    ways: defaultdict[int, list[LostWay]] = defaultdict(list)
    on = Carried.objects.filter(item__in=ends).exclude(_with_copy_before())
    lost = list(on.select_related("carrier__area").order_by("carrier__barcode"))
    since = missing_since({each.carrier_id for each in lost})
    out = out_of_hand([each.carrier for each in lost])
    for each in lost:
        disc, who = each.carrier, out.get(each.carrier_id)
        day = who.since if who else disc.ended_on or since.get(disc.pk)
        state = CarrierState(disc.state)
        ways[each.item_id].append(LostWay(day, disc.barcode, state, who.who if who else ""))
    found_at = dict(damages().values_list("sha256", "found_at"))
    damaged = files_kept().filter(item__in=ends, sha256__in=found_at)
    for pk, sha256 in damaged.order_by("pk").values_list("item_id", "sha256"):
        ways[pk].append(LostWay(day_of(found_at[sha256]), is_file=True))
    for pk, link_ended_on in ends.items():
        if link_ended_on is not None:
            ways[pk].append(LostWay(link_ended_on))
    return {pk: gone_words(ways[pk]) for pk in ends}


def missing_since(carriers: Collection[int]) -> dict[int, date]:
    """Return since which day each of some discs is missing.

    That is the day of the stock-take that missed it, or on which it was noticed that it is lost.
    """
    return {disc: noticed_on or day_of(at) for disc, at, noticed_on in _missed(carriers)}


def missed_at(carriers: Collection[int]) -> dict[int, datetime]:
    """Return when each of some discs that are missing was recorded so last."""
    return {disc: at for disc, at, _ in _missed(carriers)}


def is_known_lost(carrier: Carrier) -> bool:
    """Say whether a disc is missing since somebody said that it is lost, and not by a count."""
    return any(noticed_on is not None for _, _, noticed_on in _missed([carrier.pk])[-1:])


def _missed(carriers: Collection[int]) -> list[tuple[int, datetime, date | None]]:
    """Return when discs that are missing were recorded so, the last last, in one query.

    Of one that is known to be lost, with the day on which that was noticed.
    """
    of_them = {"carrier__in": carriers, "carrier__state": CarrierState.MISSING}
    counted = StockTakeLine.objects.filter(**of_them, outcome=StockTakeLine.Outcome.MISSING)
    no_day = Value(None, output_field=DateField())
    lost = Loss.objects.filter(**of_them).order_by()
    rows = counted.order_by().values_list("carrier", "at", no_day)
    every = rows.union(lost.values_list("carrier", "recorded_at", "noticed_on"), all=True)
    return sorted(every, key=lambda row: row[1])


def came_and_not_on_file(today: date) -> Q:
    """Say of which recordings that came there is neither a whole file nor a link that opens."""
    no_link = Q(link="") | Q(link_expires_on__lt=today)
    kept = Exists(files_here().filter(item=OuterRef("pk")))
    return Q(received_at__isnull=False) & ~Q(state=MediaState.WITHDRAWN) & no_link & ~Q(kept)


def on_discs() -> "QuerySet[Carried]":
    """Return on which discs the copy of now of a recording is, to be read in what asks items.

    Each with what `WITH_US` and `MAY_BE_WITH_US` ask.
    """
    rows = Carried.objects.filter(item=OuterRef("pk")).exclude(_with_copy_before())
    return rows.annotate(is_with=kind_of_hands())


def _with_copy_before() -> Q:
    """Say which discs hold a copy from before their recording was asked for again.

    As `Carried.holds_since` says of one.
    """
    asked = MediaStep.objects.filter(item=OuterRef("item"), event=MediaEvent.REQUEST)
    again = asked.exclude(before__in=WAITED_FOR).filter(
        Q(at__gt=OuterRef("carrier__added_at")) | Q(at__date__gt=OuterRef("carrier__received_on"))
    )
    is_since_taken = Exists(again.filter(at__gt=OuterRef("taken_at")))
    return Q(is_since_taken) | Q(Exists(again), taken_at=None)

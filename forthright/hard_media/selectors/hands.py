"""In whose hands discs and sticks are: this office's, or somebody's that got one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from forthright.hard_media.models import Carrier, HandOver
from forthright.hard_media.selectors.discs import holding_secrets
from forthright.hard_media.selectors.hand_overs import hand_overs_that_stand
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierState
from forthright.rules.words import date_words, day_of, uncapitalised

# Of what on a disc is, told with `kind_of_hands`: it lies with a unit of the Area.
WITH_US = Q(carrier__state=CarrierState.HELD, is_with=Receiver.UNIT)
# The same as far as anybody knows: nobody recorded who got it.
OURS = (Receiver.UNIT, Receiver.NOT_SAID)
MAY_BE_WITH_US = Q(carrier__state=CarrierState.HELD, is_with__in=OURS)


@dataclass(frozen=True)
class Out:
    """Who has a disc that was handed over and is still to be returned or to come back.

    :param who: of a hand-over of which nobody recorded to whom it was, nothing
    """

    who: str
    since: date

    @property
    def words(self) -> str:
        """Say it as it stands after what the disc is called."""
        if not self.who:
            return f"handed over on {date_words(self.since)}, and nobody recorded to whom"
        return f"with {self.who} since {date_words(self.since)}"


def kind_of_hands() -> Coalesce:
    """Return what kind of receiver got a disc last, to be read in what asks what is on it."""
    last = HandOver.objects.filter(carrier=OuterRef("carrier")).order_by("-at", "-pk")
    kind = Subquery(last.values("to_kind")[:1])
    return Coalesce(kind, Value(str(Receiver.UNIT)), output_field=CharField())


def hands_by(discs: Collection[int], end: datetime) -> dict[int, str]:
    """Return what kind of receiver each of some discs had gone to last by a moment, if to any."""
    rows = HandOver.objects.filter(carrier__in=discs, at__lt=end).order_by("at", "pk")
    return dict(rows.values_list("carrier_id", "to_kind"))


def is_with_us(carrier: Carrier) -> bool:
    """Say whether a disc that is held lies with a unit of the Area."""
    last = carrier.hand_overs.order_by("at", "pk").last()
    return last is None or last.to_kind == Receiver.UNIT


def may_be_with_us(carrier: Carrier) -> bool:
    """Say whether a disc that is held lies with a unit of the Area, as far as anybody knows."""
    last = carrier.hand_overs.order_by("at", "pk").last()
    return last is None or last.to_kind in OURS


def out_of_hand(discs: Sequence[Carrier]) -> dict[int, Out]:
    """Return who has each of some discs of one Area, of those that are held and not with a unit.

    Of one that holds something sensitive no name is said.
    """
    held = {each.pk: each for each in discs if each.state == CarrierState.HELD}
    standing = hand_overs_that_stand(held)
    out = {pk: rows[-1] for pk, rows in standing.items() if rows[-1].to_kind != Receiver.UNIT}
    if not out:
        return {}
    secret = holding_secrets(out, held[next(iter(out))].area)
    return {
        pk: Out(_who(each, is_secret=pk in secret), day_of(each.at)) for pk, each in out.items()
    }


def _who(handed: HandOver, *, is_secret: bool) -> str:
    if handed.to_kind == Receiver.NOT_SAID:
        return ""
    return kind_words(handed) if is_secret else handed.to_place


def let_go_at(carrier: Carrier) -> datetime | None:
    """Return when a disc left the unit as the last copy, with why, if it is not back since."""
    for each in reversed(hand_overs_that_stand([carrier.pk]).get(carrier.pk, [])):
        if each.to_kind == Receiver.UNIT:
            return None
        if each.last_copy_because:
            return each.at
    return None


def kind_words(handed: HandOver) -> str:
    """Say inside a sentence who got a disc, by their kind alone."""
    if handed.to_kind == Receiver.OTHER:
        return "somebody else"
    words = Receiver(handed.to_kind).words
    return uncapitalised(words)

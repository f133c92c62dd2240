"""How a recording came, and with which disc or stick that was here already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media.models import Carried, Carrier, MediaItem
from forthright.hard_media.selectors.came_with import FILLED
from forthright.hard_media.selectors.discs import with_copy_before
from forthright.rules.media_states import CarrierState, MediaEvent
from forthright.rules.states import MoveNotAllowed
from forthright.rules.urn import year_of
from forthright.rules.words import day_words, list_words


class WhichDisc(MoveNotAllowed):
    """Nobody says whether what came is on a disc that was here before it was asked for again."""


@dataclass(frozen=True, kw_only=True)
class Came:
    """How a recording came.

    :param disc: the disc or stick of the register on which it came
    :param is_on_none: it came on none that was here before it was asked for again
    """

    source: str
    on: date
    link: str = ""
    link_expires_on: date | None = None
    declared_hash: str = ""
    disc: Carrier | None = None
    is_on_none: bool = False

    @property
    def event(self) -> MediaEvent:
        """Return the move this is: a disc or stick in the hand, or a link."""
        by_hand = (MediaItem.Source.DISC, MediaItem.Source.USB, MediaItem.Source.OTHER)
        is_by_hand = self.source in by_hand and not self.link
        return MediaEvent.RECEIVE_PHYSICAL if is_by_hand else MediaEvent.RECEIVE_LINK

    @property
    def at_hand(self) -> dict[str, Any]:
        """Return what its recording, and the step with which it came, are known to have."""
        return {
            "link": self.link, "link_expires_on": self.link_expires_on,
            "declared_hash": self.declared_hash,
        }  # fmt: skip


def take_its_disc(item: MediaItem, came: Came, *, by: User | None, at: datetime) -> None:
    """Let a disc that was here before a recording was asked for again hold what came since.

    :raises WhichDisc: if there is such a disc, and nobody says whether what came is on it
    """
    held = item.carried.filter(carrier=came.disc, carrier__state=CarrierState.HELD)
    if came.disc is not None and not held.exists():
        raise WhichDisc(
            f"{came.disc.barcode} is not held with this recording on it any more. Open this page "
            "anew, and say what it is on."
        )
    before = with_copy_before(item)
    chosen = next((each for each in before if each.carrier == came.disc), None)
    if came.event is not MediaEvent.RECEIVE_PHYSICAL:
        if chosen is not None:
            raise WhichDisc(
                "It came as a link or by another system, so it is on none of these. Choose that."
            )
        return
    if came.disc is None and before and not came.is_on_none:
        raise WhichDisc(_asks_which(before))
    if chosen is None:
        return
    Carried.objects.filter(pk=chosen.pk).update(taken_at=at)
    # As where somebody ticks on its page what is on a disc: so it came with that one.
    audit.record(FILLED, chosen.carrier, by=by, at=at, recordings=[item.pk])


def _asks_which(before: Sequence[Carried]) -> str:
    names = list_words([each.carrier.barcode for each in before])
    was, it = ("was", "it") if len(before) == 1 else ("were", "one of them")
    return (
        f"{names} {was} here before this recording was asked for again. Say whether what you have "
        f"is on {it}, so that it does not go as if nobody needed it."
    )


def check_case_was_there(urn: str, on: date) -> None:
    """Refuse a day before the year in which a case got its number: nothing came for it then.

    A recording may come before its case is sent to the Crown Court, so that day is no bound.

    :raises MoveNotAllowed: with what the number says
    """
    year = year_of(urn)
    if year is not None and on.year < year:
        raise MoveNotAllowed(
            f"The case {urn} got its number in {year}, so nothing of it came on "
            f"{day_words(on)}. Enter the day on which it came."
        )

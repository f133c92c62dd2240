"""What became of the copy of a recording that came and is not here any more, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from forthright.rules.media_states import CarrierState
from forthright.rules.words import date_words, list_words


@dataclass(frozen=True, slots=True)
class LostWay:
    """One way by which a recording came and that leads to it no more.

    :param since: the last day of a link, since when a disc is not here, or when a file was found
        damaged; None: nobody knows
    :param barcode: of a disc or stick; of a link or a file nothing
    :param holder: who has a disc that is still held, and may bring it back
    """

    since: date | None
    barcode: str = ""
    state: CarrierState | None = None
    holder: str = ""
    is_file: bool = False

    @property
    def words(self) -> str:
        """Say it as it stands after "It came"."""
        on = date_words(self.since) if self.since else ""
        if self.is_file:
            return f"as a file, of which what is kept was found damaged{f' on {on}' if on else ''}"
        if self.state is None:
            return f"as a link that ended on {on}" if on else "as a link that has ended"
        if self.state is CarrierState.MISSING:
            return f"on {self.barcode}, which is missing{f' since {on}' if on else ''}"
        if self.holder:
            return f"on {self.barcode}, which is with {self.holder}{f' since {on}' if on else ''}"
        verb = "returned" if self.state is CarrierState.RETURNED else "destroyed"
        return f"on {self.barcode}, which was {verb}{f' on {on}' if on else ''}"


def gone_words(ways: Sequence[LostWay]) -> str:
    """Say why a recording that came is not here any more; without a way lost it is here."""
    if not ways:
        return ""
    left = "unless that comes back" if any(each.holder for each in ways) else "any more"
    return f"It came {list_words([each.words for each in ways])}. Nothing of it is here {left}."

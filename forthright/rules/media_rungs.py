"""The rungs of the hearing ladder, how a case can stand on it, and who does the next thing."""

from dataclasses import dataclass
from enum import StrEnum


class Rung(StrEnum):
    RECEIVED = "RECEIVED"
    READABLE = "READABLE"
    DESCRIBED = "DESCRIBED"
    VIEWED = "VIEWED"
    CLASSIFIED = "CLASSIFIED"
    SHARED = "SHARED"
    OPENED = "OPENED"

    @property
    def words(self) -> str:
        """Say the rung as it stands above its column."""
        return self.value.capitalize()


class Whose(StrEnum):
    """Who does the next thing."""

    POLICE = "POLICE"
    UNIT = "UNIT"
    PROSECUTOR = "PROSECUTOR"
    NOBODY = "NOBODY"

    @property
    def words(self) -> str:
        """Say who it is."""
        return {
            Whose.POLICE: "the police; the unit asks",
            Whose.UNIT: "the unit that holds the case",
            Whose.PROSECUTOR: "the prosecutor",
            Whose.NOBODY: "nobody",
        }[self]


WHOSE = {
    Rung.RECEIVED: Whose.POLICE,
    Rung.READABLE: Whose.POLICE,
    Rung.DESCRIBED: Whose.UNIT,
    Rung.VIEWED: Whose.PROSECUTOR,
    Rung.CLASSIFIED: Whose.PROSECUTOR,
    Rung.SHARED: Whose.UNIT,
    Rung.OPENED: Whose.UNIT,
}
NOT_YET = {
    Rung.RECEIVED: "not received",
    Rung.READABLE: "not known to be readable",
    Rung.DESCRIBED: "not described",
    Rung.VIEWED: "not viewed",
    Rung.CLASSIFIED: "not classified",
    Rung.SHARED: "not shared with everybody",
    Rung.OPENED: "not known to be opened",
}


class Standing(StrEnum):
    NOTHING_REGISTERED = "NOTHING_REGISTERED"
    NOTHING_RELIED_ON = "NOTHING_RELIED_ON"
    NOT_READY = "NOT_READY"
    READY = "READY"
    PROVED = "PROVED"
    # It ended for every defendant, and no hearing was held before that.
    ENDED = "ENDED"

    @property
    def words(self) -> str:
        """Say how the case stands."""
        return {
            Standing.NOTHING_REGISTERED: "Nothing registered",
            Standing.NOTHING_RELIED_ON: "Nothing relied on",
            Standing.NOT_READY: "Not ready",
            Standing.READY: "Ready, not proved",
            Standing.PROVED: "Ready and proved",
            Standing.ENDED: "The case has ended",
        }[self]


class Colour(StrEnum):
    """How pressing a case is, the worst first."""

    RED = "red"
    AMBER = "yellow"
    BLUE = "blue"
    GREY = "grey"
    GREEN = "green"


# Who is told when the unit alone has not managed: a role of accounts.Role.
ESCALATION = {"amber": "LINE_MANAGER", "red": "LEGAL_MANAGER", "missed": "SENIOR_MANAGER"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung of one recording: reached, not reached, or not asked of it (None), and why."""

    rung: Rung
    reached: bool | None
    why: str

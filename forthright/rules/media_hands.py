"""Whom a disc or stick may go to, by what is on it."""

from enum import StrEnum


class Receiver(StrEnum):
    """What kind of receiver a disc goes to; who it is exactly is written beside it."""

    POLICE = "POLICE"
    UNIT = "UNIT"
    COURT = "COURT"
    DEFENCE = "DEFENCE"
    COUNSEL = "COUNSEL"
    OTHER = "OTHER"

    @property
    def words(self) -> str:
        """Say it as people choose it."""
        return {
            Receiver.POLICE: "The police",
            Receiver.UNIT: "This unit, or its own store",
            Receiver.COURT: "The court",
            Receiver.DEFENCE: "The defence",
            Receiver.COUNSEL: "Prosecuting counsel",
            Receiver.OTHER: "Somebody else, or not said",
        }[self]


# Whoever holds what is sensitive by right: the police gave it, the unit decides on it.
MAY_HOLD_SENSITIVE = (Receiver.POLICE, Receiver.UNIT)
PARTIES = (Receiver.COURT, Receiver.DEFENCE, Receiver.COUNSEL)


def why_not_to(receiver: Receiver, *, is_sensitive: bool, is_unassessed: bool) -> str:
    """Return why a disc must not be with a receiver, with what to do; nothing if it may.

    :param is_sensitive: it holds a sensitive recording, or the same file as one
    :param is_unassessed: it holds a recording of which no prosecutor said what it is
    """
    if is_sensitive and receiver not in MAY_HOLD_SENSITIVE:
        return (
            "A sensitive recording is on this disc or stick. It goes to the police or to this "
            "unit, and to nobody else. Put what may be given on another one."
        )
    if is_unassessed and receiver in PARTIES:
        return (
            "A recording that nobody has classified is on this disc or stick. It goes to neither "
            "court, defence nor counsel before a prosecutor has said what each recording on it is."
        )
    return ""


def needs_reason(receiver: Receiver, *, is_unknown: bool) -> bool:
    """Say whether a disc goes to a receiver only with a reason that somebody writes.

    :param is_unknown: nobody has recorded what is on it, so that nothing can be looked up
    """
    return is_unknown and receiver not in MAY_HOLD_SENSITIVE

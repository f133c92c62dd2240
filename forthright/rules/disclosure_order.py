"""In which order disclosure is given: nothing is served before all that its service rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forthright.rules.words import moment_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Rests:
    """What the service of items rests on for one item, each with its moment.

    :param came: when its schedule could first be used
    :param decided: when it was decided or set aside: of what is served the newest decision, of
        another item the first; None where nobody did
    :param approved: when a second person looked at that decision; None where nobody had to
    :param is_served: whether it is among what is served
    """

    named: str
    came: datetime | None = None
    decided: datetime | None = None
    approved: datetime | None = None
    is_served: bool = False


@dataclass(frozen=True, slots=True)
class Approved:
    """A time in which a duty was approved and waited to be served; `until` is None where it does.

    It ends with what opens the duty again: something came, or what was approved changed; or with
    its closing, whenever it is opened again after that.
    """

    since: datetime
    until: datetime | None = None
    was_closed: bool = False


def approved_then(served: datetime, spans: Sequence[Approved]) -> Approved | None:
    """Return the approval under which something was served at a moment, or None where none was.

    Moments count to the minute, as a person enters them: what was approved within the minute was
    approved by then, and what was opened again within it was still approved at its beginning.
    """
    held = (
        each
        for each in spans
        if _minute(each.since) <= served and (each.until is None or served < each.until)
    )
    return max(held, key=lambda each: each.since, default=None)


def why_not_served_then(
    served: datetime, *, rests: Sequence[Rests], before: Sequence[tuple[datetime, str]] = ()
) -> str:
    """Say why something cannot have been served at a moment; nothing where it can.

    Moments count to the minute, as a person enters them. Another item, which is not served, stands
    against a moment only where its schedule could be used by then.

    :param before: the moments of what came before as a whole, each with its words: "approved"
    """
    known = [*before]
    for each in rests:
        if not each.is_served and (each.came is None or _minute(each.came) > served):
            continue
        known += [
            (moment, f"{each.named} was {said}")
            for moment, said in (
                (each.came, "taken in"),
                (each.decided, "decided"),
                (each.approved, "approved by a second person"),
            )
            if moment is not None
        ]
    late = [(moment, words) for moment, words in known if _minute(moment) > served]
    if not late:
        return ""
    moment, words = max(late)
    return f"{words} {moment_words(moment)}, so it was served then or later."


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)

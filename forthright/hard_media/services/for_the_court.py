"""What is unused goes to the defence; somebody decides before the court has it."""

from collections.abc import Collection, Sequence

from forthright.hard_media.models import CutCopy, MediaItem, ShareRecord
from forthright.hard_media.services.giving import SINCE, ToDecide
from forthright.rules.media_facts import Classification


class UnusedForCourt(ToDecide):
    """What is unused would go to the court, and nobody says that the court is to have it."""

    box = "unused_too"


def check_unused(
    item: MediaItem, kinds: Collection[str], *, may_be_seen: bool,
    asked: Collection[str] | None = None,
) -> bool:  # fmt: skip
    """Refuse the court what is unused: it is disclosed to the defence, and no judge reads it there.

    Where that is kept apart: the second unused section of the Crown Court Digital Case System, and
    "Unused material" of the Common Platform, which is for the defence alone.

    Return whether something unused goes to the court, as it was decided.

    :param kinds: what kinds of parties get it
    :param may_be_seen: somebody decided that the court is to have it
    :param asked: of which recordings, by their keys; None: of all
    :raises UnusedForCourt: with how to decide
    """
    if ShareRecord.Party.COURT not in kinds:
        return False
    if not unused_to_decide([item], asked if may_be_seen else ()):
        return bool(unused_to_decide([item], ()))
    raise UnusedForCourt(
        f"{SINCE if may_be_seen else ''}{item.exhibit} is unused. What is disclosed as unused goes "
        "to the defence, and the court does not see it. Share it without the court, or say that "
        "the court is to have it, as where a judge asked to see it. If the prosecution relies on "
        "it now, classify it anew on its page first."
    )


def unused_to_decide(
    items: Sequence[MediaItem], decided: Collection[str] | None
) -> list[MediaItem]:  # fmt: skip
    """Return what is unused of these and not decided, by its key; None: all is decided."""
    if decided is None:
        return []
    unused = [each for each in items if each.classification == Classification.UNUSED]
    return [each for each in unused if str(each.pk) not in decided]


def unused_of(
    items: Sequence[MediaItem], copies: Sequence[CutCopy] = ()
) -> dict[str, list[str]]:  # fmt: skip
    """Return what the box is needed for where these go to the court, with what it asks about."""
    found: dict[str, list[str]] = {}  # two cases may have an exhibit of one name
    for each in unused_to_decide([*items, *(copy.file.item for copy in copies)], ()):
        found.setdefault(each.exhibit, []).append(str(each.pk))
    return found

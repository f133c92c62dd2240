"""What of unused recordings a firm that took a case over is offered, as who was before had it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from forthright.hard_media.models import CutCopy, Hearing, MediaItem, Representation
from forthright.hard_media.selectors.case_page import copies_to_share, firms_of
from forthright.hard_media.selectors.defendants import firm_key
from forthright.hard_media.selectors.hiding import Shown
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.rules.media_facts import Part

HIDDEN_SINCE = "As it came it shows what a copy hides, or is to hide, so it is not chosen for them."


@dataclass
class Offered:
    """What a firm does not have that was disclosed to whoever had the case before, in words too."""

    firm: Representation
    words: list[str] = field(default_factory=list)
    items: list[MediaItem] = field(default_factory=list)
    copies: list[CutCopy] = field(default_factory=list)

    @property
    def is_any(self) -> bool:
        """Say whether anything is offered to be chosen."""
        return bool(self.items or self.copies)


def offered_of(
    hearing: Hearing, items: Sequence[MediaItem], shown: Shown, today: date
) -> list[Offered]:
    """Return for each such firm of a case what it is offered of recordings that may go out.

    Whoever had copies in place of a recording is followed by one who is offered the same, and
    never the file as it came; nor is that offered to anybody where a copy hides some of it since,
    or is to. What was taken back from them is not offered.
    """
    found = {firm_key(each.pk): Offered(each) for each in firms_of(hearing, today)}
    copies = copies_to_share(items)
    known = {str(each.pk): each for each in items}
    for line in ladder_of(hearing, today).items:
        item = known.get(line.item.key)
        for lacking in line.to_disclose:
            if item is None or (offered := found.get(lacking.party)) is None:
                continue
            is_whole, same = _choice(copies, lacking.parts)
            covered = {each.file.sha256 for each in same if each.is_in_place}
            is_shown = any(
                each.file.sha256 not in covered for each in shown.by_items.get(item.pk, ())
            )
            kept_back = f" {HIDDEN_SINCE}" if is_whole and is_shown else ""
            offered.words.append(f"{item.exhibit}: {lacking.note}{kept_back}")
            offered.copies += same
            if is_whole and not is_shown:
                offered.items.append(item)
    return [each for each in found.values() if each.words]


def _choice(copies: Sequence[CutCopy], parts: Collection[Part]) -> tuple[bool, list[CutCopy]]:
    """Return whether a recording is offered as it came, and which copies, of what a firm lacks.

    The recording as it came only beside every copy that went in place of a file of it.
    """
    whole = {each.file for each in parts if not each.copy}
    # Whoever gets a file as it came needs no copy of it.
    wanted = {each.copy for each in parts if each.copy and each.file not in whole}
    same = [each for each in copies if str(each.pk) in wanted]
    return bool(whole) and len(same) == len(wanted), same

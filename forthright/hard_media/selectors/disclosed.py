"""What of unused recordings a firm that took a case over is offered, as who was before had it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from forthright.hard_media.models import CutCopy, Hearing, MediaItem, Representation, ShareRecord
from forthright.hard_media.selectors.case_page import copies_to_share, firms_of
from forthright.hard_media.selectors.defendants import firm_key
from forthright.hard_media.selectors.ladder import ladder_of


@dataclass
class Offered:
    """What a firm does not have that was disclosed to whoever had the case before, in words too."""

    firm: Representation
    words: list[str] = field(default_factory=list)
    items: list[MediaItem] = field(default_factory=list)
    copies: list[CutCopy] = field(default_factory=list)


def offered_of(hearing: Hearing, items: Sequence[MediaItem], today: date) -> list[Offered]:
    """Return for each such firm of a case what it is offered of recordings that may go out.

    Whoever had copies in place of a recording is followed by one who is offered the same, and
    never the file as it came.
    """
    found = {firm_key(each.pk): Offered(each) for each in firms_of(hearing, today)}
    copies = copies_to_share(items)
    known = {str(each.pk): each for each in items}
    for line in ladder_of(hearing, today).items:
        item = known.get(line.item.key)
        for lacking in line.to_disclose:
            if item is None or (offered := found.get(lacking.party)) is None:
                continue
            offered.words.append(f"{item.exhibit}: {lacking.note}")
            given = _given_before(item, offered.firm)
            same = [each for each in copies if each.pk in given]
            offered.copies += same
            # The recording as it came only beside every copy that went in place of a file of it.
            if None in given and len(same) == len(given) - 1:
                offered.items.append(item)
    return [each for each in found.values() if each.words]


def _given_before(item: MediaItem, firm: Representation) -> set[int | None]:
    """Return what was given last before a firm had the case: copies, and None for files."""
    last = (
        ShareRecord.objects.filter(
            item=item, revoked_at=None, representation__defendant=firm.defendant_id
        )
        .exclude(representation=firm)
        .order_by("recorded_at", "pk")
        .last()
    )
    contents = last.contents.values_list("copy", flat=True) if last else []
    # Of what went another way no contents are known but for copies: it was all of it.
    return set(contents) or {None}

"""Which recordings the court and the defence lack, so that what they have is not sent once more."""

from collections.abc import Sequence
from datetime import date

from forthright.hard_media.models import Hearing, MediaItem
from forthright.hard_media.selectors.ladder import facts_of
from forthright.hard_media.selectors.periods import periods_of
from forthright.rules.media_parties import is_standing, required_parties


def lacked_by_each(
    hearing: Hearing, items: Sequence[MediaItem], today: date
) -> list[MediaItem]:  # fmt: skip
    """Return those of some recordings that each party lacks which lacks any of them.

    So none of them is with whichever of these parties is chosen. What waits for its e-mail is sent
    again or to another address, and not shared once more.
    """
    facts = facts_of([hearing], periods_of(hearing.area), today)[hearing.pk]
    on = None if facts.is_estimated else facts.hearing_on
    shares = {each.key: each.shares for each in facts.items}
    had = {
        (share.party, item.pk)
        for item in items
        for share in shares.get(str(item.pk), ())
        if is_standing(share, today, on) or (share.is_unsent and not share.is_revoked)
    }
    keys = [key for key, _ in required_parties(facts.defendants) if key]
    lacking = [key for key in keys if any((key, each.pk) not in had for each in items)]
    return [
        each for each in items if lacking and all((key, each.pk) not in had for key in lacking)
    ]  # fmt: skip

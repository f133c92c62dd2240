"""What is sent to a party, and whether it has just that already: nothing is shared twice unseen."""

from collections.abc import Sequence

from forthright.hard_media.models import ShareContent, ShareLink, ShareRecord
from forthright.hard_media.services.giving import ShareRefused
from forthright.rules.firm_names import firm_words
from forthright.rules.words import date_words, day_of

ANOTHER_COUNSEL = (
    "If it goes to another counsel, say which by name; a link goes to an address of their own."
)
WHOLE = (0, 0)  # what stands for a recording as it came, where its files are not known


def check_is_not_again(
    new: ShareRecord, had: Sequence[ShareRecord], given: Sequence[ShareContent], *, is_whole: bool
) -> None:
    """Refuse to share with a party what it has already, in the same way and for as long.

    A link that opens longer than the one before is sent all the same, and so is one in place of
    one that wrong codes closed, what went out another way or on another day, and a recording of
    which a file was viewed since.

    :param new: the share as it is to be, not saved yet
    :param had: what stands of the recording with the party, or with a firm or address alike
    :raises ShareRefused: with what it has and who recorded it
    """
    by_link = new.way == ShareRecord.Way.LINK
    wanted = _what(given, is_whole=is_whole, by_link=by_link)
    for each in had:
        if (each.representation_id, each.way) != (new.representation_id, new.way):
            continue
        contents = list(each.contents.all())
        whole = not contents or any(one.copy is None for one in contents)
        same = _what(contents, is_whole=whole, by_link=by_link) == wanted
        if same and _is_as_good(each, new) and not _has_more_since(each):
            if each.links.filter(ShareLink.UNSENT).exists():
                raise ShareRefused(
                    f"The e-mail to {each.to} with the link to {new.item.exhibit} has not gone. "
                    "Send it again, or to another address, from the page of the case, take that "
                    "back first, or share it another way."
                )
            who = f" by {each.recorded_by}" if each.recorded_by else ""
            is_counsel = each.party == ShareRecord.Party.COUNSEL
            another = f" {ANOTHER_COUNSEL}" if is_counsel else ""
            raise ShareRefused(
                f"{each.to} has {new.item.exhibit} already, shared {date_words(each.shared_on)} "
                f"({each.get_way_display()}), recorded{who} on "
                f"{date_words(day_of(each.recorded_at))}. Nothing was shared now. Leave it out, or "
                f"take that back first to share it once more.{another}"
            )


def is_same_counsel(had: ShareRecord, email: str, name: str) -> bool:
    """Say whether a share is with the counsel of an address or a name.

    A leader and a junior may both have a recording, and so may whoever takes a brief over. One
    without a name is taken for whoever has it already, unless a link goes to another address.

    :param email: where a link is to go, or nothing
    :param name: which counsel it is, or nothing
    """
    theirs = {each.email.casefold() for each in had.links.all() if each.replaced_at is None}
    if email and email.casefold() in theirs:
        return True
    if name and had.counsel:
        return firm_words(name) == firm_words(had.counsel)
    return not name and not (email and theirs)


def _what(
    contents: Sequence[ShareContent], *, is_whole: bool, by_link: bool
) -> set[tuple[int | None, ...]]:
    """Return what is given, to be compared; of what went another way only copies are known."""
    if by_link:
        return {(each.file_id, each.copy_id) for each in contents}
    copies: set[tuple[int | None, ...]] = {
        (each.file_id, each.copy_id) for each in contents if each.copy_id
    }
    return copies | ({WHOLE} if is_whole else set())


def _is_as_good(had: ShareRecord, new: ShareRecord) -> bool:
    """Say whether what a party has went out on the day and opens as long as what is to be sent."""
    if had.way == ShareRecord.Way.LINK:
        if had.links.filter(ShareLink.GUESSED_AT).exists():
            return False
        ends, wanted = had.link_expires_on, new.link_expires_on
        return ends is not None and wanted is not None and ends >= wanted
    return (had.shared_on, had.link_expires_on) == (new.shared_on, new.link_expires_on)


def _has_more_since(had: ShareRecord) -> bool:
    """Say whether a file of a recording was viewed since it was shared."""
    return had.item.files.filter(viewed_at__gt=had.recorded_at, superseded_at=None).exists()

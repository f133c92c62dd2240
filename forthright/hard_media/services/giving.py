"""What a share gives: the files of a recording that were viewed, or copies in their place."""

from collections.abc import Sequence

from forthright.hard_media.models import CutCopy, MediaItem, SentFile, ShareContent, ShareRecord
from forthright.hard_media.selectors.secrets import secret_among
from forthright.rules.words import list_words


class ShareRefused(ValueError):
    """A recording cannot be shared so; the message says why."""


def check_copies(item: MediaItem, copies: Sequence[CutCopy], *, is_whole: bool) -> None:
    """Refuse copies that nobody found right, or that hide what the recording beside them shows.

    :raises ShareRefused: with what to do instead
    """
    if any(each.passed_at is None for each in copies):
        raise ShareRefused(
            f"A copy of {item.exhibit} was not found right yet. Somebody else than who asked for "
            "it looks at it first."
        )
    if any(each.file.superseded_at for each in copies):
        raise ShareRefused(
            f"A copy of {item.exhibit} is of a file that came before the recording was asked for "
            "again. Make the copy of the file that stands for it now."
        )
    if is_whole and any(each.hides for each in copies):
        raise ShareRefused(
            f"Choose either {item.exhibit} as it came or the copy in which something is hidden: "
            "whoever gets both sees what is hidden."
        )


def check_hidden_stays_hidden(
    item: MediaItem, standing: Sequence[ShareRecord], copies: Sequence[CutCopy], *,
    is_whole: bool,
) -> None:  # fmt: skip
    """Refuse to give a party both a recording and a copy of it in which something is hidden.

    :param standing: what this party has of it
    :raises ShareRefused: with what to do first
    """
    whole = [each for each in standing if _is_whole(each)]
    hidden = [
        each for each in standing if any(c.copy and c.copy.hides for c in each.contents.all())
    ]
    if whole and any(each.hides for each in copies):
        raise ShareRefused(
            f"{whole[0].to} has {item.exhibit} as it came, so that a copy hides nothing. Take "
            "that back first."
        )
    if hidden and is_whole:
        raise ShareRefused(
            f"{hidden[0].to} has a copy of {item.exhibit} in which something is hidden. Take that "
            "back first if all of it is to be seen."
        )


def _is_whole(share: ShareRecord) -> bool:
    """Say whether a share gave the recording itself; one of which no contents are known did."""
    contents = list(share.contents.all())
    return not contents or any(each.copy is None for each in contents)


def files_to_give(item: MediaItem) -> list[SentFile]:
    """Return the files of a recording that were there when it was viewed, and still stand."""
    return files_to_give_of([item]).get(item.pk, [])


def files_to_give_of(items: Sequence[MediaItem]) -> dict[int, list[SentFile]]:
    """Return such files of several recordings, by the recording; of one without any, nothing."""
    rows = SentFile.objects.filter(
        item__in=[each.pk for each in items], state=SentFile.State.KEPT,
        viewed_at__isnull=False, superseded_at__isnull=True,
    )  # fmt: skip
    found: dict[int, list[SentFile]] = {}
    for each in rows.select_related("begun_by").order_by("pk"):
        found.setdefault(each.item_id, []).append(each)
    return found


def contents_of(
    item: MediaItem, copies: Sequence[CutCopy], *, is_whole: bool
) -> list[ShareContent]:
    """Return what is given of a recording, not saved yet.

    :raises ShareRefused: if one of it, or what it is a copy of, is, byte for byte, that of a
        sensitive recording
    """
    given = [ShareContent(file=each) for each in files_to_give(item)] if is_whole else []
    given += [ShareContent(file=each.file, copy=each) for each in copies]
    secret = secret_among({digest for each in given for digest in each.digests}, item.area)
    if found := [each for each in given if secret & each.digests]:
        names = list_words([each.file_name for each in found])
        is_made_from = " a copy of what is" if all(each.copy for each in found) else ""
        raise ShareRefused(
            f"{names} is{is_made_from}, byte for byte, the file of a recording that is sensitive. "
            "A sensitive recording is never shared, with anybody, nor is a copy of it."
        )
    return given

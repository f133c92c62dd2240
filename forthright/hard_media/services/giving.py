"""What a share gives: the files of a recording that were viewed, or copies in their place."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import prefetch_related_objects

from forthright.hard_media.models import CutCopy, MediaItem, SentFile, ShareContent
from forthright.hard_media.models.copies import HIDDEN
from forthright.hard_media.selectors.hiding import (
    Shown,
    hides_as_much,
    hiding_of,
    shown_by,
    stand_now,
)
from forthright.hard_media.selectors.holdings import (
    Holder,
    alike_to,
    digests_of,
    held_by,
    piece_of_whole,
    pieces_given,
)
from forthright.hard_media.selectors.kept import missing_words
from forthright.hard_media.selectors.secrets import secret_among
from forthright.rules.hidden_parts import LaidBare, Piece, first_laid_bare
from forthright.rules.media_clock import clock_words
from forthright.rules.media_facts import Classification
from forthright.rules.media_given import as_they_come
from forthright.rules.words import list_words


class ShareRefused(ValueError):
    """A recording cannot be shared so; the message says why."""


class ToDecide(ShareRefused):
    """Somebody decides before a recording goes out as it came; `box` is where."""

    box = ""


class LeftOutToDecide(ToDecide):
    """A file gives more than is played of it, and nobody says that this may be given too."""

    box = "left_out_too"


class HiddenToDecide(ToDecide):
    """A recording shows what a copy hides, or is to hide, and nobody says that it may be seen."""

    box = "hidden_too"


# What came since the page asked is named again, though somebody ticked.
SINCE = "This came after you opened the page, so your tick does not count for it. "


def with_left_out(items: Sequence[MediaItem]) -> list[SentFile]:
    """Return the files that are given of some recordings and hold what is not played of them."""
    return [each for files in files_to_give_of(items).values() for each in files if each.left_out]


def check_left_out(
    item: MediaItem, copies: Sequence[CutCopy], *, may_be_given: bool,
    asked: Collection[str] | None = None,
) -> None:  # fmt: skip
    """Refuse a recording as it came of which a file holds what its list of edits leaves out.

    :param copies: what goes beside it; a file in whose place one goes is not given
    :param may_be_given: somebody decided that it may
    :param asked: for which files, by their keys; None: for all
    :raises LeftOutToDecide: with the file, and how to decide
    """
    decided = asked if may_be_given else ()
    if decided is None:
        return
    given = _as_they_come(item, copies)
    found = [
        each for each in with_left_out([item]) if each in given and str(each.pk) not in decided
    ]
    if found:
        said = list_words([f"{each.file_name} ({each.left_out:,.1f} seconds)" for each in found])
        raise LeftOutToDecide(
            f"{SINCE if may_be_given else ''}{item.exhibit} was cut without being converted. In "
            f"{said} stands more than is played, from before its beginning, and whoever has the "
            "file can bring that back. "
            "Look at what was cut off and say that it may be given too, or share a clip of all "
            "that plays in place of it: that does not hold it."
        )


def check_hidden(
    item: MediaItem, copies: Sequence[CutCopy], *, is_whole: bool, may_be_seen: bool,
    asked: Collection[str] | None = None,
) -> None:  # fmt: skip
    """Refuse what shows, of a recording, what a copy hides, or is to: all of it, or another copy.

    :param copies: what goes of it; what hides the same file as one in its place is to be hidden by
        that one alone
    :param is_whole: the recording goes as it came, too
    :param may_be_seen: somebody decided that it may
    :param asked: of what shows it and which copies, by the keys of both; None: of all
    :raises HiddenToDecide: with the copies, and how to decide
    """
    decided = asked if may_be_seen else ()
    if decided is None or not (hiding := hiding_of([item]).get(item.pk, [])):
        return
    now = stand_now([item])[item.pk]
    found: list[tuple[MediaItem | CutCopy, list[CutCopy]]] = []
    if is_whole:
        given = {each.sha256 for each in _as_they_come(item, copies)}
        covered = {each.file.sha256 for each in copies if each.is_in_place} - given
        covered |= _hidden_anew(now, copies, hiding)
        found.append((item, [each for each in hiding if each.file.sha256 not in covered]))
    found += [(each, shown_by(each, hiding, now)) for each in copies]
    said = [
        f"{_what_words(what, copy='Copy')} shows what is hidden, or is to be, {_by_words(new)}."
        for what, shown in found
        if (new := [each for each in shown if hidden_key(what, each) not in decided])
    ]
    if said:
        raise HiddenToDecide(
            f"{SINCE if may_be_seen else ''}{' '.join(said)} Look at it again and say that it may "
            "be seen, or cannot be seen in it, or share a copy in which it is hidden."
        )


def _hidden_anew(
    now: Collection[str], copies: Sequence[CutCopy], hiding: Sequence[CutCopy]
) -> set[str]:  # fmt: skip
    """Return which files that stand no more showed nothing but what copies that go hide as well.

    Of such a file no copy can go; what it is to hide is hidden in that of the file in its place.
    Which that is nobody knows: where copies of fewer files go than there were, none is excused.
    """
    before: dict[str, list[CutCopy]] = {}
    for each in hiding:
        if each.file.sha256 not in now:
            before.setdefault(each.file.sha256, []).append(each)
    found = {
        digest for digest, those in before.items()
        if all(any(hides_as_much(copy, each) for copy in copies) for each in those)
    }  # fmt: skip
    in_place = {each.file_id for each in copies if each.is_in_place}
    return found if len(found) <= len(in_place) else set()


def hidden_key(what: MediaItem | CutCopy, hiding: CutCopy) -> str:
    """Return by what a page keeps that it asked: what shows something, and which copy hides it."""
    return f"{'copy' if isinstance(what, CutCopy) else 'item'}-{what.pk}-{hiding.pk}"


def needed_of(
    items: Sequence[MediaItem], copies: Sequence[CutCopy], shown: Shown
) -> dict[str, dict[str, list[str]]]:
    """Return what each box is needed for where these go, with the keys of what it asks about."""
    left_out: dict[str, list[str]] = {}
    for each in with_left_out(items):
        left_out.setdefault(_what_words(each.item), []).append(str(each.pk))
    each_shows: list[tuple[MediaItem | CutCopy, Sequence[CutCopy]]] = []
    each_shows += [(each, shown.by_items.get(each.pk, ())) for each in items]
    each_shows += [(each, shown.by_copies[each.pk]) for each in copies]
    hidden = {
        _what_words(what): [hidden_key(what, each) for each in those]
        for what, those in each_shows
        if those
    }
    return {LeftOutToDecide.box: left_out, HiddenToDecide.box: hidden}


def _what_words(what: MediaItem | CutCopy, *, copy: str = "copy") -> str:
    if isinstance(what, CutCopy):
        return f"{copy} {what.pk} of {what.file.item.exhibit}"
    return f"{what.exhibit} as it came"


def _by_words(copies: Sequence[CutCopy]) -> str:
    return f"by {list_words([each.hiding_words for each in copies])}"


def check_copies(item: MediaItem, copies: Sequence[CutCopy]) -> None:
    """Refuse copies that nobody found right, or that are of a file that stands for nothing now.

    :raises ShareRefused: with what to do instead
    """
    # As they are now: one may have been found not right since it was chosen.
    now = CutCopy.objects.filter(pk__in=[each.pk for each in copies]).order_by("pk")
    if why := [each.why_kept_here for each in now if each.why_kept_here]:
        raise ShareRefused(" ".join(why))
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


def check_stays_hidden(
    holder: Holder, to: str, item: MediaItem, given: Sequence[ShareContent], *, is_whole: bool
) -> None:
    """Refuse what would show a party something that a copy hides from it.

    All counts that it has by now or gets at once: as it came, clips and other copies; by links,
    another way or on a disc; and of another recording whose file is the same, byte for byte.

    :param to: the party, at the beginning of a sentence
    :raises ShareRefused: with what shows what, and what to do
    """
    new = pieces_given(given)
    if is_whole:
        covered = {each.file.sha256 for each in given if each.copy and each.copy.is_in_place}
        covered -= {each.file.sha256 for each in given if each.copy is None}
        new.append(piece_of_whole(digests_of(item) - covered, item.exhibit))
    if found := first_laid_bare(held_by(holder, alike_to([item])), new):
        raise ShareRefused(refusal_of(to, found, item))


def refusal_of(to: str, found: LaidBare, item: MediaItem) -> str:
    """Say what would show a party what a copy hides, and what can be done."""
    shows, hides = _named(found.showing), _named(found.hiding)
    times = f"{clock_words(max(found.start, 0))} to {clock_words(found.end)}"
    what = f"from {times} ({HIDDEN[found.part.how]})"
    to_hide = (
        f"for example a clip of {hides}: Make a clip or hide something, and choose {hides} under "
        "And hide what else."
    )
    if whose := found.showing.holder:
        return (
            f"{whose}, was given {shows}. That shows what {hides} of "
            f"{item.exhibit} hides {what}, and may be handed on to {to} with the papers. Take it "
            "back from them first, and say why."
        )
    if whose := found.hiding.holder:
        return (
            f"{whose}, was given {hides}. That hides what {shows} shows "
            f"{what}. Give {to} only what hides at least the same, {to_hide} If {to} is to see it "
            "after all, take the other back from them first, and say why."
        )
    return (
        f"{to} would have {shows} beside {hides} of {item.exhibit}, and see what that hides "
        f"{what}. Give only what hides at least the same, {to_hide} If the other is to be seen "
        "after all, take what they have back first, and say why."
    )


def _named(piece: Piece) -> str:
    return piece.name if piece.name.startswith("copy ") else f"{piece.name} as it came"


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
    rows = rows.select_related("begun_by", "playing", "item").prefetch_related("playing__parts")
    for each in rows.order_by("pk"):
        found.setdefault(each.item_id, []).append(each)
    return found


def known_of_items(items: Sequence[MediaItem], shown: Shown) -> dict[int, str]:
    """Say of each recording what whoever gets it as it came reads, or why nobody may have it."""
    stand = files_to_give_of(items)
    given = _contents_of(stand)
    barred = _barred_among(given)
    return {
        each.pk: " ".join(filter(None, (
            _known_words(
                each, given.get(each.pk, []), stand.get(each.pk, []), is_barred=each.pk in barred
            ),
            _hidden_words(shown.by_items.get(each.pk, ())),
        )))
        for each in items
    }  # fmt: skip


def _hidden_words(copies: Sequence[CutCopy]) -> str:
    """Say what copies hide, or are to hide, of a recording; nothing where there is none."""
    return f"Some of it is hidden, or is to be: {_by_words(copies)}." if copies else ""


def known_of_copies(copies: Sequence[CutCopy], shown: Shown) -> dict[int, str]:
    """Say the same of copies, and what each shows that another hides, or is to.

    The recording of each is read beforehand.
    """
    prefetch_related_objects([each.file for each in copies], "playing__parts")
    given = [ShareContent(file=each.file, copy=each) for each in copies]
    barred = [each.copy_id for each in _alike_to_a_secret(given)]
    stand = files_to_give_of([each.file.item for each in copies])
    return {
        each.copy.pk: " ".join(filter(None, (
            _known_words(
                each.file.item, [each], stand.get(each.file.item_id, []),
                is_barred=each.copy.pk in barred,
            ),
            _shown_words(shown.by_copies[each.copy.pk]),
        )))
        for each in given if each.copy is not None
    }  # fmt: skip


def _shown_words(copies: Sequence[CutCopy]) -> str:
    return f"It shows what is hidden, or is to be: {_by_words(copies)}." if copies else ""


def barred_of(items: Sequence[MediaItem]) -> set[int]:
    """Return which recordings hold a file that is, byte for byte, that of a sensitive one."""
    return _barred_among(_contents_of(files_to_give_of(items)))


def _barred_among(given: Mapping[int, Sequence[ShareContent]]) -> set[int]:
    every = [each for contents in given.values() for each in contents]
    return {each.file.item_id for each in _alike_to_a_secret(every)}


def _as_they_come(item: MediaItem, copies: Sequence[CutCopy]) -> list[SentFile]:
    """Return which files go where a recording is given as it came and copies beside it.

    What was sent twice is one file: it goes once, and a copy in place of either covers both.
    """
    once: dict[str, SentFile] = {}
    for each in files_to_give(item):
        once.setdefault(each.sha256, each)
    covered = {each.file.sha256 for each in copies if each.is_in_place}
    return as_they_come(list(once.values()), [once[digest] for digest in covered & once.keys()])


def _contents_of(given: Mapping[int, Sequence[SentFile]]) -> dict[int, list[ShareContent]]:
    return {pk: [ShareContent(file=each) for each in files] for pk, files in given.items()}


def _alike_to_a_secret(given: Sequence[ShareContent]) -> list[ShareContent]:
    """Return what goes to nobody, as it is that of a sensitive recording; all is of one Area."""
    if not given:
        return []
    digests = {digest for each in given for digest in each.digests}
    secret = secret_among(digests, given[0].file.area)
    return [each for each in given if secret & each.digests]


def _known_words(
    item: MediaItem, given: Sequence[ShareContent], stand: Sequence[SentFile], *, is_barred: bool
) -> str:
    """Say what whoever is given something of a recording reads.

    :param stand: all files that may be given of it as they came
    """
    if is_barred:
        return (
            "It cannot be shared: a file of it is, byte for byte, that of a recording that is "
            "sensitive, or was. Its page says more."
        )
    names = [each.file_name for each in given]
    title = f"the title “{item.title}”" if item.title else "no title"
    files = f"the file name{'' if len(names) == 1 else 's'} {list_words(names)}" if names else ""
    unused = "Unused. " if item.classification == Classification.UNUSED else ""
    reads = "; ".join(filter(None, (title, files)))
    missing = missing_words(item, given, stand)
    return f"{unused}{missing}Each party reads: {item.exhibit}, {reads}."


def contents_of(
    item: MediaItem, copies: Sequence[CutCopy], *, is_whole: bool
) -> list[ShareContent]:
    """Return what is given of a recording, not saved yet.

    A file of which a copy is given in its place does not go as it came.

    :raises ShareRefused: if one of it, or what it is a copy of, is, byte for byte, that of a
        sensitive recording
    """
    given = [ShareContent(file=e) for e in _as_they_come(item, copies)] if is_whole else []
    given += [ShareContent(file=each.file, copy=each) for each in copies]
    if found := _alike_to_a_secret(given):
        names = list_words([each.file_name for each in found])
        is_made_from = " a copy of what is" if all(each.copy for each in found) else ""
        raise ShareRefused(
            f"{names} is{is_made_from}, byte for byte, the file of a recording that is sensitive, "
            "or that was while that file stood for it. A sensitive recording is never shared, with "
            "anybody, nor is a copy of it."
        )
    return given

"""What a form names, beside what the register has of its case."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from forthright.hard_media.models import Hearing, ItemChange, MediaItem, ShareRecord
from forthright.hard_media.selectors.registered import items_of
from forthright.rules.cameras_beside import NO_CAMERA
from forthright.rules.exhibits import exhibit_key
from forthright.rules.exhibits_alike import NamedExhibit
from forthright.rules.exhibits_named import (
    exhibits_in,
    kinds_with_reference,
    not_read_in,
)
from forthright.rules.media_states import MediaState
from forthright.rules.words import list_words

_NAMES = re.compile(r"\b(?:from|of|at|outside|inside) (?-i:.*[A-Z])", re.IGNORECASE)


def may_name_somebody(called: str) -> bool:
    """Say whether what a recording is called may tell who or where somebody is."""
    return bool(_NAMES.search(called))


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One that the register lacks; `may_be` says which recording it may be.

    With `renamed` a recording that is called otherwise now had its reference until then.
    """

    exhibit: NamedExhibit
    may_be: str = ""
    renamed: ItemChange | None = None

    @property
    def is_chosen(self) -> bool:
        """Say whether it is recorded unless a person says otherwise."""
        asks = self.may_be or self.renamed or self.may_name_somebody or self.exhibit.doubted
        return self.exhibit.looks_recorded and not asks

    @property
    def may_name_somebody(self) -> bool:
        """Say whether what it is called may tell who or where somebody is: "CCTV of Elm Row".

        Of body-worn video it tells which officer's.
        """
        is_sure = self.exhibit.has_reference or self.exhibit.kind == MediaItem.Kind.BWV
        return not is_sure and may_name_somebody(self.exhibit.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """What a form names: what is new, what the register has, and what was not read.

    `known` are recordings of the register, each with how the form names it. `unread` may be
    references, each with which recording had it once; `lines` mention a recording and name none.
    """

    new: tuple[Named, ...]
    known: tuple[tuple[MediaItem, NamedExhibit], ...]
    unread: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def held(self) -> tuple[MediaItem, ...]:
        """Return the recordings that the register has."""
        return tuple(item for item, _ in self.known)

    @property
    def recorded(self) -> list[Named]:
        """Return the new ones that look like recordings."""
        return [each for each in self.new if each.exhibit.looks_recorded]

    @property
    def others(self) -> list[Named]:
        """Return the new ones of which the form does not say so."""
        return [each for each in self.new if not each.exhibit.looks_recorded]


def read_form(hearing: Hearing, text: str) -> FormRead:
    """Return what a form names, beside what the register has of its case."""
    items = list(items_of(hearing))
    by_key = {exhibit_key(each.exhibit): each for each in items}
    # One of which something else is told than of what the register calls so is one more.
    found = exhibits_in(text, [_as_named(each) for each in items])
    keys = {each.key for each in found}
    # A form that names a recording as it is called now means another by its former reference.
    renamed = _renamed([each for each in items if exhibit_key(each.exhibit) not in keys])
    kinds: dict[str, list[str]] = {}
    for each in items:
        if each.state != MediaState.WITHDRAWN:
            kinds.setdefault(each.kind, []).append(each.exhibit)
    referred = kinds_with_reference(found)
    for named in found:
        if named.has_reference and named.kind in referred:
            kinds.setdefault(named.kind, []).append(named.reference)
    not_read = not_read_in(text)
    return FormRead(
        new=tuple(
            Named(exhibit=each, may_be=_may_be(each, kinds), renamed=renamed.get(each.key))
            for each in found
            if each.key not in by_key
        ),
        known=tuple((by_key[each.key], each) for each in found if each.key in by_key),
        unread=tuple(
            f"{each}: {was.had_until}" if (was := renamed.get(exhibit_key(each))) else each
            for each in not_read.references
            if exhibit_key(each) not in by_key
        ),
        lines=not_read.lines,
    )


def _as_named(item: MediaItem) -> NamedExhibit:
    """Return a recording of the register with what the form told of it that it was read from.

    Of one that somebody typed in, what it is called says which camera it is of.
    """
    words = item.named_words or f"{item.exhibit} {item.title}"
    read = next((each for each in exhibits_in(words) if each.kind == item.kind), None)
    return NamedExhibit(
        reference=item.exhibit, kind=item.kind, words=item.named_words,
        told_of=read.told_of if read and item.named_words else frozenset(),
        camera=read.camera if read else NO_CAMERA,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordsRead:
    """A recording whose title was once the words of a form, and who had it then, in words."""

    item: MediaItem
    parties: str


def words_read_of(items: Sequence[MediaItem]) -> list[WordsRead]:
    """Return the recordings of which a party could read the words of a form as its title."""
    were = [each for each in items if each.words_were_title_until is not None]
    shares = ShareRecord.objects.filter(
        item__in=were, recorded_at__lt=F("item__words_were_title_until")
    ).select_related("representation__defendant")
    had: dict[int, set[str]] = {}
    for share in shares if were else ():
        had.setdefault(share.item_id, set()).add(share.to_in_full)
    return [WordsRead(each, list_words(sorted(had[each.pk]))) for each in were if each.pk in had]


def _renamed(items: Sequence[MediaItem]) -> dict[str, ItemChange]:
    """Return by each former reference of some recordings the last change that took it away."""
    rows = ItemChange.objects.filter(item__in=items).exclude(old_exhibit="")
    return {exhibit_key(each.old_exhibit): each for each in rows.select_related("item")}


def _may_be(named: NamedExhibit, kinds: dict[str, list[str]]) -> str:
    """Say which recordings of its kind one without a reference may be."""
    if named.has_reference:
        return ""
    others = {*kinds.get(named.kind, ()), named.like} - {""}
    return list_words(sorted(others), joined_by="or")

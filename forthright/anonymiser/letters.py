"""Anonymises one letter: what each layer saw, what is masked, and what stands instead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from forthright.anonymiser import (
    capitals,
    classifier,
    clock_times,
    colleagues,
    house_numbers,
    keeping,
    merging,
    ordinary,
    other_scripts,
    patterns,
    record,
    school_years,
    small_names,
    titles,
    whose_names,
)
from forthright.anonymiser.known import Known, as_read
from forthright.anonymiser.parts_of_days import days_alone_in
from forthright.anonymiser.reading import (
    Read,
    read_composed,
    read_for_layers,
    read_together,
    read_without_looks,
)
from forthright.anonymiser.replacing import Replaced, replaced
from forthright.anonymiser.slipped import slips_in
from forthright.anonymiser.spans import ASKED, LOOK_FROM, Found
from forthright.letter_files.pdf_page_ends import PageEnd, page_ends_in


@dataclass(frozen=True, slots=True)
class Anonymised:
    """A letter without what identifies, and where in the letter as it was read each place stood."""

    read: Read
    text: str
    spans: tuple[Replaced, ...]
    looked_at: tuple[Found, ...]
    # What was known, with the letters by which this one tells several of one role apart.
    known: Known | None = None

    @property
    def given(self) -> str:
        """Return the letter as it was read, in which the places are counted."""
        return self.read.text

    def as_table(self) -> dict[str, Any]:
        """Return the letter as it is written to JSON, its places counted in the letter as given."""
        return {
            "text": self.text,
            "spans": [self._as_given(each.found) | each.as_table() for each in self.spans],
            "look_at": [
                self._as_given(each) | {"type": each.kind, "layer": each.layer, "score": each.score}
                for each in self.looked_at
            ],
        }

    def _as_given(self, found: Found) -> dict[str, Any]:
        start, end = self.read.place(found.start, found.end)
        return {"start": start, "end": end}


def read_plainly(text: str) -> str:
    """Return a letter composed and without what nobody sees; its places are counted so."""
    return read_composed(text).text


def places_of(text: str, known: Known | None = None, *, by_model: bool = True) -> merging.Places:
    """Return what is to be masked in a letter that was read plainly.

    Without the model, by what is known, by shapes and by the words around a name alone.
    """
    read = read_for_layers(text)
    plain, known = read.text, known and as_read(known)
    seen = [] if known is None else [*record.seen_in(plain, known), *_within_looks(plain, known)]
    sure = [each for each in seen if each.score > ASKED]
    asked = [each for each in seen if each.score <= ASKED]
    if known is not None:
        sure = whose_names.told_apart(plain, sure, known)
        asked = whose_names.told_apart(plain, asked, known)
        sure += days_alone_in(plain, known.days)
    sure += patterns.patterns_in(plain)
    sure += titles.names_by_title(plain)
    sure += other_scripts.words_in_other_scripts(plain)
    sure = titles.people_not_streets(plain, sure)
    kept = keeping.kept_places(plain)
    is_letter = capitals.is_letter(plain)
    # A judgment says once who somebody is and speaks of them pages later; a letter's paragraphs
    # stand by themselves, and read apart each takes less.
    likely = (
        list(classifier.classifier().pieces(plain, least=LOOK_FROM, apart=is_letter))
        if by_model
        else []
    )
    model = merging.words_by_model(plain, likely, kept)
    if is_letter:
        model = clock_times.without_times(plain, ordinary.asked_about(plain, model))
        sure += small_names.names_in_small(plain)
    sure += capitals.named_by_capitals(plain, sure, model, kept)
    asked += school_years.asked_about(plain)
    asked += house_numbers.asked_about(plain)
    places = merging.put_together(plain, sure, model, asked)
    return merging.Places(
        tuple(map(read.as_given, places.masked)), tuple(map(read.as_given, places.looked_at))
    )


def _within_looks(text: str, known: Known) -> Iterator[Found]:
    """Yield each known place that is found once what says how a part of it looks is left out."""
    read = read_without_looks(text)
    for each in record.seen_in(read.text, known) if read.at else ():
        place = read.as_given(each)
        if place.end - place.start > each.end - each.start:
            yield place


def anonymise(
    text: str, known: Known | None = None, page_ends: Sequence[int] = ()
) -> Anonymised:  # fmt: skip
    """Return a letter anonymised, with or without what its case record knows.

    What the end of a page takes apart is looked for too, where the places of those are given.
    """
    read = read_composed(text)
    places = places_of(read.text, known)
    if page_ends:
        places = _over_page_ends(read, page_ends_in(text, page_ends), places, known)
    masked, looked_at = places.masked, places.looked_at
    if known is not None:
        # Whoever may be named comes after all who are, so that no letter of theirs is missing.
        named = [each.role for each in (*masked, *looked_at)]
        known, became = colleagues.lettered(known, named)
        masked = colleagues.with_letters(masked, became)
        looked_at = colleagues.with_letters(looked_at, became)
    changed, spans = replaced(read.text, masked, known)
    return Anonymised(read, changed, spans, looked_at, known)


def _over_page_ends(
    read: Read, page_ends: Iterable[PageEnd], places: merging.Places, known: Known | None
) -> merging.Places:
    """Return places with those besides that begin on one page and end on the next.

    Heads and feet may stand between, so each of both parts is a place by itself. A name that a
    hyphen takes apart there is one that only the gate looks for within a page.
    """
    masked: list[Found] = []
    looked_at: list[Found] = []
    for end in page_ends:
        for last, first in product(map(read.as_read, end.last), map(read.as_read, end.first)):
            joined = read_together(read.text, last, first)
            within = places_of(joined.text, known, by_model=False)
            masked += _over(joined, (*_slips(joined.text, known), *within.masked), last, first)
            looked_at += _over(joined, within.looked_at, last, first)
    return merging.with_more(read.text, places, masked, looked_at)


def _slips(text: str, known: Known | None) -> Iterator[Found]:
    read = read_for_layers(text)
    return map(read.as_given, slips_in(read.text, as_read(known))) if known else iter(())


def _over(joined: Read, found: Iterable[Found], last: slice, first: slice) -> Iterator[Found]:
    """Yield of each place that goes over the end of a page the part that each page has."""
    for each in map(joined.as_given, found):
        if each.start < last.stop and each.end > first.start:
            yield replace(each, end=last.stop)
        if each.start <= first.start < each.end:
            yield replace(each, start=first.start)

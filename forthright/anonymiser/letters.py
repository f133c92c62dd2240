"""Anonymises one letter: what each layer saw, what is masked, and what stands instead."""

from collections.abc import Iterator
from dataclasses import dataclass
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
from forthright.anonymiser.reading import Read, read_composed, read_for_layers, read_without_looks
from forthright.anonymiser.replacing import Replaced, replaced
from forthright.anonymiser.spans import ASKED, LOOK_FROM, Found


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


def anonymise(text: str, known: Known | None = None) -> Anonymised:
    """Return a letter anonymised, with or without what its case record knows."""
    read = read_composed(text)
    places = places_of(read.text, known)
    masked, looked_at = places.masked, places.looked_at
    if known is not None:
        # Whoever may be named comes after all who are, so that no letter of theirs is missing.
        named = [each.role for each in (*masked, *looked_at)]
        known, became = colleagues.lettered(known, named)
        masked = colleagues.with_letters(masked, became)
        looked_at = colleagues.with_letters(looked_at, became)
    changed, spans = replaced(read.text, masked, known)
    return Anonymised(read, changed, spans, looked_at, known)

"""Anonymises one letter: what each layer saw, what is masked, and what stands instead."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from forthright.anonymiser import (
    capitals,
    classifier,
    house_numbers,
    keeping,
    merging,
    ordinary,
    patterns,
    record,
    school_years,
    small_names,
    titles,
    whose_names,
)
from forthright.anonymiser.known import Known
from forthright.anonymiser.replacing import Replaced, replaced
from forthright.anonymiser.spans import ASKED, LOOK_FROM, Found
from forthright.rules.unseen_characters import UNSEEN

# Blanks of one character that a pattern is to read as a plain one.
BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u2002\u2003", " "))
WITHOUT_UNSEEN = dict.fromkeys(map(ord, UNSEEN))
# A word that was taken apart where its line ended: “Grif-fiths” over two lines is one in every eye.
BROKEN = re.compile(r"(?<=[^\W\d_])-[ \t]*\n[ \t]*(?=[^\W\d_])")
HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012", "-"))


@dataclass(frozen=True, slots=True)
class Anonymised:
    """A letter without what identifies, and where in the letter as it was each place stood."""

    given: str
    text: str
    spans: tuple[Replaced, ...]
    looked_at: tuple[Found, ...]

    def as_table(self) -> dict[str, Any]:
        """Return the letter as it is written to JSON."""
        return {
            "text": self.text,
            "spans": [each.as_table() for each in self.spans],
            "look_at": [
                {"start": f.start, "end": f.end, "type": f.kind, "layer": f.layer, "score": f.score}
                for f in self.looked_at
            ],
        }


def read_plainly(text: str) -> str:
    """Return a letter composed and without characters that nobody sees: places are counted in it.

    A zero-width space within a name would hide it from every layer, and from nobody's eye. So would
    the end of a line: what a hyphen joins over it stands on one.
    """
    seen = unicodedata.normalize("NFC", text.translate(WITHOUT_UNSEEN)).translate(HYPHENS)
    return BROKEN.sub("-", seen)


def places_of(text: str, known: Known | None = None) -> merging.Places:
    """Return what is to be masked in a letter that was read plainly."""
    plain = text.translate(BLANKS)
    seen = [] if known is None else list(record.seen_in(plain, known))
    sure = [each for each in seen if each.score > ASKED]
    asked = [each for each in seen if each.score <= ASKED]
    if known is not None:
        sure = whose_names.told_apart(plain, sure, known)
        asked = whose_names.told_apart(plain, asked, known)
    sure += patterns.patterns_in(plain)
    sure += titles.names_by_title(plain)
    sure = titles.people_not_streets(plain, sure)
    kept = keeping.kept_places(plain)
    is_letter = capitals.is_letter(plain)
    # A judgment says once who somebody is and speaks of them pages later; a letter's paragraphs
    # stand by themselves, and read apart each takes less.
    likely = classifier.classifier().pieces(plain, least=LOOK_FROM, apart=is_letter)
    model = merging.words_by_model(plain, list(likely), kept)
    if is_letter:
        model = ordinary.asked_about(plain, model)
        sure += small_names.names_in_small(plain)
    sure += capitals.named_by_capitals(plain, sure, model, kept)
    asked += school_years.asked_about(plain)
    asked += house_numbers.asked_about(plain)
    return merging.put_together(plain, sure, model, asked)


def anonymise(text: str, known: Known | None = None) -> Anonymised:
    """Return a letter anonymised, with or without what its case record knows."""
    plain = read_plainly(text)
    places = places_of(plain, known)
    changed, spans = replaced(plain, places.masked, known)
    return Anonymised(plain, changed, spans, places.looked_at)

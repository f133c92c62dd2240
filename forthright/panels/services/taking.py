"""Takes a letter that went out, and changes what is hidden in it, decision by decision."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.anonymiser.by_hand import Asked, Stands, where_it_stands
from forthright.anonymiser.colleagues import without_letters
from forthright.anonymiser.known import Known
from forthright.anonymiser.letters import anonymise, read_plainly
from forthright.anonymiser.record import known_in
from forthright.anonymiser.replacing import replaced
from forthright.anonymiser.spans import ASKED, Found, Kind, Layer
from forthright.audit import services as audit
from forthright.letters.models import LetterVersion
from forthright.letters.selectors.checking import composed_of
from forthright.letters.selectors.sent_words import words_sent
from forthright.panels import policies
from forthright.panels.models import AnonymisedLetter, Correction, Place
from forthright.panels.selectors.finished import with_days_named
from forthright.panels.selectors.known import kept_known, known_as_kept, known_now, together
from forthright.panels.selectors.letters import hidden_places
from forthright.rules.finding_words import (
    around_words,
    is_within_word,
    places_of_words,
    same_words,
    same_words_no_name,
)
from forthright.rules.letter_checks.language import language_otherwise
from forthright.rules.letter_checks.text import LetterText
from forthright.schemes.models import Duty
from forthright.web.meanwhile import by_whom, check_unchanged

CHANGED = ("letter.place_decided", "letter.place_added", "letter.place_named")
LONGEST = 500
# From the first of some words to the last, without the blanks and stops around them.
WORDS = re.compile(r"\w(?:.*\w)?", re.DOTALL)


class CannotAnonymise(ValueError):
    """Something cannot be hidden or taken as asked; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided about one place, or about every place with the same words."""

    place: int
    hide: bool
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """Words that a person says identify somebody; `start` is where they stand, if it is known."""

    words: str
    kind: str
    everywhere: bool = True
    start: int | None = None


@transaction.atomic
def take_letter(duty: Duty, *, by: User, at: datetime) -> AnonymisedLetter:
    """Take the words that went out and let every layer look at them; taken twice, it is the same.

    Where other words of it were taken before, those stay what they are, and are not released; what
    was known of the case then is looked for in these as well.

    :raises NotAllowed: if it has not gone out
    :raises CannotAnonymise: if no words of it are kept, or they are not in English
    """
    policies.check_can_take(by, duty)
    version = words_sent(duty)
    if version is None:
        raise CannotAnonymise(
            "No words of this letter are kept here. Add them on the letter’s own page first."
        )
    # The layers take seconds to look: whoever takes the same words meanwhile waits for them.
    LetterVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    taken = AnonymisedLetter.objects.filter(version=version).first()
    if taken is not None:
        return taken
    known = known_now(duty, version)
    for before in AnonymisedLetter.objects.filter(duty=duty):
        known = without_letters(together(kept_known(before), known))
    # Words that were pasted are taken as they stand, broken lines and all.
    words = composed_of(version).plain() if version.composed else version.text
    if language := language_otherwise(LetterText(words)):
        raise CannotAnonymise(
            f"This letter is in {language}. Only English is anonymised by itself: of another "
            "language most words would be hidden for nothing, and names could stay. Leave it out "
            "of the pack."
        )
    made = anonymise(words, known)
    letter = AnonymisedLetter.objects.create(
        area_id=duty.area_id, unit_id=duty.unit_id, duty=duty, version=version, given=made.given,
        text=made.text, known=known_as_kept(made.known or known), taken_at=at, taken_by=by,
    )  # fmt: skip
    Place.objects.bulk_create(
        [
            *(_place(letter, each.found, Place.State.HIDDEN) for each in made.spans),
            *(_place(letter, each, Place.State.IN_DOUBT) for each in made.looked_at),
        ]
    )
    write_anew(letter)
    audit.record("letter.taken_to_anonymise", letter, by=by, at=at, letter=duty.pk,
                 hidden=len(made.spans), in_doubt=len(made.looked_at))  # fmt: skip
    return letter


def _place(letter: AnonymisedLetter, found: Found, state: Place.State) -> Place:
    return Place(
        letter=letter, start=found.start, end=found.end, kind=found.kind, layer=found.layer,
        score=found.score, role=found.role[:200], because=found.because[:300], state=state,
    )  # fmt: skip


@transaction.atomic
def decide_place(
    letter: AnonymisedLetter, decided: Decided, *, opened: str | None, by: User, at: datetime
) -> int:
    """Hide the words of a place or leave them, there or wherever they stand; return how many.

    :raises NotAllowed: if the letter is released
    :raises ChangedMeanwhile: if somebody changed a place since the page was opened
    :raises CannotAnonymise: if there is no such place any more
    """
    letter = locked_to_change(letter, opened, by)
    places = list(letter.places.all())
    chosen = next((each for each in places if each.pk == decided.place), None)
    if chosen is None:
        raise CannotAnonymise("That place is no longer there. Look at the letter as it is now.")
    state = Place.State.HIDDEN if decided.hide else Place.State.LEFT
    same = _same(letter, chosen, places, decided) if decided.everywhere else [chosen]
    moved = [each for each in same if each.state != state]
    for each in moved:
        each.state, each.decided_at, each.decided_by = state, at, by
    Place.objects.bulk_update(moved, ["state", "decided_at", "decided_by"])
    what = Correction.What.HIDE if decided.hide else Correction.What.LEAVE
    _note(letter, what, moved, chosen, by=by, at=at)
    letter.changes += 1
    write_anew(letter)
    audit.record("letter.place_decided", letter, by=by, at=at, what=what, places=len(moved))
    return len(moved)


def _same(
    letter: AnonymisedLetter, chosen: Place, places: list[Place], decided: Decided
) -> list[Place]:
    """Return the places with the same words; where a verb is left, no name is left with it."""
    is_same = same_words if decided.hide else same_words_no_name
    words = letter.given[chosen.start : chosen.end]
    return [each for each in places if is_same(words, letter.given[each.start : each.end])]


def hidden_in_other_capitals(letter: AnonymisedLetter, place_id: int) -> list[str]:
    """Return how the words of a place that was left stand elsewhere, hidden, in other capitals."""
    words = {each.pk: letter.given[each.start : each.end] for each in letter.places.all()}
    left = words.get(place_id, "")
    hidden = letter.places.filter(state=Place.State.HIDDEN).values_list("pk", flat=True)
    return list(dict.fromkeys(words[each] for each in hidden if same_words(words[each], left)))


@transaction.atomic
def add_place(
    letter: AnonymisedLetter, added: Added, *, opened: str | None, by: User, at: datetime
) -> int:
    """Hide words that nobody hid, there or wherever they stand; return in how many places.

    Where a layer had seen them, or some of them, it stays known which. A place that was left is
    parted by it: the rest of it stands. Where it is in doubt whether the same words are meant, the
    place is put before a person.

    :raises NotAllowed: if the letter is released
    :raises ChangedMeanwhile: if somebody changed a place since the page was opened
    :raises CannotAnonymise: if the words do not stand in the letter, or within longer ones alone
    """
    letter = locked_to_change(letter, opened, by)
    words = read_plainly(added.words).strip()
    if not words or len(words) > LONGEST:
        raise CannotAnonymise(f"Write the words to hide as they stand, {LONGEST} at most.")
    stands = _stands(letter, words, added)
    by_layers = letter.places.exclude(layer="")
    seen = list(by_layers.values_list("start", "end"))
    placed = [_put(letter, start, end, added.kind, by, at) for start, end in stands.surely]
    new = [each for each in placed if each is not None]
    for each in new:
        # What a layer had seen is hidden with it, and nothing was added.
        is_seen = any(start <= each.start and each.end <= end for start, end in seen)
        what = Correction.What.HIDE if is_seen else Correction.What.ADD
        _note(letter, what, [each], new[0], by=by, at=at)
    _ask_about(letter, stands.in_doubt, added.kind)
    letter.changes += 1
    write_anew(letter)
    audit.record("letter.place_added", letter, by=by, at=at, kind=added.kind, places=len(new))
    return len(new)


def _stands(letter: AnonymisedLetter, words: str, added: Added) -> Stands:
    """Return where words stand and end: everywhere, or where they were pointed at.

    :raises CannotAnonymise: if they stand nowhere by themselves
    """
    text = letter.given
    stands = where_it_stands(text, words)
    if added.everywhere and (stands.surely or stands.in_doubt):
        return stands
    if added.start is not None and not added.everywhere:
        end = added.start + len(words)
        is_there = text[added.start : end] == words
        here = [each for each in places_of_words(text, words) if each[0] == added.start]
        found = [(added.start, end)] if is_there else here
    else:
        in_doubt = ((each.start, each.end) for each in stands.in_doubt)
        found = sorted([*stands.surely, *in_doubt]) or list(places_of_words(text, words))
    if not found:
        raise CannotAnonymise(
            f"“{words}” does not stand in the letter. Copy the words as they stand there."
        )
    for start, end in found:
        if not is_within_word(text, *_with_touching(letter, start, end)):
            return Stands(surely=((start, end),), in_doubt=())
    first, last = around_words(text, *found[0])
    raise CannotAnonymise(
        f"“{words}” stands within a longer word there, “{text[first:last]}”: what is left of that "
        "word would tell what was hidden. Write the whole word."
    )


def _with_touching(letter: AnonymisedLetter, start: int, end: int) -> tuple[int, int]:
    """Return the stretch that a place takes up with all that it touches and nobody left."""
    touching = letter.places.filter(start__lt=end, end__gt=start).exclude(state=Place.State.LEFT)
    return (
        min([start, *(each.start for each in touching)]),
        max([end, *(each.end for each in touching)]),
    )


def _ask_about(letter: AnonymisedLetter, asked: Iterable[Asked], kind: str) -> None:
    """Put places in doubt before a person; what somebody decided of the same words stands."""
    for each in asked:
        if not letter.places.filter(start__lt=each.end, end__gt=each.start).exists():
            Place.objects.create(
                letter=letter, start=each.start, end=each.end, kind=kind, layer=Layer.SAME,
                score=ASKED, because=each.because, state=Place.State.IN_DOUBT,
            )  # fmt: skip


def _put(
    letter: AnonymisedLetter, start: int, end: int, kind: str, by: User, at: datetime
) -> Place | None:
    """Put a place over all that it touches; nothing hidden before comes to light by it.

    Of a place that a person left it takes what it covers alone.
    """
    touching = list(letter.places.filter(start__lt=end, end__gt=start))
    if any(each.start <= start and each.end >= end and each.state == Place.State.HIDDEN
           for each in touching):  # fmt: skip
        return None
    first, last = _with_touching(letter, start, end)
    letter.places.filter(pk__in=[each.pk for each in touching]).delete()
    left = [each for each in touching if each.state == Place.State.LEFT]
    Place.objects.bulk_create(
        [part for each in left for part in _beside(letter, each, first, last)]
    )
    seen = [each for each in touching if each.layer]
    layers = [layer for each in seen for layer in (each.layer, *each.took_in)]
    because = "a person saw it and no layer did"
    if seen:
        is_whole = (seen[0].start, seen[0].end) == (first, last)
        is_part = seen[0].start < first or seen[0].end > last
        hid = "a part of what was seen" if is_part else "more than"
        because = seen[0].because if is_whole else f"a person hid {hid}: {seen[0].because}"
    roles = [_role_in(letter, each, first, last) for each in left if each.kind == kind]
    return Place.objects.create(
        letter=letter, start=first, end=last, kind=kind, layer=layers[0] if layers else "",
        took_in=layers[1:], score=seen[0].score if seen else 1.0, state=Place.State.HIDDEN,
        role=next(filter(None, roles), ""), because=because[:300], decided_at=at, decided_by=by,
    )  # fmt: skip


def _beside(letter: AnonymisedLetter, left: Place, first: int, last: int) -> Iterator[Place]:
    """Yield what of a place that was left stands beside a stretch, each part with its words."""
    for start, end in ((left.start, first), (last, left.end)):
        if words := WORDS.search(letter.given, start, max(start, end)):
            yield Place(
                letter=letter, start=words.start(), end=words.end(), kind=left.kind,
                layer=left.layer, score=left.score, because=left.because, state=left.state,
                role=_role_in(letter, left, *words.span()), decided_at=left.decided_at,
                decided_by=left.decided_by,
            )  # fmt: skip


def _role_in(letter: AnonymisedLetter, place: Place, start: int, end: int) -> str:
    """Return whose a place is, where a stretch of it is theirs: it can hold somebody else too."""
    found = known_in(letter.given[start:end], kept_known(letter))
    return place.role if place.role in {each.role for each in found} else ""


def _note(
    letter: AnonymisedLetter, what: Correction.What, places: Iterable[Place],
    chosen: Place | None, *, by: User, at: datetime,
) -> None:  # fmt: skip
    """Keep each decision with what the layer had said: by these the anonymiser is measured."""
    Correction.objects.bulk_create(
        Correction(
            letter=letter, what=what, start=each.start, end=each.end, kind=each.kind,
            words=letter.given[each.start : each.end][:LONGEST], layer=each.layer,
            score=each.score if each.layer else None, is_repeat=each is not chosen, made_at=at,
            made_by=by,
        )
        for each in places
    )  # fmt: skip


def locked_to_change(letter: AnonymisedLetter, opened: str | None, by: User) -> AnonymisedLetter:
    """Return a letter locked, of which this person may change what is hidden.

    :raises NotAllowed: if the letter is released
    :raises ChangedMeanwhile: if somebody changed a place since the page was opened
    """
    locked = AnonymisedLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    policies.check_can_change_places(by, locked)
    check_unchanged(opened, str(locked.changes), by_whom(locked, *CHANGED))
    return locked


def write_anew(letter: AnonymisedLetter) -> None:
    """Put the text together from what is hidden now; who confirmed other words has to again."""
    known: Known = kept_known(letter)
    hidden = with_days_named(letter.given, hidden_places(letter))
    letter.text, spans = replaced(letter.given, hidden, known)
    said = {(each.found.start, each.found.end): each.replacement for each in spans}
    places = list(letter.places.all())
    for each in places:
        each.replacement = said.get((each.start, each.end), "")[:200]
    Place.objects.bulk_update(places, ["replacement"])
    letter.save(update_fields=["text", "changes"])


def kinds_offered() -> list[tuple[str, str]]:
    """Return what a person can say that words hold, the likeliest first."""
    return [
        (Kind.PERSON, "A name"), (Kind.PLACE, "A place"), (Kind.ADDRESS, "Part of an address"),
        (Kind.ORGANISATION, "A school, firm or other body"), (Kind.DATE, "A date"),
        (Kind.NUMBER, "A number"), (Kind.DESCRIPTION, "Something that describes somebody"),
        (Kind.OTHER, "Something else"),
    ]  # fmt: skip

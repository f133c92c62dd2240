"""What people hid in a letter and no record knows: a daughter, a witness, a day."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Q

from forthright.anonymiser.known import Known, KnownPerson, KnownWords
from forthright.anonymiser.other_scripts import is_of_another_script
from forthright.anonymiser.replacing import whole_day
from forthright.anonymiser.spans import Kind
from forthright.anonymiser.titles import TITLE
from forthright.panels.models import AnonymisedLetter, Meeting, PackLetter, Place
from forthright.panels.selectors.letters import RELATED
from forthright.rules.letter_checks.spelling import common_words
from forthright.rules.word_marks import LETTER

WHO = "somebody in the letter"
BESIDE = "somebody whom another letter of its pack hides"
WORD = re.compile(rf"{LETTER}+(?:['’-]{LETTER}+)*")
TITLED = re.compile(rf"(?<!\w){TITLE}\.?[ \u00a0]")
# By an age or an amount alone nobody is told, and every text has one.
TELL_NOBODY = {Kind.AGE, Kind.QUANTITY, Kind.DESCRIPTION}
LEAST = 3


def with_hidden(known: dict[int, Known], letters: Iterable[AnonymisedLetter]) -> dict[int, Known]:
    """Return what is known of each case, by the number of its letter, with what it hides."""
    given = {each.pk: each.given for each in letters}
    people: dict[int, list[KnownPerson]] = {pk: [] for pk in known}
    words: dict[int, list[KnownWords]] = {pk: [] for pk in known}
    days: dict[int, list[date]] = {pk: [] for pk in known}
    rows = Place.objects.filter(letter__in=known, state=Place.State.HIDDEN)
    for place in rows.order_by("letter", "start"):
        said = given[place.letter_id][place.start : place.end]
        if place.kind == Kind.PERSON:
            people[place.letter_id] += _people(said)
        elif place.kind == Kind.DATE:
            # A month or a weekday alone is in every text.
            days[place.letter_id] += [day] if (day := whole_day(said)) else []
        elif Kind(place.kind) not in TELL_NOBODY:
            words[place.letter_id] += _words(said, Kind(place.kind))
    return {
        pk: replace(
            each,
            people=tuple(dict.fromkeys([*each.people, *people[pk]])),
            words=tuple(dict.fromkeys([*each.words, *words[pk]])),
            days=tuple(dict.fromkeys([*each.days, *days[pk]])),
        )
        for pk, each in known.items()
    }


def hidden_in_packs(letters: Collection[AnonymisedLetter]) -> dict[int, Known]:
    """Return by the number of each letter what is hidden in it and in the letters of its packs.

    Of another letter it counts once it was released: until then nobody has read what is hidden in
    it, and once it is, the letters that were released before are searched again.
    """
    own = {each.pk: each.duty_id for each in letters}
    duties = set(own.values())
    drawn = PackLetter.objects.exclude(meeting__state=Meeting.State.CANCELLED)
    packs = drawn.filter(duty__in=duties).values("meeting")
    by_meeting: dict[int, set[int]] = defaultdict(set)
    for meeting, duty in drawn.filter(meeting__in=packs).values_list("meeting", "duty"):
        by_meeting[meeting].add(duty)
    rows = AnonymisedLetter.objects.filter(duty__in=duties.union(*by_meeting.values()))
    rows = rows.filter(Q(released_at__isnull=False) | Q(pk__in=own))
    rows = rows.only("duty", "given").order_by("taken_at", "pk")
    taken = {each.pk: each for each in rows}
    newest = {each.duty_id: pk for pk, each in taken.items()}
    hidden = with_hidden({pk: Known() for pk in taken}, taken.values())
    found = {}
    for pk, duty in own.items():
        beside = set().union(*(each for each in by_meeting.values() if duty in each)) - {duty}
        others = [hidden[newest[each]] for each in sorted(beside) if each in newest]
        said = [hidden[pk], *(_of_another(each) for each in others)]
        found[pk] = Known(
            people=tuple(dict.fromkeys(who for each in said for who in each.people)),
            words=tuple(dict.fromkeys(what for each in said for what in each.words)),
            days=tuple(dict.fromkeys(day for each in said for day in each.days)),
        )
    return found


def _of_another(hidden: Known) -> Known:
    """Return what another letter hides, so that whoever is told of it knows that it is another."""
    return replace(
        hidden,
        people=tuple(replace(each, role=BESIDE) for each in hidden.people),
        words=tuple(replace(each, role=BESIDE) for each in hidden.words),
    )


def read_beside(letter: AnonymisedLetter) -> list[AnonymisedLetter]:
    """Return the other released letters of the packs that a letter is in."""
    drawn = PackLetter.objects.exclude(meeting__state=Meeting.State.CANCELLED)
    packs = drawn.filter(duty=letter.duty_id).values("meeting")
    rows = AnonymisedLetter.objects.filter(
        duty__in=drawn.filter(meeting__in=packs).values("duty"),
        state=AnonymisedLetter.State.RELEASED,
    )
    # The same letter taken in other words is none beside it.
    return list(rows.exclude(duty=letter.duty_id).select_related(*RELATED).order_by("pk"))


def _people(said: str) -> Iterator[KnownPerson]:
    names = WORD.findall(TITLED.sub("", said))
    if names and _is_telling(names[-1]):
        yield KnownPerson(WHO, " ".join(names[:-1]), names[-1])


def _words(said: str, kind: Kind) -> Iterator[KnownWords]:
    is_numbered = any(each.isdigit() for each in said) and len(said) > LEAST
    if is_numbered or any(_is_telling(each) for each in WORD.findall(said)):
        yield KnownWords(kind, said, WHO)


def _is_telling(word: str) -> bool:
    """Say whether a word is a name, and none of which every text is made."""
    if is_of_another_script(word):
        return True
    return len(word) >= LEAST and word[0].isupper() and word.lower() not in common_words()

"""Finds what is said of an item of an open schedule elsewhere than in it or beside its own table.

The police put a mistake right in a later schedule, on the schedule of sensitive material, in their
report, or in a note to the lawyer: what they say there keeps an item back as it would beside it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from forthright.rules.schedules.bundle import LISTS, Bundle, Hit, plain
from forthright.rules.schedules.care import ASKED_FOR, BELONGS_ON_D, FORM_D, MOVES, mark_in
from forthright.rules.schedules.items_named import items_named
from forthright.rules.schedules.kept_words import kept_words
from forthright.rules.schedules.reported import is_plainly_open
from forthright.rules.schedules.said_beside import may_keep_back, said_beside, sentences_of
from forthright.rules.schedules.schedule import Form, Line, Place, Schedule, ScheduleItem

FORMS = {
    Form.MG6C: re.compile(r"\bmg ?0?6 ?[-.]?\(?c\)?(?!\w)"),
    Form.SDC: re.compile(r"\bsdc\b|\bstreamlined disclosure certificate\b"),
}
NAMES_D = re.compile(rf"\b{FORM_D}")
# "Item 2 of the MG6D" is of that form alone, wherever it is said.
OF_D = re.compile(
    rf"\b(?:items?|entr(?:y|ies))(?: nos?\.?)? [\d, and&to-]*\d (?:of|in|on) "
    rf"(?:the |this )?{FORM_D}|"
    rf"\b{FORM_D} (?:/|-|items?|entr(?:y|ies)|nos?\.?) ?[\d, and&to-]*\d|\b{FORM_D}/\d+"
)
# In a paper it may be an item of something else.
OF_ANOTHER = re.compile(
    r"\b(?:items?|entr(?:y|ies))(?: nos?\.?)? [\d, and&to-]*\d (?:of|in|on) "
    r"(?:the |this |his |her )?(?:\w+ )?"
    r"(?:exhibit|property|search|cad|storm|incident|custody|crime|call|log|record|notebook)\w*"
)
# What a witness told the police is why an item assists, and is in a report no sign of a source.
SAYS_THAT = re.compile(r"\b(?:told|tells?) (?:us|police|the police|officers) that\b")
# What says that an item stands on the wrong form, or on which one it belongs.
SAYS_SO = re.compile(BELONGS_ON_D)
BELONGS_HERE = re.compile(rf"{MOVES}this (?:form|schedule|list)\b")
ASKED_BEFORE = re.compile(rf"{ASKED_FOR}(?: [\w,&]+){{0,3}}\s*$")
ON_A_LIST = r"(?:mg ?0?6 ?[-.]?\(?c\)?|sdc|schedule|list|form)(?!\w)"
BY_MISTAKE = re.compile(
    rf"\b(?:put|entered|included|placed)\b[^.;]{{0,25}}?\b(?:{ON_A_LIST}|here\b)[^.;]{{0,20}}?"
    r"\b(?:by mistake|in error)\b|\b(?:listed|scheduled)\b[^.;]{0,30}?\b(?:by mistake|in error)\b|"
    rf"\bshould (?:not|never) (?:be|have been) (?:\w+ )?(?:on|in) (?:the |this )?{ON_A_LIST}"
)
EARLIER = re.compile(
    r"\b(?:first|earlier|previous|original|initial|old) (?:\w+ )?"
    r"(?:schedule|list|certificate|version|mg ?0?6 ?c|sdc)\b|\bversion 1\b"
)
# A sentence that goes on about what the one before it named.
GOES_ON = re.compile(r"(?:it|its|this|that|these|those|they|both|please|do not|don't|not)\b")
# A paper speaks of many numbers; only these are of a schedule.
OF_A_LIST = re.compile(r"\b(?:items?|entr(?:y|ies)|sdc|schedules?)\b|\bmg ?0?6 ?[-.]?\(?c\)?(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A sentence, and where it stands: beside the table of a schedule, in an entry, or a paper."""

    sentence: str
    place: Place
    of: Schedule | None = None
    entry: ScheduleItem | None = None
    paper: str = ""

    @property
    def where(self) -> str:
        """Say where the sentence stands."""
        if self.of is None:
            return self.source
        about = f"{self.entry.named} of " if self.entry else ""
        return ", ".join(filter(None, (f"{about}{self.source}", self.place.within)))

    @property
    def source(self) -> str:
        """Say in what the sentence stands: a schedule by its form, a paper by its name."""
        return f"the {self.of.form}" if self.of else f"the paper “{self.paper}”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Words that may keep an item back, and the open schedule that lists the item."""

    words: Words
    schedule: Schedule
    item: ScheduleItem


def said_of_items(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield what is said of the items of a schedule, beside its table and elsewhere."""
    told: set[int] = set()
    for hit in said_beside(bundle, schedule):
        told.add(id(hit.item))
        yield hit
    for each in bundle.once(_tellings):
        if each.schedule is schedule and id(each.item) not in told:
            told.add(id(each.item))
            yield Hit(schedule=schedule, item=each.item, **_said(each, each.item.named))


def said_of_earlier(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item of a schedule of before that words which came now may keep back.

    What stands in another paper is said with the first schedule whose form is known.
    """
    first = next((each for each in bundle.schedules if not each.is_guessed), None)
    for each in bundle.once(told_of_earlier):
        if (each.words.of or first) is schedule:
            item = f"{each.item.named} of the {each.schedule.form} that came before"
            yield Hit(schedule=schedule, place=each.words.place, **_said(each, item))


def told_of_earlier(bundle: Bundle) -> list[Telling]:
    """Return what is said of items of the schedules that came before, once of each item."""
    found: dict[int, Telling] = {}
    if not bundle.earlier:
        return []
    for each in bundle.once(_tellings):
        if any(each.schedule is one for one in bundle.earlier):
            found.setdefault(id(each.item), each)
    return list(found.values())


def _said(telling: Telling, item: str) -> dict[str, Any]:
    words = telling.words
    said = {"where": words.where, "item": item}
    if words.of is not None:
        return {"words": telling.item.named, "said": said}
    # No page shows a paper, so that the finding shows the lawyers the whole sentence.
    whole = " ".join(words.sentence.split())
    return {"words": whole, "said": {**said, "words": whole}, "is_of_paper": True}


def _tellings(bundle: Bundle) -> list[Telling]:
    """Return each open item that words may keep back which do not stand beside its own table."""
    tellings = []
    for words in _all_words(bundle):
        sentence = plain(words.sentence)
        found = _items_meant(bundle, words, sentence)
        if found and _keeps_back(words, sentence):
            tellings += [
                Telling(words=words, schedule=schedule, item=item) for schedule, item in found
            ]
    return tellings


def _all_words(bundle: Bundle) -> Iterator[Words]:
    for schedule in bundle.schedules:
        if not schedule.is_guessed:
            yield from _words_of(schedule)
    # A sensitive schedule or a report of before may speak of an item that comes only now; those
    # that came again say what still holds.
    came = {each.form for each in bundle.schedules}
    for schedule in bundle.earlier:
        if schedule.form not in LISTS and schedule.form not in came:
            yield from _words_of(schedule)
    for paper in bundle.papers:
        place = Place(file=paper.name)
        for _, sentence in _going_on(sentences_of([Line(place=place, text=paper.text)])):
            yield Words(sentence=sentence, place=place, paper=paper.name)


def _words_of(schedule: Schedule) -> Iterator[Words]:
    for place, sentence in _going_on(sentences_of((*schedule.head, *schedule.certificate))):
        yield Words(sentence=sentence, place=place, of=schedule)
    for item in schedule.items if schedule.form is Form.MG6E else ():
        text = ". ".join(filter(None, (item.description, item.undermines, item.comments)))
        for _, sentence in sentences_of([Line(place=item.place, text=text)]):
            yield Words(sentence=sentence, place=item.place, of=schedule, entry=item)


def _going_on(sentences: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    """Yield sentences, each with the one before where it goes on about an item named there."""
    before = ""
    for place, sentence in sentences:
        words = plain(sentence)
        if items_named(words, ()):
            before = sentence
        elif before and GOES_ON.match(words):
            yield place, f"{before} {sentence}"
            continue
        else:
            before = ""
        yield place, sentence


def _items_meant(
    bundle: Bundle, words: Words, sentence: str
) -> list[tuple[Schedule, ScheduleItem]]:
    """Return the open items that a sentence means, each with its schedule.

    A number is sought on the form that the sentence names, then on all that came, then on all that
    came before; beside an open table its own numbers were asked already.
    """
    if words.paper and OF_A_LIST.search(sentence) is None:
        return []
    of = words.of
    own = [of] if of is not None and of.form in LISTS else []
    is_of_before = any(of is each for each in bundle.earlier)
    before = [] if is_of_before else [each for each in bundle.earlier if each.form in LISTS]
    came = [each for each in bundle.of(*LISTS) if each is not of]
    forms = [form for form, pattern in FORMS.items() if pattern.search(sentence)]
    found: list[tuple[Schedule, ScheduleItem]] = []
    for number in sorted(_numbers_in(words, sentence)):
        if not forms and _is_of_sensitive(bundle, words, sentence, number):
            continue
        there = _listed(bundle, own, (), number)
        if EARLIER.search(sentence) and (earlier := _listed(bundle, before, forms, number)):
            found += earlier
        elif there:
            # Another form that is named beside its own table is meant as well.
            others = [form for form in forms if form is not own[0].form]
            there += _listed(bundle, came, others, number) if others else []
        else:
            places = [(came, forms), (before, forms), (came, ()), (before, ())]
            there = next(filter(None, (_listed(bundle, *each, number) for each in places)), [])
        found += there
        for each in there:
            found += _same_of_before(bundle, each, before)
    return [each for each in found if not any(each[0] is one for one in own)]


def _numbers_in(words: Words, sentence: str) -> set[int]:
    """Return the numbers that a sentence names; in an entry that names none, the entry's own."""
    said = OF_ANOTHER.sub(" ", sentence) if words.paper else sentence
    numbers = items_named(OF_D.sub(_unless_asked_for, said), ())
    entry = words.entry
    if entry is None or entry.number is None or OF_D.search(sentence):
        return numbers
    if numbers and OF_A_LIST.search(sentence):
        return numbers
    # An entry that its form says is about a sensitive item speaks of no open one.
    return {*numbers, entry.number} if is_plainly_open(entry) else numbers


def _unless_asked_for(found: re.Match[str]) -> str:
    """Return nothing of an item of the MG6D, and all of one that is asked to be put there."""
    return found[0] if ASKED_BEFORE.search(found.string[: found.start()]) else " "


def _listed(
    bundle: Bundle, among: Sequence[Schedule], forms: Sequence[Form], number: int
) -> list[tuple[Schedule, ScheduleItem]]:
    """Return the items of a number on some schedules, of some forms alone where any is given."""
    return [(each, item) for each, item in bundle.by_number.get(number, ())
            if (not forms or each.form in forms) and any(each is one for one in among)]  # fmt: skip


def _same_of_before(
    bundle: Bundle, meant: tuple[Schedule, ScheduleItem], before: Sequence[Schedule]
) -> list[tuple[Schedule, ScheduleItem]]:
    """Return the version before of an item, in the same words, that stands until this comes in."""
    schedule, item = meant
    if item.number is None or any(schedule is each for each in before):
        return []
    versions = _listed(bundle, before, [schedule.form], item.number)
    return [(each, earlier) for each, earlier in versions
            if plain(earlier.description) == plain(item.description)]  # fmt: skip


def _is_of_sensitive(bundle: Bundle, words: Words, sentence: str, number: int) -> bool:
    """Say whether a number is rather that of an item of the sensitive schedule.

    So it is on that form and in the report, where such an item has it; but not where it is said
    to belong on that form, as what is meant then stands on another.
    """
    if words.of is None or words.of.form in LISTS:
        return False
    if SAYS_SO.search(sentence) or BELONGS_HERE.search(sentence):
        return False
    every = (*bundle.schedules, *bundle.earlier)
    return bool(_listed(bundle, every, [Form.MG6D], number))


def _keeps_back(words: Words, sentence: str) -> bool:
    """Say whether a sentence may keep back what it means; in doubt it does beside a table.

    A report tells of each item why it may assist, and by whom it was written: there, and in other
    papers, only a plain word of care, of a source or of private notes does.
    """
    of = words.of
    if SAYS_SO.search(sentence) or BY_MISTAKE.search(sentence):
        return True
    if of is None:
        return bool(mark_in(sentence) or kept_words(("source", "beside")).found_in(sentence))
    if of.form is Form.MG6E:
        # A record of treatment that assists is told of there; one of an item that is named by its
        # number tells what the item is.
        private = ("private",) if items_named(sentence, ()) else ()
        listed = kept_words(("source", "beside", *private))
        return bool(mark_in(sentence) or listed.found_in(SAYS_THAT.sub(" ", sentence)))
    if of.form is Form.MG6D:
        # It names itself in other sentences than those that keep an item back.
        said = NAMES_D.sub(" ", sentence)
        return BELONGS_HERE.search(sentence) is not None or may_keep_back(said)
    return may_keep_back(sentence)

"""How rules look at schedules: the kinds of the letter checks, over items and certificates."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forthright.rules.letter_checks.phrases import PatternRefused, Sought, patterns
from forthright.rules.letter_checks.rule import Kind
from forthright.rules.recordings_named import recording_in
from forthright.rules.schedules.bundle import Bundle, Hit, plain
from forthright.rules.schedules.care import mark_in
from forthright.rules.schedules.kept_words import first_undenied, kept_words, undenied
from forthright.rules.schedules.matchers import MATCHERS
from forthright.rules.schedules.measures import MEASURES
from forthright.rules.schedules.presumed import is_presumed_as, presumed_kinds
from forthright.rules.schedules.rule import ScheduleRule
from forthright.rules.schedules.schedule import Place, Schedule, ScheduleItem, text_of

Finder = Callable[[Bundle, Schedule], Iterator[Hit]]
ITEM_FIELDS = ("description", "location", "reason", "sensitive_reason", "undermines", "copy",
               "inspected", "comments", "endorsed")  # fmt: skip
# What ends a part of a sentence: who says something before it does not say what stands after it.
PART = re.compile(r"[.;:,()]|\s-\s")
PLACES = ("certificate", "text", "items")
KNOWN: Mapping[Kind, frozenset[str]] = {
    Kind.EXISTENCE: frozenset(
        {
            "field",
            "patterns",
            "recordings",
            "marks",
            "kept",
            "unless",
            "unless_before",
            "denied",
            "only_with",
            "codes",
            "without",
            "within",
        }
    ),
    Kind.OCCURRENCE: frozenset({"measure", "least", "patterns", "unless"}),
    Kind.BLOCK_PRESENCE: frozenset(
        {"where", "any_of", "presumed", "only_for", "unless_said", "what"}
    ),
    Kind.RECORD_MATCH: frozenset({"matcher", "rows"}),
}


def finder_of(rule: ScheduleRule) -> Finder:
    """Return what finds the faults that a rule looks for.

    :raises PatternRefused: if the table `find` is not one of the rule's kind
    """
    makers = {
        Kind.EXISTENCE: _existence,
        Kind.OCCURRENCE: _occurrence,
        Kind.BLOCK_PRESENCE: _block_presence,
        Kind.RECORD_MATCH: _record_match,
    }
    if rule.kind not in makers:
        raise PatternRefused(f"schedules are not looked at by the kind {rule.kind}.")
    if strange := sorted(set(rule.find) - KNOWN[rule.kind]):
        raise PatternRefused(f"a rule of kind {rule.kind} has no “{strange[0]}”.")
    try:
        return makers[rule.kind](rule.find)
    except (KeyError, TypeError, ValueError) as fault:
        if isinstance(fault, PatternRefused):
            raise
        raise PatternRefused(
            f"the table is not as the kind {rule.kind} needs it: {fault}"
        ) from fault


def stands(sought: Sequence[Sought], text: str) -> bool:
    """Say whether any of some patterns stands in a text."""
    return any(each.may_stand_in(text) and each.pattern.search(text) is not None for each in sought)


@dataclass(frozen=True, slots=True)
class ItemFinder:
    """Finds items by what stands in one of their cells, or by what does not."""

    # The cells that are looked at, each by itself.
    fields: tuple[str, ...]
    sought: tuple[Sought, ...]
    unless: tuple[Sought, ...]
    # What makes of words no fault where it stands before them in the same part of a sentence.
    unless_before: tuple[Sought, ...]
    # What says that there is none of the words which begin within it.
    denied: tuple[Sought, ...]
    only_with: tuple[Sought, ...]
    codes: frozenset[str]
    without: tuple[str, ...]
    # How many letters of the cell are looked at from its beginning; 0 for all.
    within: int
    # Whether a recording is sought, by the words that everybody knows one by.
    recordings: bool
    # Whether words are sought by which police mark what the defence is not to see.
    marks: bool

    def __call__(self, _: Bundle, schedule: Schedule) -> Iterator[Hit]:
        """Yield a hit for each item that is at fault."""
        is_any = not (self.sought or self.marks or self.recordings)
        for item in schedule.items:
            if self.codes and item.code not in self.codes:
                continue
            if any(getattr(item, name) for name in self.without):
                continue
            for field in self.fields:
                written = getattr(item, field)
                # Most cells of most columns are empty, and nothing that is sought stands in one.
                if written or is_any:
                    yield from self._in_cell(schedule, item, written)

    def _in_cell(self, schedule: Schedule, item: ScheduleItem, written: str) -> Iterator[Hit]:
        text = plain(written)
        looked_at = text[: self.within] if self.within else text
        if self.recordings:
            film = recording_in(written)
            if film is not None and not stands(self.unless, text):
                yield Hit(schedule=schedule, item=item, words=written[film.start : film.end])
            return
        if self.marks:
            if (mark := mark_in(written)) and not stands(self.unless, text):
                yield Hit(schedule=schedule, item=item, words=mark[0])
            return
        if not self.sought:
            yield Hit(schedule=schedule, item=item, words=written)
            return
        may = tuple(each for each in self.sought if each.may_stand_in(looked_at))
        found = self._first(may, looked_at)
        if found is None or stands(self.unless, text):
            return
        if not self.only_with or stands(self.only_with, text):
            yield Hit(schedule=schedule, item=item, words=written[found.start() : found.end()])

    def _first(self, may: Sequence[Sought], text: str) -> re.Match[str] | None:
        if not self.unless_before:
            return first_undenied(may, self.denied, text) if may else None
        for each in undenied(may, self.denied, text):
            if not stands(self.unless_before, PART.split(text[: each.start()])[-1]):
                return each
        return None


def _existence(find: Mapping[str, Any]) -> Finder:
    field = find.get("field", "description")
    fields = (field,) if isinstance(field, str) else tuple(field)
    without = tuple(find.get("without", ()))
    if strange := sorted({*fields, *without} - set(ITEM_FIELDS)):
        raise PatternRefused(
            f"an item has no field “{strange[0]}”. It has {', '.join(ITEM_FIELDS)}."
        )
    if not {"patterns", "recordings", "marks", "kept", "codes", "without"} & set(find):
        raise PatternRefused("the rule looks for nothing: give it patterns, codes or without.")
    kept = kept_words(find.get("kept", ()))
    return ItemFinder(
        fields=fields,
        sought=patterns(find.get("patterns", ())) + kept.sought,
        unless=patterns(find.get("unless", ())) + kept.unless,
        unless_before=patterns(find.get("unless_before", ())),
        denied=patterns(find.get("denied", ())) + kept.denied,
        only_with=patterns(find.get("only_with", ())),
        codes=frozenset(find.get("codes", ())),
        without=without,
        within=int(find.get("within", 0)),
        recordings=bool(find.get("recordings")),
        marks=bool(find.get("marks")),
    )


def _occurrence(find: Mapping[str, Any]) -> Finder:
    if find.get("measure") not in MEASURES:
        raise PatternRefused(f"“measure” is one of {', '.join(MEASURES)}.")
    measure, least = MEASURES[find["measure"]], int(find["least"])
    sought, unless = patterns(find.get("patterns", ())), patterns(find.get("unless", ()))

    def finder(_: Bundle, schedule: Schedule) -> Iterator[Hit]:
        for item in schedule.items:
            number = measure(item.description)
            if not item.description or number >= least:
                continue
            text = plain(item.description)
            if (not sought or stands(sought, text)) and not stands(unless, text):
                said = {"number": str(number), "least": str(least)}
                yield Hit(schedule=schedule, item=item, words=item.description, said=said)

    return finder


def _block_presence(find: Mapping[str, Any]) -> Finder:
    where = find.get("where", "certificate")
    if where not in PLACES:
        raise PatternRefused(f"“where” is one of {', '.join(PLACES)}.")
    is_there = _knows_what_belongs(find, where)
    only_for, said_so = patterns(find.get("only_for", ())), patterns(find.get("unless_said", ()))

    def finder(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
        if where == "items" and any(each.is_unread for each in bundle.schedules):
            # What was not read may list it.
            return
        if only_for and not stands(only_for, bundle.plain_text):
            return
        if said_so and stands(said_so, bundle.plain_text):
            return
        if not any(is_there(text) for text in _texts(bundle, schedule, where)):
            place = schedule.place if where == "items" else _end_of(schedule)
            yield Hit(schedule=schedule, place=place, said={"words": find.get("what", "")})

    return finder


def _end_of(schedule: Schedule) -> Place:
    """Return where a schedule ends on its own sheet: another without headings may follow it."""
    lines = (*schedule.head, *schedule.certificate)
    own = [line.place for line in lines if line.place.sheet == schedule.place.sheet]
    return own[-1] if own else schedule.place


def _knows_what_belongs(find: Mapping[str, Any], where: str) -> Callable[[str], bool]:
    """Return what says whether a text is what a rule asks for: by patterns, or a presumed kind."""
    wanted, keys = patterns(find.get("any_of", ())), tuple(find.get("presumed", ()))
    if not wanted and not keys:
        raise PatternRefused("the rule asks for nothing: give it any_of or presumed.")
    if not keys:
        return lambda text: stands(wanted, text)
    if where != "items":
        raise PatternRefused("what is presumed stands among items: “where” is items.")
    presumed_kinds(*keys)
    return lambda text: stands(wanted, text) or is_presumed_as(text, keys)


def _texts(bundle: Bundle, schedule: Schedule, where: str) -> Sequence[str]:
    if where == "items":
        return bundle.listed_plain
    lines = schedule.certificate if where == "certificate" else ()
    return (plain(text_of(lines) if lines else schedule.text),)


def _record_match(find: Mapping[str, Any]) -> Finder:
    name = find.get("matcher", "")
    if name not in MATCHERS:
        raise PatternRefused(f"there is no matcher {name!r}. There are: {', '.join(MATCHERS)}.")
    return MATCHERS[name](find.get("rows", ()))

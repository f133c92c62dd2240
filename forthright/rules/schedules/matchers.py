"""What compares one thing in a schedule with another: numbers, endorsements, papers."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from forthright.rules.schedules.bundle import Bundle, Hit, numbers_of, plain
from forthright.rules.schedules.comparing import compare_schedules
from forthright.rules.schedules.denial import denies
from forthright.rules.schedules.descriptions import acronyms_of, is_bare_label, is_written_out
from forthright.rules.schedules.presumed import presumed_in
from forthright.rules.schedules.said_elsewhere import said_of_earlier, said_of_items
from forthright.rules.schedules.said_to_assist import named_without_reason
from forthright.rules.schedules.schedule import Form, Schedule, ScheduleItem
from forthright.rules.schedules.shared_words import on_both, shared_of_earlier, shared_words
from forthright.rules.schedules.unscheduled import Finder, unscheduled
from forthright.rules.words import count_words, list_words

ITEM_NUMBERS = re.compile(
    r"\bitems?(?: nos?\.?| numbers?)?:?\s+((?:\d{1,4}(?:\s*(?:,|and|&)\s*)?)+)"
)
ENTRY = re.compile(r"\b(?:because|as|since)\b.{0,40}?\b(?:entry|item)\s+(\d{1,4})\b")
# An empty place for a signature: nothing after it, or the next label of the form.
LABELS = r"(?:dated?|name|rank|collar|number|print|position|time|unit|cps|lawyer|prosecutor)\b"
BLANK = re.compile(
    r"\b(?:signature|signed)(?: of (?:the )?disclosure officer)?[ \t]*[:-]?[ \t_.…]*"
    rf"(?=$|{LABELS})"
)
SIGNED = re.compile(
    r"\b(?:signature|signed|signed by)(?: of (?:the )?disclosure officer)?[ \t]*[:-]?[ \t]*"
    rf"(?!{LABELS}|on\b|and\b|by the\b|by a\b|disclosure officer|schedules?\b)"
    r"[a-z][a-z]*[ .][a-z0-9]"
)
NAMED_OFFICER = re.compile(
    rf"\b(?:disclosure officer(?:'s name)?|name)[ \t]*:[ \t]*(?!{LABELS}|signature)[a-z]"
)
LAWYER = re.compile(r"\b(?:cps|lawyer|prosecutor|reviewing)\b")
NUMBER_BEFORE = re.compile(r"^\(?\d{1,5}[.):]?\s+")
# How a file is called that is the officer's report.
REPORT_FILE = re.compile(
    r"(?<![a-z])mg ?0?6 ?[-.]? ?\(?e\)?(?![a-z])|\bdisclosure officer'?s'? report\b"
)
LABEL = re.compile(rf"[ \t]*(?:{LABELS}|disclosure officer|signature)")


# How many item numbers one finding names.
MOST_NAMED = 20


def _plainly(finder: Finder) -> Callable[[Sequence[Mapping[str, Any]]], Finder]:
    """Return a maker for a matcher that needs nothing from its rule."""
    return lambda _: finder


def gaps(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each place where numbers are left out."""
    numbered = _numbered(schedule)
    # A list that was parted by form numbers both as one.
    taken = {item.number for each in _of_one_list(bundle, schedule) for item in each.items}
    for before, item in pairwise(numbered):
        missing = range((before.number or 0) + 1, item.number or 0)
        left_out = [number for number in missing if number not in taken]
        if left_out:
            yield Hit(
                schedule=schedule,
                item=item,
                words=item.numbered,
                said={"before": str(before.number), "after": str(item.number),
                      "missing": _range_words(left_out)},
            )  # fmt: skip


def _of_one_list(bundle: Bundle, schedule: Schedule) -> list[Schedule]:
    """Return the schedules that were read out of the same table, this one among them."""
    return [each for each in bundle.schedules if each.place == schedule.place] or [schedule]


def _numbered(schedule: Schedule) -> list[ScheduleItem]:
    return [item for item in schedule.items if item.number is not None]


def _range_words(numbers: Sequence[int]) -> str:
    """Say which numbers these are, those that follow each other as one range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    more = [f"{len(said) - MOST_NAMED} more"] if len(said) > MOST_NAMED else []
    return list_words([*said[:MOST_NAMED], *more])


def duplicates(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item whose number another one of the same schedule has already."""
    seen: set[int] = set()
    for item in _numbered(schedule):
        if item.number in seen:
            yield Hit(schedule=schedule, item=item, words=item.numbered)
        seen.add(item.number or 0)


def unreadable_numbers(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item whose number is not one whole number."""
    for item in schedule.items:
        if item.number is None:
            shown = item.numbered or item.description[:50]
            yield Hit(schedule=schedule, item=item, words=shown)


def out_of_order(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item whose number is lower than the one above it."""
    highest = 0
    seen: set[int] = set()
    for item in _numbered(schedule):
        number = item.number or 0
        if number < highest and number not in seen:
            said = {"before": str(highest)}
            yield Hit(schedule=schedule, item=item, words=item.numbered, said=said)
        highest = max(highest, number)
        seen.add(number)


def begins_late(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield a schedule whose first number follows on nothing that is known."""
    numbered = _numbered(schedule)
    if not numbered or schedule.is_numbered_by_us:
        return
    first = numbered[0].number or 0
    others = [each for each in _of_one_list(bundle, schedule) if each is not schedule]
    if any(number < first for each in others for number in numbers_of(each.items)):
        return
    known = [each for each in (*bundle.earlier, *bundle.schedules)
             if each is not schedule and each.form is schedule.form]  # fmt: skip
    last = max((number for each in known for number in numbers_of(each.items)), default=0)
    # A schedule that came before comes again, mended: the first of the case, or a later one.
    begun = {numbers[0] for numbers in (numbers_of(each.items) for each in known) if numbers}
    is_again = bool(known) and (first == 1 or first in begun)
    if first not in (1, last + 1) and not is_again:
        said = {"last": str(last) if last else "none", "number": str(first)}
        yield Hit(schedule=schedule, item=numbered[0], words=numbered[0].numbered, said=said)


def withdrawn(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield where a new version leaves out what stood in the version before."""
    of_form = list(bundle.of(schedule.form))
    earlier = [each for each in bundle.earlier if each.form is schedule.form]
    if schedule is not of_form[0] or not earlier:
        return
    [change] = compare_schedules(earlier, of_form)
    if change.withdrawn:
        named = [str(each.number or "one without a number") for each in change.withdrawn]
        said = {
            "number": count_words(len(named), "item"),
            "missing": list_words(named[:MOST_NAMED]),
        }
        yield Hit(schedule=schedule, said=said)


def repeated(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item that is described in the very words of another."""
    seen: dict[str, ScheduleItem] = {}
    for item in schedule.items:
        words = " ".join(plain(item.description).split())
        if len(words) >= 12 and words in seen:
            said = {"other": seen[words].named}
            yield Hit(schedule=schedule, item=item, words=item.description, said=said)
        seen.setdefault(words, item)


def presumed_without_reason(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item of a presumed kind that is withheld with no reason beside it."""
    for item in schedule.items:
        is_withheld = item.code in {"CND", "ND"} and not item.reason
        if is_withheld and (words := presumed_in(item.description)):
            yield Hit(schedule=schedule, item=item, words=words)


def not_endorsed(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item that is left without an endorsement, where another has one."""
    # A column of the police headed "Status" is told by `unknown_code` alone.
    if not any(item.code for item in schedule.items):
        return
    for item in schedule.items:
        if not item.endorsed:
            yield Hit(schedule=schedule, item=item, words=item.description)


def unknown_code(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each endorsement that the key of the form does not hold."""
    for item in schedule.items:
        if item.endorsed and (not item.code or item.code not in {*schedule.key, "ND", "E"}):
            said = {"key": list_words(list(schedule.key), joined_by="or")}
            yield Hit(schedule=schedule, item=item, words=item.endorsed, said=said)


def nil_statement(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield a schedule wholly endorsed on which nothing is disclosed and no statement says so."""
    codes = {item.code for item in schedule.items}
    if codes and "" not in codes and not codes & {"D", "I"}:
        yield Hit(schedule=schedule)


def report_missing(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield a schedule that should have come with an MG6E and did not."""
    if bundle.is_whole and not list(bundle.of(Form.MG6E)) and not _is_report_unread(bundle):
        yield Hit(schedule=schedule, said={"read": " that could be read" if bundle.unread else ""})


def report_unread(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield a schedule whose MG6E came in a file that could not be read."""
    if bundle.is_whole and not list(bundle.of(Form.MG6E)) and _is_report_unread(bundle):
        yield Hit(schedule=schedule)


def _is_report_unread(bundle: Bundle) -> bool:
    return any(REPORT_FILE.search(plain(name).replace("_", " ")) for name in bundle.unread)


def unknown_in_report(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each entry of a report about an item that no schedule lists."""
    known = {item.number for item in bundle.listed}
    if known:
        for item in _numbered(schedule):
            if item.number not in known:
                yield Hit(schedule=schedule, item=item, words=item.numbered)


def unknown_in_certificate(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item that a certificate names and no schedule lists."""
    known = {item.number for item in bundle.listed}
    for number in _named_in_certificate(schedule):
        if known and number not in known:
            yield _in_certificate(schedule, number)


def other_in_certificate(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield where a certificate names one item and gives its reason from another."""
    named = _named_in_certificate(schedule)
    text = " ".join(plain(schedule.certificate_text).split())
    for found in ENTRY.finditer(text):
        if named and int(found[1]) not in named:
            said = {"named": list_words([str(each) for each in named]), "other": found[1]}
            yield _in_certificate(schedule, int(found[1]), said)


def _named_in_certificate(schedule: Schedule) -> list[int]:
    text = " ".join(plain(schedule.certificate_text).split())
    return [int(number) for found in ITEM_NUMBERS.finditer(text)
            for number in re.findall(r"\d+", found[1])]  # fmt: skip


def blank_signature(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield an empty place for a signature beside the name of the officer who should sign.

    The prosecutor's own place on the form is empty until it is endorsed, and is left alone.
    """
    lines = (*schedule.head, *schedule.certificate)
    texts = [plain(line.text) for line in lines]
    blank = [place for place in range(len(texts)) if _is_blank_signature(texts, place)]
    is_named = any(NAMED_OFFICER.search(text) for text in texts)
    if not is_named or not blank or any(SIGNED.search(text) for text in texts):
        return
    yield Hit(schedule=schedule, place=lines[blank[0]].place, words=lines[blank[0]].text.strip())


def _is_blank_signature(texts: Sequence[str], place: int) -> bool:
    found = BLANK.search(texts[place])
    if found is None or any(LAWYER.search(text) for text in texts[max(0, place - 1) : place + 1]):
        return False
    if found[0].strip() != texts[place][found.start() :].strip():
        return True
    following = texts[place + 1].strip() if place + 1 < len(texts) else ""
    return not following or LABEL.match(following) is not None


def _in_certificate(schedule: Schedule, number: int, said: Mapping[str, str] | None = None) -> Hit:
    line = next((line for line in schedule.certificate if str(number) in line.text), None)
    place = line.place if line else schedule.place
    return Hit(schedule=schedule, place=place, words=str(number), said=said or {})


def acronyms(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item with an acronym that is explained nowhere, the first time it stands."""
    told: set[str] = set()
    explained = bundle.plain_text
    for item in schedule.items:
        strange = [each for each in acronyms_of(item.description)
                   if each not in told and not is_written_out(each, explained)]  # fmt: skip
        told.update(strange)
        if strange:
            said = {"acronyms": list_words(sorted(strange))}
            yield Hit(schedule=schedule, item=item, words=strange[0], said=said)


def bare_labels(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item described by a form's code or a kind of thing and nothing more."""
    for item in schedule.items:
        if is_bare_label(item.description):
            yield Hit(schedule=schedule, item=item, words=item.description)


def nothing_listed(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield a schedule without items that does not say that there are none."""
    if schedule.items:
        return
    said = re.search(r"\b(?:nil|none|no (?:sensitive )?(?:items?|material)|nothing)\b",
                     plain(schedule.text))  # fmt: skip
    lines = (*schedule.head, *schedule.certificate)
    if not said and not any(denies(NUMBER_BEFORE.sub("", line.text)) for line in lines):
        yield Hit(schedule=schedule)


MATCHERS: Mapping[str, Callable[[Sequence[Mapping[str, Any]]], Finder]] = {
    "gaps": _plainly(gaps),
    "duplicates": _plainly(duplicates),
    "unreadable_numbers": _plainly(unreadable_numbers),
    "out_of_order": _plainly(out_of_order),
    "begins_late": _plainly(begins_late),
    "withdrawn": _plainly(withdrawn),
    "repeated": _plainly(repeated),
    "not_endorsed": _plainly(not_endorsed),
    "presumed_without_reason": _plainly(presumed_without_reason),
    "named_without_reason": _plainly(named_without_reason),
    "unknown_code": _plainly(unknown_code),
    "nil_statement": _plainly(nil_statement),
    "report_missing": _plainly(report_missing),
    "report_unread": _plainly(report_unread),
    "unknown_in_report": _plainly(unknown_in_report),
    "unknown_in_certificate": _plainly(unknown_in_certificate),
    "other_in_certificate": _plainly(other_in_certificate),
    "blank_signature": _plainly(blank_signature),
    "acronyms": _plainly(acronyms),
    "bare_labels": _plainly(bare_labels),
    "nothing_listed": _plainly(nothing_listed),
    "said_beside": _plainly(said_of_items),
    "said_of_earlier": _plainly(said_of_earlier),
    "on_both": _plainly(on_both),
    "shared_words": _plainly(shared_words),
    "shared_of_earlier": _plainly(shared_of_earlier),
    "unscheduled": unscheduled,
}

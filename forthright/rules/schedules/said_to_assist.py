"""Which items the police say may undermine the prosecution or assist the defence, and why.

They say so in the disclosure officer's report and in certificates. Whoever decides on such an item
reads it first; one that is withheld has its reason. In doubt an item is named: then a person looks.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from forthright.rules.schedules.bundle import LISTS, Bundle, Hit, plain
from forthright.rules.schedules.items_named import ALL, items_named
from forthright.rules.schedules.reported import names_open
from forthright.rules.schedules.said_beside import sentences_of
from forthright.rules.schedules.schedule import Form, Line, Schedule, ScheduleItem

LISTING = (*LISTS, Form.MG6D)
# Where they say it, of what an entry of the report names.
REPORT = f"the {Form.MG6E.words} ({Form.MG6E.value})"
# The words of the test. Whoever helps the police is spoken of too, and that is another thing.
TEST = re.compile(
    r"\bundermin\w*|\b(?:assist|help)(?:s|ed|ing)?\b"
    r"(?! (?:with |in )?(?:us|me|(?:the |their |our |his |her )?"
    r"(?:police|officers?|prosecution|crown|investigat\w+|enquir\w+|inquir\w+|caller))\b)|"
    r"\b(?:meet|met|pass|satisf)\w* the (?:disclosure )?test\b|\bdisclosable\b"
)
# What denies it stands right before it, or begins the limb: "he was not there, which assists the
# defence" denies another thing.
NOT = r"(?:no|not|nothing|none|neither|nor|never|cannot|unlikely|fails? to|unable to|\w+n't)\b"
DENIED = re.compile(
    rf"\b{NOT}(?:,? (?!which\b|that\b|and\b|so\b|this\b|it\b|he\b|she\b)[\w-]+){{0,4}},?\s*$"
)
DENIED_FIRST = re.compile(
    r"(?:^\W*(?:and )?(?:that )?|"
    r"\b(?:certify|confirm|believe|belief|knowledge|opinion|view|satisfied)(?:,| that)*\s+)"
    r"(?:there (?:is|are) )?(?:nothing|none|no|neither|i (?:do not|don't|am not))\b"
)
# "Nothing but item 3", "save for items 1 and 2": what follows is what does.
EXCEPTED = re.compile(
    r"\b(?:except\w*|save(?: for| that)?|apart from|other than|besides|aside from|nothing but|"
    r"with the exclusion of|excluding|not only)\b"
)
# A clause that tells which item is meant, and may deny something else of it.
ASIDE = re.compile(r",\s*(?:which|who|that)\b[^,]*,")
WHY = re.compile(r"\b(?:because|since|in that|for the reason|for the following reason|as it|as he|"
                 r"as she|as they|as the)\b")  # fmt: skip
# Each limb of a certificate, and each half of "item 2 might, but item 3 does not", is asked alone.
LIMBS = re.compile(r" ?; ?|,? ?(?<!nothing )\b(?:but|whereas|however)\b ?", re.IGNORECASE)
GOES_ON = re.compile(r"(?:and )?(?:it|its|this|that|these|those|they|both)\b")
NAMES_D = re.compile(
    r"\bmg ?0?6 ?[-.]?\(?d\)?(?!\w)|(?<!non-)(?<!non )\bsensitive (?:schedule|item)"
)
ONLY_D = re.compile(r"(?:mg ?0?6 ?)?\(?d\)?|sensitive", re.IGNORECASE)
# An entry of the report that says nothing but that there is none.
NIL = re.compile(r"\W*(?:none|nil|nothing|no|n/?a|not applicable)?\W*")
TURNS = re.compile(r"\b(?:but|however|although|though|yet|unless)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An item as the police name it: by its number, on which forms it may stand, and why."""

    number: int
    forms: tuple[Form, ...]
    # Where they say so: "the officer's report (MG6E)".
    source: str
    why: str


def named_in_report(entries: Iterable[ScheduleItem]) -> Iterator[Named]:
    """Yield what the entries of the disclosure officer's report name."""
    for entry in entries:
        why = entry.undermines or entry.description
        if entry.number is None or _says_that_it_does_not(why):
            continue
        yield Named(
            number=entry.number, forms=_forms_of(entry), source=REPORT, why=why,
        )  # fmt: skip


def may_name(why: str) -> bool:
    """Say whether an entry of the report names something that may undermine or assist.

    :param why: what it says of it
    """
    return bool(why.strip()) and not _says_that_it_does_not(why)


def named_in_certificate(form: Form, certificate: Sequence[Line]) -> Iterator[Named]:
    """Yield what a certificate names; each limb that names an item is why."""
    before: set[int] = set()
    for _, sentence in sentences_of(certificate):
        for limb in LIMBS.split(" ".join(sentence.split())):
            words = ASIDE.sub(" ", ALL.sub(" ", plain(limb)))
            said, numbers = _test_in(words), _numbers_in(words)
            if not numbers and GOES_ON.match(words):
                numbers = before
            before = numbers
            if not said:
                continue
            for number in sorted(numbers):
                yield Named(
                    number=number, forms=_forms_named(form, words), why=limb,
                    source=f"the certificate of the {form.value}",
                )  # fmt: skip


def named_by_police(schedules: Iterable[Schedule]) -> list[Named]:
    """Return what some schedules name, in their order."""
    found: list[Named] = []
    for each in schedules:
        if each.form is Form.MG6E:
            found += named_in_report(each.items)
        found += named_in_certificate(each.form, each.certificate)
    return found


def named_without_reason(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item that the police name so, and that is withheld with no reason beside it."""
    named = {(form, each.number): each for each in reversed(bundle.once(_named_in))
             for form in each.forms}  # fmt: skip
    for item in schedule.items:
        found = named.get((schedule.form, item.number)) if item.number is not None else None
        if found is not None and item.code in {"CND", "ND"} and not item.reason:
            yield Hit(schedule=schedule, item=item, words=item.named,
                      said={"where": found.source})  # fmt: skip


def _named_in(bundle: Bundle) -> list[Named]:
    """Return what is named in what came, and in what came before on forms that did not come now."""
    came = {each.form for each in bundle.schedules}
    earlier = [each for each in bundle.earlier if each.form not in came]
    return named_by_police([*bundle.schedules, *earlier])


def _forms_of(entry: ScheduleItem) -> tuple[Form, ...]:
    """Return on which forms the item of an entry may stand; on all, where it does not say so."""
    if names_open(entry):
        return LISTS
    return (Form.MG6D,) if ONLY_D.fullmatch(" ".join(entry.of_form.split())) else LISTING


def _forms_named(form: Form, words: str) -> tuple[Form, ...]:
    if NAMES_D.search(words):
        return (Form.MG6D,)
    return (form,) if form is not Form.MG6E else LISTING


def _numbers_in(words: str) -> set[int]:
    """Return the items that a limb names; after "because" it may tell of another entry."""
    said = WHY.split(words, maxsplit=1)[0]
    return items_named(said, ()) or items_named(words, ())


def _test_in(words: str) -> bool:
    """Say whether a limb says of what it names that it meets the test."""
    found = TEST.search(words)
    if found is None:
        return False
    return EXCEPTED.search(words) is not None or not _is_denied(words[: found.start()])


def _is_denied(before: str) -> bool:
    """Say whether the words before those of the test deny it."""
    return DENIED.search(before) is not None or DENIED_FIRST.search(before) is not None


def _says_that_it_does_not(why: str) -> bool:
    """Say whether an entry says no more than that its item does neither."""
    words = plain(why).strip()
    if words and NIL.fullmatch(words):
        return True
    found = TEST.search(words)
    is_denied = found is not None and _is_denied(words[: found.start()])
    return is_denied and not TURNS.search(words) and not EXCEPTED.search(words)

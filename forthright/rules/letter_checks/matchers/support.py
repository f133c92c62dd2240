"""Whether the letter names help that fits, exists, and answers at that number."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from forthright.rules.case_file import CaseFile, Flag, OffenceGroup, SupportService
from forthright.rules.letter_checks.kinds.presence import place_to_add
from forthright.rules.letter_checks.matchers.contacts import TELEPHONE
from forthright.rules.letter_checks.phrases import Sought, phrase
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import Part, plain_copy

NEAR = 160
BY_GROUP = {
    OffenceGroup.SEXUAL: (Flag.RASSO,),
    OffenceGroup.DOMESTIC_ABUSE: (Flag.DOMESTIC_ABUSE,),
    OffenceGroup.HATE_CRIME: (Flag.HATE_CRIME,),
    OffenceGroup.DEATH: (Flag.DEATH,),
}
ADVISERS = (
    (re.compile(r"\byour (isva|independent sexual violence advis[eo]r)\b"), Flag.RASSO),
    (re.compile(r"\byour (idva|independent domestic violence advis[eo]r)\b"), Flag.DOMESTIC_ABUSE),
)


@cache
def _known_services() -> tuple[Sought, ...]:
    """Return what finds the services that people know, whether the Area works with them or not."""
    text = files("forthright.rules").joinpath("data/known_services.txt").read_text("utf-8")
    return tuple(phrase(each) for each in text.splitlines() if each and not each.startswith("#"))


def _is_live(service: SupportService, subject: Subject) -> bool:
    return service.retired_on is None or service.retired_on > subject.as_of


def _fits(service: SupportService, case: CaseFile) -> bool:
    return not service.fits or bool(set(service.fits) & _kinds_of(case))


def _kinds_of(case: CaseFile) -> set[Flag]:
    """Return what kind of case this is: its flags, and what the offence and the reader say."""
    of_reader = {Flag.CHILD} if case.recipient.is_child else set()
    return {*case.flags, *of_reader, *BY_GROUP.get(case.offence_group, ())}


def _fitting(subject: Subject, case: CaseFile) -> list[SupportService]:
    """Return the live services that fit, the ones made for such a case first."""
    fitting = [each for each in case.area.support if _is_live(each, subject) and _fits(each, case)]
    return sorted(fitting, key=lambda each: not each.fits)


def _names(subject: Subject, service: SupportService) -> bool:
    return plain_copy(service.name) in subject.plain


def support(subject: Subject) -> Iterator[Hit]:
    """Yield a letter that names no service that fits, though there is one."""
    case = subject.case
    if case is None or not (fitting := _fitting(subject, case)):
        return
    best = [each for each in fitting if each.fits] or fitting
    if not any(_names(subject, each) for each in fitting):
        place = place_to_add(subject)
        service = best[0]
        number = f" on {service.phone}" if service.phone else f" at {service.web}"
        message = "The letter names no service that helps people in such a case."
        yield Hit(
            place.start,
            place.end,
            message,
            f"{service.name} can help you. You can reach it{number}.",
        )


def unfit(subject: Subject) -> Iterator[Hit]:
    """Yield the name of a service that is gone, or is made for another kind of case."""
    case = subject.case
    if case is None:
        return
    fitting = _fitting(subject, case)
    instead = fitting[0].name if fitting else ""
    heads = subject.letter.parts(Part.ADDRESS)
    for service in case.area.support:
        # Where the adviser works there, the name is that of the route to the person.
        is_adviser = plain_copy(service.name) in plain_copy(case.recipient.adviser)
        if is_adviser or (_is_live(service, subject) and _fits(service, case)):
            continue
        is_gone = not _is_live(service, subject)
        message = (
            f"{service.name} no longer exists." if is_gone
            else f"{service.name} helps in another kind of case than this."
        )  # fmt: skip
        for found in re.finditer(re.escape(plain_copy(service.name)), subject.plain):
            # In the address, a name is where the adviser works, and offers no help.
            if is_gone or not any(each.start <= found.start() < each.end for each in heads):
                yield Hit(*found.span(), message, instead, "stop" if is_gone else "warn")


def unlisted(subject: Subject) -> Iterator[Hit]:
    """Yield a service that is widely known and that the Area does not list, and a strange adviser.

    Nobody has looked whether such a service takes people from here, for this, or still exists.
    """
    case = subject.case
    if case is None or not case.area.support:
        return
    listed = plain_copy(" ; ".join([each.name for each in case.area.support]))
    listed += " ; " + plain_copy(case.recipient.adviser)
    fitting = _fitting(subject, case)
    instead = fitting[0].name if fitting else ""
    named = [each for each in _known_services() if each.may_stand_in(subject.plain)]
    for found in (one for each in named for one in each.found_in(subject.plain)):
        name = subject.letter.text[found.start() : found.end()]
        is_strange = name[0].isupper() and found.group() not in listed
        if is_strange and _is_in_body(subject, found.start()):
            message = f"{name} is not among the services that this Area lists."
            yield Hit(*found.span(), message, instead)
    for pattern, kind in ADVISERS:
        if kind in _kinds_of(case) or case.recipient.adviser:
            continue
        for found in subject.matches(pattern):
            message = "By the record this person has no such adviser, nor is it such a case."
            yield Hit(*found.span(1), message, instead)


def _is_in_body(subject: Subject, place: int) -> bool:
    sentence = subject.letter.sentence_at(place)
    return sentence is not None and sentence.paragraph.is_body


def wrong_number(subject: Subject) -> Iterator[Hit]:
    """Yield a number beside the name of a service that is not its number."""
    case = subject.case
    if case is None:
        return
    known = {re.sub(r"\D", "", each.phone): each.name for each in case.area.support if each.phone}
    for service in case.area.support:
        place = subject.plain.find(plain_copy(service.name))
        if place < 0 or not service.phone:
            continue
        found = TELEPHONE.search(subject.letter.text, place, place + NEAR)
        if found is None:
            continue
        digits = re.sub(r"\D", "", found.group())
        ours = {re.sub(r"\D", "", each.value) for each in case.area.contacts}
        between = subject.plain[place + len(service.name) : found.start()]
        is_anothers = digits in known and plain_copy(known[digits]) in between
        if digits != re.sub(r"\D", "", service.phone) and digits not in ours and not is_anothers:
            message = f"This is not the number of {service.name}."
            yield Hit(*found.span(), message, service.phone)

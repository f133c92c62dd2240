"""Whether the letter is signed by somebody who works here, and gives contacts that are live."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rapidfuzz import fuzz

from forthright.rules.case_file import CaseFile, ContactKind, StaffMember
from forthright.rules.letter_checks.kinds.presence import place_to_add
from forthright.rules.letter_checks.matchers.signing import goes_by, is_part_of_name, signing_lines
from forthright.rules.letter_checks.people import words_of_name
from forthright.rules.letter_checks.subject import Hit, Subject, hit
from forthright.rules.letter_checks.text import Part, Span, plain_copy

TELEPHONE = re.compile(
    r"(?<![\w/.-])(?:\+44[ \u00a0]?\(?0?\)?|\(?0)[\d \u00a0()-]{8,14}\d(?![\w-])"
)
SHORT_NUMBERS = frozenset({"999", "101", "111", "116123", "116000", "116006", "18001"})
EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
OURS = re.compile(
    r"\b(?:(?:ring|call|phone|telephone|contact|reach|email|e-mail|write to|speak to) "
    r"(?:me|us|[a-z]+ [a-z]+)|my|our|us|me|this unit|the unit|direct line|victim liaison)\b"
)
MY_NAME = re.compile(
    r"\b(?:My name is|I am(?: (?:the|a|your) [a-z ]{3,40},)?) ((?:[A-Z][\w’'-]+ ?){1,3})"
)
TO_ME = re.compile(
    r"\b(?:ring|call|phone|telephone|contact|reach|e-?mail|write to|speak to|tell|ask|let) me\b|"
    r"\bi am on \d|\bmy (?:direct )?(?:number|line|e-?mail|telephone)\b"
)
I_AM = re.compile(
    r"\bi am (?:the|a|an|your) (?:\w+ ){0,2}(prosecutor|lawyer|solicitor|manager|liaison officer|"
    r"detective|police officer)\b|"
    r"\bas (?:the|a|your) (?:\w+ ){0,2}(prosecutor|lawyer|solicitor|manager|liaison officer)"
    r"(?: [a-z ]{2,25})?, i\b"
)
LAWYERS = ("prosecutor", "lawyer", "solicitor", "advocate")
SAME_ROLES = dict.fromkeys(LAWYERS, LAWYERS) | {"manager": ("manager", "head", "lead")}
RANKS = re.compile(r"\b(?:senior|deputy|chief|district|specialist|principal|assistant|head|lead)\b")
ROLE = re.compile(
    r"\b(?:officer|prosecutor|manager|lawyer|solicitor|advocate|administrator|assistant|head|lead|"
    r"director|coordinator)\b"
)
LEAST_ALIKE = 90


def _digits(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return "0" + digits[2:].removeprefix("0") if digits.startswith("44") else digits


def telephones(subject: Subject) -> Iterator[Hit]:
    """Yield each telephone number that is none of the Area's, nor of a service that helps."""
    case = subject.case
    if case is None:
        return
    of_help = {_digits(each.phone) for each in case.area.support if each.phone}
    ours = {_digits(each.value): each for each in case.area.contacts
            if each.kind is ContactKind.PHONE}  # fmt: skip
    live = [each.value for each in ours.values() if _is_live(each.retired_on, subject.as_of)]
    known = of_help | set(ours) | SHORT_NUMBERS | {_digits(case.recipient.phone)}
    for found in subject.matches(TELEPHONE, exact=True):
        if _digits(found.group()) in known:
            continue
        is_ours = OURS.search(subject.plain, max(0, found.start() - 60), found.start()) is not None
        message = "This number is not one of this Area’s, so somebody else may answer it."
        yield Hit(*found.span(), message, live[0] if live else "", "stop" if is_ours else "warn")


def emails(subject: Subject) -> Iterator[Hit]:
    """Yield each e-mail address that is none of the Area's; one much like them is a stop."""
    case = subject.case
    if case is None:
        return
    ours = {each.value.lower(): each for each in case.area.contacts
            if each.kind is ContactKind.EMAIL}  # fmt: skip
    domains = {each.rsplit("@", 1)[-1] for each in ours}
    live = [each.value for each in ours.values() if _is_live(each.retired_on, subject.as_of)]
    text_of_help = " ".join(each.web.lower() for each in case.area.support)
    for found in subject.matches(EMAIL, exact=True):
        address = found.group().lower().rstrip(".")
        domain = address.rsplit("@", 1)[-1]
        if address in ours or address == case.recipient.email.lower() or domain in text_of_help:
            continue
        if _is_retired_domain(domain, case):
            continue
        is_alike = domain in domains or "cps" in domain
        message = "This address is not one of this Area’s, so the reply may reach nobody here."
        yield Hit(*found.span(), message, live[0] if live else "", "stop" if is_alike else "warn")


def retired(subject: Subject) -> Iterator[Hit]:
    """Yield each number, address or domain that is no longer used."""
    case = subject.case
    if case is None:
        return
    old = [each for each in case.area.contacts if not _is_live(each.retired_on, subject.as_of)]
    live = {each.kind: each.value for each in reversed(case.area.contacts)
            if _is_live(each.retired_on, subject.as_of)}  # fmt: skip
    for contact in old:
        yield from _places_of(subject, contact.value, contact.kind, live.get(contact.kind, ""))
    for domain in (each for each in case.area.retired_domains if each.lower() in subject.plain):
        for found in re.finditer(rf"[\w.+'-]*@?[\w.-]*{re.escape(domain.lower())}", subject.plain):
            message = f"{domain} is no longer used: nothing sent there arrives."
            yield Hit(*found.span(), message, live.get(ContactKind.EMAIL, ""))


def _places_of(subject: Subject, value: str, kind: ContactKind, instead: str) -> Iterator[Hit]:
    message = f"{value} is no longer used."
    if kind is ContactKind.PHONE:
        for found in subject.matches(TELEPHONE, exact=True):
            if _digits(found.group()) == _digits(value):
                yield Hit(*found.span(), message, instead)
        return
    for found in re.finditer(re.escape(plain_copy(value)), subject.plain):
        yield Hit(*found.span(), message, instead)


def _is_live(until: date | None, day: date) -> bool:
    return until is None or until > day


def _is_retired_domain(domain: str, case: CaseFile) -> bool:
    return any(domain == each or domain.endswith(f".{each}") for each in case.area.retired_domains)


def signatory(subject: Subject) -> Iterator[Hit]:
    """Yield the name of whoever signs, where it is not a live colleague or not the one recorded."""
    case = subject.case
    if case is None:
        return
    lines = signing_lines(subject.letter, case)
    if not lines:
        goodbyes = subject.letter.parts(Part.SIGN_OFF)
        end = goodbyes[0].end if goodbyes else len(subject.letter.text.rstrip())
        wanted = case.letter.signatory
        yield Hit(end, end, "Nobody signs this letter.", wanted, "stop" if wanted else "warn")
        return
    signed = lines[0]
    name = signed.text.strip(" *_,")
    if fault := _fault_of_name(name, subject, case):
        is_first = is_part_of_name(words_of_name(name), case.letter.signatory)
        yield hit(signed, fault, case.letter.signatory, level="warn" if is_first else "")
    else:
        yield from _role_fault(lines, case, name)
    yield from _said_role_fault(subject, lines, name)
    for found in MY_NAME.finditer(subject.letter.text):
        said = words_of_name(found.group(1))
        if not is_part_of_name(said, name) and (
            found.group().startswith("My") or _is_staff(said, case)
        ):
            yield Hit(
                found.start(1),
                found.start(1) + len(found.group(1).rstrip()),
                f"{found.group(1).strip()} speaks in this letter, and {name} signs.",
                name,
            )


def _is_staff(words: Sequence[str], case: CaseFile) -> bool:
    return any(words_of_name(each.name) == tuple(words) for each in case.area.staff)


def _said_role_fault(subject: Subject, lines: Sequence[Span], name: str) -> Iterator[Hit]:
    """Yield "I am the prosecutor" where somebody signs who is none, and the role under the name."""
    roles = " ".join(plain_copy(each.text) for each in lines[1:3])
    if not roles:
        return
    for found in subject.matches(I_AM):
        said = next(each for each in found.groups() if each)
        if not any(each in roles for each in SAME_ROLES.get(said, (said,))):
            message = f"The letter says “{found.group()}”, and {name} signs as {lines[1].text}."
            yield Hit(*found.span(), message, level="warn")
            yield hit(lines[1], message, level="warn")


def left_staff(subject: Subject) -> Iterator[Hit]:
    """Yield the name of each colleague who has left, wherever the letter gives it."""
    case = subject.case
    if case is None:
        return
    for member in case.area.staff:
        if _is_live(member.left_on, subject.as_of):
            continue
        for found in re.finditer(rf"\b{re.escape(plain_copy(member.name))}\b", subject.plain):
            message = f"{member.name} no longer works in this Area."
            yield Hit(*found.span(), message, case.letter.contact_name)


def _fault_of_name(name: str, subject: Subject, case: CaseFile) -> str:
    member = _member(name, case)
    if case.letter.signatory and not goes_by(name, case.letter.signatory):
        return f"The record says that {case.letter.signatory} signs this letter, not {name}."
    if member is None and case.area.staff:
        return f"{name} is not among the people who work in this Area."
    if member is not None and not _is_live(member.left_on, subject.as_of):
        return f"{name} no longer works in this Area."
    return ""


def _role_fault(lines: Sequence[Span], case: CaseFile, name: str) -> Iterator[Hit]:
    """Yield the role under the name where it is another colleague's role, not this one's."""
    member = _member(name, case)
    if member is None or len(lines) < 2:
        return
    said = plain_copy(lines[1].text).strip(" *_,")
    if ROLE.search(said) and not _is_role(said, plain_copy(member.role)):
        yield hit(
            lines[1], f"The record says that {name} is {member.role}.", member.role, level="warn"
        )


def _is_role(said: str, role: str) -> bool:
    """Say whether a line gives a role, with a unit beside it perhaps but with no other rank."""
    if fuzz.partial_ratio(said, role) < LEAST_ALIKE:
        return False
    return set(RANKS.findall(said)) == set(RANKS.findall(role))


def _member(name: str, case: CaseFile) -> StaffMember | None:
    alike, wanted = None, words_of_name(name)
    for each in case.area.staff:
        if words_of_name(each.name) == wanted:
            return each
        alike = alike or (each if goes_by(name, each.name) else None)
    return alike


def named_contact(subject: Subject) -> Iterator[Hit]:
    """Yield the end of a letter that names nobody to ring, or gives no number or no hours."""
    case = subject.case
    if case is None:
        return
    numbers = {_digits(each.value) for each in case.area.contacts if each.kind is ContactKind.PHONE}
    given = {_digits(found.group()) for found in subject.matches(TELEPHONE, exact=True)}
    mails = {each.value.lower() for each in case.area.contacts if each.kind is ContactKind.EMAIL}
    place = place_to_add(subject, "contact")
    if numbers and not numbers & given and not any(each in subject.plain for each in mails):
        number = next(each.value for each in case.area.contacts if each.kind is ContactKind.PHONE)
        message = "The letter does not say how to reach anybody here."
        yield Hit(place.start, place.end, message, f"You can ring me on {number}.")
        return
    contact = case.letter.contact_name
    is_named = plain_copy(contact) in subject.plain or TO_ME.search(subject.plain)
    if numbers and contact and not is_named:
        message = "The letter gives a number and does not say who answers it."
        yield Hit(place.start, place.end, message, f"Ask for {contact}.")

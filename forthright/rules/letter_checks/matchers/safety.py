"""Whether the letter goes where it is safe, and only where the person wants it."""

import re
from collections.abc import Iterator

from forthright.rules.case_file import CaseFile, Channel, SafeContact
from forthright.rules.contact_lock import Lock, is_own_address, note_unanswered
from forthright.rules.letter_checks.matchers.contacts import TELEPHONE
from forthright.rules.letter_checks.people import words_of_name
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import Part, plain_copy

POSTCODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?[ \u00a0]?\d[A-Z]{2}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\dXX\b"
)
MESSAGE = re.compile(
    r"\b(?:leave|left|leaving) (?:you )?(?:a |an )?(?:message|voicemail)|\bvoicemail\b"
)
NO_MESSAGE = re.compile(r"\b(?:not|never|without)\b")
ROUTES = {Channel.VIA_POLICE: "the police", Channel.VIA_ADVISER: "an adviser"}
LEAST_LINES = 2
LEAST_NAME = 4


def channel(subject: Subject) -> Iterator[Hit]:
    """Yield the head of a letter that may not go out, or not straight to the person."""
    case = subject.case
    if case is None:
        return
    heads = subject.letter.parts(Part.ADDRESS)
    start, end = (heads[0].start, heads[-1].end) if heads else (0, 0)
    for unanswered in note_unanswered(case.recipient):
        yield Hit(
            start,
            end,
            unanswered.words,
            "Ask a manager to say which way is safe, and why.",
            lock=unanswered.lock,
        )
    if case.recipient.has_opted_out:
        yield Hit(
            start,
            end,
            "This person asked for no more letters, so none may be sent.",
            "Record why no letter goes out, or ask a manager.",
            lock=Lock.OPTED_OUT,
        )
    elif case.recipient.channel in ROUTES and _has_own_address(subject, case):
        through = case.recipient.adviser or ROUTES[case.recipient.channel]
        yield Hit(
            start,
            end,
            f"The record says that letters reach this person through {through}, but the letter "
            "has the person’s own address.",
            f"Address the letter to {through}.",
            lock=Lock.OTHER_ROUTE,
        )


def _has_own_address(subject: Subject, case: CaseFile) -> bool:
    lines = [plain_copy(each) for each in case.recipient.address]
    head = " ".join(plain_copy(each.text) for each in subject.letter.parts(Part.ADDRESS))
    through = case.recipient.adviser if case.recipient.channel is Channel.VIA_ADVISER else "police"
    if any(each in head for each in words_of_name(through) if len(each) >= LEAST_NAME):
        return False
    is_own = sum(each in head for each in lines) >= min(LEAST_LINES, len(lines)) > 0
    return is_own or _has_strange_postcode(subject, case)


def _has_strange_postcode(subject: Subject, case: CaseFile) -> bool:
    """Say whether the head has a postcode that is none of the Area's."""
    ours = re.sub(r"\s", "", " ".join(each.value for each in case.area.contacts)).upper()
    heads = subject.letter.parts(Part.ADDRESS)
    found = (each.group() for head in heads for each in POSTCODE.finditer(head.text))
    return any(re.sub(r"\s", "", each).upper() not in ours for each in found)


STREET = re.compile(
    r"\b\d+\w?,? ((?:[a-z'-]+ ){1,3}(?:street|road|lane|avenue|close|drive|way|terrace|crescent|"
    r"gardens|place|court|row|square|grove|mews|walk|hill|view|rise))\b"
)


def addresses(subject: Subject) -> Iterator[Hit]:
    """Yield each address, number or e-mail address that is not safe, or not this person's."""
    case = subject.case
    if case is None:
        return
    safe = case.recipient.safe_contact
    unsafe = [(each, Lock.UNSAFE_ADDRESS) for each in safe.unsafe_addresses]
    unsafe += [(each, Lock.UNSAFE_EMAIL) for each in safe.unsafe_emails]
    heads = [(each.start, each.end) for each in subject.letter.parts(Part.ADDRESS)]
    for value, lock in unsafe:
        is_own = is_own_address(case.recipient, value)
        for line in (*_lines(value), *_street(value, case)):
            for found in re.finditer(re.escape(line), subject.plain):
                # Above the greeting it is where the letter goes; below, it is told to the reader.
                is_head = any(start <= found.start() < end for start, end in heads)
                yield Hit(
                    *found.span(),
                    _unsafe(safe),
                    "Take it out, and use the safe route.",
                    lock=lock if is_own and is_head else "",
                )
    numbers = {re.sub(r"\D", "", each) for each in safe.unsafe_phones}
    for found in subject.matches(TELEPHONE, exact=True):
        if re.sub(r"\D", "", found.group()) in numbers:
            yield Hit(*found.span(), _unsafe(safe), "Take it out, and use the safe route.")
    yield from _strange_postcode(subject, case)


def _lines(address: str) -> list[str]:
    """Return the first line of an address, which is what makes it that address."""
    lines = [each.strip() for each in re.split(r"[,\n]", plain_copy(address)) if each.strip()]
    if len(lines) > 1 and re.fullmatch(r"\d+\w?|flat \d+\w?", lines[0]):
        return [f"{lines[0]} {lines[1]}", f"{lines[0]}, {lines[1]}"]
    return lines[:1]


def _street(address: str, case: CaseFile) -> list[str]:
    """Return the street of an unsafe address, which tells of it without its number.

    The place where something happened may be named in the letter, though somebody lives there.
    """
    places = plain_copy(" ".join(case.places))
    streets = [each.group(1) for each in STREET.finditer(plain_copy(address))]
    return [each for each in streets if each not in places]


def _unsafe(safe: SafeContact) -> str:
    note = f" The record says: {safe.note}" if safe.note else ""
    return f"The record says that this is not safe for this person.{note}"


def _strange_postcode(subject: Subject, case: CaseFile) -> Iterator[Hit]:
    if not case.recipient.address:
        return
    ours = [*case.recipient.address, *(each.value for each in case.area.contacts)]
    known = re.sub(r"\s", "", " ".join(ours)).upper()
    for paragraph in subject.letter.parts(Part.ADDRESS):
        for found in POSTCODE.finditer(subject.letter.text, paragraph.start, paragraph.end):
            if re.sub(r"\s", "", found.group()).upper() not in known:
                yield Hit(
                    *found.span(),
                    "This postcode is not in the address that the record has for this person.",
                    ", ".join(case.recipient.address),
                    "stop" if _has_recipients_postcode(case) else "warn",
                )


def _has_recipients_postcode(case: CaseFile) -> bool:
    return any(POSTCODE.search(each) for each in case.recipient.address)


def voicemail(subject: Subject) -> Iterator[Hit]:
    """Yield a promise to leave a message where the record says never to leave one."""
    if subject.case is None or not subject.case.recipient.safe_contact.no_voicemail:
        return
    for found in MESSAGE.finditer(subject.plain):
        if not NO_MESSAGE.search(subject.letter.around(found.start())):
            yield Hit(*found.span())

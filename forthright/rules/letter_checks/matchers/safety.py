"""Whether the letter goes where it is safe, and only where the person wants it."""

import re
from collections.abc import Iterator

from forthright.rules.addresses import WRITTEN_POSTCODE as POSTCODE
from forthright.rules.addresses import is_same_address, is_same_email, is_same_phone
from forthright.rules.case_file import CaseFile, Channel, SafeContact
from forthright.rules.contact_lock import Lock, is_own_address, note_unanswered
from forthright.rules.letter_checks.matchers.addresses import HOUSE, other_addresses
from forthright.rules.letter_checks.matchers.contacts import EMAIL, TELEPHONE
from forthright.rules.letter_checks.people import words_of_name
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import Part, plain_copy

MESSAGE = re.compile(
    r"\b(?:leave|left|leaving) (?:you )?(?:a |an )?(?:message|voicemail)|\bvoicemail\b"
)
NO_MESSAGE = re.compile(r"\b(?:not|never|without)\b")
TO_HOME = re.compile(
    r"\b(?:sen[dt]|sending|post|posted|posting|writ(?:e|ing|ten)|wrote|cop(?:y|ies)|deliver(?:ed)?|"
    r"visit|letters?)\b[^.]{0,60}\b(?:to|at) your (?:home|house|flat|address)\b"
)
NOT_TO_HOME = re.compile(r"\b(?:not|never|no|nothing|nobody|without)\b")
ROUTES = {Channel.VIA_POLICE: "the police", Channel.VIA_ADVISER: "an adviser"}
# A postcode however it is spaced, in small letters.
LETTERED_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?[ \u00a0]*\d(?:[a-z]{2}|xx)\b")
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
        for start, end in _places_of(value, subject, case):
            # Above the greeting it is where the letter goes; below, it is told to the reader.
            is_head = any(head <= start < ends for head, ends in heads)
            yield Hit(
                start,
                end,
                _unsafe(safe),
                "Take it out, and use the safe route.",
                lock=lock if is_own and is_head else "",
            )
    for found in subject.matches(TELEPHONE, exact=True):
        if any(is_same_phone(found.group(), each) for each in safe.unsafe_phones):
            yield Hit(*found.span(), _unsafe(safe), "Take it out, and use the safe route.")
    yield from _sent_home(subject, case)
    yield from other_addresses(subject, case)


def _sent_home(subject: Subject, case: CaseFile) -> Iterator[Hit]:
    """Yield words that something goes to the person's home, where that is not safe."""
    if not case.recipient.safe_contact.unsafe_addresses:
        return
    for found in subject.matches(TO_HOME):
        if not NOT_TO_HOME.search(subject.letter.around(found.start())):
            yield Hit(
                *found.span(),
                _unsafe(case.recipient.safe_contact),
                "Take it out, and use the safe route.",
            )


def _places_of(unsafe: str, subject: Subject, case: CaseFile) -> list[tuple[int, int]]:
    """Return where something that is not safe stands in a letter, however it is written there."""
    said = [
        found.span()
        for line in (*_lines(unsafe), *_street(unsafe, case))
        for found in re.finditer(re.escape(line), subject.plain)
    ]
    if postcode := _bare_postcode(unsafe):
        otherwise = [each for each in subject.matches(LETTERED_POSTCODE)
                     if "".join(each.group().split()) == postcode]  # fmt: skip
    elif "@" in unsafe:
        otherwise = [each for each in subject.matches(EMAIL, exact=True)
                     if is_same_email(each.group(), unsafe)]  # fmt: skip
    else:
        otherwise = [each for each in subject.matches(HOUSE, exact=True)
                     if is_same_address(each.group(), unsafe)]  # fmt: skip
    for found in otherwise:
        if not any(start < found.end() and found.start() < end for start, end in said):
            said.append(found.span())
    return said


def _bare_postcode(unsafe: str) -> str:
    """Return an address that is a postcode and nothing else, in small letters without spaces."""
    squeezed = "".join(plain_copy(unsafe).split())
    return squeezed if LETTERED_POSTCODE.fullmatch(squeezed) else ""


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


def voicemail(subject: Subject) -> Iterator[Hit]:
    """Yield a promise to leave a message where the record says never to leave one."""
    if subject.case is None or not subject.case.recipient.safe_contact.no_voicemail:
        return
    for found in MESSAGE.finditer(subject.plain):
        if not NO_MESSAGE.search(subject.letter.around(found.start())):
            yield Hit(*found.span())

"""What stands against a way of reaching a person: their wishes, and what is not safe."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from forthright.rules.addresses import (
    address_in,
    is_email_in,
    is_same_address,
    is_same_email,
    is_same_phone,
    spelt_email,
)
from forthright.rules.case_file import CaseFile, Channel, Recipient, SafeContact
from forthright.rules.unsafe_lines import Reads, reads_as
from forthright.rules.words import list_words


class Way(StrEnum):
    """How a letter can go out."""

    EMAIL = "EMAIL"
    NOTIFY_EMAIL = "NOTIFY_EMAIL"
    NOTIFY_LETTER = "NOTIFY_LETTER"
    PRINT = "PRINT"
    VIA_POLICE = "VIA_POLICE"
    VIA_ADVISER = "VIA_ADVISER"

    @property
    def words(self) -> str:
        """Say it inside a sentence."""
        return _WORDS[self]


_WORDS = {
    Way.EMAIL: "by e-mail",
    Way.NOTIFY_EMAIL: "by e-mail through GOV.UK Notify",
    Way.NOTIFY_LETTER: "by post through GOV.UK Notify",
    Way.PRINT: "by post, printed here",
    Way.VIA_POLICE: "through the police",
    Way.VIA_ADVISER: "through an adviser",
}
ASKED_FOR = {
    Channel.POST: {Way.PRINT, Way.NOTIFY_LETTER},
    Channel.EMAIL: {Way.EMAIL, Way.NOTIFY_EMAIL},
    Channel.VIA_POLICE: {Way.VIA_POLICE},
    Channel.VIA_ADVISER: {Way.VIA_ADVISER},
}
FIRST_WAY = {
    Channel.EMAIL: Way.EMAIL,
    Channel.VIA_POLICE: Way.VIA_POLICE,
    Channel.VIA_ADVISER: Way.VIA_ADVISER,
}
ROUTES = {
    Channel.POST: "by post",
    Channel.EMAIL: "by e-mail",
    Channel.VIA_POLICE: "through the police",
    Channel.VIA_ADVISER: "through an adviser",
}
BY_POST = {Way.PRINT, Way.NOTIFY_LETTER}
BY_EMAIL = {Way.EMAIL, Way.NOTIFY_EMAIL}


class Lock(StrEnum):
    """A reason against contact that only a named person may overrule."""

    OPTED_OUT = "OPTED_OUT"
    OTHER_ROUTE = "OTHER_ROUTE"
    UNSAFE_ADDRESS = "UNSAFE_ADDRESS"
    UNSAFE_EMAIL = "UNSAFE_EMAIL"
    PLAIN_ENVELOPE = "PLAIN_ENVELOPE"
    NOTE_NOT_ANSWERED = "NOTE_NOT_ANSWERED"
    UNSAFE_UNREAD = "UNSAFE_UNREAD"


# What the record says in words is answered; what it says plainly is overruled.
ANSWERED = frozenset({Lock.NOTE_NOT_ANSWERED, Lock.UNSAFE_UNREAD})


@dataclass(frozen=True, slots=True)
class Locked:
    """One thing that stands against it, in words; `within` is a lock that says the same and more.

    Such a one is told only once the other is gone.
    """

    lock: Lock
    words: str
    within: Lock | None = None


def locks_on_making(case: CaseFile) -> tuple[Locked, ...]:
    """Return what stands against writing to this person at all."""
    return tuple(_opted_out(case.recipient))


def locks_on_sending(case: CaseFile, way: Way) -> tuple[Locked, ...]:
    """Return what stands against sending the letter by a way."""
    reader = case.recipient
    return (
        *note_unanswered(reader),
        *_opted_out(reader),
        *_other_route(reader, way),
        *_unsafe_place(reader, way),
        *_envelope(reader, way),
    )


def locks_standing(case: CaseFile, way: Way, overruled: Collection[str] = ()) -> tuple[Locked, ...]:
    """Return what stands against a way and nobody overruled, each thing once."""
    left = [each for each in locks_on_sending(case, way) if each.lock.value not in overruled]
    standing = {each.lock for each in left}
    return tuple(each for each in left if each.within not in standing)


def note_unanswered(reader: Recipient) -> Iterator[Locked]:
    """Yield the locks of what the record says in words until somebody who may decide answers it.

    A note, or a line among what must not be used that is no one place, can mean any address or
    way, so to choose a way is no answer to it.
    """
    if reader.safe_contact.answer:
        return
    if unread := [f"“{each}”" for each in lines_unread(reader.safe_contact)]:
        yield Locked(
            Lock.UNSAFE_UNREAD,
            f"{list_words(unread)} must not be used, and could not be read as one address, number "
            "or e-mail address, so every way is locked. Write one a line, under “How can this "
            "person be reached?”.",
        )
    if reader.safe_contact.note:
        yield Locked(
            Lock.NOTE_NOT_ANSWERED,
            f"The record says: “{reader.safe_contact.note}” Nobody who may decide it has said yet "
            "which way is safe.",
        )


def lines_unread(safe: SafeContact) -> list[str]:
    """Return each line of what must not be used that is not wholly one place."""
    lines = (*safe.unsafe_addresses, *safe.unsafe_emails, *safe.unsafe_phones)
    return [each for each in lines if reads_as(each) is Reads.NOTHING]


def way_asked_for(reader: Recipient) -> Way:
    """Return the way by which the record wants a letter to go: printed here unless it says more."""
    return FIRST_WAY.get(reader.channel, Way.PRINT)


def _opted_out(reader: Recipient) -> Iterator[Locked]:
    if reader.has_opted_out:
        yield Locked(Lock.OPTED_OUT, "This person asked not to be told.")


def _other_route(reader: Recipient, way: Way) -> Iterator[Locked]:
    asked = ASKED_FOR.get(reader.channel, set())
    if asked and way not in asked:
        yield Locked(
            Lock.OTHER_ROUTE,
            f"It is recorded that letters to this person go {ROUTES[reader.channel]}, not "
            f"{way.words}.",
        )


def _unsafe_place(reader: Recipient, way: Way) -> Iterator[Locked]:
    safe, address = reader.safe_contact, ", ".join(reader.address)
    unread = lines_unread(safe)
    if way in BY_POST:
        yield from _marked(
            Lock.UNSAFE_ADDRESS,
            "The address is marked as one that is not safe, or may be one that is.",
            [each for each in safe.unsafe_addresses if is_same_address(address, each)],
            unread,
        )
    if way in BY_EMAIL:
        lines = [each for each in safe.unsafe_emails if is_same_email(reader.email, each)]
        lines += [each for each in unread if is_email_in(reader.email, each)]
        yield from _marked(
            Lock.UNSAFE_EMAIL,
            "The e-mail address is marked as one that is not safe.",
            lines,
            unread,
        )


def _marked(
    lock: Lock, words: str, lines: Collection[str], unread: Collection[str]
) -> Iterator[Locked]:
    """Yield the lock of a place that lines mark, all of which may stand in ones that are unread.

    Those lock more than that already, and are told first.
    """
    said = " ".join(map(spelt_email, unread))
    is_within = all(each in unread or spelt_email(each) in said for each in lines)
    if lines:
        yield Locked(lock, words, Lock.UNSAFE_UNREAD if is_within else None)


def _envelope(reader: Recipient, way: Way) -> Iterator[Locked]:
    if way is Way.NOTIFY_LETTER and reader.safe_contact.plain_envelope:
        yield Locked(
            Lock.PLAIN_ENVELOPE,
            "A plain envelope is asked for. What stands on the envelopes of GOV.UK Notify is not "
            "ours to say.",
        )


def as_overruled(case: CaseFile, overruled: Collection[str]) -> CaseFile:
    """Return a case as a letter is put together from it once some locks were overruled."""
    reader = case.recipient
    changed: dict[str, object] = {}
    if Lock.OTHER_ROUTE in overruled and reader.address:
        changed["channel"] = Channel.POST
    if Lock.UNSAFE_ADDRESS in overruled:
        safe = reader.safe_contact
        others = [each for each in safe.unsafe_addresses if not is_own_address(reader, each)]
        changed["safe_contact"] = safe.model_copy(update={"unsafe_addresses": tuple(others)})
    return case.model_copy(update={"recipient": reader.model_copy(update=changed)})


def locks_left(case: CaseFile, overruled: Collection[str]) -> tuple[Locked, ...]:
    """Return what stands against a letter by the way that is recorded and nobody overruled."""
    asked = as_overruled(case, overruled)
    return locks_standing(asked, way_asked_for(asked.recipient), overruled)


def is_own_address(reader: Recipient, unsafe: str) -> bool:
    """Say whether something that is not safe is the address or e-mail address of the record."""
    return is_same_address(", ".join(reader.address), unsafe) or is_same_email(reader.email, unsafe)


def is_same_place(value: str, unsafe: str) -> bool:
    """Say whether an address, number or e-mail address is one that is not safe."""
    if "@" in value:
        is_unread = reads_as(unsafe) is Reads.NOTHING
        return is_same_email(value, unsafe) or (is_unread and is_email_in(value, unsafe))
    if any(letter.isalpha() for letter in value):
        return is_same_address(value, address_in(unsafe))
    return is_same_phone(value, unsafe)

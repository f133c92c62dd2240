"""What a field stands for, worked out from a case; empty where the record does not say.

A value that is recorded but may not be used is refused with the reason: an address that is not
safe, somebody who has left.
"""

from collections.abc import Callable
from datetime import date

from forthright.rules.addresses import is_same_address
from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.case_file import (
    CaseFile,
    Channel,
    ContactKind,
    DecisionKind,
    LetterKind,
    SupportService,
)
from forthright.rules.contact_lock import Way, way_asked_for
from forthright.rules.letter_blocks import naming, slots
from forthright.rules.letter_blocks.addressing import envelope_lines, too_long_for_window
from forthright.rules.letter_blocks.area_facts import (
    complaint_contact,
    fitting_services,
    is_live,
    live_contact,
    staff_named,
)
from forthright.rules.letter_blocks.reply_rules import (
    ReplyEdition,
    latest_promise,
    reply_edition,
)
from forthright.rules.plain_charges import charges_for_reader
from forthright.rules.words import capitalised, date_words

# What is written into a box that has to be filled, and says nothing to the person.
NO_CHANGE = {"", "n/a", "na", "nil", "no", "no change", "none", "not applicable", "nothing",
             "nothing changed", "nothing has changed", "unknown", "yes"}  # fmt: skip
Value = str | tuple[str, ...]
# Seven lines are what fits in the window of the envelope; see letter_files/letter_page.py.
IN_AREA = "Ask your administrator to add it to the Area’s details"


class ValueRefused(ValueError):
    """A value is recorded but may not be used in a letter; says why and what to do."""


def address_lines(case: CaseFile) -> Value:
    """Return the lines for the envelope, by the route that is recorded.

    :raises ValueRefused: if the address is marked as unsafe or does not fit the window
    """
    reader = case.recipient
    way = way_asked_for(reader)
    if way is Way.VIA_ADVISER and not reader.adviser:
        return ()
    if way is Way.PRINT and not reader.address:
        return () if reader.channel is Channel.POST else (naming.name_on_envelope(reader),)
    own = ", ".join(reader.address)
    unsafe = reader.safe_contact.unsafe_addresses
    if way is Way.PRINT and any(is_same_address(own, each) for each in unsafe):
        raise ValueRefused(
            "The address is marked as one that is not safe. Record a safe way to reach the person."
        )
    if too_long := too_long_for_window(reader, way, case.letter.dated or date.max):
        raise ValueRefused(too_long)
    return envelope_lines(reader, way)


def private_mark(case: CaseFile) -> Value:
    """Return the mark for a private letter, unless the person's safety asks for a plain one."""
    return () if case.recipient.safe_contact.plain_envelope else ("Private: for you only",)


def said_date(on: date | None) -> str:
    """Say a day: "4 June 2026"; nothing for no day."""
    return date_words(on) if on else ""


def answer_by(case: CaseFile) -> str:
    """Return the day by which a full answer comes.

    :raises ValueRefused: if that day is not after the day of the letter, or is too far off
    """
    on, dated = case.letter.next_on or case.letter.due_on, case.letter.dated
    if on and dated and on <= dated:
        raise ValueRefused(
            "The day by which the person will have an answer is not after the day of this letter. "
            "Record a later day."
        )
    edition = reply_edition(dated)
    latest = latest_promise(dated, published_bank_holidays().calendar) if on else None
    if on and edition and latest and on > latest:
        raise ValueRefused(too_far_off(edition, latest))
    return said_date(on)


def too_far_off(edition: ReplyEdition, latest: date) -> str:
    """Say that a promised day is further off than the setting lets it be, and the mend."""
    return (
        f"A holding letter may promise an answer within {edition.holding.most_working_days} "
        f"working days, so name a day on or before {date_words(latest)}. If the answer takes "
        "longer, another holding letter says so then."
    )


def complaint_stage(name: str) -> Callable[[CaseFile], str]:
    """Return the function that finds who looks at a complaint at one of its stages."""

    def of(case: CaseFile) -> str:
        edition = reply_edition(case.letter.dated)
        return str(getattr(edition.complaint, name)) if edition else ""

    return of


def earlier_letter(case: CaseFile) -> str:
    """Return the letter that this one puts right."""
    on = case.letter.earlier_letter_on
    return f"our letter of {date_words(on)}" if on else "our last letter to you"


def offence(case: CaseFile) -> str:
    """Return the offence as it reads inside a sentence; a child gets plain words or nothing."""
    if case.recipient.is_child:
        return inside(case.offence_in_plain_words)
    return inside(case.offence_in_plain_words or case.offence)


def charge_before(case: CaseFile) -> str:
    """Return the charge before it was changed; a child gets plain words or nothing."""
    return inside(charges_for_reader(case)[0])


def charge_now(case: CaseFile) -> str:
    """Return the charge as it is now; a child gets plain words or nothing."""
    return inside(charges_for_reader(case)[1])


def inside(words: str) -> str:
    """Return a noun phrase as it stands inside a sentence: no capital but of a name or letters."""
    words = words.strip().rstrip(".")
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def sentence(words: str) -> str:
    """Return words as a sentence, with a capital and a stop."""
    words = words.strip()
    return capitalised(words if words.endswith((".", "?", "!")) or not words else f"{words}.")


def charges(case: CaseFile) -> Value:
    """Return each charge, with whose it is where several are accused; a child gets plain words."""
    if case.recipient.is_child:
        return tuple(filter(None, (capitalised(offence(case)),)))
    told = naming.accused_of_decision(case)
    if len(told) == 1:
        return tuple(capitalised(each) for each in told[0].charges)
    return tuple(
        f"{naming.full_name(each)}: {inside(charge)}" for each in told for charge in each.charges
    )


def signatory(case: CaseFile) -> str:
    """Return who signs.

    :raises ValueRefused: if they do not work in the Area on the day of the letter
    """
    return _of_staff(case, case.letter.signatory)


def signatory_role(case: CaseFile) -> str:
    """Return the role of the person who signs.

    :raises ValueRefused: if they do not work in the Area on the day of the letter
    """
    member = staff_named(case, _of_staff(case, case.letter.signatory))
    return member.role if member else ""


def contact(case: CaseFile) -> str:
    """Return whom the reader can ask: the contact, or else the person who signs.

    :raises ValueRefused: if they do not work in the Area on the day of the letter
    """
    return slots.body_inside(_of_staff(case, case.letter.contact_name or case.letter.signatory))


def _of_staff(case: CaseFile, name: str) -> str:
    """Return a name that a letter may give its reader to turn to.

    :raises ValueRefused: if nobody of that name works in the Area on the day of the letter
    """
    if not name:
        return ""
    member = staff_named(case, name)
    if member is None:
        raise ValueRefused(f"{name} is not among the staff of {case.area.name}. {IN_AREA}.")
    if not is_live(member.left_on, case):
        raise ValueRefused(f"{name} has left {case.area.name}. Name somebody who works there.")
    return name


def contact_value(kind: ContactKind) -> Callable[[CaseFile], str]:
    """Return the function that finds the Area’s live contact of a kind."""

    def of(case: CaseFile) -> str:
        found = live_contact(case, kind)
        return found.value if found else ""

    return of


def contact_hours(case: CaseFile) -> str:
    """Return when the telephone is answered."""
    found = live_contact(case, ContactKind.PHONE)
    return slots.hours_inside(found.hours) if found else ""


def complaint_route(case: CaseFile) -> str:
    """Return how to make a complaint, to follow the words “to do so”."""
    found = complaint_contact(case)
    return slots.way_to_do_it(found.value) if found else ""


def support_services(case: CaseFile) -> Value:
    """Return the services that fit the case, each once, with how to reach it."""
    return tuple(dict.fromkeys(_service(each) for each in fitting_services(case)))


def _service(service: SupportService) -> str:
    ways = ", ".join(way for way in (service.phone, service.web) if way)
    return f"{service.name}: {ways}" if ways else service.name


def deciding_facts(case: CaseFile) -> Value:
    """Return each fact of the reasons note as a sentence."""
    return tuple(sentence(each) for each in case.note.facts) if case.note else ()


def what_changed(case: CaseFile) -> str:
    """Return what changed, from the reasons note, as a sentence; nothing where nothing did."""
    changed = case.note.changed if case.note else ""
    bare = " ".join(changed.casefold().split()).strip(" .-–—")
    return "" if bare in NO_CHANGE else sentence(changed)


def hearing_date(case: CaseFile) -> str:
    """Return the day of a hearing that is still to come on the day of the letter."""
    on, dated = case.court.hearing_on if case.court else None, case.letter.dated
    return "" if on is None or (dated is not None and on < dated) else date_words(on)


def review_body(case: CaseFile) -> str:
    """Return who does the review."""
    return slots.body_inside(case.review_right.body) if case.review_right else ""


def review_how(case: CaseFile) -> str:
    """Return how to ask for a review, to follow the words “to do so”."""
    return slots.way_to_do_it(case.review_right.how) if case.review_right else ""


def review_ask_by(case: CaseFile) -> str:
    """Return the last day to ask for a review."""
    return said_date(case.review_right.ask_by) if case.review_right else ""


def first_decision(case: CaseFile) -> str:
    """Say the decision that a review looked at again: "to stop the case against Daniel Price"."""
    if case.decision is None or not offence(case):
        return ""
    named, crime = naming.accused_names(case), offence(case)
    part = "the part of the case" if case.decision.rest_goes_on else "the case"
    it = f"{part} against {named} about {crime}"
    return {
        DecisionKind.DISCONTINUED: f"to stop {it}",
        DecisionKind.NO_EVIDENCE_OFFERED: f"not to go on with {it}",
        DecisionKind.LEFT_ON_FILE: f"to leave {it} on file",
        DecisionKind.NO_FURTHER_ACTION: f"not to charge {naming.accused_apart(case)} over {crime}",
        DecisionKind.CHARGED: f"to charge {named} over {crime}",
    }.get(case.decision.kind, f"to change the charge against {named} about {crime}")


def about_in_full(case: CaseFile) -> str:
    """Return the whole name of the person the letter is about, where that is not its reader."""
    about = naming.person_about(case)
    return naming.full_name(about) if about else ""


def about(case: CaseFile) -> str:
    """Return the first name of the person the letter is about, where that is not its reader."""
    about = naming.person_about(case)
    return naming.first_name(about) if about else ""


def due_on(case: CaseFile) -> str:
    """Return the day the letter was due; a holding letter’s day is that of the answer."""
    return said_date(case.letter.due_on) if case.letter.kind is not LetterKind.HOLDING else ""

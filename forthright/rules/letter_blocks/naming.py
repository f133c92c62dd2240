"""How a letter calls people: the reader, the person it is about, and the accused."""

from forthright.rules.case_file import (
    Accused,
    AccusedStatus,
    CaseFile,
    PersonName,
    Recipient,
    Relation,
)
from forthright.rules.words import list_words

# After a verdict the word says what happened, and "offender" is not used at all.
STATUS_WORDS = {
    AccusedStatus.SUSPECT: "suspect",
    AccusedStatus.DEFENDANT: "defendant",
    AccusedStatus.ACQUITTED: "person charged",
    AccusedStatus.CONVICTED: "person convicted",
}


def full_name(person: PersonName) -> str:
    """Return given and family name, without a title."""
    return " ".join(part for part in (person.given_names, person.family_name) if part)


def first_name(person: PersonName) -> str:
    """Return the given names, or title and family name where none are recorded."""
    return person.given_names or titled_name(person)


def titled_name(person: PersonName) -> str:
    """Return title and family name, or the whole name where there is no title."""
    return f"{person.title} {person.family_name}" if person.title else full_name(person)


def name_on_envelope(recipient: Recipient) -> str:
    """Return the reader's name for an address: by the name they use, where one is recorded."""
    if recipient.preferred_name and not _prefers_surname(recipient):
        called = _preferred_in_full(recipient)
        is_titled = called.split()[0] == recipient.title or recipient.is_child
        return called if is_titled or not recipient.title else f"{recipient.title} {called}"
    parts = (
        "" if recipient.is_child else recipient.title,
        recipient.given_names,
        recipient.family_name,
    )
    return " ".join(part for part in parts if part)


def name_after_dear(recipient: Recipient) -> str:
    """Return the name a letter greets its reader by.

    The preferred name comes first, unless it is only the family name, which greets nobody. A
    child is greeted by first name. Without a title nobody is given one: "Dear Amira Begum".
    """
    if recipient.preferred_name and not _prefers_surname(recipient):
        if recipient.is_child:
            return recipient.preferred_name
        return _preferred_in_full(recipient)
    if recipient.is_child and recipient.given_names:
        return recipient.given_names
    return titled_name(recipient)


def _preferred_in_full(recipient: Recipient) -> str:
    """Return a preferred name with the family name, unless it is a whole name already."""
    preferred, family = recipient.preferred_name, recipient.family_name
    return preferred if " " in preferred else f"{preferred} {family}"


def _prefers_surname(recipient: Recipient) -> bool:
    return recipient.preferred_name.casefold() == recipient.family_name.casefold()


def person_about(case: CaseFile) -> PersonName | None:
    """Return the person the letter is about where that is not its reader."""
    return case.recipient.about


def whom(case: CaseFile) -> str:
    """Say whom it happened to: "you", "Zara", "Leon", "your business"."""
    if case.recipient.relation is Relation.VICTIM:
        return "you"
    if case.recipient.relation is Relation.BUSINESS:
        return "your business"
    about = person_about(case)
    return "" if about is None else first_name(about)


def accused_of_decision(case: CaseFile) -> tuple[Accused, ...]:
    """Return those of the accused that the decision is about: all, where the case names none."""
    named = {each.casefold() for each in case.decision.against} if case.decision else set()
    told = tuple(
        each
        for each in case.accused
        if not named.isdisjoint({full_name(each).casefold(), each.family_name.casefold()})
    )
    return told or case.accused


def accused_names(case: CaseFile) -> str:
    """Name everybody that the decision is about: "Daniel Price and Kim Lowe"."""
    return list_words([full_name(each) for each in accused_of_decision(case)])


def accused_apart(case: CaseFile) -> str:
    """Call the accused by what they are, or by name where others are accused besides."""
    has_others = len(case.accused) > 1 or any(
        each.role.casefold() in ("defendant", "suspect") for each in case.others
    )
    return accused_names(case) if has_others else accused_as(case)


def goes_on(case: CaseFile) -> str:
    """Say what of the case goes on: the case against the others accused, or its rest."""
    told = accused_of_decision(case)
    rest = [full_name(each) for each in case.accused if each not in told]
    return (
        f"The case against {list_words(rest)} goes on." if rest else "The rest of the case goes on."
    )


def accused_as(case: CaseFile) -> str:
    """Call the accused by what they are: "the suspect", "the defendants"; never by name."""
    told = accused_of_decision(case)
    if not told:
        return ""
    words = {STATUS_WORDS[each.status] for each in told}
    word = words.pop() if len(words) == 1 else "person accused"
    if len(told) == 1:
        return f"the {word}"
    plural = word.replace("person", "people") if "person" in word else f"{word}s"
    return f"the {plural}"


def verb_for_accused(case: CaseFile, *, one: str, many: str) -> str:
    """Return the form of a verb that fits how many are accused."""
    return one if len(accused_of_decision(case)) == 1 else many

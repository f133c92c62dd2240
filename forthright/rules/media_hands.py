"""Whom a disc or stick may go to, by what is on it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from forthright.rules.firm_names import OF_A_FIRM, firm_words
from forthright.rules.words import list_words


class Receiver(StrEnum):
    """What kind of receiver a disc goes to; who it is exactly is written beside it."""

    POLICE = "POLICE"
    UNIT = "UNIT"
    COURT = "COURT"
    DEFENCE = "DEFENCE"
    COUNSEL = "COUNSEL"
    OTHER = "OTHER"
    # Of a hand-over from before anybody was asked who got the disc; nobody chooses it.
    NOT_SAID = "NOT_SAID"

    @property
    def words(self) -> str:
        """Say it as people choose it."""
        return {
            Receiver.POLICE: "The police",
            Receiver.UNIT: "This unit, or its own store",
            Receiver.COURT: "The court",
            Receiver.DEFENCE: "The defence",
            Receiver.COUNSEL: "Prosecuting counsel",
            Receiver.OTHER: "Somebody else, or not said",
            Receiver.NOT_SAID: "Nobody recorded to whom",
        }[self]


# Whoever holds what is sensitive by right: the police gave it, the unit decides on it.
MAY_HOLD_SENSITIVE = (Receiver.POLICE, Receiver.UNIT)
# Of these the name of the place alone says whether it may be with a party.
TOLD_BY_PLACE = (Receiver.OTHER, Receiver.NOT_SAID)
PARTIES = (Receiver.COURT, Receiver.DEFENCE, Receiver.COUNSEL)
# Parties that may have what the defence of the case may not, such as something it has with parts
# hidden.
BUT_THE_DEFENCE = (Receiver.COURT, Receiver.COUNSEL)


# Of what many firms are called, these tell none from another.
OF_MANY_FIRMS = OF_A_FIRM | {"partner", "partners", "associates", "law", "legal", "of"}
AND = {"and"}  # as often written “&”, which is no word
TITLES = {"mr", "mrs", "ms", "miss", "dr", "messrs"}
# Whoever has one of these before their name is an officer, and not whoever is called as they are.
RANKS = {
    "constable", "dc", "dci", "det", "detective", "di", "ds", "insp", "inspector", "officer", "pc",
    "pcso", "ps", "sergeant", "sgt", "supt", "wpc",
}  # fmt: skip
WORDS_FOR = (
    (Receiver.COURT, ("crown court", "magistrates court", "the court")),
    (Receiver.COUNSEL, ("counsel", "barrister")),
    (Receiver.DEFENCE, ("defence", "defendant")),
)
# Where something sensitive is on a disc, one of these is enough to ask.
HINTS = {
    Receiver.COURT: {
        "court",
        "courthouse",
        "courtroom",
        "courts",
        "hhj",
        "hmcts",
        "judge",
        "judges",
        "magistrate",
        "magistrates",
    },
    Receiver.COUNSEL: {"counsel", "barrister", "barristers", "chambers", "kc"},
    Receiver.DEFENCE: {"defence", "defendant", "solicitor", "solicitors", "llp"},
}
# “Justice” alone is also of others, such as the Criminal Justice Unit of a police force. The last
# is how the Central Criminal Court is called.
COURT_SAID = (
    "mr justice", "mrs justice", "ms justice", "lord justice", "lady justice", "old bailey",
)  # fmt: skip
# A recorder is also what films, and the letters are also those of first names, so each is a judge
# only before a name; see `_holds_a_judge` for who has a rank.
A_JUDGE = re.compile(r"\b(?:(?i:recorder)(?: of)?|D?DJ(?: \(MC\))?) [A-Z]")
# Before a word for a street these are no court: “3 Court Street”. A judge may be called Hill.
IN_STREETS = {"court", "courthouse", "courts", "magistrates"}
STREETS = {
    "avenue", "close", "drive", "gardens", "hill", "lane", "place", "rd", "road", "row", "street",
    "way",
}  # fmt: skip
# What units of the prosecution are called themselves.
OWN = ("crown court unit", "crown court team", "magistrates court unit", "magistrates court team")


@dataclass(frozen=True)
class Parties:
    """The parties of the cases of which a recording is on a disc, by all that they are called.

    :param firms: all that ever represented somebody in one of these cases
    :param defendants: the defendants by their whole name
    :param families: the defendants by their family name
    :param contacts: the named contacts of the firms
    :param emails: the addresses of the firms
    """

    firms: set[str] = field(default_factory=set)
    defendants: set[str] = field(default_factory=set)
    families: set[str] = field(default_factory=set)
    contacts: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)


def party_named(receiver: Receiver, name: str, around: Parties) -> Receiver | None:
    """Return which party a name says, though another kind of receiver was chosen; or nothing.

    A colleague or an officer may be called as a defendant or a solicitor is, and a shelf may be in
    a court, so for the unit and the police only the address of a firm counts, and its whole name,
    with or without what says that it is one. Somebody else, the court and counsel may be called by
    one name of theirs as well; of what else reads like a party, see `party_hinted` and
    `defence_hinted`.
    """
    if receiver is Receiver.DEFENCE:
        return None
    said = firm_words(name)
    alone = _without(said, OF_A_FIRM)
    is_firm = alone and any(alone == _without(firm_words(each), OF_A_FIRM) for each in around.firms)
    whole = _without(said, AND)
    firms = (_without(firm_words(each), AND) for each in around.firms | around.emails)
    if is_firm or any(_holds(whole, each) for each in firms):
        return Receiver.DEFENCE
    if receiver in MAY_HOLD_SENSITIVE:
        return None
    people = [firm_words(each) for each in around.defendants]
    people += [own for each in around.contacts if len(own := _person(each)) > 1]
    is_person = any(_holds(said, each) for each in people)
    found = [
        kind for kind, words in WORDS_FOR if any(_holds(said, each.split()) for each in words)
    ]  # fmt: skip
    if receiver in BUT_THE_DEFENCE:
        # Counsel may be in court, and a court has a room for counsel.
        found = [each for each in found if each is Receiver.DEFENCE]
    return Receiver.DEFENCE if is_person else next(iter(found), None)


def party_hinted(name: str, around: Parties) -> Receiver | None:
    """Return which party a name may be, where a disc with something sensitive goes; or nothing.

    It goes by less than `party_named`, such as one name of somebody, so that somebody is asked, not
    refused.
    """
    said = _without_own(name)
    if any(_begins_as(said, firm_words(each)) for each in around.firms):
        return Receiver.DEFENCE
    if any(_holds(said, firm_words(each)) for each in around.defendants | around.emails):
        return Receiver.DEFENCE
    if _names_a_family(said, around):
        return Receiver.DEFENCE
    if any(map(_holds_a_judge, _parts_of(name))):
        return Receiver.COURT
    return next((kind for kind, words in HINTS.items() if words & set(said)), None)


def court_hinted(name: str) -> bool:
    """Say whether a name reads like that of a court or of a judge, and not of a street.

    Where something sensitive goes, a street is enough to ask, see `party_hinted`.
    """
    return any(_holds_a_judge(each) or _names_a_court(each) for each in _parts_of(name))


def _parts_of(name: str) -> list[str]:
    """Return what stands between the commas of a name; a street in the one is not of the other."""
    return re.split(r"[,;]", " ".join(name.split()))


def _names_a_court(part: str) -> bool:
    said = _without_own(part)
    for place, word in enumerate(said, start=1):
        behind = said[place:]
        # “St” is of a street where it is the last word, and else of a saint.
        is_street = behind == ["st"] or bool(STREETS & set(behind[:1]))
        if word in HINTS[Receiver.COURT] and not (word in IN_STREETS and is_street):
            return True
    return False


def _holds_a_judge(part: str) -> bool:
    """Say whether part of a name is that of a judge, or of the court by what it is known by."""
    if any(_holds(firm_words(part), each.split()) for each in COURT_SAID):
        return True
    found = A_JUDGE.search(part)
    return found is not None and not RANKS & set(firm_words(part[: found.start()])[-3:])


def _without_own(name: str) -> list[str]:
    """Return the words of a name without what units of the prosecution are called."""
    said = firm_words(name)
    for each in OWN:
        said = _cut_out(said, firm_words(each))
    return said


def defence_hinted(receiver: Receiver, name: str, around: Parties) -> bool:
    """Say whether the court or counsel is called by a name of somebody of the defence.

    Counsel may have the family name of a defendant, so that somebody is asked, not refused.
    """
    return receiver in BUT_THE_DEFENCE and _names_a_family(firm_words(name), around)


def _names_a_family(said: Sequence[str], around: Parties) -> bool:
    families = [firm_words(each) for each in around.families]
    families += [_person(each)[-1:] for each in around.contacts]
    return any(_is_one_of(said, each) for each in families)


def _person(contact: str) -> list[str]:
    """Return the names of a contact, without their title, what they are and their number."""
    said = _without(firm_words(contact), OF_MANY_FIRMS | TITLES)
    return [each for each in said if each.isalpha()]


def _is_one_of(said: Sequence[str], family: Sequence[str]) -> bool:
    """Say whether words name somebody of a family, or what is theirs, and no officer."""
    if not family:
        return False
    for own in ([*family], [*family[:-1], f"{family[-1]}s"]):
        for place in range(len(said) - len(own) + 1):
            before = said[max(place - 3, 0) : place]
            if list(said[place : place + len(own)]) == own and not RANKS & set(before):
                return True
    return False


def names_one(name: str, *, firms: Collection[str], people: Collection[str]) -> bool:
    """Say whether a name holds that of one of some firms or people, however either is written."""
    said = firm_words(name)
    alone = _without(said, OF_A_FIRM)
    return any(
        _holds(alone, own) if (own := _without(words, OF_A_FIRM)) else _holds(said, words)
        for words in map(firm_words, firms)
    ) or any(_holds(said, firm_words(each)) for each in people)


def _begins_as(said: Sequence[str], firm: Sequence[str]) -> bool:
    """Say whether a name begins as that of a firm does; an officer has a rank before theirs."""
    rest = _without(said, OF_MANY_FIRMS | TITLES)
    own = _without(firm, OF_MANY_FIRMS)
    return bool(rest and own) and (rest[0] == own[0] or set(rest) <= set(own))


def _cut_out(words: Sequence[str], part: Sequence[str]) -> list[str]:
    """Return words without some others that stand among them, one after the other."""
    size = len(part)
    for place in range(len(words) - size + 1):
        if size and list(words[place : place + size]) == list(part):
            return [*words[:place], *words[place + size :]]
    return list(words)


def _without(words: Sequence[str], others: Collection[str]) -> list[str]:
    return [each for each in words if each not in others]


def _holds(words: Sequence[str], part: Sequence[str]) -> bool:
    """Say whether some words stand among others, one after the other."""
    size = len(part)
    return bool(size) and any(
        list(words[place : place + size]) == list(part) for place in range(len(words) - size + 1)
    )


def why_not_to(
    receiver: Receiver, *, is_sensitive: bool, is_unassessed: bool, kept_back: Sequence[str] = ()
) -> str:
    """Return why a disc must not be with a receiver, with what to do; nothing if it may.

    :param is_sensitive: it holds a sensitive recording, or the same file as one
    :param is_unassessed: it holds a recording of which no prosecutor said what it is
    :param kept_back: each other recording on it that may be shared with nobody, and why not
    """
    if is_sensitive and receiver not in MAY_HOLD_SENSITIVE:
        return (
            "A sensitive recording is on this disc or stick. It goes to the police or to this "
            "unit, and to nobody else. Put what may be given on another one."
        )
    if is_unassessed and receiver in PARTIES:
        return (
            "A recording that nobody has classified is on this disc or stick. It goes to neither "
            "court, defence nor counsel before a prosecutor has said what each recording on it is."
        )
    if kept_back and receiver in PARTIES:
        return (
            f"On this disc or stick is what may be shared with no party: {list_words(kept_back)}. "
            "It goes to neither court, defence nor counsel. Only what a prosecutor relies on, or "
            "discloses as unused, does: put that on another one, or have the recording classified "
            "so, or taken up again, if it is part of the case."
        )
    return ""


def asks_why_not_court(receiver: Receiver, name: str, *, has_unused: bool) -> bool:
    """Say whether a disc goes to a receiver only with why that is not the court.

    Somebody else is asked whatever is on it, as more may be found to be; an officer or a shelf may
    be in a court every day, and so is counsel, of whom less is asked.
    """
    if receiver is Receiver.COUNSEL:
        return has_unused and _is_called_as_the_court(name)
    is_asked = has_unused and receiver in MAY_HOLD_SENSITIVE
    return court_hinted(name) and (is_asked or receiver in TOLD_BY_PLACE)


def _is_called_as_the_court(name: str) -> bool:
    """Say whether a name is that of a judge or a court, and not of somebody who is in one."""
    first = _parts_of(name)[0]
    someone = TITLES | HINTS[Receiver.COUNSEL]
    is_place = _names_a_court(first) and not someone & set(firm_words(first))
    return is_place or _holds_a_judge(first)


def asks_why_no_party(receiver: Receiver, *, is_kept_from_parties: bool) -> bool:
    """Say whether a disc goes to a receiver only with why that is no party, whatever its name.

    :param is_kept_from_parties: on it is what no party may have, or not as it came
    """
    return is_kept_from_parties and receiver is Receiver.OTHER


def needs_reason(receiver: Receiver, *, is_unknown: bool) -> bool:
    """Say whether a disc goes to a receiver only with a reason that somebody writes.

    :param is_unknown: nobody has recorded what is on it, so that nothing can be looked up
    """
    return is_unknown and receiver not in MAY_HOLD_SENSITIVE

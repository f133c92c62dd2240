"""Whether the letter names the offence and the court of its case, and no other."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks.kinds.presence import place_to_add
from forthright.rules.letter_checks.matchers.dates import dates_in
from forthright.rules.letter_checks.sentences import words_of
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import Sentence, plain_copy
from forthright.rules.plain_charges import charges_for_reader, only_repeats, plain_words_of

COURT = re.compile(
    r"\b([A-Z][\w’'-]++(?: (?:and|upon|on|&|[A-Z][\w’'-]++)){0,4}) "
    r"(Magistrates[’']? Court|Magistrates[’'] court|Crown Court|Youth Court)|"
    r"\b(Central Criminal) (Court)|\b(Old) (Bailey)"
)
LOOSE_COURT = re.compile(
    r"\b[Cc]ourt (?:in|at) ([A-Z][a-z][\w’'-]+)|\b([A-Z][a-z][\w’'-]+) [Mm]ags\b"
)
AT_CROWN_COURT = re.compile(r"\b(?:at|in|before) the crown court\b")
SITS = re.compile(
    r"\b(?:hearing|trial|sentenc\w+|heard|tried|listed|"
    r"(?:is|be|will be|appear\w*) (?:at|in|before) the crown)\b"
)
# Of a magistrates' case: a trial that might come, in the Crown Court of the same place.
MIGHT_GO_UP = re.compile(
    r"(?<!\byou )\b(?:would|may|might|could)(?: then| later| also| still| well)* "
    r"(?:be|go|move|happen|take place|pass|send)\b[^.;]{0,50}$"
)
THE_HEARING = re.compile(r"\b(?:the|this|that|your) hearing\b")
# Of a Crown Court case: where it began, before the magistrates of the same place.
BEGAN_THERE = re.compile(
    r"\b(?:first|began|begun|started|sent|originally|at the start|before it (?:went|came|was))\b"
)
IS_TO_COME = re.compile(r"\b(?:will|shall|is|are|need(?:ed)? (?:not|to)|please)\b")
DAY_WORDS = words_of(
    """
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday spring summer autumn winter england wales
    """
)
NOT_PLACES = words_of(
    """
    the a an this that your our their at in to from of and or if when which why because but so
    his her
    """
)  # fmt: skip
CHARGE_WORD = re.compile(r"[a-z]{4,}")
ABOUT_THE_CHARGE = re.compile(
    r"\b(?:charge[ds]?|offences?|accused of|(?:case|crime|report|offence|charge) of|guilty of|"
    r"prosecut\w+|convicted of|suspected of|pleaded|trial for|evidence of|"
    r"[a-z]+ (?:of|on|at|from|against) you(?:rs?)?|[a-z]+ to (?:kill )?you)\b"
)
AS_IT_HAPPENED = re.compile(
    r"\b(?:the|this|that) [a-z ]{4,30} (?:took place|happened|of \d|on \d|that you suffered)|"
    r"\byou were\b|\bdamage to your\b"
)
# "The Theft Act" is a law, and "the burglary team" are people.
OF_A_LAW = re.compile(r"(?: and [a-z]+)? (?:act|acts|bill|guidelines?|team|unit|squad)\b")
# "The robbery at your shop": what happened, at a place.
THE_ONE = re.compile(r"\b(?:the|this|that|your) $")
AT_A_PLACE = re.compile(r" (?:at|in|on|near|outside|by) ")
# "He was not charged with assault, since stalking is the more serious offence" tells the two apart.
NOT_CHARGED = re.compile(
    r"\b(?:(?:not|never)(?: (?:also|separately|been|be|being|going to|to))* "
    r"(?:charg(?:e|ed|ing)|prosecut(?:e|ed|ing)|accused|tried)|no (?:\w+ )?charge|"
    r"rather than|instead of)\b[^.;]{0,40}$"
)
ABOUT_HELP = re.compile(r"\b(?:support|help|helpline|advice|service|charity|victims of)\b")

SAME_WORDS = (
    "is the name of an offence, and a child reads this letter. The record only repeats it where "
    "its plain words belong: say there, in a child’s words, what it is about."
)


@cache
def offence_names() -> dict[str, tuple[str, ...]]:
    """Return the words that name an offence, each with other words that a record may use for it."""
    text = files("forthright.rules").joinpath("data/offence_words.toml").read_text("utf-8")
    return {row["words"]: tuple(row["same_as"]) for row in tomllib.loads(text)["offence"]}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(offence_names(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


def words_of_record(case: CaseFile) -> str:
    """Return all that the record says of what happened, in small letters."""
    said = [case.offence, case.offence_in_plain_words, *(each.what for each in case.dates)]
    said += [charge for each in case.accused for charge in each.charges]
    if case.decision:
        said += [case.decision.from_charge, case.decision.to_charge]
        said += plain_words_of(case).values()
    if case.note:
        said += [case.note.decided, *case.note.facts, case.note.changed]
    letter = case.letter
    said += [letter.correction_of, letter.correction_right, letter.next_step]
    said += [letter.reply_to, letter.reply_outcome]
    said += [flag.replace("_", " ") for flag in case.flags] + [case.offence_group.replace("_", " ")]
    return plain_copy(" ; ".join(said))


def offence(subject: Subject) -> Iterator[Hit]:
    """Yield an offence named as the charge of this case that is none of its charges."""
    case = subject.case
    if case is None or not case.offence:
        return
    if not any(each in subject.plain for each in offence_names()):
        return
    record = words_of_record(case)
    for found in subject.matches(_pattern()):
        sentence = subject.letter.sentence_at(found.start())
        if sentence is None or not (
            sentence.paragraph.is_body or sentence.paragraph.part == "HEADING"
        ):
            continue
        near = subject.plain[sentence.start : sentence.end]
        if (
            _is_of(record, found.group())
            or OF_A_LAW.match(subject.plain, found.end())
            or ABOUT_HELP.search(near)
            or _is_told_apart(subject, sentence, found, record)
            or not (
                ABOUT_THE_CHARGE.search(near)
                or AS_IT_HAPPENED.search(near)
                or _is_at_a_place(subject, found)
            )
        ):
            continue
        yield Hit(
            *found.span(),
            f"“{found.group()}” is not an offence of this case. The record says: {case.offence}.",
            case.offence_in_plain_words or case.offence,
        )


def _is_told_apart(subject: Subject, sentence: Sentence, found: re.Match[str], record: str) -> bool:
    """Say whether a sentence names a charge only to say that it is not the one of this case."""
    before = subject.plain[sentence.start : found.start()]
    if NOT_CHARGED.search(before) is None:
        return False
    beside = subject.plain[sentence.start : sentence.end].replace(found.group(), " ")
    return any(_is_of(record, each.group()) for each in _pattern().finditer(beside))


def noted_offence(subject: Subject) -> Iterator[Hit]:
    """Yield an offence that the note names as the case's, and that no charge of the record is.

    The letter is put together from both, so that one of the two is wrong in it.
    """
    case = subject.case
    if case is None or case.note is None or not case.offence:
        return
    noted = {each.group() for each in _pattern().finditer(plain_copy(case.note.decided))}
    charges = _words_of_charges(case)
    strange = {each for each in noted if not _is_of(charges, each)}
    for found in subject.matches(_pattern()) if strange else ():
        sentence = subject.letter.sentence_at(found.start())
        if found.group() in strange and sentence is not None and sentence.paragraph.is_body:
            yield Hit(
                *found.span(),
                f"The reasons note says “{found.group()}”, and the record’s charge is "
                f"{case.offence}. One of the two is wrong.",
                "Ask the prosecutor which it is, and have the note or the record mended.",
            )
            return


def _words_of_charges(case: CaseFile) -> str:
    said = [case.offence, case.offence_in_plain_words]
    said += [charge for each in case.accused for charge in each.charges]
    if case.decision:
        said += [case.decision.from_charge, case.decision.to_charge]
        said += plain_words_of(case).values()
    said += [flag.replace("_", " ") for flag in case.flags]
    return plain_copy(" ; ".join(said))


def _is_at_a_place(subject: Subject, found: re.Match[str]) -> bool:
    before = subject.plain[max(0, found.start() - 6) : found.start()]
    after = AT_A_PLACE.match(subject.plain, found.end())
    return THE_ONE.search(before) is not None and after is not None


def _is_of(record: str, words: str) -> bool:
    return any(each in record for each in (words, *offence_names()[words]))


def missing(subject: Subject) -> Iterator[Hit]:
    """Yield a letter that never says which offence it is about."""
    case = subject.case
    if case is None or not case.offence:
        return
    wanted = [plain_copy(each) for each in (case.offence, case.offence_in_plain_words) if each]
    wanted += [plain_copy(charge) for each in case.accused for charge in each.charges]
    text = " ".join(subject.plain.split())
    if any(each in text for each in wanted):
        return
    days = {each.on for each in case.dates}
    if any(each.day in days for each in dates_in(subject, year=subject.as_of.year)):
        return
    record = words_of_record(case)
    named = {found.group() for found in subject.matches(_pattern())}
    words = {word for each in wanted for word in re.findall(r"[a-z]{5,}", each)}
    if any(_is_of(record, each) for each in named) or any(word in text for word in words):
        return
    place = place_to_add(subject, "opening")
    yield Hit(place.start, place.end, suggestion=case.offence_in_plain_words or case.offence)


def court(subject: Subject) -> Iterator[Hit]:
    """Yield the name of a court that is not the court of this case."""
    case = subject.case
    if case is None or case.court is None:
        return
    own = _key(case.court.name)
    told = _key(words_of_record(case))
    yield from _loosely_named(subject, case, own)
    for found in COURT.finditer(subject.letter.text):
        first, last = [each for each in found.groups() if each]
        words = first.split()
        while words and words[0].lower() in NOT_PLACES:
            words.pop(0)
        name = " ".join([*words, last])
        is_known = _key(name) in own or own in _key(name) or _key(name) in told
        is_beside = is_known or _is_other_stage(subject, found, own, _key(name))
        if words and not is_beside:
            yield Hit(
                found.end() - len(name),
                found.end(),
                f"The record says that the court is {case.court.name}.",
                case.court.name,
            )


def _loosely_named(subject: Subject, case: CaseFile, own: str) -> Iterator[Hit]:
    """Yield "court in Dunsby", "Dunsby Mags" or "at the Crown Court" where it is another."""
    right = case.court.name if case.court else ""
    for found in subject.matches(LOOSE_COURT, exact=True):
        place = plain_copy(found[1] or found[2])
        if place not in subject.known | NOT_PLACES | DAY_WORDS and place not in own:
            yield Hit(*found.span(), f"The record says that the court is {right}.", right)
    is_named = "crown court" in own or "crown court" in words_of_record(case)
    for found in subject.matches(AT_CROWN_COURT) if not is_named else ():
        sits = SITS.search(subject.letter.around(found.start()))
        if sits and not _might_go_up(subject, found.start()):
            yield Hit(*found.span(), f"The record says that the court is {right}.", right)


def _is_other_stage(subject: Subject, found: re.Match[str], own: str, other: str) -> bool:
    """Say whether a court of the same place is where the case began, or where it might go."""
    place, _, kind = own.partition(" magistrates court")
    if own != place:
        return not kind and other == f"{place} crown court" and _might_go_up(subject, found.start())
    place, _, kind = own.partition(" crown court")
    near = subject.letter.around(found.start())
    return (
        own != place
        and other == f"{place} magistrates court"
        and BEGAN_THERE.search(near) is not None
        and IS_TO_COME.search(near) is None
    )


def _might_go_up(subject: Subject, place: int) -> bool:
    """Say whether the sentence speaks of a later hearing that might be in the Crown Court."""
    before = " ".join(subject.letter.said_before(place).split()) + " "
    return MIGHT_GO_UP.search(before) is not None and THE_HEARING.search(before) is None


def _key(text: str) -> str:
    return re.sub(r"[^a-z ]", "", plain_copy(text))


def altered_charge(subject: Subject) -> Iterator[Hit]:
    """Yield a letter on an altered charge that does not say from what and to what."""
    case = subject.case
    if case is None or case.decision is None:
        return
    was, is_now = charges_for_reader(case)
    for words, other, which in ((was, is_now, "was"), (is_now, was, "is now")):
        of_other = set(CHARGE_WORD.findall(plain_copy(other)))
        every = set(CHARGE_WORD.findall(plain_copy(words)))
        # Only the words in which the two differ tell the one from the other.
        wanted = every - of_other or every
        here = sum(each in subject.plain for each in wanted)
        if wanted and here * 2 < len(wanted):
            place = place_to_add(subject, "opening")
            message = f"The letter does not say what the charge {which}: {words}."
            yield Hit(place.start, place.end, message, f"the charge {which} {words}")
            return


NOW_CHARGED = re.compile(
    r"\b(?:will (?:now |still )?(?:be tried for|face|stand trial for|be in court for)|"
    r"(?:is|remains?) (?:now |still )?(?:charged with|accused of)|"
    r"(?:now|still) faces?|new charge (?:is|of)|charge is now)\b"
)
FROM_TO = re.compile(r"\bfrom ([^.]{3,90}?) to ([^.]{3,90})")
IN_OTHER_WORDS = re.compile(r"\b(?:not|no longer|instead|rather|was|were|if)\b")


def old_charge(subject: Subject) -> Iterator[Hit]:
    """Yield words that say that the charge that ended is the charge now."""
    case = subject.case
    if case is None or case.decision is None:
        return
    told = charges_for_reader(case)
    was, is_now = (set(CHARGE_WORD.findall(plain_copy(each))) for each in told)
    old, new = was - is_now, is_now - was
    for sentence in subject.letter.body:
        near = subject.plain[sentence.start : sentence.end]
        found = NOW_CHARGED.search(near)
        turned = FROM_TO.search(near)
        said = set(CHARGE_WORD.findall(near[found.end() :])) if found else set()
        is_old = bool(said & old) and not set(CHARGE_WORD.findall(near)) & new
        if found and is_old and not IN_OTHER_WORDS.search(near):
            yield Hit(sentence.start, sentence.end)
        elif turned and _has(turned.group(1), new, old) and _has(turned.group(2), old, new):
            yield Hit(sentence.start, sentence.end, "The two charges have changed places.")


def _has(text: str, wanted: set[str], unwanted: set[str]) -> bool:
    words = set(CHARGE_WORD.findall(text))
    return bool(words & wanted) and not words & unwanted


def bare_charge(subject: Subject) -> Iterator[Hit]:
    """Yield the name of an offence in a child's letter, where plain words for it are recorded."""
    case = subject.case
    if case is None or not case.recipient.is_child:
        return
    for name, instead in plain_words_of(case).items():
        pattern = re.compile(_as_written(name))
        # Plain words that hold the name among others say that a child may read it; the name
        # alone, written again, says nothing in plain words.
        is_same = only_repeats(instead, name)
        if not is_same and pattern.search(plain_copy(instead)):
            continue
        for found in subject.matches(pattern):
            message = f"“{found.group()}” {SAME_WORDS}" if is_same else ""
            yield Hit(*found.span(), message, "" if is_same else instead)


def _as_written(words: str) -> str:
    """Return a pattern for words wherever they stand, whatever the spaces between them."""
    parts = (re.escape(each) for each in plain_copy(words).strip(" .").split())
    return r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)"

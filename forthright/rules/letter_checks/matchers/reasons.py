"""Whether the letter gives this case's reasons, and keeps to itself what must not be said."""

import re
from collections.abc import Iterator, Set
from functools import cache, lru_cache

from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks.kinds.presence import place_to_add
from forthright.rules.letter_checks.matchers.charges import words_of_record
from forthright.rules.letter_checks.matchers.topics import told_by_topic
from forthright.rules.letter_checks.people import full_name, may_be_named
from forthright.rules.letter_checks.sentences import sentence_ends, words_of
from forthright.rules.letter_checks.spelling import common_words
from forthright.rules.letter_checks.stems import stem_of
from forthright.rules.letter_checks.subject import Hit, Subject, hit
from forthright.rules.letter_checks.text import Sentence, Span, key_of, plain_copy

WORD = re.compile(r"[a-z0-9][a-z0-9'-]+")
EMPTY = words_of(
    """
    a about after again all also an and any are as at be because been before being but by can
    could did do does done for from further get got had has have he her him his how if in into
    is it its just know may me more most must my no nor not now of on one only or other our out
    over said same say see she should so some such than that the their them then there these
    they this those through to told too two under up us very was we well were what when where
    which while who why will with would you your upon within without case charge decision
    evidence court police decided person people told tell think made make mr mrs ms miss
    """
)
# What the prosecutor asks of the writer is no part of the secret: "do not mention the arrest".
ORDERS = frozenset(
    stem_of(each)
    for each in words_of(
        """
        mention mentions refer reference say include disclose reveal avoid leave nothing anything
        any fact details letter note never give keep talk discuss
        """
    )
)
# A word that many letters hold says little unless it is as long as this.
LEAST_TELLING = 5
# What is done in every case tells no secret.
ORDINARY = frozenset(
    stem_of(each)
    for each in words_of(
        """
        seen heard found went came took gave left stood asked rang called used known spoke wrote
        read looked sent met lived worked
        """
    )
)
NAME_WITHIN = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]{3,}")
WHY = re.compile(
    r"\b(?:because|reasons?|why|as a result|this means that|which is why|since the|due to|"
    r"without (?:the|that|this|these|it)|based on|so (?:that|there|the|we|i|it)|evidence|"
    r"follows? from|comes? from|needs? proof|(?:must|have to|had to|has to) (?:show|prove)|"
    r"led (?:me|us) to|the law asks)\b"
)
OF_NAMES = re.compile(
    r"['’]s? (?:name|address|identity)\W*$|^(?:the )?(?:names?|identity) of\b|"
    r"^who\b.* (?:is|was|are|were)\W*$",
    re.I,
)
LEAST_OF_FACT = 0.5
LEAST_OF_REASON = 0.7
LEAST_OF_CHANGE = 0.25
LEAST_OF_SECRET = 0.6
# Where the template's words are not known, the share is estimated, and so counted with more room.
LEAST_SHARE = 15
LEAST_ESTIMATED = 10
# Words of facts under which a note gives a letter little to say.
LEAST_GIVEN = 40
ASK_FOR_MORE = (
    "Ask the prosecutor to add to the reasons what was looked at, what it showed and what that "
    "meant for the case; then put the letter together again."
)
OF_PEOPLE = ("person", "writer")
FITS_ANYBODY = (
    "Only {number} of a hundred words tell what happened in this case; the other words that were "
    "added to the template would fit anybody."
)


@lru_cache(maxsize=4096)
def weighty(text: str) -> frozenset[str]:
    """Return the words of a text that carry its meaning, without their endings."""
    return frozenset(stem_of(each) for each in WORD.findall(plain_copy(text)) if each not in EMPTY)


def reasons(subject: Subject) -> Iterator[Hit]:
    """Yield a letter that holds none of the facts of the reasons note."""
    case = subject.case
    if case is None or case.note is None or not subject.letter.body:
        return
    if not any(_is_told(subject, fact) for fact in case.note.facts):
        place = place_to_add(subject)
        fact = case.note.facts[0].rstrip(".")
        yield Hit(place.start, place.end, suggestion=f"Say why, for example: {fact}.")


def why(subject: Subject) -> Iterator[Hit]:
    """Yield a letter that says nothing like "because", and tells no fact of the note well."""
    note = subject.case.note if subject.case else None
    if WHY.search(subject.plain) or not subject.letter.body:
        return
    facts = note.facts if note else ()
    if not any(_is_told(subject, each, least=LEAST_OF_REASON) for each in facts):
        yield place_to_add(subject)


def what_changed(subject: Subject) -> Iterator[Hit]:
    """Yield a letter that leaves out what changed since the person last heard."""
    case = subject.case
    if case is None or case.note is None or not case.note.changed or not subject.letter.body:
        return
    if not _is_told(subject, case.note.changed, least=LEAST_OF_CHANGE):
        place = place_to_add(subject)
        yield Hit(place.start, place.end, suggestion=f"Say what changed: {case.note.changed}")


def _is_told(subject: Subject, fact: str, *, least: float = LEAST_OF_FACT) -> bool:
    """Say whether neighbouring sentences of the letter hold enough of a fact's weighty words.

    Two may tell a fact of one or two sentences; a fact of more may be told in as many as it has.
    """
    wanted = weighty(fact)
    weights = [weighty(each.text) for each in subject.letter.body]
    size = max(2, sum(1 for _ in sentence_ends(fact, 0, len(fact))))
    told = (frozenset().union(*weights[first : first + size]) for first in range(len(weights)))
    return any(len(wanted & each) >= least * len(wanted) for each in told)


def must_not_say(subject: Subject) -> Iterator[Hit]:
    """Yield each sentence that says what the reasons note says must not be said."""
    case = subject.case
    if case is None or case.note is None:
        return
    for secret in case.note.must_not_say:
        if found := subject.plain.find(plain_copy(secret).rstrip(".")) + 1:
            yield Hit(found - 1, found - 1 + len(secret.rstrip(".")), suggestion="Take it out.")
            continue
        for name in _names_told(subject, secret):
            yield hit(name, suggestion="Take it out.")
        yield from _otherwise_told(subject, secret, case)


def _otherwise_told(subject: Subject, secret: str, case: CaseFile) -> Iterator[Hit]:
    """Yield each sentence that tells a secret in other words, and words of its topic elsewhere.

    Words of the template tell no secret: they stand in every letter.
    """
    topical = [each for each in told_by_topic(subject, secret, case)
               if not _is_of_template(subject, each.start)]  # fmt: skip
    wanted = _wanted(secret, case)
    own = _own(wanted, case)
    for sentence in subject.letter.sentences:
        within = [each for each in topical if sentence.start <= each.start < sentence.end]
        level = _told_by(sentence, wanted, own) if wanted else ""
        if level and not _is_template(subject, sentence):
            is_grave = any(each.level == "stop" for each in within)
            yield hit(sentence, suggestion="Take it out.", level="stop" if is_grave else level)
        else:
            yield from within


def _wanted(secret: str, case: CaseFile) -> Set[str]:
    """Return the weighty words of a secret; none where the name itself is the secret."""
    if OF_NAMES.search(secret):
        return set()
    return weighty(secret) - weighty(_names_that_may_stand(case)) - ORDERS


def _own(wanted: Set[str], case: CaseFile) -> Set[str]:
    """Return the words of a secret that the rest of the record does not hold, the rare ones if any.

    "The man in the grey coat was seen by an informant" tells no more than "informant" where the
    grey coat is a deciding fact, which the letter has to tell.
    """
    own = wanted - weighty(words_of_record(case))
    return own - _common_stems() or own - ORDINARY or own


def _told_by(sentence: Sentence, wanted: Set[str], own: Set[str]) -> str:
    """Return how grave it is that a sentence holds the weighty words of a secret, if it does.

    Most of them, in whatever form and order, stop a letter, if there are two at least and one is
    the secret's own. One word alone does where few letters hold it; another is warned of.
    """
    said = weighty(sentence.text)
    here = len(wanted & said)
    if not here or (own and not own & said):
        return ""
    if len(wanted) > 1:
        is_most = here >= 2 and here >= LEAST_OF_SECRET * len(wanted)
        is_rare = len(own) == 1 and own < wanted and not own <= _common_stems()
        return "stop" if is_most or is_rare else ""
    is_rare = not wanted <= _common_stems()
    return "stop" if is_rare else "warn" if len(min(wanted)) >= LEAST_TELLING else ""


def _is_template(subject: Subject, sentence: Sentence) -> bool:
    return any(
        start <= sentence.start and sentence.end <= end
        for start, end, origin in subject.template_spans
        if origin not in OF_PEOPLE
    )


@cache
def _common_stems() -> frozenset[str]:
    return frozenset(stem_of(each) for each in common_words())


def _names_told(subject: Subject, secret: str) -> Iterator[Span]:
    """Yield the names and places in the letter that only the secret tells."""
    names = {key_of(each) for each in NAME_WITHIN.findall(secret)}
    for name in sorted(names & set(subject.letter.capitals)):
        if name not in subject.known and name not in common_words():
            yield from (subject.letter.words[each] for each in subject.letter.capitals[name])


def _names_that_may_stand(case: CaseFile) -> str:
    return " ".join(f"{full_name(each)} {each.title}" for each in may_be_named(case))


def person_share(subject: Subject) -> Iterator[Hit]:
    """Yield a letter whose share of words about this person is small.

    Where the template's words are known, all other words are about the person. Where they are
    not, the sentences that hold a fact, a name, a day or a place of the record are.
    """
    body = subject.letter.body
    if not body or (subject.case is None and not subject.template_spans):
        return
    share = share_about_person(subject)
    least = LEAST_SHARE if subject.template_spans else LEAST_ESTIMATED
    place = place_to_add(subject)
    if share < least:
        said = {"number": said_share(subject)}
        yield Hit(place.start, place.end, *_of_thin_note(subject, said["number"]), said=said)
    elif _leaves_facts_out(subject) and (told := _share_told(subject)) < least:
        yield Hit(place.start, place.end, FITS_ANYBODY.format(number=f"{told:.0f}"))


def _of_thin_note(subject: Subject, number: str) -> tuple[str, str]:
    """Return what to say where a letter says little because the prosecutor gave little."""
    note = subject.case.note if subject.case else None
    given = sum(len(each.split()) for each in (*note.facts, note.changed)) if note else LEAST_GIVEN
    if given >= LEAST_GIVEN or not subject.template_spans:
        return "", ""
    message = (
        f"Only {number} of a hundred words are about this person and this case, because the "
        f"reasons note is thin: it has {given} words of facts."
    )
    return message, ASK_FOR_MORE


def said_share(subject: Subject) -> str:
    """Return the share as it is said to people: "12"."""
    return f"{share_about_person(subject):.0f}"


def share_about_person(subject: Subject) -> float:
    """Return how many of a hundred words of the body are about this person and this case."""
    body = subject.letter.body
    if subject.template_spans:
        words = [each for each in subject.letter.words if _is_in_body(subject, each.start)]
        own = [each for each in words if not _is_of_template(subject, each.start)]
        return 100 * len(own) / max(1, len(words))
    counts = [(len(each.text.split()), _is_about(each, subject)) for each in body]
    about = sum(number for number, is_about in counts if is_about)
    return 100 * about / max(1, sum(number for number, _ in counts))


def _leaves_facts_out(subject: Subject) -> bool:
    """Say whether words were added to a template, and not all facts of the note are among them."""
    note = subject.case.note if subject.case else None
    if note is None or not subject.template_spans:
        return False
    return not all(_is_told(subject, each) for each in note.facts)


def _share_told(subject: Subject) -> float:
    """Return how many of a hundred words of the body are the writer's and tell of this case.

    They do where their sentence holds a fact, a name, a day or a place of the record.
    """
    words = [each for each in subject.letter.words if _is_in_body(subject, each.start)]
    about = [each for each in subject.letter.body if _is_about(each, subject)]
    told = [each for each in words if not _is_of_template(subject, each.start)
            and any(one.start <= each.start < one.end for one in about)]  # fmt: skip
    return 100 * len(told) / max(1, len(words))


def _is_of_template(subject: Subject, place: int) -> bool:
    return any(
        start <= place < end
        for start, end, origin in subject.template_spans
        if origin not in OF_PEOPLE
    )


def _is_in_body(subject: Subject, place: int) -> bool:
    sentence = subject.letter.sentence_at(place)
    return sentence is not None and sentence.paragraph.is_body


def _is_about(sentence: Sentence, subject: Subject) -> bool:
    case = subject.case
    if case is None:
        return False
    said = weighty(sentence.text)
    facts = [*case.note.facts, case.note.changed] if case.note else []
    if any(len(weighty(each) & said) >= 2 for each in facts if each):
        return True
    small = plain_copy(sentence.text)
    names = [each.family_name.lower() for each in case.accused] + [
        plain_copy(each) for each in case.places
    ]
    return any(each in small for each in names if each)

"""Which words of a loud sentence can be no name where they stand, by the word before each.

Whatever may be somebody's name stays hidden after a strange word, a title or an initial, and after
a word that leads to a name (“AND”, “AGAINST”). Only what nobody is called goes on after a name of
which the record knows nothing: “KATE CALL HAVE BEEN CHARGED” leaves “HAVE BEEN CHARGED”.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache

from forthright.anonymiser.capital_words import listed

IN_THE_RECORD = "#record"
STRANGE = "#strange"

ARE = frozenset(["are", "has", "have", "is", "was", "were"])
MODALS = frozenset(["can", "could", "may", "must", "should", "will", "would"])
# Of these, what is no family name likely enough to stand after a strange word.
SURE_MODALS = frozenset(["could", "should", "will", "would"])
NOT = frozenset(["never", "not"])
BE = frozenset(["be", "been", "being"])
STILL = frozenset(["also", "now", "still", "yet"])
DID = frozenset(["did", "do", "does"])
DETERMINERS = frozenset(["his", "its", "our", "that", "the", "their", "these", "this", "those",
                         "your"])  # fmt: skip
# What leads to a name, too; what stands after one of them may be it.
LEADS = frozenset(["about", "after", "against", "and", "at", "before", "between", "but", "by",
                   "for", "from", "in", "of", "on", "or", "to", "with", "without"])  # fmt: skip
# Of these, what a sentence begins with and nobody is called.
BEGINS = frozenset(["about", "after", "against", "before", "for", "from", "with", "without"])
# What leads to an offence, too: “CHARGED WITH RAPE”.
LEADS_TO_WHAT = frozenset(["for", "from", "of", "to", "with"])
CLAUSES = frozenset(["although", "because", "how", "if", "that", "what", "when", "where", "which",
                     "while", "who", "why"])  # fmt: skip
WE = frozenset(["it", "she", "they", "we"])
THEM = frozenset(["him", "them", "us", "you"])
PLEADS = frozenset(["found", "is", "not", "plead", "pleaded", "pleads", "was"])
SAYS = frozenset(["admits", "denies", "faces"])
TAKES_WHAT = SAYS | {"admit", "admitted", "denied", "deny", "face", "faced", "give", "pleaded",
                     "prove", "proved", "review", "reviewed"}  # fmt: skip
# Of what leads on, what turns no meaning round if it is hidden, and is a name of some.
MAY_BEGIN_A_NAME = frozenset(["about", "after", "at", "before", "between", "for", "in", "on"])
LEFT = frozenset(["case", "charge", "contact", "further", "longer", "trial"])


def plain_at(
    said: Sequence[str], *, before: str, after: str, breaks: Collection[int]
) -> list[int]:  # fmt: skip
    """Return which words of a loud sentence are plain, by their place in it.

    What stands `before` and `after` them in small letters counts too, and after a comma a word goes
    on with nothing.
    """
    words = [*said, after, ""]
    plain: list[bool] = []
    last, one_before = before, ""
    for number, word in enumerate(said):
        if number in breaks and last != STRANGE:
            last = ""
        is_plain = _is_plain(word, (one_before, last), (words[number + 1], words[number + 2]))
        # “We told IN MARSDEN”.
        is_given = not number and bool(before) and words[1] == IN_THE_RECORD
        is_plain = is_plain and not (is_given and word in ARE | CLAUSES | DETERMINERS | LEADS)
        # “MARSDEN WILL lodge an appeal”.
        is_last = number + 1 == len(said) and last == IN_THE_RECORD
        is_plain |= is_last and word in MODALS and after not in {"", STRANGE, *ARE}
        plain.append(is_plain)
        one_before, last = last, word if is_plain or word == IN_THE_RECORD else STRANGE
    for number in range(len(said) - 2, -1, -1):
        is_name_next = not plain[number + 1] and said[number + 1] != IN_THE_RECORD
        last = said[number - 1] if number else ""
        plain[number] = plain[number] and not (is_name_next and _may_begin(said[number], last))
    return [number for number, each in enumerate(plain) if each]


def _may_begin(word: str, last: str) -> bool:
    """Say whether a plain word before a strange one may be the first of a name with it."""
    if word in MAY_BEGIN_A_NAME | DETERMINERS | CLAUSES | THEM | _nouns():
        return True
    return last in LEADS and word in ARE | {"never"}


def is_said(said: Sequence[str]) -> bool:
    """Say whether plain words alone say something: “THIS IS OUR DECISION”."""
    return len(said) > 2 and not ARE.isdisjoint(said)


def _is_plain(word: str, before: tuple[str, str], after: tuple[str, str]) -> bool:
    if word in {IN_THE_RECORD, STRANGE}:
        return False
    if before[1] == STRANGE:
        return _goes_on_after_a_name(word, after)
    is_double = before[1] == IN_THE_RECORD and after[0] in ARE  # “DEAN HEARD HAS”
    if is_double and word not in NOT | {"and", "but", "or", "which", "who"}:
        return False
    if word in ARE | NOT | CLAUSES | DETERMINERS:
        return _goes_on(word, before[1], after[0])
    return is_denied(word) or any(each(word, before, after) for each in KINDS)


def is_denied(word: str) -> bool:
    """Say whether a word is “won't”, “didn't” and the like."""
    return word.endswith("n't")


def _goes_on(word: str, last: str, after: str) -> bool:
    """Say whether what is nobody's name alone goes on as it does in a sentence."""
    after_lead = last in LEADS
    ends = {"", *LEADS, *ARE, *MODALS}
    if word in NOT:
        return word == "not" or not after_lead or after in listed("done") | {"been"}
    if word in ARE:
        return after not in ARE and (bool(after) or not after_lead)
    if word in {"that", "this", "which", "who", "what"}:
        return bool(after) or not after_lead
    is_asked = word in {"how", "when", "where", "why", "these", "those"}
    return (is_asked and not after_lead) or after not in ends


def _goes_on_after_a_name(word: str, after: tuple[str, str]) -> bool:
    """Say whether what stands after a strange word can be no part of a name."""
    if is_denied(word):
        return True
    done = listed("done") | listed("been done")
    if word in ARE:
        return after[0] in {"been", "being", *NOT, *STILL} | done
    if word in NOT:
        return after[0] in {"been", "be", "to", "guilty"} | done | listed("to do")
    if word in SURE_MODALS:
        return _is_to_do(after)
    return word in {"did", "does"} and after[0] in NOT


def _is_to_do(after: tuple[str, str]) -> bool:
    """Say whether what follows “will” is what somebody is to do: “FACE”, and not “FACE HAS”."""
    if after[0] in NOT:
        return after[1] not in ARE | listed("done")
    if after[0] == "have":
        return after[1] == "to"
    return after[0] in listed("to do") | {"be"} and after[1] not in ARE


def _is_helper(word: str, before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Say whether a word is “will”, “did”, “had”, “been” and the like, and no name."""
    last = before[1]
    if word in MODALS:
        return _is_to_do(after) and (word in SURE_MODALS or last not in LEADS)
    if word in DID:
        return after[0] in NOT and not (word == "do" and last in LEADS)
    if word == "had":
        return last not in LEADS | {""} and after[0] in {"been", *NOT} | listed("done")
    if word in BE:
        helpers = MODALS | {"to", "cannot"} if word == "be" else ARE | {"had"}
        return last in helpers | NOT | STILL
    return word == "cannot" or (word in STILL and last in ARE | NOT | MODALS)


def _is_done(word: str, before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Say whether a word is a verb that its place makes one: “CHARGED”, “HAS BEEN TOLD”."""
    last = before[1]
    if word in listed("been done"):
        return last in BE
    if word in SAYS:
        return last in {IN_THE_RECORD, "who"}
    if word not in listed("done"):
        return False
    is_second = last == "and" and before[0] in listed("done")
    does = {IN_THE_RECORD, "case", "longer", "trial", "which", "who", *WE, *listed("what")}
    is_helped = is_denied(last) or last in ARE | NOT | BE | STILL | {"had"}
    return is_helped or ((is_second or last in does) and after[0] not in ARE)


def _is_asked_for(word: str, before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Say whether a word is what somebody is to do or is found: “TO CALL”, “NOT GUILTY”."""
    last = before[1]
    if word in {"guilty", "innocent"}:
        return last in PLEADS
    is_told = is_denied(last) or last in MODALS | {"cannot", "not", "to"}
    return word in listed("to do") and is_told and after[0] not in ARE


def _is_what(word: str, before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Say whether a word is what a case is about: “DECISION”, “OF ASSAULT”, “THE CASE”."""
    last = before[1]
    begins = not last and (after[0] in LEADS | {"not"} or after[0] == IN_THE_RECORD)
    if word in listed("what"):
        told = DETERMINERS | LEADS_TO_WHAT | TAKES_WHAT | {IN_THE_RECORD, "further", "no"}
        return last in told or begins
    if word in listed("the what"):
        return last in DETERMINERS | {"face", "faces", "faced", "further", "no", "without"} or (
            not last and after[0] in {"against", "of"}
        )
    return word == "important" and not last


def _leads(word: str, before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Say whether a word leads from a plain one to another, or to a name."""
    last = before[1]
    if word not in LEADS or last in LEADS or (not last and word not in BEGINS):
        return False
    what = listed("to do") | listed("what") | DETERMINERS | THEM | {"be", IN_THE_RECORD}
    return word != "to" or after[0] in what


def _is_between(word: str, before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Say whether a word is “the”, “we”, “no” and the like, and no name."""
    last = before[1]
    if word in WE:
        is_one = word in {"it", "she"}
        does = ARE - ({"are", "have", "were"} if is_one else {"has", "is", "was"})
        does |= MODALS | DID | {"cannot", "had"} | listed("done")
        return last in CLAUSES | {"", "and", "but"} and after[0] in does
    if word in THEM:
        return last in listed("to do")
    if word == "no":
        return last not in LEADS and after[0] in LEFT | listed("what")
    return word in {"further", "longer"} and last == "no"


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    return listed("what") | listed("the what")


KINDS = (_is_helper, _is_done, _is_asked_for, _is_what, _leads, _is_between)

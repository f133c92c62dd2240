"""Where sentences end, which a full stop alone does not say: "s.39", "Mr. Lee", "10 a.m."."""

import re
from collections.abc import Iterator, Sequence

CANDIDATE = re.compile(r"[.?!…]+[\"'”’)\]*_]*(?=\s|$)")
BEFORE = re.compile(r"[^\s(\[\"“‘]*$")
AFTER = re.compile(r"\s*[\"'“‘(\[*_]*(\S*)")


def words_of(line: str) -> frozenset[str]:
    """Return the words of a line as a set."""
    return frozenset(line.split())


NEVER_LAST = words_of(
    "mr mrs ms miss mx dr prof rev hon rt sr jr st messrs insp sgt supt det cllr capt lt col "
    "e.g i.e eg ie viz cf v vs s ss ch sch para paras art arts reg regs r rr cl approx "
    "tel ext ref nos pp esq"
)
SELDOM_LAST = words_of(
    "a.m p.m am pm etc ltd plc co u.k u.s jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue tues wed thu thur thurs fri sat sun"
)
BEFORE_NUMBER = words_of("no nos p pp fig vol")
GO_ON = words_of(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december"
)
INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")


def sentence_ends(
    text: str, start: int, end: int, names: Sequence[str] = ()
) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a paragraph starts and ends."""
    kept = [
        found.span() for name in names for found in re.finditer(re.escape(name), text[start:end])
    ]
    began = start
    for found in CANDIDATE.finditer(text, start, end):
        within = found.start() - start
        if any(first <= within < last for first, last in kept):
            continue
        if not _is_end(text, began, found, end):
            continue
        yield began, found.end()
        began = found.end()
        while began < end and text[began].isspace():
            began += 1
    if text[began:end].strip():
        yield began, end


def _is_end(text: str, began: int, found: re.Match[str], end: int) -> bool:
    if found.group()[0] in "?!":
        return True
    before = BEFORE.search(text, max(began, found.start() - 40), found.start())
    word = (before.group() if before else "").strip("*_")
    after = AFTER.match(text, found.end(), end)
    following = after.group(1) if after else ""
    if not following:
        return True
    small = word.lower()
    is_initial = INITIALS.fullmatch(word) and word != "I" and following[0].isupper()
    if small in NEVER_LAST or following[0].islower() or is_initial:
        return False
    if small in BEFORE_NUMBER:
        return not following[0].isdigit()
    return small not in SELDOM_LAST or following.lower().strip(".,") not in GO_ON

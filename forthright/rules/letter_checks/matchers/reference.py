"""Whether the letter gives the reference of its own case, and no other."""

import re
from collections.abc import Iterator

from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.urn import NotAUrn, read_urn

WRITTEN = re.compile(
    r"\b\d{2}[ \u00a0/.-]?[A-Z0-9]{2}[ \u00a0/.-]?\d{5}[ \u00a0/.-]?\d{2}\b", re.IGNORECASE
)
TELEPHONE = re.compile(r"[\d ]+")


def reference(subject: Subject) -> Iterator[Hit]:
    """Yield each reference in the letter that is not this case's."""
    if subject.case is None:
        return
    own = _root(subject.case.urn)
    of_week = {_root(other.urn) for other in subject.case.week}
    for found in WRITTEN.finditer(subject.letter.text):
        root = _root(found.group())
        if root in (own, "") or root in of_week or _is_telephone(found.group()):
            continue
        yield Hit(
            *found.span(),
            f"{found.group()} is not the reference of this case, {subject.case.urn}.",
            subject.case.urn,
        )


def missing(subject: Subject) -> Iterator[Hit]:
    """Yield the head of a letter that gives no reference at all."""
    if subject.case is None:
        return
    own = _root(subject.case.urn)
    written = re.sub(r"[^a-z0-9]", "", subject.plain).upper()
    if own not in written and not WRITTEN.search(subject.letter.text):
        yield Hit(0, 0, suggestion=f"Our reference: {subject.case.urn}")


def _root(text: str) -> str:
    try:
        return read_urn(text).root
    except NotAUrn:
        return re.sub(r"[^A-Z0-9]", "", text.upper())


def _is_telephone(text: str) -> bool:
    return TELEPHONE.fullmatch(text) is not None and text.startswith("0")

"""Compares the digest that the sender of a recording declared with those of the files kept here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SHA256_DIGITS = 64
# Digests that others work out and this product does not, by how many digits they have.
OTHERS = {32: "an MD5", 40: "a SHA-1", 96: "a SHA-384", 128: "a SHA-512"}
NAMED = re.compile(r"^\s*(?:sha-?\d*|md5)\s*[:=]?\s+|^\s*(?:sha-?\d+|md5)\s*[:=]\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Compared:
    """What the comparison came to, in words; it differs if no file here is what was declared."""

    words: str
    differs: bool = False


def compare_digest(declared: str, kept: Sequence[str]) -> Compared:
    """Return what a declared digest tells of the files of a recording.

    :param declared: as the sender wrote it, in any grouping
    :param kept: the SHA-256 of each file that stands for the recording, in hexadecimal; those of
        a copy from before it was asked for again are none of them
    """
    digits = re.sub(r"[\s:-]", "", NAMED.sub("", declared)).lower()
    is_number = re.fullmatch(r"[0-9a-f]+", digits) is not None
    if not is_number or len(digits) not in {SHA256_DIGITS, *OTHERS}:
        return Compared("No digest of a kind that is known here, so nothing is compared with it.")
    if len(digits) != SHA256_DIGITS:
        return Compared(
            f"It is {OTHERS[len(digits)]}, and files are known here by their SHA-256, so nothing "
            "is compared with it. Ask the sender for the SHA-256, or compare by hand."
        )
    if not kept:
        return Compared("It is compared once a file of the recording is kept.")
    return _among(digits, kept)


def _among(digits: str, kept: Sequence[str]) -> Compared:
    """Return how many of the files that stand for a recording have the declared digest."""
    with_it, rest = kept.count(digits), len(kept) - kept.count(digits)
    if not with_it:
        return Compared(
            "No file that is kept here has it, so what came is not what the sender says was sent. "
            "Compare the number with the sender's. If it is right, ask for the recording again.",
            differs=True,
        )
    if not rest:
        what = "The file that is" if with_it == 1 else "Each file that is"
        return Compared(f"{what} kept here has it: what came is what was sent.")
    have, that = ("has", "that one is") if with_it == 1 else ("have", "those are")
    other = "the other" if rest == 1 else "the others"
    return Compared(
        f"{with_it} of {len(kept)} files that are kept here {have} it: {that} what was sent. Of "
        f"{other} it says nothing."
    )

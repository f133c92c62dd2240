"""What a form prints by itself: instructions, questions and headings name nothing that is held.

An MG5 asks to attach the CCTV whether there is any or not, and an MG20 has a row for its tapes.
"""

import re

INSTRUCTION = re.compile(
    r"^\W*(?:\(?\d{1,2}[a-z]?\W+|[a-z]\)\s*)?(?:please |you should |officers? (?:should|must) )?"
    r"(?:attach|provide|include|state|indicate|identify|specify|ensure|confirm|tick|delete|enter"
    r"|insert|complete|consider)\b"
    r"|\bshould (?:also )?be (?:included|attached|listed|provided|identified|submitted)\b"
)
QUESTION = re.compile(
    r"\b(?:been|attached|available|obtained|seized|exhibited|any|is there|are there|was there"
    r"|were there|applicable|required|yes|y/n)\b"
)
_MORE = r"(?:photo\w*|mobile phones?(?:\(s\))?|phones?|stills?|video\w*|dvds?|discs?|etc|other)"
HEADING = re.compile(
    rf"visually[ -]recorded (?:evidence|material)\W*cctv(?:\W+(?:(?:and|or)\W+)?{_MORE})*\W*$"
    r"|\bcctv *[-–—:/] *tapes?(?:\W+(?:and |or )?discs?)?"
    rf"|\(cctv(?:\W+(?:(?:and|or)\W+)?{_MORE})+\W*\)"
    r"|\breaction to cctv \(if [^)]*\)"
    r"|\bcctv\b[^.;]{0,40}\(if (?:relevant|available|applicable)\b[^)]*\)"
)
# Whom an MG5 gives as other witnesses, and an MG6 as third parties, for example.
EXAMPLES = re.compile(
    r"\bcharging officer\W+officer seizing cctv\b"
    r"|\bauthority\W+owners of cctv(?: material)?\b"
    r"|\bowners of cctv(?: material)?\W+forensic experts\b"
)
BEGINS = re.compile(r"^\W*(?:\d{1,2}\W+)?visually[ -]recorded (?:evidence|material)\b")


def own_words(sentence: str, ending: str = "") -> str:
    """Return what of a sentence somebody wrote; nothing of what the form prints.

    :param sentence: in small letters
    :param ending: the mark that ends it
    """
    if INSTRUCTION.search(sentence) or (ending == "?" and QUESTION.search(sentence)):
        return ""
    return BEGINS.sub(" ", HEADING.sub(" ", EXAMPLES.sub(" ", sentence)))


def own_words_of(line: str) -> str:
    """Return what of a line, of one sentence with its mark, somebody wrote; in small letters."""
    return own_words(line.lower(), line.rstrip()[-1:])

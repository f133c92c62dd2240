"""What a description is worth: a bare label, and acronyms that a defendant would not know."""

import re
from collections.abc import Sequence

from forthright.rules.letter_checks.given_names import given_names
from forthright.rules.letter_checks.sentences import words_of
from forthright.rules.schedules.bundle import plain

FORM = re.compile(
    r"\b(?:mg ?\d{1,2} ?[a-z]?|mgdd(?:/[a-z])?|form \w{1,5}|sfr ?\d?|niche|dcf|hort ?\d)\b"
)
RANKED = re.compile(
    r"\b(?:pc|dc|ds|di|dci|sgt|ps|pcso|insp|t/dc|tdc|det|special) ?(?:\d{2,6} ?)?[a-z'-]+"
)
# Numbers, days, initials and stops tell apart, and describe nothing.
MARKS = re.compile(r"\b[a-z]{0,5}[/-]?\d[\w/.-]*|\b[a-z]\b|[^a-z' ]")
LABELS = words_of(
    """
    a an and of the for to re from by copy original cctv bwv bwc bwf footage video audio
    recording recordings disc dvd usb photo photos photograph photographs image images email
    emails e mail letter letters correspondence text texts message messages statement
    statements interview roti rotis transcript notes note notebook notebooks pocket book
    books pnb edb custody record records crime report reports occurrence incident log logs
    storm cad intel intelligence document documents paperwork file files officer officers
    officer's officers' police rough handwritten misc miscellaneous unused material item
    items various other general form forms exhibit exhibits tape phone mobile download
    downloads pnc print prints printout medical witness victim complainant suspect defendant
    first account accounts dash checklist risk assessment body worn camera enquiry enquiries
    log's house 999 call calls policy action actions dated date time no number ref
    """
)
# Letters beside a number and a stroke are a reference, such as an exhibit's, and stand for nothing.
ACRONYM = re.compile(r"(?<!\d[/-])\b[A-Z][A-Z&]{1,4}s?\b(?![/-]\d)")
# With stops between its letters a short form is read without them.
STOPPED = re.compile(r"\b(?:[A-Z]\.){2,4}[A-Z]\b\.?(?! ?[A-Z][a-z])")
# Systems of the police whose names are longer than a short form is otherwise.
LONGER = re.compile(r"\b(?:HOLMES|CRIMINT|SCAIDP|CONNECT|ATHENA)\b")
# What is no short form: the marks on the plate of a vehicle, as they were given since 1932 and in
# Northern Ireland, or after the words that name a plate; an exhibit's letters; a postal district;
# and initials or a family name in capitals beside a title, a rank or a number of an officer.
# The shapes of plates are those that DVLA's leaflet INF104 lists (to be confirmed).
TELLS_APART = re.compile(
    r"""
    \b[A-Z]{2}[ -]?\d{2}[ -]?[A-Z]{3}\b
    | \b[A-Z]\d{1,3}[ -]?[A-Z]{3}\b
    | \b[A-Z]{3}[ -]?\d{1,3}[A-Z]\b
    | \b[A-Z](?:[A-HJ-PR-Z]Z|I[ABGJLW]|[JOUX]I)[ ]\d{1,4}\b
    | \b(?i:registration|registered|reg|index|plates?|vrms?|vrns?|licen[cs]e)\b
      (?:[ ](?i:number|mark|plate|no))?[.:]?[ ]
      (?:[A-Z]{1,4}[ ]?\d{1,4}|\d{1,4}[ ]?[A-Z]{1,3}|[A-Z]{2,4})\b
    | \b(?i:exhibits?)\b(?:[ ](?i:no|number|ref|reference))?[.:]?[ ][A-Z]{2,4}\b
    | \b[A-Z]{2,4}(?:[/-][A-Z]{1,4})*[/-]\d+\b
    | \b(?:N|E|S|W|NW|SW|SE|NE|EC|WC)[ ](?=(?:London|of)\b)
    | \b(?:Mr|Mrs|Ms|Miss|Dr|PC|DC|DS|DI|PS|Sgt|Insp|PCSO)[ ](?:\d{2,6}[ ])?
      [A-Z]{2,3}(?=[ ][A-Z][a-z])
    | \b(?:Mr|Mrs|Ms|Miss|Dr)[ ][A-Z]{2,}\b
    | \b(?:PC|DC|DS|DI|PS|Sgt|Insp|PCSO)[ ]\d{2,6}[ ][A-Z]{4,}\b
    """,
    re.VERBOSE,
)
FAMILY = re.compile(r"\b([A-Z][a-z]+) [A-Z][A-Z'-]{2,}\b")
# How many letters beside a short form are looked at for what it stands for, and as which words.
BESIDE = 80
WORDS = re.compile(r"[a-z][a-z']*")
STAND_BY = words_of("a an and as for in is of on or that the to known called")
# Names are often written in capitals; two such words side by side are a name, or a title.
SIDE_BY_SIDE = re.compile(
    r"\b(?:[A-Z][A-Z'-]++(?: ++[A-Z][A-Z'-]++)++|[A-Z][A-Z']++(?:-++[A-Z][A-Z']++)++)(?!\w)"
)
# What every defendant has been told, and names of forces' own that a schedule always holds.
KNOWN = words_of(
    """
    cctv bwv pc dc ds di dci ps pcso mg urn cps pnc dna gp id uk usb dvd cd tv am pm dob nhs
    hmp mp ok vw bmw atm pin sim sms gps abe viper roti pdf nfa re no mr mrs ms dr hq eu usa
    asda hsbc dvla rtc cpia pace not and the of in to for by on at or is it he she her his
    has was with from vs ii iii iv bbc bt o2 imei aaa rspca nspcc mot led hgv suv jcb kfc
    dnas pip dwp hmrc cid bst gmt utc ltd plc llp ee bp dpd ups dhl b&q m&s h&m tk jd wh rac aa
    ymca bmx pvc bbq lcd usd gbp wc yes one two all any only both out off was were did but
    a&e
    """
)


def is_bare_label(description: str) -> bool:
    """Say whether a description is a form's code or a kind of thing, whoever wrote it, no more."""
    words = " ".join(plain(description).split())
    if not words:
        return False
    left = MARKS.sub(" ", RANKED.sub(" ", FORM.sub(" ", words)))
    return all(word.strip("'") in LABELS or word in LABELS for word in left.split())


def acronyms_of(description: str) -> list[str]:
    """Return the acronyms that stand in a description and that not everybody knows.

    Where most of it is written in capitals nothing can be told apart, so none is returned.
    """
    apart = STOPPED.sub(lambda stopped: stopped[0].replace(".", ""), description)
    apart = SIDE_BY_SIDE.sub(" ", _without_names(TELLS_APART.sub(" ", apart)))
    found = [each.removesuffix("s") for each in ACRONYM.findall(apart)] + LONGER.findall(apart)
    if not found or sum(map(str.isupper, description)) > sum(map(str.islower, description)):
        return []
    return list(dict.fromkeys(each for each in found if each.lower() not in KNOWN))


def _without_names(description: str) -> str:
    """Return a description without a family name in capitals after a given name."""
    return FAMILY.sub(
        lambda found: " " if found[1].lower() in given_names() else found[0], description
    )


def is_written_out(short: str, text: str) -> bool:
    """Say whether a text in small letters says what a short form stands for, beside it."""
    key = re.escape(short.lower())
    if re.search(rf"\({key}\)|\b{key} (?:\(|=|stands for\b|means\b)", text):
        return True
    return any(
        _spells(WORDS.findall(text[found.end() : found.end() + BESIDE]), short.lower())
        or _spells(WORDS.findall(text[max(0, found.start() - BESIDE) : found.start()])[::-1],
                   short.lower()[::-1])
        for found in re.finditer(rf"\b{key}\b", text)
    )  # fmt: skip


def _spells(words: Sequence[str], letters: str) -> bool:
    """Say whether words begin one after the other with some letters; small words may stand by."""
    left = list(letters)
    for word in words:
        if not left:
            break
        if word[0] == left[0]:
            left.pop(0)
        elif word not in STAND_BY:
            return False
    return not left

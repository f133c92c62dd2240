"""What a description is worth: a bare label, and acronyms that a defendant would not know."""

import re

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
    dnas pip dwp hmrc cid
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
    apart = SIDE_BY_SIDE.sub(" ", description)
    found = [each.removesuffix("s") for each in ACRONYM.findall(apart)]
    if not found or sum(map(str.isupper, description)) > sum(map(str.islower, description)):
        return []
    return list(dict.fromkeys(each for each in found if each.lower() not in KNOWN))

"""Words of a record made to fit the place in a sentence where a letter says them.

People record "Victim Liaison Unit", "By e-mail to …" or a bare number; a letter says "by the
Victim Liaison Unit", "to do so, e-mail …" and "ring …".
"""

import re

from forthright.rules.words import uncapitalised

BODIES = re.compile(
    r"(?:unit|team|office|service|department|panel|division|hub|group|section|board|desk|"
    r"centre|ombudsman|police|inspectorate)s?",
    re.IGNORECASE,
)
HAS_ARTICLE = re.compile(r"(?:the|a|an|another|our|your|one|somebody|someone)\b", re.IGNORECASE)
# Courts that are said with "the"; "Coventry Crown Court" is said without.
THE_COURT = re.compile(
    r"(?:crown court|magistrates['’]? court|county court|youth court|high court|"
    r"central criminal court|court of|royal courts|supreme court|old bailey)\b",
    re.IGNORECASE,
)
DOES = re.compile(
    r"(?:please )?(?:ring|call|phone|telephone|text|e-?mail|write|contact|ask|tell|speak|talk|"
    r"reply|use|fill|complete|go|visit|post|send|reach|get|let)\b",
    re.IGNORECASE,
)
BY_A_WAY = re.compile(r"(?:by|in|on|through|via|at)\b", re.IGNORECASE)
# What to do with an address of any kind that stands alone.
BARE = (
    ("e-mail", re.compile(r"\S+@\S+\.\S+")),
    ("go to", re.compile(r"(?:https?://|www\.)\S+$|\S+\.(?:uk|org|com|example)(?:/\S*)?$")),
    ("ring", re.compile(r"\+?\d[\d ()\u00a0-]{8,}\d")),
    ("write to", re.compile(r".*\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.DOTALL)),
)
DAYS = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b", re.I)


def body_inside(words: str) -> str:
    """Return who does something, after "by" or "from": a unit has "the", a person has not."""
    words = words.strip().rstrip(".")
    if not words or HAS_ARTICLE.match(words):
        return words[:1].lower() + words[1:]
    name = re.split(r",| of | at | in | for ", words)[0]
    is_body = BODIES.fullmatch(name.split()[-1])
    return f"the {words}" if is_body and words[0].isupper() else words


def court_inside(name: str) -> str:
    """Return a court, after "at": "Coventry Crown Court", "the Crown Court at Coventry"."""
    name = name.strip().rstrip(".")
    if HAS_ARTICLE.match(name):
        return name[:1].lower() + name[1:]
    return f"the {name}" if THE_COURT.match(name) else name


def way_to_do_it(words: str) -> str:
    """Return how to reach somebody, after "to do so," as something to do: "ring …", "e-mail …"."""
    words = words.strip().rstrip(".")
    if not words or DOES.match(words):
        return words[:1].lower() + words[1:]
    if BY_A_WAY.match(words):
        return f"get in touch {uncapitalised(words)}"
    does = (verb for verb, sought in BARE if sought.match(words))
    return f"{next(does, 'use')} {words}"


def hours_inside(words: str) -> str:
    """Return when a telephone is answered, after "is answered": days alone have a capital."""
    words = words.strip().rstrip(".")
    return words if DAYS.match(words) else words[:1].lower() + words[1:]

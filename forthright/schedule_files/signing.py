"""What signs a schedule, or says that it lists nothing more: its certificate, told by its words."""

import re
from collections.abc import Sequence

from forthright.rules.schedules.denial import denies
from forthright.rules.schedules.schedule import Line

CERTIFICATE = re.compile(
    r"\bcertif|\bto the best of my knowledge|^signature\b|^signed\b|^disclosure officer\b|"
    r"^(?:name|rank|date)(?: and .*)?\s*:|^i (?:have|declare|confirm)\b|^declaration\b",
    re.IGNORECASE,
)
# An item may begin as a row of a certificate does: "Signed statement of Mrs Oduya".
OF_MATERIAL = (
    r"(?!.{0,30}\b(?:statements?|cop(?:y|ies)|receipts?|letters?|consents?|forms?|notes?|exhibits?|"
    r"contracts?|agreements?|orders?|documents?|books?|records?|recordings?|lists?|logs?|labels?|"
    r"reports?|photo\w*|address(?:es)?|entr(?:y|ies)|interviews?|diar(?:y|ies)|emails?|messages?|"
    r"cards?|bills?|invoices?|permits?|licen[cs]es?|certificates?|summar(?:y|ies))\b)"
)
RANKS = r"(?:pc|pcso|dc|ps|ds|di|dci|pso|sgt|insp|det|detective|police|constable|sergeant)"
OFFICERS = r"(?:the )?(?:(?:disclosure|investigating|reviewing|supervising|reporting) )?officer"
# What follows a label of a certificate: nothing, a mark, a day, a rank, a name, or whose it is.
OF_LABEL = (
    rf"(?=\W*$|\s*[:(/]|\s*[_.…]{{2}}|\s+(?:this\s+)?\d|\s+(?:by|no|number|and)\b|"
    rf"\s+of {OFFICERS}|\s+{RANKS}\b|(?-i:(?:\s+[A-Z][\w’'.-]*){{1,3}}\W*$))"
)
# How a row of a certificate begins, whichever cell it stands in.
SIGNING = re.compile(
    rf"^(?:(?:signature|signed|dated?|name|rank|position|collar)\b{OF_LABEL}{OF_MATERIAL}|"
    r"(?:i|disclosure officer|declaration|certification|"
    r"certificate of (?:the|disclosure)|disclosure certificate|"
    r"officer in (?:the )?case|oic)\b)(?!.{60,})|"
    r"\bto the best of my knowledge|\bcertify that|\bhereby certify|^certificate\W*$",
    re.IGNORECASE,
)
SAID_SO = re.compile(
    r"\b(?:nothing|none|no (?:further |other )?(?:sensitive )?(?:items?|material))\b", re.IGNORECASE
)
# How an item may be told apart instead of by a number: "b", "(ii)", "-", "Item two".
LABEL = re.compile(r"\(?(?:[a-z]|[ivxl]{1,5}|item\s+\w+|[-–—•*·])\)?[.):]?", re.IGNORECASE)
DAY = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:\d{1,2}|[a-z]{3,9})[\s./-]+\d{2,4}", re.IGNORECASE
)


def signs(words: str) -> bool:
    """Say whether words are of a certificate."""
    return bool(SIGNING.search(words) or CERTIFICATE.search(words))


def is_signed(words: str) -> bool:
    """Say whether a cell holds what signs: a label of a certificate with its words, or a day."""
    return bool(SIGNING.search(words) or DAY.fullmatch(words))


def may_list_something(lines: Sequence[Line]) -> bool:
    """Say whether lines below the headings could be items: they neither sign nor deny any."""
    words = [line.text for line in lines]
    return not any(SAID_SO.search(each) or denies(each) for each in words) and any(
        not signs(each) for each in words
    )

"""What signs a schedule, or says that it lists nothing more: its certificate, told by its words."""

import re
from collections.abc import Sequence

from forthright.rules.schedules.schedule import Line

CERTIFICATE = re.compile(
    r"\bcertif|\bto the best of my knowledge|^signature\b|^signed\b|^disclosure officer\b|"
    r"^(?:name|rank|date)(?: and .*)?\s*:|^i (?:have|declare|confirm)\b|^declaration\b",
    re.IGNORECASE,
)
# How a row of a certificate begins, whichever cell it stands in.
SIGNING = re.compile(
    r"^(?:signature|signed|dated?|name|rank|position|collar|i|disclosure officer|declaration|"
    r"certification|certificate of (?:the|disclosure)|disclosure certificate|"
    r"officer in (?:the )?case|oic)\b(?!.{60,})|"
    r"\bto the best of my knowledge|\bcertify that|\bhereby certify",
    re.IGNORECASE,
)
SAID_SO = re.compile(
    r"\b(?:nothing|none|no (?:further |other )?(?:sensitive )?(?:items?|material))\b", re.IGNORECASE
)


def signs(words: str) -> bool:
    """Say whether words are of a certificate."""
    return bool(SIGNING.search(words) or CERTIFICATE.search(words))


def may_list_something(lines: Sequence[Line]) -> bool:
    """Say whether lines below the headings could be items: they neither sign nor deny any."""
    words = [line.text for line in lines]
    return not any(SAID_SO.search(each) for each in words) and any(
        not signs(each) for each in words
    )

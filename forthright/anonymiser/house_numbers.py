"""Houses that a letter names by their number alone: “the people at no 12”, “from number 14”."""

import re
from collections.abc import Iterator

from forthright.anonymiser.spans import ASKED, Found, Kind, Layer

BECAUSE = "the number of a house"
NUMBER = r"(?i:numbers?|nos?\b\.?)[ \u00a0]?\d{1,3}[a-z]?(?![\w%£/]|[.,:-]\d)"
# “at no 12 months”, “at number 4 on the list”, “in number 3 of your points”.
NOT_AFTER = (
    r"(?![ \u00a0-](?:days?|weeks?|months?|years?|hours?|minutes?|people|times|more|fewer|above|"
    r"below|overleaf|(?:on|in|of) (?:the|your|our|my|his|her|their|this|that|these|those) "
    r"(?:\w+ ){0,2}?(?:lists?|indictment|schedules?|forms?|pages?|leaflets?|letters?|statements?|"
    r"reports?|points?|questions?|reasons?|charges?|charts?|queue|series|table|document|bundle|plan|"
    r"code|guide|guidance|complaint|policy|scheme)\b))"
)
# Whoever looks at a number reads a list, and whoever stands at one is in a parade.
READING = "".join(
    rf"(?<!\b{each} )"
    for each in ("look", "looks", "looked", "looking", "start", "starts", "stood", "stands",
                 "standing", "placed", "appeared", "listed")
)  # fmt: skip
WHO = (
    r"(?:people|family|families|woman|man|lady|couple|neighbours?|girl|boy|house|flat|home|door|"
    r"tenants?|residents?|someone|somebody|everyone|everybody|anyone|anybody|lives?|lived|living|"
    r"moved|stays?|stayed)"
)
SURE = re.compile(
    rf"\b(?:{READING}(?i:at|from|outside|opposite)|(?i:{WHO}) (?i:in|of|to|near|by|next to))"
    rf"[ \u00a0](?P<it>{NUMBER}){NOT_AFTER}"
)
# What may be a house or a point of a list.
BEFORE = r"(?:\b(?i:in|to|near|behind|into|at)[ \u00a0]|(?:^|[.?!][ \u00a0]))"
AFTER = (
    r"(?=[ \u00a0](?:and|when|after|before|on|at|in|to|because|rang|said|saw|heard|told|called|"
    r"came|knew|has|had|is|was|were|are)\b|[.,;!?)]|$)"
)
EITHER = re.compile(rf"{BEFORE}(?P<it>{NUMBER}){NOT_AFTER}{AFTER}", re.MULTILINE)
MAY_TELL = re.compile(r"\bn(?:o|os|umbers?)\b\.?[ \u00a0]?\d", re.IGNORECASE)


def house_numbers_in(text: str) -> Iterator[Found]:
    """Yield each number of a house that is said to be a place."""
    for match in SURE.finditer(text) if MAY_TELL.search(text) else ():
        yield Found(*match.span("it"), Kind.ADDRESS, Layer.PATTERN, because=BECAUSE)


def asked_about(text: str) -> Iterator[Found]:
    """Yield what may be a house or a point of a list, which a person is asked to look at."""
    for match in EITHER.finditer(text) if MAY_TELL.search(text) else ():
        yield Found(*match.span("it"), Kind.ADDRESS, Layer.PATTERN, ASKED, because=BECAUSE)

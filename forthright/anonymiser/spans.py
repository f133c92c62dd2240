"""A place in a letter that says who it is about, and which layer of the anonymiser saw it."""

from dataclasses import dataclass
from enum import StrEnum

# From so much of its say on what the model sees is masked; from so much on a person looks at it.
MASKED_FROM = 0.3
LOOK_FROM = 0.05
ASKED = MASKED_FROM - 0.01  # not masked, and looked at


class Layer(StrEnum):
    """What saw a place, from the surest to the least sure."""

    RECORD = "RECORD"
    PATTERN = "PATTERN"
    TITLE = "TITLE"
    MODEL = "MODEL"
    SAME = "SAME"


class Kind(StrEnum):
    """What a place says of somebody."""

    PERSON = "PERSON"
    ADDRESS = "ADDRESS"
    PLACE = "PLACE"
    POSTCODE = "POSTCODE"
    ORGANISATION = "ORGANISATION"
    DATE = "DATE"
    AGE = "AGE"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    WEB = "WEB"
    URN = "URN"
    ASN = "ASN"
    NHS_NUMBER = "NHS_NUMBER"
    NI_NUMBER = "NI_NUMBER"
    VEHICLE = "VEHICLE"
    BANK = "BANK"
    PASSPORT = "PASSPORT"
    DRIVING_LICENCE = "DRIVING_LICENCE"
    COURT_REFERENCE = "COURT_REFERENCE"
    EXHIBIT = "EXHIBIT"
    CRIME_NUMBER = "CRIME_NUMBER"
    BADGE_NUMBER = "BADGE_NUMBER"
    NUMBER = "NUMBER"
    QUANTITY = "QUANTITY"
    DESCRIPTION = "DESCRIPTION"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Found:
    """A place that one layer saw.

    `role` says whose it is, where the record knows: the same role always has the same words
    instead. `score` is how sure the layer is, from 0 to 1.
    """

    start: int
    end: int
    kind: Kind
    layer: Layer
    score: float = 1.0
    role: str = ""
    because: str = ""

"""A schedule of unused material as it was read: its items, its certificate and its other words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Form(StrEnum):
    """The form that a schedule was written on."""

    MG6C = "MG6C"
    MG6D = "MG6D"
    MG6E = "MG6E"
    SDC = "SDC"

    @property
    def words(self) -> str:
        """Say what the form is for."""
        return {
            Form.MG6C: "schedule of non-sensitive unused material",
            Form.MG6D: "schedule of sensitive material",
            Form.MG6E: "disclosure officer’s report",
            Form.SDC: "streamlined disclosure certificate",
        }[self]


class Code(StrEnum):
    """What a prosecutor wrote against an item."""

    DISCLOSE = "D"
    INSPECT = "I"
    NOT_DISCLOSABLE = "ND"
    CLEARLY_NOT = "CND"
    EVIDENCE = "E"


# What a form's key says where it prints none.
USUAL_KEY: Mapping[str, str] = {
    Code.DISCLOSE.value: "Disclose",
    Code.INSPECT.value: "Inspect",
    Code.NOT_DISCLOSABLE.value: "Not Disclosable",
    Code.CLEARLY_NOT.value: "Clearly Not Disclosable",
    Code.EVIDENCE.value: "Evidence",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands in a file; a page and a row count from 1."""

    file: str
    sheet: str = ""
    page: int | None = None
    row: int | None = None

    @property
    def words(self) -> str:
        """Say the place: "MG6C.pdf, page 2, row 4"."""
        return ", ".join(filter(None, (self.file, self.within)))

    @property
    def within(self) -> str:
        """Say where in its file it is: "page 2, row 4"."""
        parts = (
            f"sheet {self.sheet}" if self.sheet else "",
            f"page {self.page:,}" if self.page else "",
            f"row {self.row:,}" if self.row else "",
        )
        return ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Something that could not be read out of a file, or only by a guess.

    `may_hide_items` says that an item may stand there which no list has: a person must look.
    """

    place: Place
    what: str
    why: str
    mend: str
    may_hide_items: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleItem:
    """One row of a schedule; what has no column on its form is empty.

    `number` is None where none can be read. `code` is empty where nothing is endorsed, and
    `endorsed` keeps what stands there however it is written.
    """

    place: Place
    number: int | None = None
    numbered: str = ""
    description: str = ""
    location: str = ""
    endorsed: str = ""
    code: str = ""
    reason: str = ""
    sensitive_reason: str = ""
    undermines: str = ""
    copy: str = ""
    inspected: str = ""
    comments: str = ""
    of_form: str = ""

    @property
    def named(self) -> str:
        """Say which item it is."""
        return f"item {self.number}" if self.number is not None else "an item without a number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words of a schedule that are no item: its head, its certificate, its foot."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    form: Form
    place: Place
    items: tuple[ScheduleItem, ...] = ()
    head: tuple[Line, ...] = ()
    certificate: tuple[Line, ...] = ()
    # The fields that the form has a column for, and how it writes each column's heading.
    columns: Mapping[str, str] = field(default_factory=dict)
    key: Mapping[str, str] = field(default_factory=lambda: dict(USUAL_KEY))
    urn: str = ""
    defendant: str = ""
    # Whether the numbers are ours, because the file gives none.
    is_numbered_by_us: bool = False
    # Whether nothing says which form it is; until somebody does, it counts as the most careful.
    is_guessed: bool = False
    # Whether rows stand below its headings and none of them could be read: it lists nothing known.
    is_unread: bool = False
    unread: tuple[Unread, ...] = ()

    @property
    def is_endorsed(self) -> bool:
        """Say whether a prosecutor has begun to endorse it."""
        return any(item.endorsed for item in self.items)

    @property
    def certificate_text(self) -> str:
        """Return the words of the certificate in one piece."""
        return text_of(self.certificate)

    @property
    def text(self) -> str:
        """Return all words that are no item."""
        return text_of((*self.head, *self.certificate))


def text_of(lines: Sequence[Line]) -> str:
    """Return the words of some lines in one piece."""
    return "\n".join(line.text for line in lines)

"""What is wrong in a file: where it stands, what it is and how to mend it."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong or doubtful in a file: where it stands, what it is, how to mend it.

    A problem that does not stop the import is a note: it says what was read otherwise than it
    was written, or left out.
    """

    sheet: str = ""
    row: int | None = None
    column: str = ""
    message: str
    mend: str
    stops: bool = True

    @property
    def place(self) -> str:
        """Say where the problem stands: "Sheet Decisions, row 12, column Sent"."""
        parts = [f"sheet {self.sheet}" if self.sheet else ""]
        parts += [f"row {self.row:,}" if self.row else "", self.column and f"column {self.column}"]
        words = ", ".join(part for part in parts if part) or "the whole file"
        return words[:1].upper() + words[1:]

    def as_json(self) -> dict[str, Any]:
        """Return the problem as the command prints it."""
        return asdict(self)


class FileRefused(Exception):
    """A file that cannot be read, or must not be; says what is wrong and how to mend it."""

    def __init__(
        self, message: str, mend: str, *, sheet: str = "", row: int | None = None, column: str = ""
    ) -> None:
        """Keep the one problem that stops the whole file."""
        super().__init__(f"{message} {mend}")
        self.problem = Problem(sheet=sheet, row=row, column=column, message=message, mend=mend)

"""What every case of a file is planned with, and what one row does to its case."""

from collections.abc import Callable
from dataclasses import dataclass, field

from forthright.extracts.imports.clock import LetterClock
from forthright.extracts.imports.forecast import Foretold
from forthright.extracts.imports.wanted import Wanted
from forthright.extracts.imports.wording import Names
from forthright.extracts.plans import Answers, RowFacts
from forthright.table_files.problems import Problem


@dataclass(frozen=True)
class Frame:
    """What every case of one file is planned with."""

    clock: LetterClock
    # What units, accounts and so on are called, by the field that holds their id.
    names: Names
    default_unit_id: int | None
    columns: Callable[[str, str], str]
    answers: Answers
    # Whether the file is one message, in which nobody can add a column.
    is_message: bool = False


@dataclass
class RowEffect:
    """What one row does to one case, gathered while its facts are put on the records."""

    number: int
    facts: RowFacts
    adds: list[Wanted] = field(default_factory=list)
    changes: list[tuple[Wanted, list[str]]] = field(default_factory=list)
    letter: tuple[Wanted, Wanted, Wanted] | None = None
    letters: list[Foretold] = field(default_factory=list)
    decision: Wanted | None = None
    problems: list[Problem] = field(default_factory=list)

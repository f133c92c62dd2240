"""Notes which records an import added: by the first and last of those that lie in a row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Model, Q

from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.extracts.models import ImportChange, ImportRun
from forthright.schemes.models import Duty

NAMES: dict[type[Model], str] = {
    Case: "cases",
    PersonToTell: "people",
    Defendant: "defendants",
    Decision: "decisions",
    Duty: "letters owed",
}
Row = tuple[int, int]  # the first and the last id of records that lie in a row


class AddedRecords:
    """The ids of the records that one import added, of each kind."""

    def __init__(self) -> None:
        """Begin with none."""
        self._rows: dict[type[Model], list[Row]] = defaultdict(list)

    def note(self, model: type[Model], ids: Iterable[int]) -> None:
        """Note records by their ids."""
        rows = self._rows[model]
        for pk in ids:
            if rows and rows[-1][1] == pk - 1:
                rows[-1] = (rows[-1][0], pk)
            else:
                rows.append((pk, pk))

    def rows(self, model: type[Model]) -> list[Row]:
        """Return the first and last id of each row of records, in their order."""
        joined: list[Row] = []
        for first, last in sorted(self._rows[model]):
            if joined and joined[-1][1] == first - 1:
                joined[-1] = (joined[-1][0], last)
            else:
                joined.append((first, last))
        return joined

    def add(self, other: "AddedRecords") -> None:
        """Take in what another noted."""
        for model, rows in other._rows.items():
            self._rows[model] += rows

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind were added, by the words for them."""
        return {name: sum(map(length, self._rows[model])) for model, name in NAMES.items()}

    def notes(self, run: ImportRun) -> Iterator[ImportChange]:
        """Yield the notes to keep, not saved yet."""
        for model in NAMES:
            for first, last in self.rows(model):
                yield ImportChange(
                    run=run,
                    record_kind=model._meta.label,
                    record_id=first,
                    last_id=last,
                    was_added=True,
                )


def within(link: str, row: Row) -> Q:
    """Return what picks records whose link leads to one of a row of records."""
    first, last = row
    return Q(**{f"{link}__gte": first, f"{link}__lte": last})


def length(row: Row) -> int:
    """Return how many records lie in a row."""
    first, last = row
    return last - first + 1

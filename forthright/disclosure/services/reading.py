"""Reads the files of a delivery, before anything is kept of it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from forthright.disclosure.services.of_case import DeliveryRefused
from forthright.rules.schedules.bundle import Paper
from forthright.rules.schedules.schedule import Schedule as ReadSchedule
from forthright.schedule_files.papers import read_paper
from forthright.schedule_files.reading import read_schedules
from forthright.schedule_files.unread import ROWS_BELOW
from forthright.table_files.problems import FileRefused
from forthright.table_files.workbooks import unpacking_in
from forthright.web.work_folders import work_folder

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class HandedOver:
    """One file as it was handed over: its own name, and where it lies."""

    name: str
    path: Path

    @property
    def sha256(self) -> str:
        """Return its SHA-256; read anew each time."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


@dataclass(slots=True)
class Contents:
    """What files held: schedules, other papers, and by file name why one could not be read."""

    schedules: list[ReadSchedule] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)

    @property
    def forms(self) -> set[str]:
        """Return the forms of its schedules."""
        return {schedule.form.value for schedule in self.schedules}


@contextmanager
def files_laid_out(files: Iterable[tuple[str, bytes]]) -> Iterator[list[HandedOver]]:
    """Lay files in the data folder for as long as they are read, and what they unpack to.

    :param files: the name and the content of each
    """
    with work_folder() as folder, unpacking_in(folder):
        found = []
        for number, (named, content) in enumerate(files):
            # Each in a folder of its own: two may have the same name.
            place = folder / str(number)
            place.mkdir()
            name = Path(named).name[-LONGEST_NAME:]
            path = place / name
            path.write_bytes(content)
            found.append(HandedOver(name, path))
        yield found


def read_files(files: Sequence[HandedOver]) -> Contents:
    """Read files; one that cannot be read is named, unless no schedule is left without it.

    A long schedule as a PDF takes half a minute. It is read before a transaction begins, for on
    SQLite nobody else can write while one is open.

    :raises DeliveryRefused: if none is a schedule, with what was wrong where one could not be read
    """
    found = together(read_one(file) for file in files)
    if found.schedules:
        return found
    if found.unread:
        name, why = next(iter(found.unread.items()))
        raise DeliveryRefused(f"{name}: {why}")
    raise DeliveryRefused(
        "None of these files is a schedule. Hand over the MG6C, MG6D, MG6E or the streamlined "
        "disclosure certificate."
    )


def read_one(file: HandedOver) -> Contents:
    """Read one file: its schedules, or else a paper, or why it could not be read."""
    found = Contents()
    try:
        found.schedules += read_schedules(file.path)
    except FileRefused as refusal:
        _read_paper(found, file, refusal)
    return found


def together(each_of: Iterable[Contents]) -> Contents:
    """Return what several files held, in their order."""
    found = Contents()
    for each in each_of:
        found.schedules += each.schedules
        found.papers += each.papers
        found.unread |= each.unread
    return found


def check_all_is_read(found: Contents) -> None:
    """Refuse files of which one, or a whole list, could not be read: who sent them can mend it.

    :raises DeliveryRefused: with what could not be read, why, and what to do
    """
    said = [f"{name}: {why}" for name, why in found.unread.items()]
    said += [
        f"{one.place.words}: {one.what} could not be read. {one.why} {one.mend}"
        for each in found.schedules if each.is_unread
        for one in each.unread if one.what == ROWS_BELOW
    ]  # fmt: skip
    if said:
        raise DeliveryRefused(f"{' '.join(said)} Nothing was handed in.")


def _read_paper(found: Contents, file: HandedOver, refusal: FileRefused) -> None:
    try:
        found.papers.append(read_paper(file.path, file.name, refusal))
    except FileRefused as still:
        found.unread[file.name] = str(still)

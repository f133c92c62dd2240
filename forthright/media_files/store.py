"""The door to recordings as files: begun, arriving, kept, checked again."""

import json
import secrets
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from forthright.media_files import proved
from forthright.media_files.incoming import ABOUT, About, Incoming, sync_folder, write_whole
from forthright.media_files.names import checked_name
from forthright.media_files.reading import parts_of, read_back
from forthright.media_files.scanning import Found, Scan
from forthright.media_files.shelves import DiskShelf, NotThere, Shelf, checked_sha256


class NotWhole(Exception):
    """Part of the file is still to come."""


class Harmful(Exception):
    """The scanner found something in the file; it lies in quarantine and is not kept."""

    def __init__(self, found: str) -> None:
        """Say what was found, by the name that the scanner has for it."""
        super().__init__(
            f"The malware scanner found {found} in the file. It lies in quarantine and nobody can "
            "open it here. Tell an administrator and whoever sent it."
        )
        self.found = found


class WrongDigest(Exception):
    """The whole file is not what its sender said it comes to; it is not kept."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a file came and is kept: who sent it under which name, and what it comes to.

    The same recording sent twice is kept once and has two receipts.

    :param scanned: what the malware scanner said of it; "" where there is none
    """

    incoming: str
    name: str
    length: int
    sha256: str
    blake3: str
    begun_at: datetime
    kept_at: datetime
    notes: dict[str, Any] = field(default_factory=dict)
    scanned: str = ""

    def to_json(self) -> str:
        """Return it as it is kept."""
        times = {"begun_at": self.begun_at.isoformat(), "kept_at": self.kept_at.isoformat()}
        return json.dumps({**asdict(self), **times}, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Receipt":
        """Return what was kept."""
        kept = json.loads(text)
        times = {each: datetime.fromisoformat(kept[each]) for each in ("begun_at", "kept_at")}
        return cls(**{**kept, **times})


class Verdict(StrEnum):
    """What checking a kept recording found."""

    SAME = "the same as when it came"
    CHANGED = "changed since it came"
    GONE = "gone"
    UNREADABLE = "not readable now"


@dataclass(frozen=True, slots=True)
class Verified:
    """A recording that was checked, and what was found."""

    sha256: str
    verdict: Verdict


class Store:
    """A folder of files that are arriving, with their receipts, and the shelf they end on."""

    def __init__(self, root: Path, shelf: Shelf | None = None, scan: Scan | None = None) -> None:
        """Keep all below a folder, or the whole recordings on another shelf.

        :param scan: has a file looked at for malware before it is kept
        """
        self.root, self.scan = root, scan
        self.shelf: Shelf = shelf or DiskShelf(root / "kept")

    def begin(
        self, name: str, length: int, *, at: datetime, notes: dict[str, Any] | None = None,
        sha256: str = "",
    ) -> Incoming:  # fmt: skip
        """Make room for a file that is to arrive.

        :param name: what its sender calls it
        :param sha256: what its sender says it comes to, where that is known
        :param notes: what is to be found again with it: whose it is, what it belongs to
        :raises BadName: if it may not be called this
        :raises EmptyFile: if it is said to have no bytes
        :raises NoRoom: if the disk cannot hold it
        """
        about = About(length, checked_name(name), at, notes or {}, sha256)
        return Incoming.begin(self._arriving(secrets.token_hex(16)), about)

    def incoming(self, name: str) -> Incoming:
        """Return a file that is arriving.

        :raises NotThere: if none of this name is
        """
        found = Incoming(self._arriving(name))
        if not (found.folder / ABOUT).is_file():
            raise NotThere("No such file is arriving. It may have been given up; send it again.")
        return found

    def arriving(self) -> Iterator[Incoming]:
        """Yield each file that is arriving, or has arrived and is not kept yet."""
        for about in sorted((self.root / "arriving").glob(f"*/{ABOUT}")):
            yield Incoming(about.parent)

    def keep(self, name: str, *, at: datetime) -> Receipt:
        """Read a whole file back, and keep it for good where that is what came in.

        Doing it again, after a crash too, finishes what was begun and gives the same receipt.

        :raises NotThere: if no such file is arriving
        :raises AlreadyArriving: if somebody is sending it, or it is being kept
        :raises NotWhole: if part of it is still to come
        :raises ReadBackDiffers: if the disk gives back something else; it is not kept
        :raises WrongDigest: if its sender said something else; it is not kept
        :raises Harmful: if malware was found in it; then it lies in quarantine
        :raises ScannerSilent: if the scanner does not answer; try again later
        """
        try:
            incoming = self.incoming(name)
        except NotThere:
            if finding := self._finding_in_quarantine(name):
                raise Harmful(finding) from None
            return self.receipt(name)
        with incoming.alone():
            receipt = self._keep(incoming, at)
            incoming.give_up()
        return receipt

    def _keep(self, incoming: Incoming, at: datetime) -> Receipt:
        about, arrived = incoming.about, incoming.arrived
        if arrived.offset != about.length:
            still = about.length - arrived.offset
            raise NotWhole(f"{still:,} bytes of the file are still to come.")
        digests = read_back(incoming.data, arrived.segments, incoming.digests_as_sent)
        said = about.sha256.lower()
        if said and digests.sha256 != said:
            raise WrongDigest(
                f"The file comes to the SHA-256 {digests.sha256}, and its sender said {said}. "
                "It is not kept. Ask the sender which is right, then send it again."
            )
        scanned = self._scanned(incoming)
        self.shelf.put(incoming.data, digests)
        receipt = Receipt(
            incoming.name, about.name, about.length, digests.sha256, digests.blake3,
            begun_at=about.begun_at, kept_at=at, notes=about.notes, scanned=scanned,
        )  # fmt: skip
        self._write_receipt(receipt)
        return receipt

    def _scanned(self, incoming: Incoming) -> str:
        if self.scan is None:
            return ""
        finding = self.scan(parts_of(incoming.data))
        if finding.found == Found.HARMFUL:
            quarantine = self.root / "quarantine"
            quarantine.mkdir(exist_ok=True)
            write_whole(incoming.folder / "finding", str(finding))
            incoming.folder.rename(quarantine / incoming.name)
            sync_folder(quarantine)
            raise Harmful(finding.words)
        return str(finding)

    def quarantined(self) -> Iterator[tuple[About, str]]:
        """Yield each file in quarantine, and what was found in it."""
        for folder in sorted((self.root / "quarantine").glob("*")):
            yield Incoming(folder).about, (folder / "finding").read_text()

    def _finding_in_quarantine(self, name: str) -> str:
        """Return what was found in a file that lies in quarantine; nothing where none does."""
        place = self.root / "quarantine" / name / "finding"
        return place.read_text().removeprefix(f"{Found.HARMFUL}: ") if place.is_file() else ""

    def receipt(self, name: str) -> Receipt:
        """Return the receipt of a file that came under this name.

        :raises NotThere: if there is none
        """
        path = self._receipt_path(name)
        if not path.is_file():
            raise NotThere("No such file is arriving or has come. Send it again.")
        return Receipt.from_json(path.read_text())

    def receipts(self) -> Iterator[Receipt]:
        """Yield every receipt."""
        for path in sorted((self.root / "receipts").glob("??/*.json")):
            yield Receipt.from_json(path.read_text())

    def give_up(self, name: str) -> None:
        """Remove a file that is arriving; what is kept is never removed here.

        :raises NotThere: if none of this name is
        :raises AlreadyArriving: if somebody is sending it
        """
        incoming = self.incoming(name)
        with incoming.alone():
            incoming.give_up()

    def give_up_old(self, *, at: datetime, after: timedelta) -> list[About]:
        """Remove files begun so long ago that are not whole; return what they were."""
        removed = []
        for incoming in self.arriving():
            about = incoming.about
            if about.begun_at + after < at and not incoming.is_whole:
                incoming.give_up()
                removed.append(about)
        for folder in (self.root / "arriving").glob("*"):
            is_old = folder.stat().st_mtime < (at - after).timestamp()
            if is_old and not (folder / ABOUT).exists():
                Incoming(folder).give_up()  # a crash came before its sender heard of it
        return removed

    def verify(self, sha256: str) -> Verified:
        """Read a kept recording and say whether it is what it was when it came."""
        proved.forget(sha256)
        try:
            stamp = self.shelf.stamp(sha256)
            now = self.shelf.digests(sha256)
        except NotThere:
            return Verified(sha256, Verdict.GONE)
        except OSError:
            return Verified(sha256, Verdict.UNREADABLE)
        if now.sha256 != sha256:
            return Verified(sha256, Verdict.CHANGED)
        proved.keep_proved(sha256, stamp)
        return Verified(sha256, Verdict.SAME)

    def is_as_it_came(self, sha256: str) -> bool:
        """Say whether a kept recording is what it was when it came.

        It is read as a whole, unless this process did so within the hour and nobody has written to
        it since.
        """
        try:
            with proved.reading(checked_sha256(sha256)):
                if proved.is_proved(sha256, self.shelf.stamp(sha256)):
                    return True
                return self.verify(sha256).verdict is Verdict.SAME
        except (NotThere, OSError):
            return False

    def verify_all(self, also: Collection[str] = ()) -> Iterator[Verified]:
        """Check every recording that is kept, and every one that a receipt or the caller says is.

        :param also: the SHA-256 of what the caller knows to be kept, be a trace of it here or not
        """
        expected = {receipt.sha256 for receipt in self.receipts()} | set(self.shelf.kept())
        expected |= set(also)
        for sha256 in sorted(expected):
            yield self.verify(sha256)

    def _arriving(self, name: str) -> Path:
        if not name.isascii() or not name.isalnum():
            raise NotThere("No such file is arriving.")
        return self.root / "arriving" / name

    def _receipt_path(self, name: str) -> Path:
        return self.root / "receipts" / self._arriving(name).name[:2] / f"{name}.json"

    def _write_receipt(self, receipt: Receipt) -> None:
        path = self._receipt_path(receipt.incoming)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, receipt.to_json())
        sync_folder(path.parent.parent)

"""Writes recordings into a BagIt folder (RFC 8493), which anybody can check without us."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class BagThere(Exception):
    """There is something at the place where the bag is to be."""


class NotWritten(Exception):
    """The disk does not take the bag; the message says why."""


class NotAsItCame(Exception):
    """A file is not what it was when it came, so that no bag is made of it."""


@dataclass(frozen=True, slots=True)
class Content:
    """One file of a bag.

    :param within: where it stands below data/, with / between folders
    """

    within: str
    sha256: str
    parts: Iterable[bytes]


def write_bag(
    into: Path,
    contents: Iterator[Content],
    *,
    about: Mapping[str, str],
    beside: Mapping[str, bytes],
    before: Callable[[str], object],
) -> str:
    """Write a bag as a whole or not at all; return the SHA-256 of its manifest.

    :param about: what bag-info.txt says besides how much is in it
    :param beside: files that stand beside data/, by their names
    :param before: called with that SHA-256 before the bag is put in its place; where it fails,
        there is none
    :raises BagThere: if there is something at that place
    :raises NotWritten: if the disk does not take it
    :raises NotAsItCame: if a file's bytes do not come to its SHA-256
    """
    try:
        if into.exists():
            raise BagThere(f"There is something at {into} already. Name another place.")
        into.parent.mkdir(parents=True, exist_ok=True)
        # Under a name that nobody else has: whatever lies beside it is another's.
        own = Path(tempfile.mkdtemp(prefix="bag.", suffix=".partial", dir=into.parent))
    except OSError as fault:
        raise _not_written(into, fault) from fault
    try:
        fresh = own / into.name
        (fresh / "data").mkdir(parents=True)
        manifest = _write_all(fresh, contents, about, beside)
        before(manifest)
        fresh.rename(into)
    except OSError as fault:
        raise _not_written(into, fault) from fault
    finally:
        shutil.rmtree(own, ignore_errors=True)
    return manifest


def _not_written(into: Path, fault: OSError) -> NotWritten:
    return NotWritten(
        f"The bag cannot be written to {into}: {fault.strerror or fault}. There is none. Name "
        "another place, or mend that."
    )


def _write_all(
    bag: Path, contents: Iterator[Content], about: Mapping[str, str], beside: Mapping[str, bytes]
) -> str:
    lines, number, size = [], 0, 0
    for content in contents:
        size += _write_one(bag / "data" / content.within, content)
        number += 1
        lines.append(f"{content.sha256}  data/{_escaped(content.within)}\n")
    info = {**about, "Payload-Oxum": f"{size}.{number}"}
    tags = {
        "bagit.txt": DECLARATION.encode(),
        "bag-info.txt": "".join(f"{name}: {said}\n" for name, said in info.items()).encode(),
        "manifest-sha256.txt": "".join(lines).encode(),
        **beside,
    }
    digests = {name: hashlib.sha256(text).hexdigest() for name, text in tags.items()}
    tags["tagmanifest-sha256.txt"] = "".join(
        f"{digest}  {name}\n" for name, digest in digests.items()
    ).encode()
    for name, text in tags.items():
        (bag / name).write_bytes(text)
    return digests["manifest-sha256.txt"]


def _write_one(path: Path, content: Content) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    found, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for part in content.parts:
            found.update(part)
            file.write(part)
            size += len(part)
    if found.hexdigest() != content.sha256:
        raise NotAsItCame(
            f"{content.within} is not what it was when it came. No bag is made. Tell an "
            "administrator, who reads all files again with: forthright media verify --all"
        )
    return size


def _escaped(within: str) -> str:
    """Return a path as manifests write it."""
    return within.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")

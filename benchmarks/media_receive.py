"""How fast a recording is received, hashed and safely on the disk, beside what the machine can do.

Beside it, in the same run and sent in the same way, two other servers of the same protocol, which
do not hash and do not wait for the disk.
"""

import hashlib
import http.client
import mmap
import os
import shutil
import tempfile
import time
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import media_peers
from benchmarks.measuring import Figure, seconds_of
from benchmarks.media_senders import send_all_at_once, send_from_elsewhere
from forthright.media_files.store import Store
from tests.media_files.served import ADDRESS, Receiver

MIB = 1024 * 1024
PART = 64 * MIB  # bytes in one request, where there are several
AT_ONCE = 50


def measure(*, quick: bool) -> list[Figure]:
    """Receive a file here and at the others in turn, several times, and then fifty at once.

    Of each the quickest time counts: it is the one that other work on the machine disturbed
    least, and all of them stood in its way in turn.
    """
    length, rounds = (256 * MIB, 1) if quick else (4096 * MIB, 5)
    os.environ["MEDIA_KEEP_LATER"] = "1"
    others_work = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="media-") as folder:
        root = Path(folder)
        others = media_peers.peers(root / "peers")
        taken: dict[str, list[float]] = {}
        with Receiver(root / "media", threads=64) as receiver:
            for number in range(rounds):
                found = one_round(receiver, root, length)
                for peer in others:
                    part = length if number % 2 else PART  # each is quicker in its own way
                    found[peer.name], found[f"{peer.name} as safe"] = peer.seconds(
                        root, length, part
                    )
                for name, seconds in found.items():
                    taken.setdefault(name, []).append(seconds)
            memory = {"one": memory_of(receiver)}
        with Receiver(root / "media", threads=64) as receiver:
            fifty = fifty_at_once(receiver, length // 32)
            memory["fifty at once"] = memory_of(receiver)
    rates = {name: length / min(seconds) / 1e6 for name, seconds in taken.items()}
    return [
        *figures_of_one(f"{length // MIB:,} MiB", rates, [peer.name for peer in others]),
        *figures_of_fifty(fifty, length // 32),
        *(
            Figure(f"memory for {name}", used, "MB", goal="under 200 MB", is_met=used < 200)
            for name, used in memory.items()
        ),
        Figure(
            "programs that wanted a processor before it began; each slows all of this",
            others_work, "", f"there are {os.cpu_count()} processors", float(os.cpu_count() or 1),
        ),
    ]  # fmt: skip


def figures_of_one(size: str, rates: dict[str, float], others: list[str]) -> list[Figure]:
    """Return how fast one file was received, beside what is possible and beside the others."""
    ours, floor = rates["received"], rates["floor"]
    received = f"{size} received, hashed and on the disk"
    figures = [
        Figure(
            received, ours, "MB/s", "the slower of writing it and its SHA-256", floor,
            goal="at least 0.6 times", is_met=ours >= 0.6 * floor,
        ),
        Figure(f"{size} read back and kept, too", rates["kept"], "MB/s", "the same", floor),
    ]  # fmt: skip
    for name in others:
        theirs, as_safe = rates[name], rates[f"{name} as safe"]
        figures += [
            Figure(
                received, ours, "MB/s", f"{name}, neither hashed nor on the disk", theirs,
                goal="at least 3 times", is_met=ours >= 3 * theirs,
            ),
            Figure(
                received, ours, "MB/s", f"{name}, then hashed and brought to the disk", as_safe
            ),
        ]  # fmt: skip
    return figures


def one_round(receiver: Receiver, folder: Path, length: int) -> dict[str, float]:
    """Return the seconds that the machine needs at least, that receiving takes, and keeping too."""
    least = max(writing(folder / "floor", length), hashing(length))
    path = begun(receiver, length)
    receiving = send_from_elsewhere(receiver.port, path, length, length)
    keeping = seconds_of(lambda: keep_all(receiver))
    shutil.rmtree(receiver.root / "kept")
    return {"floor": least, "received": receiving, "kept": receiving + keeping}


def writing(path: Path, length: int) -> float:
    """Return the seconds that the disk needs for so many bytes, in the quickest way there is."""
    block = mmap.mmap(-1, 8 * MIB)
    block[:] = os.urandom(8 * MIB)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_DIRECT)
    try:
        os.posix_fallocate(file, 0, length)
        os.fsync(file)
        began = time.perf_counter()
        for place in range(0, length, len(block)):
            os.pwrite(file, block, place)
        os.fsync(file)
        return time.perf_counter() - began
    finally:
        os.close(file)
        path.unlink()


def hashing(length: int) -> float:
    """Return the seconds that SHA-256 of so many bytes takes."""
    block = os.urandom(8 * MIB)
    whole = hashlib.sha256()
    began = time.perf_counter()
    for _ in range(0, length, len(block)):
        whole.update(block)
    return time.perf_counter() - began


def begun(receiver: Receiver, length: int) -> str:
    """Begin a file and return its path at the server."""
    connection = http.client.HTTPConnection("127.0.0.1", receiver.port)
    name = b64encode(b"cctv.mp4").decode()
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length)}
    connection.request("POST", ADDRESS, headers={**headers, "Upload-Metadata": f"filename {name}"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return str(answer.headers["Location"])


def keep_all(receiver: Receiver) -> None:
    """Read back and keep what has arrived, then let go of it for the next round."""
    store = Store(receiver.root)
    for incoming in store.arriving():
        store.keep(incoming.name, at=datetime.now(UTC))


def fifty_at_once(receiver: Receiver, length: int) -> list[float]:
    """Return how long each of fifty uploads took that began at once."""
    return send_all_at_once(
        receiver.port, [begun(receiver, length) for _ in range(AT_ONCE)], length
    )


def figures_of_fifty(seconds: list[float], length: int) -> list[Figure]:
    """Return how fair and how fast fifty at once were."""
    shares = [1 / each for each in seconds]
    fair = sum(shares) ** 2 / (len(shares) * sum(each**2 for each in shares))
    together = AT_ONCE * length / max(seconds) / 1e6
    spread = max(seconds) / min(seconds)
    return [
        Figure(f"{AT_ONCE} at once, {length // MIB} MiB each", together, "MB/s"),
        Figure(
            "fairness of their shares (Jain; 1 is equal)", fair, "", goal="at least 0.9",
            is_met=fair >= 0.9,
        ),
        Figure("slowest of them to quickest", spread, "times"),
    ]  # fmt: skip


def memory_of(receiver: Receiver) -> float:
    """Return the most memory that the receiving process has used, in MB."""
    assert receiver.running is not None
    most = 0.0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            status = (process / "status").read_text()
        except OSError:
            continue
        said = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        if int(said["PPid"]) == receiver.running.pid:
            most = max(most, int(said["VmHWM"].split()[0]) * 1024 / 1e6)
    return most

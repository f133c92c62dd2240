"""Whether the lock files are in step with what they were made from, and free of addresses."""

import argparse
import hashlib
import json
import re

from scripts import places

NAMES = ("uv", "base", "dev", "side_by_side")
SIGNATURE = "# made by scripts/lock from "


def faults() -> list[str]:
    """Return what is wrong with the lock files, each in a sentence; nothing when all is well."""
    found = []
    for name in NAMES:
        lock = places.ROOT / "requirements" / f"{name}.txt"
        text = lock.read_text()
        if not text.startswith(_signature(name)):
            found.append(f"requirements/{name}.txt is older than its .in file: run scripts/lock")
        if "://" in text:
            found.append(f"requirements/{name}.txt names an address: run scripts/lock")
    return found + _faults_of_npm()


def _faults_of_npm() -> list[str]:
    wanted = json.loads((places.ROOT / "package.json").read_text())
    lock = json.loads((places.ROOT / "package-lock.json").read_text())
    found = []
    if lock["packages"][""].get("dependencies") != wanted.get("dependencies"):
        found.append("package-lock.json is older than package.json: run scripts/lock")
    if any("resolved" in package for package in lock["packages"].values()):
        found.append("package-lock.json names an address: run scripts/lock")
    return found


def sign() -> None:
    """Write into each lock file what it was made from."""
    for name in NAMES:
        lock = places.ROOT / "requirements" / f"{name}.txt"
        lines = [line for line in lock.read_text().splitlines() if not line.startswith(SIGNATURE)]
        lock.write_text("\n".join([_signature(name), *lines]) + "\n")


def _signature(name: str) -> str:
    """Return the line that says what a lock file was made from, blind to comments and spaces."""
    wanted = []
    for source in {"dev": ["base", "dev"]}.get(name, [name]):
        text = (places.ROOT / "requirements" / f"{source}.in").read_text()
        wanted += [re.sub(r"\s+#.*", "", line).strip() for line in text.splitlines()]
    plain = "\n".join(sorted(line for line in wanted if line and not line.startswith("#")))
    return f"{SIGNATURE}{name}.in, {hashlib.sha256(plain.encode()).hexdigest()[:16]}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sign", action="store_true", help="write what the files were made from")
    if parser.parse_args().sign:
        sign()
    for fault in faults():
        print(fault)

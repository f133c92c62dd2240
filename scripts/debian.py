"""Debian's packages: what is missing, installing it, and the line to type where we may not."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.words import Refused, say, step


@dataclass(frozen=True)
class Need:
    """Some packages of Debian's and the reason why they are needed."""

    packages: tuple[str, ...]
    why: str


PDF = Need(
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation"),
    "they lay out the PDF of a report",
)
BROWSER = Need(("chromium", "fonts-liberation"), "tests walk the pages in a real browser")


def missing(need: Need) -> list[str]:
    """Return which of the packages are not on this machine; none where it is not Debian's kind."""
    if shutil.which("dpkg-query") is None:
        return []
    found = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *need.packages],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    there = set(re.findall(r"^(\S+) installed$", found, flags=re.MULTILINE))
    return [name for name in need.packages if name not in there]


def line_to_type(packages: Sequence[str]) -> str:
    """Return the exact line that a person types to install the packages."""
    line = f"apt-get install --yes {' '.join(packages)}"
    return f"sudo {line}" if shutil.which("sudo") else f'su -c "{line}"'


def may_install() -> bool:
    """Tell whether this person may install packages without being asked for a password."""
    if shutil.which("apt-get") is None:
        return False
    if os.geteuid() == 0:
        return True
    if shutil.which("sudo") is None:
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def install(packages: Sequence[str], why: str) -> None:
    """Install packages from Debian.

    :raises Refused: if this person may not, or Debian's installer fails, with the line to type
    """
    line = line_to_type(packages)
    if not may_install():
        raise Refused(f"This machine lacks {_listed(packages)}; {why}. Type:\n\n    {line}\n")
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    apt += ["-o", "DPkg::Lock::Timeout=300"]
    meaning = f"To try it yourself, type: {line}"
    say(f"  This machine lacks {_listed(packages)}; {why}.")
    step("Asking Debian what it has", [*apt, "update"], meaning=meaning)
    step(
        f"Installing {_listed(packages)}",
        [*apt, "install", "--yes", "--no-install-recommends", *packages],
        meaning=meaning,
    )


def provide(need: Need) -> str:
    """Install what is missing; return advice where that is not possible, else nothing."""
    lacking = missing(need)
    if not lacking:
        return ""
    try:
        install(lacking, need.why)
    except Refused as refusal:
        return str(refusal)
    return ""


def browser() -> Path | None:
    """Return the program of a browser that Playwright can drive, if the machine has one."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return Path(found)
    return None


def _listed(packages: Sequence[str]) -> str:
    *first, last = packages
    return f"{', '.join(first)} and {last}" if first else last

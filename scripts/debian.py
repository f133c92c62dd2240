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
    is_vital: bool = False


PDF = Need(
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation"),
    "they lay out the PDF of a report",
)
SPELLING = Need(("hunspell-en-gb",), "the checks of letters look words up in this dictionary")
MEDIA = Need(("ffmpeg",), "it looks into recordings and makes copies of them that play")
DRIVER = Need(("libatomic1",), "what drives the browser in tests is linked with it", is_vital=True)
BROWSER = Need(
    ("chromium", "fonts-liberation"), "tests walk the pages in a real browser", is_vital=True
)


def missing(need: Need) -> list[str]:
    """Return which of the packages are not on this machine; none where it is not Debian's kind."""
    if not need.packages or shutil.which("dpkg-query") is None:
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


def provide(needs: Sequence[Need]) -> str:
    """Install what is missing; return advice where that is not possible, else nothing.

    :raises Refused: with that advice, if nothing works without one of the missing packages
    """
    lacking = {need: missing(need) for need in needs}
    lacking = {need: names for need, names in lacking.items() if names}
    if not lacking:
        return ""
    words = "\n".join(f"    {', '.join(names)}: {need.why}" for need, names in lacking.items())
    say(f"  This machine lacks some of Debian's packages:\n{words}")
    try:
        _install(list(dict.fromkeys(name for names in lacking.values() for name in names)))
    except Refused as refusal:
        if any(need.is_vital for need in lacking):
            raise
        return str(refusal)
    return ""


def _install(packages: Sequence[str]) -> None:
    """Install packages from Debian.

    :raises Refused: if this person may not, or Debian's installer fails, with the line to type
    """
    line = line_to_type(packages)
    if not may_install():
        raise Refused(f"Only an administrator may install what is missing. Type:\n\n    {line}\n")
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    apt += ["-o", "DPkg::Lock::Timeout=300"]
    meaning = f"To try it yourself, type: {line}"
    step("Asking Debian what it has", [*apt, "update"], meaning=meaning)
    words = "1 package" if len(packages) == 1 else f"{len(packages)} packages"
    options = ["install", "--yes", "--no-install-recommends"]
    step(f"Installing {words} from Debian", [*apt, *options, *packages], meaning=meaning)


def browser() -> Path | None:
    """Return the program of a browser that Playwright can drive, if the machine has one."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return Path(found)
    return None

"""Which camera a form names beside CCTV, and where it stands: by number, address or door.

Only what lists a camera says which: a log of a viewing ("21:03 CCTV camera 3 shows Khan") goes from
camera to camera of one recording.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from forthright.rules.recordings_named import Mention

MOST_CAMERAS = 99  # of one recorder; a longer range is likely a slip
_CAMERA = r"(?:cameras?|cams?|channels?|ch)\.? ?(?:nos?\.? ?|numbers? )?"
_ONE = r"(?:\d{1,3}\b(?![:/]\d|\.\d)|(?-i:[A-Z])\b(?! [a-z]))"
_EACH = rf"{_ONE}(?:(?: ?[,&–-] ?| and | to ){_ONE})*"
_BEHIND = re.compile(rf"\b{_CAMERA}(?P<which>{_EACH})", re.IGNORECASE)
# "CCTV 2, front door", and neither "CCTV 2 discs" nor "CCTV 14 High Street".
_RIGHT_BEHIND = re.compile(r"^ ?(?P<which>\d{1,2})(?= ?(?:$|[,;:(–]| - ))")
_BEFORE = re.compile(rf"\b{_CAMERA}(?P<which>{_EACH})\W{{0,3}}(?:(?:of|from) (?:the )?)?$", re.I)
_RANGE = re.compile(r"(\d{1,3}) ?(?:[-–]|to) ?(\d{1,3})")
_STREET = (
    r"(?:street|st|road|rd|row|lane|ln|avenue|ave|close|drive|way|place|court|terrace|square|hill"
    r"|gardens|crescent|grove|parade|park|walk|gate|yard|view|green|mews)\b"
)
_ADDRESS = re.compile(
    rf"\b(?P<number>\d{{1,4}}[A-Za-z]?) (?P<name>(?-i:[A-Z])[\w’'-]+) (?:[\w’'-]+ )??{_STREET}",
    re.IGNORECASE,
)
_DOOR = re.compile(
    r"\b(?P<side>front|rear|back|side) (?:door|entrance|gate|garden|yard|car park)\b", re.IGNORECASE
)
# What is seen, or that nothing is: such a line lists no camera. "Camera no 2" denies nothing.
_TELLS = re.compile(
    r"\b(?:shows?|showed|showing|shown|captur(?:es?|ed|ing)|depicts?|sees?|seen|picks up|views?"
    r"|enter(?:s|ed|ing)|leav(?:es|ing)|walk(?:s|ed|ing)|runs?|ran|running|approach(?:es|ed|ing)"
    r"|arriv(?:es|ed|ing)|stands?|standing|follow(?:s|ed|ing)|pass(?:es|ed|ing)|exit(?:s|ed|ing)"
    r"|not|never|nothing|overwritten|wiped|faulty|broken|no(?!\.? ?\d))\b"
    r"|^\W*\d{1,2}[:.]\d\d\b|\bat (?:about )?\d{1,2}(?:[:.]\d\d|[ap]m)\b|\b\d{4} ?hrs?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Camera:
    """The numbers, addresses and doors by which a camera is told from another; often none."""

    numbers: frozenset[str] = field(default_factory=frozenset)
    places: frozenset[str] = field(default_factory=frozenset)
    doors: frozenset[str] = field(default_factory=frozenset)

    def is_another(self, other: "Camera") -> bool:
        """Say whether it is plainly another: both have a number, an address or a door of it."""
        return any(
            mine and theirs and not mine & theirs
            for mine, theirs in (
                (self.numbers, other.numbers),
                (self.places, other.places),
                (self.doors, other.doors),
            )
        )

    def with_more(self, other: "Camera") -> "Camera":
        """Return it with what another line tells of it."""
        return Camera(
            self.numbers | other.numbers, self.places | other.places, self.doors | other.doors
        )


NO_CAMERA = Camera()


def camera_of(line: str, mention: Mention, mentions: list[Mention]) -> Camera:
    """Return which camera a line lists with its mention of CCTV; none where it tells what is seen.

    :param mentions: all that the line mentions; what is beside another says nothing of this one
    """
    if mention.kind != "CCTV" or _TELLS.search(line):
        return NO_CAMERA
    begins = max((each.end for each in mentions if each.end <= mention.start), default=0)
    ends = min((each.start for each in mentions if each.start >= mention.end), default=len(line))
    before, after = line[begins : mention.start], line[mention.end : ends]
    numbered = _RIGHT_BEHIND.search(after) or _BEHIND.search(after) or _BEFORE.search(before)
    around = f"{before} | {mention.words} | {after}"
    return Camera(
        frozenset(_numbers_in(numbered["which"]) if numbered else ()),
        frozenset(f"{e['number']} {e['name']}".lower() for e in _ADDRESS.finditer(around)),
        frozenset(each["side"].lower().replace("back", "rear") for each in _DOOR.finditer(around)),
    )


def _numbers_in(written: str) -> Iterator[str]:
    """Yield each number or letter: "1 and 3", "2-4", "A"."""
    for each in re.finditer(r"\d+|[A-Z]\b", written):
        yield str(int(each.group())) if each.group().isdigit() else each.group()
    for first, last in _RANGE.findall(written):
        if int(first) < int(last) <= MOST_CAMERAS:
            yield from (str(number) for number in range(int(first), int(last)))

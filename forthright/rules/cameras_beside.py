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
# "CCTV 2, front door", "CCTV No 2", and neither "CCTV 2 discs" nor "CCTV 14 High Street".
_RIGHT_BEHIND = re.compile(
    r"^ ?(?:(?:nos?|number)\.? ?|# ?)?(?P<which>\d{1,2})(?= ?(?:$|[,;:(–]| - ))", re.IGNORECASE
)
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
# "CCTV front", "Rear CCTV".
_SIDE_BEHIND = re.compile(
    r"^ ?[(:–-]? ?(?P<side>front|rear|back|side)(?= ?(?:$|[,;:()–]| - ))", re.IGNORECASE
)
_SIDE_BEFORE = re.compile(
    r"(?:^|[,;:(–] ?|- )(?P<side>front|rear|back|side)(?:[ -]facing)? ?$", re.IGNORECASE
)
# What is seen: such a line lists no camera, but may tell of another.
_TELLS = re.compile(
    r"\b(?:shows?|showed|showing|shown|captur(?:es?|ed|ing)|depicts?|sees?|seen|picks up|views?"
    r"|enter(?:s|ed|ing)|leav(?:es|ing)|walk(?:s|ed|ing)|runs?|ran|running|approach(?:es|ed|ing)"
    r"|arriv(?:es|ed|ing)|stands?|standing|follow(?:s|ed|ing)|pass(?:es|ed|ing)|exit(?:s|ed|ing))\b"
    r"|^\W*\d{1,2}[:.]\d\d\b|\bat (?:about )?\d{1,2}(?:[:.]\d\d|[ap]m)\b|\b\d{4} ?hrs?\b",
    re.IGNORECASE,
)
# Or that nothing is. "Camera no 2" denies nothing.
_DENIES = re.compile(
    r"\b(?:not|never|nothing|overwritten|wiped|faulty|broken|no(?!\.? ?\d))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Camera:
    """The numbers, addresses and doors by which a camera is told from another; often none.

    `shown` are the numbers of a line that tells what is seen, and lists no camera.
    """

    numbers: frozenset[str] = field(default_factory=frozenset)
    places: frozenset[str] = field(default_factory=frozenset)
    doors: frozenset[str] = field(default_factory=frozenset)
    shown: frozenset[str] = field(default_factory=frozenset)

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

    def may_be_another(self, other: "Camera") -> bool:
        """Say whether it tells what is seen of a camera by another number than is known."""
        known = other.numbers | other.shown
        return bool(self.shown and known and not self.shown & known)

    def with_more(self, other: "Camera") -> "Camera":
        """Return it with what another line tells of it."""
        return Camera(
            self.numbers | other.numbers, self.places | other.places,
            self.doors | other.doors, self.shown | other.shown,
        )  # fmt: skip


NO_CAMERA = Camera()


def camera_of(line: str, mention: Mention, mentions: list[Mention]) -> Camera:
    """Return which camera a line lists with its mention of CCTV.

    Of a line that tells what is seen only the number by which it may be another.

    :param mentions: all that the line mentions; what is beside another says nothing of this one
    """
    if mention.kind != "CCTV" or _DENIES.search(line):
        return NO_CAMERA
    begins = max((each.end for each in mentions if each.end <= mention.start), default=0)
    ends = min((each.start for each in mentions if each.start >= mention.end), default=len(line))
    before, after = line[begins : mention.start], line[mention.end : ends]
    numbered = _RIGHT_BEHIND.search(after) or _BEHIND.search(after) or _BEFORE.search(before)
    numbers = frozenset(_numbers_in(numbered["which"]) if numbered else ())
    if _TELLS.search(line):
        return Camera(shown=numbers)
    around = f"{before} | {mention.words} | {after}"
    beside = (_SIDE_BEHIND.search(after), _SIDE_BEFORE.search(before))
    sides = [*_DOOR.finditer(around), *(each for each in beside if each)]
    return Camera(
        numbers,
        frozenset(f"{e['number']} {e['name']}".lower() for e in _ADDRESS.finditer(around)),
        frozenset(each["side"].lower().replace("back", "rear") for each in sides),
    )


def _numbers_in(written: str) -> Iterator[str]:
    """Yield each number or letter: "1 and 3", "2-4", "A"."""
    for each in re.finditer(r"\d+|[A-Z]\b", written):
        yield str(int(each.group())) if each.group().isdigit() else each.group()
    for first, last in _RANGE.findall(written):
        if int(first) < int(last) <= MOST_CAMERAS:
            yield from (str(number) for number in range(int(first), int(last)))

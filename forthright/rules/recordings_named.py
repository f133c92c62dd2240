"""What says that something was recorded: one place for the check of schedules, the grid and forms.

A recording is decided on only once somebody viewed it or listened to it, is looked for on each
schedule, and stands in the register; so whoever asks, asks the same words. A paper about one is
none: "stills from the CCTV", "999 call log", "no CCTV".
"""

import re
from dataclasses import dataclass

from forthright.rules.schedules.bundle import plain

# Any other words that may stand for a recording, with no kind of their own.
OTHER = "OTHER"
# What is read out of a telephone: it is in the register, and nobody views it as one views film.
PHONE = "PHONE"
DOORBELL = "DOORBELL"

_NAME = r"(?-i:[A-Z])[\w'’-]+"
# Whose or which: two cameras of two shops are two recordings.
_PLACE = (
    rf"(?: (?:from|of|at|outside|inside) (?:(?:the|his|her|their|a) )?"
    rf"(?:{_NAME}(?: {_NAME}){{0,2}}|(?<=the |his |her )[a-z]+)(?: system\b)?)?"
)
_OFFICER = (
    r"(?: (?:footage|video|camera|recording))?"
    r"(?: (?:of|from) (?:PC|PS|DC|DS|DI|PCSO|Sgt|Insp)\.? ?\d{0,5}"
    rf"(?: {_NAME})?)?"
)
_FILM = r"(?:footage|videos?|recordings?|films?|clips?|audio)\b"
_BELL = r"(?:(?:ring|nest|video)[ -]?)?door[ -]?bell"
_WHOSE = r"(?:(?:the|a|an|his|her|their) )?"
_CAMERA = (
    r"cctv|c\.c\.t\.v\.?|closed[ -]circuit (?:television|tv)"
    rf"|(?:security|street|council|shop|store|bus|taxi|traffic)[ -]?cam(?:era)?s?(?: {_FILM})"
)
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{pattern})", re.IGNORECASE))
    for kind, pattern in (
        ("CALL_999", (r"(?:999|101|112|emergency)(?:[ -]services?)?"
                      r" (?:call|recording|tape|audio)(?: (?:recording|tape|audio))?s?\b"
                      r"|(?:recorded|taped|recordings? of) (?:\w+ )?(?:(?:tele)?phone )?calls?\b"
                      r"|(?:(?:tele)?phone )?call recordings?\b")),
        ("BWV", (r"(?:bwv|bwc|bwf|body[- ]?worn(?: video| camera)?|body ?-?cams?\b"
                 rf"|body ?-?cameras?\b){_OFFICER}")),
        ("DASHCAM", r"dash(?:board)?[ -]?cam\w*"),
        ("DRONE", (rf"drone {_FILM}|npas {_FILM}|(?:police )?helicopter {_FILM}"
                   r"|(?:footage|video|film)s? (?:from|by|taken by) (?:the |a )?"
                   r"(?:police )?(?:drone|helicopter)")),
        ("ABE", (r"abe\b(?: interview| video| recording| disc)*|achieving best evidence"
                r"|(?:video|visually)[- ]recorded interview|vri\b")),
        ("INTERVIEW", (r"(?:police|taped|tape[- ]recorded|audio|audio[- ]recorded|suspect|custody)"
                      r" interview(?: recording| disc| tape)?|interview (?:recording|disc|tape)s?\b"
                      r"|(?:recording|disc|dvd|cd|tape|audio|video)s?(?: recording)? of"
                      rf" {_WHOSE}(?:police )?interview")),
        (PHONE, r"(?:phone|handset|mobile|device) (?:\w+ )?(?:download|extraction)s?\b"),
        (DOORBELL, (rf"{_BELL} (?:cam(?:era)?s?(?: {_FILM})?|{_FILM})"
                    rf"|{_FILM} (?:from|of|on) {_WHOSE}{_BELL}")),
        ("CCTV", rf"(?:{_CAMERA})(?:(?<=\.)|\b)(?: (?:footage|recording|video)s?\b)?{_PLACE}"),
        (OTHER, (r"(?:video(?!s? ?(?:link|live ?link|conferenc|call|identification|id\b|parade"
                 r"|procedure|game|shop|store|recorder|player|platform))s?|audio(?! equipment)"
                 r"|footage|voice ?-?(?:note|mail|message)s?|sound recordings?"
                 r"|recordings? (?:of|by|made|taken|from)|recorded interview"
                 r"|(?:tik ?tok|snapchat|instagram|facebook|youtube|whatsapp|social media|media"
                 r"|film|news|sound)s? clips?|clips? (?:of|from|posted|filmed)"
                 r"|film(?:s|ed)? (?:of|by|on)|tapes? of|dvds?"
                 r"|(?:helmet|head|web|trail|spy)[ -]?cam\w*|go[ -]?pro"
                 r"|live ?-?stream\w*|screen recordings?)\b")),
    )
)  # fmt: skip
KINDS_NAMED = frozenset(kind for kind, _ in KINDS)
# A paper about a recording is none: "stills from the CCTV", "999 call log", "no CCTV".
_BEFORE = re.compile(
    r"\b(?:no|not|nor|without|never|stills?|(?:still )?images?|photo(?:graph)?s?|transcripts?|logs?"
    r"|summar(?:y|ies)|records?|statements?|rotis?|list|enquir(?:y|ies) for)(?: of| from| for)?"
    r"(?: any| the| a| his| her| their)*[ -]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^[ -]*(?:stills?|images?|photo(?:graph)?s?|screen ?shots?|transcripts?|logs?|summar(?:y|ies)"
    r"|enquir(?:y|ies)|operators?|policy|trawl|request|reports?|statements?|viewing|suite|system"
    r"|(?:was|were|is|are|has|had) (?:no\b|been (?:overwritten|wiped))"
    r"|(?:was|were|is|are|has|had) (?:not|never)(?: been| being)? (?:available|working"
    r"|record(?:ed|ing)|kept|retained|saved|held|seized|obtained|recovered|secured|activated|operational|fitted"
    r"|found|(?:switched |turned )?on|in use)"
    r"|(?:was |were )?(?:overwritten|not working|switched off|not activated))\b",
    re.IGNORECASE,
)
# On a schedule these come first where a paper is listed that tells of a recording.
_OF_PAPER = re.compile(r"\b(?:transcripts?|logs?|stills?|enquir(?:y|ies)|requests?)\b")
# A bell or a camera that is listed is listed for what it recorded.
_LISTED = re.compile(rf"\b{_BELL}\b")
# In a form, words that may say that something was recorded, and that no schedule is held to.
_LOOSELY = re.compile(
    r"\b(?:(?<!paper )(?<!hair )(?<!bulldog )clips?|recordings?(?! officers?\b)|videoed"
    r"|(?:video|audio)[- ]?tapes?|filmed|filming|recorded (?:it|this|him|her|them)\b"
    r"|(?:ring|nest) (?:door ?bell|camera)|web ?cam\w*|interviews? (?:(?:was|were) )?recorded)\b",
    re.IGNORECASE,
)
SOUND = re.compile(r"\b(?:audio|voice|sound|call|recording of)")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that say that something was recorded: of which kind, where, and which words."""

    kind: str
    start: int
    end: int
    words: str


def mentions_in(line: str) -> list[Mention]:
    """Return what says in a line that something was recorded, and is no paper about it."""
    found: list[Mention] = []
    for kind, pattern in KINDS:
        for match in pattern.finditer(line):
            start, end = match.span()
            if any(start < other.end and other.start < end for other in found):
                continue
            found.append(Mention(kind, start, end, match.group().strip(" -")))
    return sorted((each for each in found if not is_about(line, each)), key=lambda each: each.start)


def loosely_in(line: str) -> list[Mention]:
    """Return what may say in a line of a form that something was recorded, in everyday words too.

    It is shown to a person to look at, and decides nothing.
    """
    said = [Mention(OTHER, *each.span(), each.group()) for each in _LOOSELY.finditer(line)]
    told = [each for each in said if not is_about(line, each)]
    return [*(each for each in mentions_in(line) if each.kind == OTHER), *told]


def recording_in(description: str) -> Mention | None:
    """Return by which words an item of a schedule is a recording to be viewed or listened to."""
    words = plain(description)
    if paper := _OF_PAPER.search(words):
        words = words[: paper.start()]
    found = [each for each in mentions_in(plain(description)) if each.end <= len(words)]
    found = [each for each in found if each.kind != PHONE]
    if found:
        return found[0]
    bell = _LISTED.search(words)
    return Mention(DOORBELL, bell.start(), bell.end(), bell.group()) if bell else None


def is_about(line: str, mention: Mention) -> bool:
    """Say whether what is mentioned is a paper about a recording, or that there is none."""
    return bool(_BEFORE.search(line[: mention.start]) or _AFTER.search(line[mention.end :]))

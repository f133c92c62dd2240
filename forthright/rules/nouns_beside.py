"""What stands beside a reference and is no recording: "a knife, exhibit SH/1", "receipt JK/1".

So "his body-worn video captured this" of the same sentence is not taken for the knife. What carries
a recording ("the disc is exhibit DM/1") or stands for one ("exhibit it as DM/1") is none of these.
"""

import re
from enum import IntEnum


class Noun(IntEnum):
    """What a reference is called right beside it: the later, the surer that it is no recording."""

    NONE = 0
    NAME = 1
    OTHER = 2
    THING = 3


THING = (
    r"(?:kni(?:fe|ves)|blades?|machetes?|swords?|daggers?|axes?|hammers?|screwdrivers?"
    r"|crow ?bars?|bats?|batons?|sticks?(?<!usb stick)(?<!memory stick)|poles?|bottles?"
    r"|glass(?:es)?|bricks?|stones?|guns?|firearms?|pistols?|rifles?|shotguns?|ammunition"
    r"|bullets?|cartridges?|weapons?|tools?|gloves?|masks?|balaclavas?|shirts?|t-shirts?"
    r"|blouses?|jumpers?|hood(?:ies|y|ie)|tops?|jackets?|coats?|trousers|jeans|shorts"
    r"|dress(?:es)?|skirts?|socks?|shoes?|trainers?|boots?|hats?|caps?|scar(?:f|ves)|underwear"
    r"|knickers|bra|clothing|clothes|bedding|sheets?|towels?|duvets?|rucksacks?|handbags?"
    r"|wallets?|purses?|keys?|cards?(?<!sd card)(?<!memory card)(?<!sim card)|passports?"
    r"|licen[cs]es?|cash|money|bank ?notes?|coins?|jewellery|rings?|watch(?:es)?|necklaces?"
    r"|drugs?|cannabis|cocaine|heroin|ketamine|mdma|wraps?|tablets?|pills?|powder|plants?|scales"
    r"|swabs?|samples?|blood|saliva|hairs?|fibres?|fingerprints?|finger marks?|footwear"
    r"|footmarks?|casts?|cigarettes?|butts?|receipts?|invoices?|bills?|cheques?|letters?|notes?"
    r"|notebooks?|pocket ?books?|diar(?:y|ies)|documents?|papers?|paperwork|forms?|certificates?"
    r"|contracts?|maps?|plans?|sketch(?:es)?|drawings?|diagrams?|statements?|reports?"
    r"|summar(?:y|ies)|logs?|records?|lists?|schedules?|spreadsheets?|transcripts?|rotis?"
    r"|messages?|texts?|e-?mails?|screen ?shots?|screen ?grabs?|print-?outs?|stills?|images?"
    r"|photo(?:graph)?s?|pictures?|albums?|orders?|notices?|cars?|vehicles?|vans?|bicycles?"
    r"|bikes?|motorcycles?|number ?plates?|laptops?|computers?|handsets?|sim cards?"
    r"|(?:i ?|smart ?)?phones?(?! (?:footage|videos?|downloads?|recordings?|clips?|calls?|with\b"
    r"|containing)))"
)
# Such a thing right before a recording says which camera made it: "Boots CCTV", "car dashcam".
_OF_CAMERA = re.compile(
    r"(?:keys?|top|cars?|vehicles?|vans?|bikes?|bicycles?|motorcycles?|(?-i:Boots))", re.IGNORECASE
)
_OF_FILM = re.compile(r"(?:(?:i ?|smart ?)?phones?|handsets?|laptops?|computers?)", re.IGNORECASE)
# So does one that begins the name of a place or an act: "car park CCTV", "vehicle search BWV".
_OF_PLACE = re.compile(
    r"(?:[\s-]{1,2}(?!(?:of|from|in|on|at|by|to|for|with|near|outside|inside|left|found|worn|seen"
    r"|seized)\b)[\w'’&]+){0,2}[\s-]{1,2}(?:parks?|floors?|shops?|stores?|street|st|road|rd|lane|avenue"
    r"|ave|sheds?|factory|yards?|warehouse|stations?|house|hall|rooms?|office|entrances?|doors?"
    r"|gates?|machines?|points?|counters?|desks?|bank|club|bar|pub|centre|market|garage|wash"
    r"|dealers?|dealership|hire|works|court|close|way|drive|place|arcade|outlet|system|areas?"
    r"|corridor|bay|racks?|stops?|lifts?|landing|search(?:es)?|seizure|recovery|chase|pursuit)",
    re.IGNORECASE,
)
# With other words right before it only a person can tell: "top of stairs CCTV".
_ADDS = re.compile(
    r"(?:[\s-]{1,2}(?!(?:on|in|at|by|to|for|from|with|about|and|or|is|was|are|were|be|see|seen|shown"
    r"|showing|shows|visible|worn|used|found|caught|captured|recovered|seized|via)\b)[\w'’&]+){1,4}"
    r"(?<! of)(?<! the)(?<! a)",
    re.IGNORECASE,
)
# "Text messages and a voice note": whether the reference is of both only a person can tell.
_AND_BEFORE = re.compile(
    r"(?:\s+(?:of|from)(?: [\w'’-]+){1,3})?\s+(?:and|plus|with|&)"
    r"(?: (?:a|an|the|some|his|her|their))?",
    re.IGNORECASE,
)
# "Disc with photographs and CCTV": it is of all that is on it.
_HOLDS = re.compile(
    r"[\s\d,:x–-]*(?:(?:a|an|the|one|black|sealed|master|working) )*"
    r"(?:dis[ck]s?|dvds?|cds?|usbs?|(?:(?:usb|memory|pen) )?(?:sticks?|drives?))"
    r" (?:with|containing|holding|of)\b[^;]*",
    re.IGNORECASE,
)
# "JK/1 - knife", "SH/1 is a coat".
_IS_THING_BEHIND = re.compile(
    r"[\s,:()\[\]|/–-]*(?:(?:is|are|was|being|which|this|a|an|the|one|\d+x?|x|his|her)[\s:–-]+)*"
    r"(?:(?!(?:of|from|at|in|on|by|with|for|and|or|to)\b)[\w'’-]+ ){0,2}?"
    rf"(?:{THING})\b(?P<rest>.*)",
    re.IGNORECASE,
)
_CALLS_IT = re.compile(r"[\s)]*(?:[:–-]|,? ?(?:which )?(?:is|are|was|were|being) )", re.IGNORECASE)
_THINGS = re.compile(rf"\b{THING}(?:[\s-]+{THING})*\b", re.IGNORECASE)
# Such words stand for a recording, or for what carries it.
_CARRIER = (
    r"(?:dis[ck]s?|dvds?|cds?|usbs?|usb sticks?|memory sticks?|pen ?drives?|drives?|hard drives?"
    r"|(?:sd|memory) cards?|cop(?:y|ies)|footage|recordings?|videos?|film|clips?|files?|downloads?"
    r"|extractions?|exhibits?|items?|media|tapes?|cassettes?|links?|uploads?|versions?|masters?"
    r"|evidence|material|products?|cameras?|system|same|following|above|interview|call|audio)"
)
# Somebody, or what happened.
_NO_THING = (
    r"(?:officers?|constable|sergeant|inspector|witness(?:es)?|victim|complainant|defendants?|suspects?"
    r"|accused|shopkeeper|managers?|neighbours?|owners?|driver|attached|enclosed"
    r"|incident|assault|fight|attack|offence|robbery|burglary|theft|arrest|chase|scene|search"
    r"|collision|accident)"
)
# What stands between the name of an exhibit and its reference, or stands for what was named.
_TAIL = re.compile(
    r"(?:[\s,:;()\[\]–-]|(?<![\w/])(?:exh?s?|exhibit(?:s|ed|ing)?|ref(?:erence)?s?|nos?|number|as|is"
    r"|are|was|were|being|been|be|am|has|have|had|will|now|also|both|which|that|it|this|these|those"
    r"|them|they|i|he|she|we|can|produc(?:e|ed|es|ing)|mark(?:ed)?|label(?:led)?|identif(?:y|ied)"
    r"|(?<!I )(?<!he )(?<!we )(?<!who )(?:found|seized|recovered)"
    r"|served|my|his|her|their|our|the|and|under|by|with|of|at|item|mark)(?![\w/])\.?)+$",
    re.IGNORECASE,
)
# "The shopkeeper exhibits DM/1": here it is done, and what stands before did it.
_IS_DONE = re.compile(
    r"[\w’'] (?:exhibit(?:s|ing)|produc(?:es|ing)|shows)[\s:]*$"
    r"|(?<!which )(?<!that )\b(?:I|we|they|to|will|and|can|now|also)"
    r" (?:exhibit|produce)(?: (?:as|it|this|them))*[\s:]*$"
    r"|\bproduced[\s:]*$",
    re.IGNORECASE,
)
_NUMBER = r"(?:(?:exhibits?|exh|ref(?:erence)?|nos?|number|items?|\d+)\b[\s.:(]*)*$"
# "Exhibit list: DM/1 CCTV", "Statement of PC Hall: SH/1 BWV": a heading calls nothing.
_HEADING = re.compile(
    r"\b(?:(?:lists?|schedules?|exhibits?|index|logs?|statements?|records?|reports?|notes)\b[^:;,]*:"
    r"|exhibits? list|list of exhibits)[\s–-]*" + _NUMBER,
    re.IGNORECASE,
)
# Where a line begins so, a list of exhibits heads it: "Property record DM/1 - CCTV".
_LISTS = r"(?:lists?|schedules?|logs?|records?|registers?|index|sheets?)"
_EXHIBITS = r"(?:exhibits?|property|items|evidence)"
_LIST_HEADING = re.compile(
    rf"^\W*(?:(?:\w+ )?(?:{_EXHIBITS} {_LISTS}|{_LISTS} of (?:the )?{_EXHIBITS})[\s,:–-]*"
    r"|[^:;,]*\b(?:lists?|schedules?|index|statements? (?:of|by|from))\b[^:;,]*:\s*)" + _NUMBER,
    re.IGNORECASE,
)
# Another paper may: "Police report, DM/1 CCTV"; of "Police report, DM/1, CCTV" nobody can tell.
_PAPER_HEADING = re.compile(
    r"^\W*(?:[\w'’-]+ ){0,3}(?:logs?|records?|notes|reports?|statements?)"
    r"(?: (?:of|by|from)(?: [\w'’-]+){1,3})?, $",
    re.IGNORECASE,
)
_SAID_IN = re.compile(
    r"\b(?:in|to) (?:\w+ ){0,2}(?:statement|report|notes|log|summary)\W*$", re.IGNORECASE
)
_STANDS_FOR = re.compile(r"\b(?:it|this|these|them|same)\b", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"(?:^|(?<=\s))(?P<which>from|of|at|outside|inside|in|on|by|near|to|onto|into|with|for|opposite"
    r"|under|behind|over|between|during|following|via|containing|showing)\s+(?P<what>[^,;()]*)$",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"(?:^|(?<=[\s(]))(?:a|an|the|my|his|her|their|some|one|two|three|four|several)\s+"
    r"(?P<words>(?:[\w’'.-]+\s+){0,4}?[\w’'.-]+)$",
    re.IGNORECASE,
)
_IS_THING = re.compile(rf"(?:^|[\s-])(?:{THING})$", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:I|he|she|they|we|who|which|seized|produced?|exhibit(?:s|ed)?|recovered|obtained|took"
    r"|downloaded|received|collected|viewed|shows?|showed|captured|attended|attach(?:ed)?)\b"
)
_HAS_CAPITAL = re.compile(r"\b[A-Z]")
_MOST_PARTS = 4
_LONGEST_NOUN = 40  # letters


def stands_for_another(before: str) -> bool:
    """Say whether what a reference is of stands for what was named: "exhibit it", "the disc is"."""
    words = without_tail(before)
    is_carrier = re.search(rf"[;,] ?(?:\w+ )?(?:a |the )?{_CARRIER}$", words, re.IGNORECASE)
    return bool(is_carrier or _STANDS_FOR.search(before[len(words) :]))


def without_tail(before: str) -> str:
    """Return words before a reference without those that only say that it is one."""
    return _TAIL.sub("", before)


def noun_before(before: str) -> Noun:
    """Say what the words before a reference call it, if anything but a recording.

    :param before: the words of its clause, up to the reference
    """
    if _IS_DONE.search(before) or _HEADING.search(before):
        return Noun.NONE
    if _SAID_IN.search(before):
        return Noun.OTHER
    words = without_tail(before).strip()
    for _ in range(_MOST_PARTS):
        if _is_thing(words):
            return Noun.THING
        part = _last_part(words)
        if part is None:
            break
        if part["which"].lower() == "of" and _is_thing(part["what"]):
            return Noun.THING
        words = words[: part.start()].strip()
    return _noun_in(words)


def is_heading(begun: str) -> bool:
    """Say whether words with which a line begins head a list of exhibits."""
    return bool(_LIST_HEADING.search(begun))


def noun_at_head(begun: str, noun: Noun, between: str) -> Noun:
    """Return what a reference is called before it, less what only heads its line.

    :param begun: the words with which the line begins, up to the reference
    :param noun: what these call it
    :param between: the words from the reference to a recording
    """
    if is_heading(begun):
        return Noun.NONE
    if _PAPER_HEADING.search(begun):
        return Noun.OTHER if "," in between else Noun.NONE
    return noun


def is_thing_in(words: str) -> bool:
    """Say whether some words name what is no recording: "knife, seen on"."""
    return bool(re.search(rf"\b{THING}\b", words, re.IGNORECASE))


def thing_between(words: str, *, is_film: bool) -> Noun:
    """Say how sure it is that words from a reference to a recording call it something of its own.

    What only tells which camera it was is none: "Car park CCTV", "mobile phone video".

    :param is_film: whether the recording is called by no kind, so that a telephone may have made it
    """
    if holds_recording(words):
        return Noun.NONE
    found = _THINGS.finditer(words)
    return max((_thing_in(each, is_film=is_film) for each in found), default=Noun.NONE)


def _thing_in(match: re.Match[str], *, is_film: bool) -> Noun:
    thing, rest = match.group(), match.string[match.end() :].rstrip()
    is_camera = _OF_CAMERA.fullmatch(thing) or (is_film and _OF_FILM.fullmatch(thing))
    if _OF_PLACE.fullmatch(rest) or (is_camera and not rest):
        return Noun.NONE
    is_shop = thing == "Boots" and not rest.strip(" ,()–-")
    is_beside = not rest or is_shop or _AND_BEFORE.fullmatch(rest) or _ADDS.fullmatch(rest)
    return Noun.OTHER if is_beside else Noun.THING


def holds_recording(words: str) -> bool:
    """Say whether words behind a reference are of a disc that has a recording on it."""
    return bool(_HOLDS.fullmatch(words))


def is_thing_behind(words: str, *, is_list: bool) -> bool:
    """Say whether what stands right behind a reference is what it is of, and no recording.

    :param words: up to what is mentioned or referred to next
    :param is_list: whether in the line each reference stands before what it is of
    """
    match = _IS_THING_BEHIND.fullmatch(words)
    is_said = is_list or bool(_CALLS_IT.match(words))
    return is_said and match is not None and not _OF_PLACE.match(match["rest"])


def _last_part(words: str) -> re.Match[str] | None:
    """Return the last words with a preposition: "from the yard"."""
    found = None
    at = 0
    while match := _PREPOSITION.search(words, at):
        found, at = match, match.start("what")
    return found


def _is_thing(words: str) -> bool:
    return bool(_IS_THING.search(words[-_LONGEST_NOUN:])) and not _ends_as_none(words)


def _ends_as_none(words: str) -> bool:
    return bool(re.search(rf"\b(?:{_CARRIER}|{_NO_THING})$", words[-_LONGEST_NOUN:], re.IGNORECASE))


def _noun_in(words: str) -> Noun:
    match = _DETERMINED.search(words)
    if match is None or _SAYS.search(match["words"]) or _ends_as_none(words):
        return Noun.NONE
    return Noun.NAME if _HAS_CAPITAL.search(match["words"]) else Noun.OTHER

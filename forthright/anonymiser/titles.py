"""Who is named by the words around: “PC 1234 Khan”, “your daughter Ella”, “Dear Ms Osei”."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.rules.letter_checks.given_names import given_names
from forthright.rules.letter_checks.name_words import is_also_word, is_always_capital
from forthright.rules.letter_checks.spelling import common_words

SMALL = (
    r"(?:van|von|de|del|dela|della|der|den|di|da|dos|el|al|bin|bint|ibn|ap|ab|le|la|ó|ní|mac|st)"
)
JOIN = r"(?:[ \u00a0]|(?<=\.))"
# Never tried again in parts, which for “A-A-A-A” would be without end.
NAME = r"[^\W\d_a-zß-öø-ÿ]\w*+(?:[’'-]++\w++)*+"
INITIAL = r"(?:[^\W\d_a-zß-öø-ÿ]\.?(?![^\W\d_]))"
NAMES = rf"(?:(?:{INITIAL}{JOIN}){{0,3}}(?:{SMALL}[ \u00a0]){{0,2}}(?:{NAME})(?:[ \u00a0](?:{SMALL}[ \u00a0]){{0,2}}{NAME}){{0,3}})"
TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof(?:essor)?|Rev(?:erend)?|Sir|Lady|Lord|Dame|Master|Cllr|Councillor|"
    r"Imam|Father|Sister|Nurse|Fr|Canon|Messrs)"
)
RANK = (
    r"(?:(?:T/|A/)?(?:PC|DC|PS|DS|DI|DCI|DSU|PCSO|WPC|WDC|Sgt|Insp|SOCO)|(?:Police|Detective|Special|Temporary) "
    r"(?:Constable|Sergeant|Inspector|Officer)|Detective (?:Chief )?(?:Inspector|Superintendent)|"
    r"(?:Chief )?(?:Inspector|Superintendent)|Sergeant|Constable|Officer)"
)
JUDGE = r"(?:(?:His|Her) Honour )?(?:District |Deputy |Circuit |Recorder )?(?:Judge|Recorder)|(?:Mr|Mrs|Ms) Justice|HHJ|DJ|Coroner"
RELATION = (
    r"(?:daughter|son|child|baby|mother|father|mum|dad|mam|sister|brother|wife|husband|partner|girlfriend|boyfriend|"
    r"fianc[eé]e?|ex-?(?:wife|husband|partner|girlfriend|boyfriend)|grand(?:son|daughter|mother|father|child)|"
    r"aunt(?:ie)?|uncle|niece|nephew|cousin|step(?:son|daughter|mother|father|brother|sister)|friend|neighbour|"
    r"colleague|manager|adviser|advisor|teacher|solicitor|barrister|carer|son-in-law|daughter-in-law|"
    r"flatmate|housemate|landlord|boss|supporter|worker|lodger|tenant|doctor|gp|coach|nan|gran|grandad)"
)
GO_ON = frozenset(
    [
        "i",
        "we",
        "you",
        "he",
        "she",
        "they",
        "it",
        "this",
        "that",
        "the",
        "a",
        "an",
        "and",
        "or",
        "but",
        "if",
        "when",
        "where",
        "who",
        "what",
        "how",
        "on",
        "in",
        "at",
        "by",
        "for",
        "of",
        "from",
        "to",
        "with",
        "as",
        "is",
        "was",
        "were",
        "are",
        "has",
        "had",
        "have",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "do",
        "did",
        "does",
        "not",
        "no",
        "yes",
        "so",
        "then",
        "your",
        "our",
        "my",
        "his",
        "her",
        "their",
        "its",
        "there",
        "here",
        "please",
        "sorry",
        "thank",
        "thanks",
        "after",
        "before",
        "since",
        "until",
        "because",
        "although",
        "however",
    ]
)
TITLED = re.compile(rf"(?<!\w)(?:{TITLE}\.?(?: (?:and|&) {TITLE}\.?)?)[ \u00a0]+(?P<it>{NAMES})")
TITLED_SMALL = re.compile(
    rf"(?<!\w)(?:mr|mrs|ms|miss|{TITLE})\.?[ \u00a0]+(?P<it>[^\W\d_][\w’'-]+)", re.IGNORECASE
)
# A name that is a word too, written small: “Dear Mr friend”, “the read family”.
TITLED_WORD = re.compile(r"(?<!\w)(?:[Mm]rs?|[Mm]s)\.?[ \u00a0]+(?P<it>[a-zß-öø-ÿ][\w’'-]+)")
FAMILY = re.compile(
    r"\b[Tt]he[ \u00a0](?!(?:whole|entire|close|closest|immediate|wider|extended|same|other|young|"
    r"new|royal|first|rest|late|bereaved|victim|defendant|suspect|witness|complainant)\b)"
    r"(?P<it>[^\W\d_][\w-]+)[ \u00a0]family\b"
)
RANKED = re.compile(
    rf"(?<!\w){RANK}\.?[ \u00a0]+(?P<it>(?:\(?\d{{1,6}}\)?,?[ \u00a0]+)?(?:{NAMES})(?:[ \u00a0]*\(?\d{{2,6}}\)?)?|\d{{2,6}})"
)
JUDGED = re.compile(rf"(?<!\w)(?:{JUDGE})[ \u00a0]+(?P<it>{NAMES})")
# A title of work of several words; one capital more is a name, also where it is a word besides.
WORK = (
    r"(?:(?:Deputy|Assistant|Senior|Specialist|Chief|Crown|Area|District|Unit|Legal|Business|Casework|"
    r"Victim|Witness|Appeals|Review) ){1,4}(?:Prosecutor|Advocate|Lawyer|Manager)"
)
WORKING = re.compile(
    rf"(?<!\w){WORK}[ \u00a0]+(?!(?:Service|Unit|Team|Area|Office|Policy|Scheme|Board|Direct|CPS|RASSO|"
    rf"CCU)\b|(?:King|Queen)['’]s Counsel)(?P<it>{NAMES})"
)
RELATED = re.compile(
    rf"(?<!\w)(?:(?:[Yy]our|[Mm]y|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[’']s) (?:\w+ ){{0,2}}?)?{RELATION}s?,?[ \u00a0]+(?P<it>{NAMES})"
)
GREETED = re.compile(
    rf"^[ \t]*(?:Dear|Hello|Hi|Annwyl|Good (?:morning|afternoon|evening))[ \u00a0]+(?:{TITLE}\.?[ \u00a0]+(?:(?:and|&) {TITLE}\.? )?)?"
    rf"(?P<it>{NAMES}(?: (?:and|&) {NAMES})?)",
    re.MULTILINE,
)
SIGNED = re.compile(
    rf"^[ \t]*(?:Yours(?: [a-z]+){{1,4}}|(?:With )?(?:[Kk]ind(?:est)?|[Bb]est|[Ww]arm) (?:[Rr]egards|[Ww]ishes)|"
    rf"Regards|Best|(?:Many |With )?[Tt]hanks|Thank you[^\n]{{0,40}}|Yr eiddoch[ a-z]{{0,20}}|(?:Yn gywir|Cofion)[ a-z]{{0,20}}(?: / Yours [a-z ]{{2,30}})?|.{{0,40}}(?:condolences|sympathy|respect|sorrow|apologies|love))[,.]?[ \t]*\n\s*(?P<it>{NAMES})[ \t]*$",
    re.MULTILINE,
)
VERSUS = re.compile(
    rf"(?<!\w)(?:R|Rex|Regina|Crown|King|KING|CROWN|CPS|DPP)\.?,? ?(?:-?v-?|versus|vs|V)\.? ?(?P<it>{NAMES})"
)
LABELLED = re.compile(
    rf"^[ \t]*(?i:(?:full )?name(?: of [\w ]{{3,20}})?|defendants?(?:\(s\))?|suspects?|victim|complainant|witness(?:es)?|"
    rf"from|signed|author|writer|prosecutor|lawyer|reviewing lawyer|officer in the case|oic|next of kin|contact|parent|"
    rf"child|case|re|present|attendees)[ \t]*[:–-][ \t]*(?:R v )?(?P<it>{NAMES}(?:(?:,| and) (?!CPS\b){NAMES}){{0,4}})",
    re.MULTILINE,
)
CALLED = re.compile(
    rf"(?:\b(?:known as|calls? (?:himself|herself|themselves)|goes by|named|nicknamed|name is|name was|called|name of|"
    rf"spoke (?:to|with)|[Ss]igned [^.\n]{{0,50}}by|ask for|asked|told|signed by|speak to|rang|met|on behalf of)\b) [“\"‘']?(?P<it>{NAMES})"
)
COURT = re.compile(
    rf"(?P<it>{NAME}(?: (?:{NAME}|upon|on|in|the|under|le|de|of|and)){{0,4}})[ \u00a0](?:(?:Combined |Central )?(?:Magistrates|Crown|County|Youth|Family|"
    r"Criminal|Justice)[’']?s?[’']? (?:Court|Centre)|[Pp]olice [Ss]tation|[Pp]olice|Constabulary|(?:train|railway|bus) station|City Council|"
    r"(?:Borough|County|District|Town|Parish) Council)"
)
PRISON = re.compile(
    rf"\b(?:HMP|HMYOI|YOI|CPS)[ \u00a0](?!(?i:direct|finance|proceeds|inspectorate)\b)(?P<it>{NAME}(?: {NAME}){{0,2}})"
)
GROUPS = re.compile(
    rf"(?P<it>(?:(?:St|The|Saint)\.? )?{NAME}(?: (?:{NAME}|of|and|the|&|C of E)){{0,4}}[ \u00a0](?:(?:General |Royal |District |University )*Hospital|"
    r"Infirmary|(?:Primary|Junior|Infant|High|Secondary|Grammar|Community|Upper|Middle) School|School|Academy|Nursery|"
    r"Sixth Form|Medical Centre|Health Centre|Surgery|Clinic|Care Home|Nursing Home|Ltd|Limited|plc|PLC|LLP))\b"
)
# A line of its own above the greeting, beside an address: “CHERELLE FRIEND”.
ADDRESSEE = re.compile(
    rf"^[ \t]*(?:{TITLE}\.?[ \u00a0]+)?(?P<it>(?:{NAME}|{INITIAL})(?:[ \u00a0](?:{SMALL}[ \u00a0])?{NAME}){{1,3}})[ \t]*,?$(?=\n+[^\n]{{0,40}}\d)|"
    rf"(?<=\d[A-Z]{{2}}\n\n)[ \t]*(?:{TITLE}\.?[ \u00a0]+)?(?P<too>(?:{NAME}|{INITIAL})(?:[ \u00a0]{NAME}){{1,3}})[ \t]*,?$",
    re.MULTILINE,
)
JOINED = re.compile(r",? (?:and|&) |, ")
A_TITLE_OF_WORK = "a title of work stands before it"
IS_CALLED = "the sentence says that it is a name"
CALLED_BY_IT = "a court, police force or council is called by it"
SHAPES = (
    (RANKED, Kind.PERSON, "a rank stands before it"),
    (JUDGED, Kind.PERSON, "a judge's title stands before it"),
    (WORKING, Kind.PERSON, A_TITLE_OF_WORK),
    (TITLED, Kind.PERSON, "a title stands before it"),
    (TITLED_SMALL, Kind.PERSON, "a title stands before it"),
    (TITLED_WORD, Kind.PERSON, "a title stands before it"),
    (FAMILY, Kind.PERSON, "a family is called by it"),
    (GREETED, Kind.PERSON, "the letter greets this name"),
    (SIGNED, Kind.PERSON, "the letter is signed with it"),
    (VERSUS, Kind.PERSON, "a case is called by it"),
    (LABELLED, Kind.PERSON, "a label says whose name it is"),
    (RELATED, Kind.PERSON, "a word of kinship or the like stands before it"),
    (CALLED, Kind.PERSON, IS_CALLED),
    (COURT, Kind.PLACE, CALLED_BY_IT),
    (PRISON, Kind.PLACE, "a prison or an Area is called by it"),
    (GROUPS, Kind.ORGANISATION, "the name of a school, hospital or firm"),
)
# “The” has a capital within a sentence only where it begins a name: “at The Fox and Hounds”.
THE_NAMED = re.compile(
    rf"(?<=[^\W\d_A-Z][ \u00a0])The[ \u00a0](?P<first>{NAME})(?:[ \u00a0](?:(?:and|&|of|in|on|at)[ \u00a0])?{NAME}){{0,4}}"
)
TRADING = re.compile(
    rf"(?:{NAME}[ \u00a0])?{NAME}[ \u00a0]&[ \u00a0]{NAME}(?:[ \u00a0]{NAME}){{0,2}}"
)
CAPITAL = re.compile(NAME)
PRONOUN = {"Sir", "Madam", "Colleague", "All", "Team", "Counsel"}
GENERIC = frozenset(
    ["kc", "qc", "flo", "isva", "idva", "cps", "crown", "magistrates", "youth", "county", "family", "criminal", "high", "supreme", "court", "police", "unit", "area", "city", "town", "local", "district", "the", "this", "that", "any", "each", "every", "his", "her", "your", "our", "combined", "central", "national", "british", "metropolitan", "transport", "counsel", "liaison", "victim", "witness", "public", "senior", "justice", "honour", "officer", "service", "scheme", "review", "board", "law", "rights", "right"]
)  # fmt: skip


@cache
def listed_names() -> frozenset[str]:
    """Return common given names, of many origins, in small letters."""
    text = files("forthright.anonymiser").joinpath("data/more_given_names.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return given_names() | frozenset(word for line in lines for word in line.split())


@cache
def _areas() -> re.Pattern[str]:
    """Return counties, cities and police areas, each where it begins with a capital."""
    text = files("forthright.anonymiser").joinpath("data/areas.txt").read_text("utf-8")
    names = [line for line in text.splitlines() if line and not line.startswith("#")]
    longest = sorted(names, key=len, reverse=True)
    # Told by its capital before its letters are tried: most words have none.
    return re.compile(
        rf"(?<![\w’'-])(?=(?-i:[^\W\d_a-z]))(?:{'|'.join(map(re.escape, longest))})(?![\w-])",
        re.IGNORECASE,
    )


def names_by_title(text: str) -> Iterator[Found]:
    """Yield each place that the words around it say is a name."""
    for shape, kind, because in SHAPES:
        for match in shape.finditer(text):
            start, end = match.span("it")
            if shape is LABELLED or shape is GREETED:
                yield from _each_of(text, start, end, because)
                continue
            is_word = shape is SIGNED and _is_word(match["it"])
            is_justice = shape is WORKING and match["it"] == "Justice"
            if kind is not Kind.ORGANISATION and not (is_word or is_justice):
                start, end = _trimmed(text, start, end, is_loose=shape is TITLED_SMALL)
            if start < end:
                yield Found(start, end, kind, Layer.TITLE, because=because)
    yield from _addressees(text)
    yield from _houses(text)
    yield from _listed(text)
    for match in _areas().finditer(text):
        if match[0][0].isupper():
            yield Found(*match.span(), Kind.PLACE, Layer.TITLE, because="a county or a city")


def _each_of(text: str, first: int, last: int, because: str) -> Iterator[Found]:
    """Yield each of several names without what joins them: “Ada Osei and Bo Lane”."""
    told = first
    for join in [*JOINED.finditer(text, first, last), None]:
        start, end = _trimmed(text, told, join.start() if join else last, is_loose=False)
        if start < end:
            yield Found(start, end, Kind.PERSON, Layer.TITLE, because=because)
        told = join.end() if join else last


def _is_word(line: str) -> bool:
    """Say whether whoever signs has a name that goes on with sentences elsewhere: “We”, “May”."""
    return line.lower() in GO_ON


def _houses(text: str) -> Iterator[Found]:
    """Yield pubs, shops and firms by how they are written: “The Anchor”, “Jones & Daughters”."""
    for match in TRADING.finditer(text):
        yield Found(*match.span(), Kind.ORGANISATION, Layer.TITLE, 0.8, because="“&” joins names")
    for match in THE_NAMED.finditer(text):
        first = match["first"].lower()
        if first not in GENERIC and not is_always_capital(first):
            yield Found(*match.span(), Kind.ORGANISATION, Layer.TITLE, 0.8,
                        because="“The” with a capital begins a name")  # fmt: skip


def _addressees(text: str) -> Iterator[Found]:
    """Yield whom a letter is addressed to, by the line above or below an address."""
    for match in ADDRESSEE.finditer(text):
        group = "it" if match["it"] else "too"
        if not any(word in common_words() for word in match[group].lower().split()):
            yield Found(*match.span(group), Kind.PERSON, Layer.TITLE, 0.8,
                        because="a line above an address")  # fmt: skip


def _trimmed(text: str, start: int, end: int, *, is_loose: bool) -> tuple[int, int]:
    """Return a place without the words at its ends that go on with the sentence: “Ella I am”."""
    words = list(re.finditer(r"[\w’'.-]+", text[start:end]))
    while words and _goes_on(words[-1][0], is_loose=is_loose):
        words.pop()
    while words and _goes_on(words[0][0], is_loose=is_loose):
        words.pop(0)
    if not words:
        return start, start
    last = re.sub(r"['’]s?$", "", words[-1][0])
    return start + words[0].start(), start + words[-1].start() + len(last)


def _goes_on(word: str, *, is_loose: bool) -> bool:
    small = word.lower().strip(".’'")
    if small in GO_ON or small in GENERIC or word in PRONOUN:
        return True
    return is_loose and word.islower() and small in common_words()


def _listed(text: str) -> Iterator[Found]:
    """Yield common given names, with the capitals after them: “Amira Osei”, “Amira”."""
    known = listed_names()
    told = -1
    for match in CAPITAL.finditer(text):
        name = re.sub(r"['’]s?$", "", match[0])
        if match.start() < told or name.lower() not in known:
            continue
        after = re.match(
            rf"(?:[ \u00a0]{INITIAL}(?!\w))?(?:[ \u00a0](?:{SMALL}[ \u00a0])?{NAME}){{1,2}}",
            text[match.end() :],
        )
        end = (
            match.end() + len(after[0]) if after and name == match[0] else match.start() + len(name)
        )
        start, end = _trimmed(text, match.start(), end, is_loose=False)
        is_alone = end <= match.start() + len(name)
        if start < end and not (is_alone and is_also_word(name.lower())):
            told = end
            yield Found(start, end, Kind.PERSON, Layer.TITLE, 0.9, because="a common given name")


# Family names that are also what a street is called: “Ruth Lane”.
STREET_TOO = re.compile(
    r"(?:Lane|Close|Drive|Way|Grove|Walk|Mews|Gardens|Street|Road)(?:['’]s?)?$", re.IGNORECASE
)
BEFORE_NAME = re.compile(rf"^(?:(?:Dear|Hello|Hi)[ \u00a0])?(?:{TITLE}\.?[ \u00a0])?")
ON_A_STREET = re.compile(
    r"\b(?:in|on|at|near|along|down|up|off|across|into)[ \u00a0]$", re.IGNORECASE
)


def people_not_streets(text: str, seen: Sequence[Found]) -> list[Found]:
    """Return places without the streets that are people: “Ruth Lane rang”, not “in Ruth Lane”.

    Only what is seen as a name too is no street any more, so nothing comes to stand bare.
    """
    people = bytearray(len(text))
    for each in seen:
        if each.layer is Layer.TITLE and each.kind is Kind.PERSON:
            people[each.start : each.end] = b"\1" * (each.end - each.start)
    return [each for each in seen if not _is_person(text, each, people)]


def _is_person(text: str, found: Found, people: bytearray) -> bool:
    said = text[found.start : found.end]
    is_street = found.layer is Layer.PATTERN and found.kind is Kind.ADDRESS
    if not is_street or any(each.isdigit() for each in said) or not STREET_TOO.search(said):
        return False
    start = found.start + len(said) - len(BEFORE_NAME.sub("", said))
    return all(people[start : found.end]) and not ON_A_STREET.search(
        text, max(0, found.start - 8), found.start
    )

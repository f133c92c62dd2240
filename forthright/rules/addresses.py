"""When two addresses, telephone numbers or e-mail addresses are one, however they are written.

It is asked whether an address is one that is not safe, so what is in doubt is the same: a lock
too many costs a call to a manager, and one too few can cost a life.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files

POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?) ?(\d[a-z]{2}|\dxx)\b")
# As a letter writes one; those of the tests too.
WRITTEN_POSTCODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?[ \u00a0]?\d[A-Z]{2}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\dXX\b"
)
EMAIL = re.compile(r"[\w.+'%-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"\+?(?:[\d]|\(\d+\))[\d \-().]{7,}\d")
PIECE = re.compile(r"\d+|[a-z]+")
# A postcode as it is mistaken: O for 0, I or L for 1, with spaces anywhere or nowhere.
LOOSE_POSTCODE = re.compile(r"(?=([a-z01]{1,2}[\doil][a-z\d]?[\doil][a-z01]{2}))")
ALIKE = str.maketrans("oil", "011")
RANGE = re.compile(r"(\d{1,4})\s*(?:[-–—]|\bto\b)\s*(\d{1,4})")
LONGEST_RANGE = 200
# What stands for the signs of an e-mail address when it is written to be read aloud.
AT = re.compile(r"\s*[(\[{<]\s*at\s*[)\]}>]\s*|\s+at\s+|\s*@\s*")
DOT = re.compile(r"\s*[(\[{<]\s*dot\s*[)\]}>]\s*|\s+dot\s+|\s*\.\s*")
GMAIL = {"gmail.com", "googlemail.com"}
LEAST_DIGITS = 9  # of a telephone number with its area code, without the first 0
MOST_DIGITS = 12
LEAST_NAME = 3  # letters of the name before an @ that are looked for in a sentence
NEARLY = 0.8  # how alike two names of streets are that may be one, misspelt


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words of addresses mean, as the table says."""

    written: dict[str, str]
    left_out: frozenset[str]
    streets: frozenset[str]
    prose: frozenset[str]
    counties: frozenset[str]
    glued: tuple[str, ...]
    first: frozenset[str]
    sentence: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Address:
    """An address as it is compared."""

    postcode: str
    loose: frozenset[str]
    numbers: frozenset[str]
    words: tuple[str, ...]
    streets: tuple[str, ...]
    is_prose: bool


def is_same_address(one: str, other: str) -> bool:
    """Say whether two addresses are one, or may be; nothing is no address."""
    first, second = _read(one), _read(other)
    if not (first and second):
        return False
    if first.is_prose or second.is_prose:
        return True
    if first.loose & second.loose:
        return _may_share_number(first, second)
    return _may_share_number(first, second) and _may_share_street(first, second)


def is_same_email(one: str, other: str) -> bool:
    """Say whether two e-mail addresses reach one mailbox."""
    if not one.strip():
        return False
    is_several = "@" in other and not is_whole_email(other)
    return _mailbox(one) == _mailbox(other) or (is_several and is_email_in(one, other))


def is_email_in(email: str, line: str) -> bool:
    """Say whether a line speaks of an e-mail address, or of the name before its @."""
    name = re.sub(r"[^a-z0-9]", "", _mailbox(email).partition("@")[0])
    return len(name) >= LEAST_NAME and name in re.sub(r"[^a-z0-9]", "", spelt_email(line))


def spelt_email(text: str) -> str:
    """Return words with the signs of an e-mail address where they are said: "(at)", " dot "."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    return DOT.sub(".", AT.sub("@", plain.removeprefix("mailto:"))).strip(" <>.,;\"'")


def is_whole_email(line: str) -> bool:
    """Say whether a line is one e-mail address and nothing else."""
    return EMAIL.fullmatch(spelt_email(line)) is not None


def is_whole_phone(line: str) -> bool:
    """Say whether a line is one telephone number and nothing else."""
    return PHONE.fullmatch(line.strip()) is not None and (
        LEAST_DIGITS <= len(_national(line)) <= MOST_DIGITS
    )


def is_whole_address(line: str) -> bool:
    """Say whether a line is one postal address and nothing else: house and street, or postcode."""
    read, known = _read(line), _words()
    if read is None or "@" in line or phones_in(line):
        return False
    if not known.sentence.isdisjoint(_pieces(line)):
        return False
    if len(POSTCODE.findall(_plain(line))) > 1 or not known.prose.isdisjoint(_pieces(line)):
        return False
    if read.postcode:
        return True
    house, street = _house_and_street(line, known)
    return street and (house or bool(read.numbers))


def _house_and_street(line: str, known: _Words) -> tuple[bool, bool]:
    """Say whether a line names a street, and a house in the words before its comma."""
    for place, part in enumerate(re.split(r"[,;\n]", line)):
        pieces = _pieces(part)
        if _streets(tuple(pieces), known) or not known.first.isdisjoint(pieces):
            return place > 0, True
    return False, False


def is_same_phone(one: str, other: str) -> bool:
    """Say whether two telephone numbers ring one telephone."""
    first, second = _national(one), _national(other)
    if min(len(first), len(second)) < LEAST_DIGITS:
        return bool(first) and first == second
    return first.startswith(second) or second.startswith(first)


def words_of_address(text: str, *, with_county: bool = True) -> set[str]:
    """Return the words and numbers of an address as they are compared, its postcode as one."""
    known, plain = _words(), _plain(text)
    found = {"".join(each.groups()) for each in POSTCODE.finditer(plain)}
    pieces = PIECE.findall(POSTCODE.sub(" ", plain))
    words = {known.written.get(each, each) for each in pieces} - known.left_out
    counties = set() if with_county else {
        each for each in words if each in known.counties or each.endswith("shire")
    }  # fmt: skip
    return (words | found) - counties


def emails_in(text: str) -> list[str]:
    """Return the e-mail addresses that stand in some words."""
    return EMAIL.findall(text)


def phones_in(text: str) -> list[str]:
    """Return the telephone numbers that stand in some words."""
    return [each.strip() for each in PHONE.findall(text)]


def address_in(text: str) -> str:
    """Return what is left of some words as an address, or nothing if they are something else."""
    found = emails_in(text) + phones_in(text)
    rest = PHONE.sub(" ", EMAIL.sub(" ", text)).strip(" ,;.-")
    if not found:
        return rest
    read = _read(rest)
    return rest if read and (read.numbers or read.postcode or read.streets) else ""


def _may_share_number(one: _Address, other: _Address) -> bool:
    """Say whether the numbers of two addresses leave it open that they are one house."""
    return not (one.numbers and other.numbers) or bool(one.numbers & other.numbers)


def _may_share_street(one: _Address, other: _Address) -> bool:
    if any(_is_nearly(a, b) for a in one.streets for b in other.streets):
        return True
    short, long = sorted((one, other), key=lambda each: len(each.words))
    if not short.words:
        return bool(short.numbers) and not short.postcode
    if _stands_in(short.words, long.words):
        return True
    has_both = bool(one.streets and other.streets)
    return not has_both and _is_nearly(short.words[0], long.words[0])


def _stands_in(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Say whether words stand one after the other in others, or the first two of them do."""
    wanted = (short, short[:2]) if len(short) > 1 else (short,)
    return any(
        long[start : start + len(each)] == each for each in wanted for start in range(len(long))
    )


def _is_nearly(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other).ratio() >= NEARLY


@lru_cache(maxsize=512)
def _read(address: str) -> _Address | None:
    """Return an address as it is compared, or nothing where there is none."""
    known = _words()
    plain = _plain(address)
    found = POSTCODE.search(plain)
    # A house number may stand before the words of the postcode, as in "105 WR5 3XX".
    rest = "" if _is_loose_postcode(plain) else POSTCODE.sub(" ", plain)
    pieces = _pieces(rest)
    words = tuple(
        each
        for each in pieces
        if not each.isdigit() and each not in known.left_out and len(each) > 1
    )
    numbers = _numbers(address, rest) if rest else frozenset()
    loose = _loose_postcodes(plain)
    if not (words or numbers or found or loose):
        return None
    postcode = "".join(found.groups()) if found else ""
    is_prose = not numbers and not postcode and any(each in known.prose for each in words)
    return _Address(postcode, loose, numbers, words, _streets(words, known), is_prose)


def _pieces(text: str) -> list[str]:
    """Return the words and numbers of an address in their usual form, "albionstreet" as two."""
    known = _words()
    pieces = [known.written.get(each, each) for each in PIECE.findall(_plain(text))]
    if not known.streets.isdisjoint(pieces):
        return pieces
    return [part for each in pieces for part in _unglued(each, known)]


def _unglued(piece: str, known: _Words) -> tuple[str, ...]:
    for ending in known.glued:
        if piece.endswith(ending) and len(piece) >= len(ending) + LEAST_NAME:
            return piece.removesuffix(ending), known.written.get(ending, ending)
    return (piece,)


def _numbers(address: str, rest: str) -> frozenset[str]:
    """Return each number of an address: those of a range, and digits that stand apart as one."""
    known = _words()
    pieces = [known.written.get(each, each) for each in PIECE.findall(rest)]
    found = {each for each in pieces if each.isdigit()}
    found |= {re.sub(r"\s", "", each) for each in re.findall(r"\b\d(?: \d)+\b", rest)}
    for low, high in RANGE.findall(POSTCODE.sub(" ", address.casefold())):
        if 0 < int(high) - int(low) <= LONGEST_RANGE:
            found |= {str(each) for each in range(int(low), int(high) + 1)}
    return frozenset(each.lstrip("0") for each in found)


def _is_loose_postcode(plain: str) -> bool:
    """Say whether words are one postcode, mistaken or with spaces, and nothing else."""
    squeezed = plain.replace(" ", "")
    found = LOOSE_POSTCODE.match(squeezed)
    return found is not None and found[1] == squeezed and bool(re.search(r"\d", squeezed))


def _loose_postcodes(plain: str) -> frozenset[str]:
    """Return what may be the postcode of an address, however it is spaced or mistaken."""
    squeezed = plain.replace(" ", "")
    found = {each for each in LOOSE_POSTCODE.findall(squeezed) if re.search(r"\d", each)}
    exact = {"".join(each) for each in POSTCODE.findall(plain)}
    return frozenset(each.translate(ALIKE) for each in found | exact)


def _streets(words: tuple[str, ...], known: _Words) -> tuple[str, ...]:
    """Return the names of streets without their endings: "station" of "station road"."""
    found = [
        words[place - 1]
        for place, each in enumerate(words)
        if each in known.streets and place and words[place - 1] not in known.streets
    ]
    return tuple(found)


def _plain(text: str) -> str:
    spelt = unicodedata.normalize("NFKD", text.casefold())
    spelt = "".join(each for each in spelt if not unicodedata.combining(each))
    spelt = re.sub(r"['’‘`.]", "", spelt)
    return " ".join(re.sub(r"[^a-z0-9]", " ", spelt).split())


def _mailbox(email: str) -> str:
    address = spelt_email(email)
    name, _, domain = address.rpartition("@")
    name = name.partition("+")[0]
    if domain in GMAIL:
        return f"{name.replace('.', '')}@gmail.com"
    return f"{name}@{domain}"


def _national(phone: str) -> str:
    """Return a number as it is dialled within the country, without the first 0."""
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    digits = digits.removeprefix("00")
    if digits.startswith("44") and len(digits) > LEAST_DIGITS + 1:
        digits = digits.removeprefix("44")
    return digits.removeprefix("0")


@cache
def _words() -> _Words:
    table = tomllib.loads(files("forthright.rules").joinpath("data/address_words.toml").read_text())
    meant = {**table["written"], **table["numbers"]}
    written = {short: word for word, shorts in meant.items() for short in shorts}
    return _Words(
        written=written,
        left_out=frozenset(table["left_out"]["words"]),
        streets=frozenset(table["streets"]["words"]),
        prose=frozenset(table["prose"]["words"]),
        counties=frozenset(table["counties"]["words"]),
        glued=tuple(table["glued"]["words"]),
        first=frozenset(table["first"]["words"]),
        sentence=frozenset(table["sentence"]["words"]),
    )


def _street_words() -> str:
    """Return a pattern of what ends the name of a street, in full or short, with a capital."""
    known = _words()
    short = [each for each, word in known.written.items() if word in known.streets and each != "e"]
    words = {*known.streets, *short, "street"} - {"saint", "st", "la", "pass", "par", "app"}
    return "|".join(sorted((each.capitalize() for each in words), key=len, reverse=True)) + "|St"


STREET_WORDS = _street_words()

"""What stays in a letter because it says nothing of one person: laws, courts, roles, services."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from forthright.anonymiser.named_so import is_named_so
from forthright.anonymiser.titles import RANK

# The name of a law, and nothing of the sentence before it: not “Ms Khan told Osei of the”.
JOINS = (
    r"(?:and|of|to|for|from|in|against|by|with|"
    r"(?<=[Aa]gainst )the|(?<=Representation of )the)\b"
)
ACT = re.compile(
    r"(?<!\w)(?:[A-Z][\w’'-]*+,?|\([A-Z][\w’' -]*+\))"
    rf"(?: (?:[A-Z][\w’'-]*+,?|{JOINS}|\([A-Z][\w’' -]*+\)))*"
    r" (?:Acts?|Order|Regulations|Rules|Convention) ?(?:19|20|18|17)\d\d\b"
)
# What each law ends with. Where a text has none, it is not looked for: what leads to one may be any
# words with capitals, of which a long run would be tried from every one of them.
ACT_ENDS = re.compile(r" (?:Acts?|Order|Regulations|Rules|Convention) ?(?:19|20|18|17)\d\d\b")
SECTION = re.compile(
    r"\b(?:sections?|ss?\.|rules?|articles?|paragraphs?|schedules?|rights?|parts?|stages?|steps?|"
    r"counts?|charges?|pages?|chapter|regulations?) "
    r"(?:\d+[A-Z]{0,2}(?:\(\w+\))*(?:,? (?:and |to |or )?)?)+",
    re.IGNORECASE,
)
CASE_LAW = re.compile(
    r"\b(?:Turnbull|Galbraith|Goodyear|Newton|Ghosh|Ivey|Achogbuoye|Woolf) "
    r"(?:direction|guidelines?|test|hearing|principle|warning)s?\b"
)
SHORT_NUMBER = re.compile(r"(?<![\d ])(?:999|101|111|116 ?123|18000|18001|18002)(?![\d]| \d)")
MONEY = re.compile(r"£ ?\d[\d,]*(?:\.\d\d)?(?:p|m|k| million)?(?!\w)")
# A rank is a role, and says nothing of one officer.
A_RANK = re.compile(rf"(?<!\w){RANK}(?!\w)")
# “Q2.” in a list of answers.
QUESTION = re.compile(r"(?<!\w)Q\d{1,2}(?=[.:)])")
# “s.18”, “ss.20”, “s18”: a capital before a number may begin a postcode, “S18”.
SHORT_SECTION = re.compile(
    r"(?<![\w@./’'-])ss?(?:\. ?)?\d{1,3}[A-Z]{0,2}(?:\(\w{1,3}\))*(?![\w@/-])"
)
# Short forms that are no name in capitals. “ABE” and “DAPO” are names too: one stays where its
# interview follows, the other after an article, where no name follows.
SHORT_FORM = re.compile(
    r"(?<![\w’'.-])(?:ABH|GBH|PTPH|VLO|VLU|CICA|DCS|EWC|SIO|OIC|SOPO|SHPO|TWOC|PWITS|NFA|"
    r"(?:(?<=\b[Aa] )|(?<=\b[Tt]he ))DAPO(?! (?:[A-Z]|famil))|"
    r"ABE(?= (?:interviews?|evidence|recordings?|videos?|process|suites?)\b))(?:s\b)?(?![\w’'-])"
)
# How long a sentence or an order is: “18 months in prison, suspended for two years”.
_NUMBER = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|"
    r"eighteen|twenty|twenty-four)"
)
_TERM = rf"{_NUMBER}[ -](?:days?|weeks?|months?|years?)['’]?"
_TERMS = rf"{_TERM}(?: and {_TERM})?"
SENTENCE_TERM = re.compile(
    rf"(?<!\w)(?:(?:sentenced to|sentence of|sentences of|sent to prison for|suspended for|got|"
    r"received|was given|were given|"
    r"imprisoned for|jailed for|disqualified for|disqualified from driving for|banned for|"
    rf"banned from driving for|(?:order|licence) (?:of|for|lasting)) {_TERMS}(?![-'’ ]+old)|"
    rf"{_TERMS}(?= (?:imprisonment|youth detention|"
    r"(?:suspended|community|restraining|custodial|prison) (?:sentence|order|term))))(?!\w)",
    re.IGNORECASE,
)
# Where a sentence is reckoned from. “Starting Point” is also what a centre is called.
STARTING_POINT = re.compile(r"\bstarting points?\b|\bStarting Points?(?= of\b)")
POLICE_FORM = re.compile(r"\bMG ?\d{1,2}[A-Z]?\b")


BODIES = (
    ("forthright.anonymiser", "data/kept_words.txt"),
    ("forthright.rules", "data/known_services.txt"),
)
OFFENCES = ("forthright.anonymiser", "data/offences.txt")


def _phrases(*lists: tuple[str, str]) -> frozenset[str]:
    """Return the phrases of lists that stay, in small letters."""
    phrases: set[str] = set()
    for package, name in lists:
        text = files(package).joinpath(name).read_text("utf-8")
        phrases |= {line.strip().lower() for line in text.splitlines()
                    if line.strip() and not line.startswith("#")}  # fmt: skip
    return frozenset(phrases)


@cache
def _kept() -> re.Pattern[str]:
    """Return the shape of the phrases that stay, the longest first."""
    # By their first two letters, so that a word is tried by the few that begin as it does.
    by_start: dict[str, list[str]] = {}
    for each in sorted(_phrases(*BODIES, OFFENCES), key=lambda phrase: (-len(phrase), phrase)):
        by_start.setdefault(_shape(each[:2]), []).append(_shape(each[2:]))
    shapes = "|".join(f"{start}(?:{'|'.join(rest)})" for start, rest in by_start.items())
    return re.compile(rf"(?<!\w)(?:{shapes})(?:['’]s)?(?!\w)", re.IGNORECASE)


@cache
def _one_word() -> re.Pattern[str]:
    """Return the shape of what an offence or a sentence is called by in one word."""
    words = sorted(each for each in _phrases(OFFENCES) if each.isalpha())
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def _shape(words: str) -> str:
    return re.sub("['’]", "['’]?", re.escape(words))


@lru_cache(maxsize=2)  # two steps ask it of each letter
def kept_places(text: str) -> bytearray:
    """Return for each character of a letter whether it belongs to what stays; not to be changed."""
    kept = bytearray(len(text))
    for shape in (
        ACT,
        SECTION,
        CASE_LAW,
        SHORT_NUMBER,
        SHORT_SECTION,
        SHORT_FORM,
        SENTENCE_TERM,
        STARTING_POINT,
        MONEY,
        POLICE_FORM,
        QUESTION,
        A_RANK,
        _kept(),
    ):
        if shape is ACT and not ACT_ENDS.search(text):
            continue
        for match in shape.finditer(text):
            start, end = match.span()
            kept[start:end] = b"\1" * (end - start)
    named = [
        match.span()
        for match in _one_word().finditer(text)
        if all(kept[slice(*match.span())]) and is_named_so(text, *match.span(), kept)
    ]
    for start, end in named:
        kept[start:end] = bytes(end - start)
    return kept


@cache
def kept_site_names() -> frozenset[str]:
    """Return what the site of a kept body or service is called: “victimsupport”, “cps”."""
    return frozenset(re.sub(r"\W", "", each) for each in _phrases(*BODIES))

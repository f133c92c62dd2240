"""Words that are names, and names that are words besides: titles, ranks, places, "Hope", "Code"."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from forthright.rules.letter_checks.sentences import words_of
from forthright.rules.letter_checks.spelling import common_words

# What stands before a saint’s name, which is no person of a case.
SAINTS = frozenset({"st", "saint"})
TITLES = words_of(
    """
    mr mrs ms miss mx dr master sir lady lord prof professor rev reverend parchedig barchedig
    """
)
# Surnames that letters hold with a capital whoever is meant: days, countries, the Crown.
ALWAYS_CAPITAL = words_of(
    """
    monday friday saturday sunday easter christmas crown england wales scotland ireland britain
    subject
    """
)
# Surnames and given names that are words besides: alone, they say nothing of a person.
ALSO_WORDS = ALWAYS_CAPITAL | words_of(
    """
    amber angel archer art ash baker banks barber bell best bill bird bishop black bond bowler
    bridge brook brooks brown bull bush butler cane carpenter carter case chance chase christian
    church clay cole cook cooper court cross crystal dawn day daisy dean drake early english
    faith farmer fisher flower ford forest fox frank french frost gold gold golden good grace
    grant gray green grey guy hall hand harmony heath hill hills hope house hunt hunter iris ivy
    jack jasmine jade joy judge june justice king knight lake lamb lane law lily little long
    love major marks mark march may mason melody mercy miles miller moon moor north olive page
    park parker pat patience pearl penny pepper piper plant pool pope porter potter power price
    prince proctor prudence rain ray read reed rich rivers rob robin rod rose rowan ruby rush
    sands sandy savage scarlet self sharp shepherd short silver singer slater small smart snow
    sparks speed spring steel stone storm street sue summer swift tanner temple tree turner van
    victor wade wall walker ward waters weaver webb welch wells welsh west west wheeler white
    will winter wise wolf wood woods worth wright young hart field fields brand chambers
    constable friend hale marsh mills peace noble royal sterling tyler
    """
)
RANKS = words_of(
    """
    pc dc sergeant constable detective inspector superintendent officer judge justice recorder
    nurse sister father brother mother uncle aunt grandma grandad nan the and or but
    """
)
PLACES = words_of(
    """
    street road lane avenue close drive way row court place terrace crescent gardens hill park
    grove square mews walk yard green house school college hospital centre church chapel farm inn
    station bridge shop stores ltd limited plc crown magistrates council police unit team and or
    """
)
# Surnames so common that two people of one name in one week prove nothing.
COMMON_SURNAMES = words_of(
    """
    smith jones williams taylor davies evans thomas roberts johnson wilson robinson thompson
    edwards walker hughes lewis jackson harris clarke clark turner cooper morris ward martin
    phillips james anderson mitchell allen adams collins campbell rogers davis stewart murphy
    kelly khan patel ali ahmed singh hussain begum kaur shah owen rees griffiths lloyd ellis
    richards richardson watson harrison morgan simpson scott bennett watts miah mohammed
    """
)
CAPITALS = re.compile(r"(?<=[a-z,’'] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
SAID_ALIKE = ("wording", "title", "name", "guidance")


@cache
def standard_capitals() -> frozenset[str]:
    """Return the words that the shipped wording and standard hold with a capital, as "the Code".

    They say nothing of a person: every letter may hold them.
    """
    data = files("forthright.rules").joinpath("data")
    held = [each for each in data.joinpath("letter_blocks").iterdir()
            if each.name.endswith(".toml")]  # fmt: skip
    held.append(data.joinpath("letter_rubric.toml"))
    said = (text for each in held for text in _said(tomllib.loads(each.read_text("utf-8"))))
    found = (run for text in said for run in CAPITALS.findall(text))
    return frozenset(
        word.strip("’'").removesuffix("’s").lower() for run in found for word in run.split()
    )


def _said(table: object, name: str = "") -> Iterator[str]:
    """Yield each piece of text of a table that is shown to people."""
    if isinstance(table, str):
        if name in SAID_ALIKE:
            yield table
    elif isinstance(table, dict):
        for key, each in table.items():
            yield from _said(each, key)
    elif isinstance(table, list):
        for each in table:
            yield from _said(each, name)


def is_always_capital(key: str) -> bool:
    """Say whether letters hold a word with a capital whoever is meant."""
    return key in ALWAYS_CAPITAL or key in standard_capitals()


def is_also_word(key: str) -> bool:
    """Say whether a name is a word besides, so that alone it says nothing of a person."""
    is_common = key in common_words() or key.removesuffix("s") in common_words()
    return is_common or key in ALSO_WORDS or key in standard_capitals()

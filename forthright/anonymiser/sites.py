"""Addresses on the web, each whole: “www.ellabrown.co.uk”, “ella-brown.com/blog?x=1”.

Anybody may have a site of their own, and a firm's or a school's says where somebody works or goes.
The sites of courts, of the Government and of services that every letter may name stay.
"""

import re

from forthright.anonymiser.keeping import kept_site_names

# Endings that no sentence goes on with where the blank after its full stop is missing.
ENDINGS = (
    "uk", "com", "org", "net", "info", "biz", "ie", "eu", "wales", "cymru", "scot", "london",
    "online", "blog", "shop", "website", "wordpress", "church", "school",
)  # fmt: skip
# Endings that are words besides, or short: only before a path, as in “bit.ly/3xY7”.
WITH_PATH = ("ly", "gg", "co", "me", "io", "tv", "be", "ee", "to", "app", "link", "page", "site",
             "live", "club", "social", "xyz", "dev", "de", "fr", "pl", "ro", "in", "us", "ca",
             "gl", "fm", "am", "pk", "ng")  # fmt: skip


def _either(endings: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(form for each in endings for form in (each, each.upper()))})"


PATH = r"[/?#]\S*[\w/=-]"
SITE = (
    r"(?<![\w@./-])(?:"
    rf"www\.[\w.-]*\w(?::\d+)?(?:{PATH}|/)?|"
    rf"(?:[\w-]+\.)+(?-i:{_either(ENDINGS)})(?![\w@-]|\.\w)(?::\d+)?(?:{PATH}|/)?|"
    rf"(?:[\w-]+\.)+(?-i:{_either(WITH_PATH)}){PATH})"
)
# A square of three metres, by its three words: “///filled.count.soap”. By their dots alone they may
# be a sentence without blanks, so a sign or the name of the service has to stand beside them.
WORDS_OF_SQUARE = r"[^\W\d_]++(?:[.\u3002\uff61\u30fb][^\W\d_]++){2}(?![\w@]|[./]\w)"
ITS_SERVICE = r"(?:what ?(?:3|three) ?words|w3w)"
LEADS_TO_SQUARE = (
    r"(?:\W{1,3}(?:app|address|location|code|reference|square|link|of|is|was|says|said|gives|gave|as|"
    r"at|to|for|the|a|it))*\W{1,3}"
)
SQUARES = (
    rf"(?<![\w:/])/{{3}}\s?{WORDS_OF_SQUARE}",
    rf"\b{ITS_SERVICE}\b{LEADS_TO_SQUARE}(?P<it>{WORDS_OF_SQUARE})",
    rf"(?<![\w@./]){WORDS_OF_SQUARE}(?=\W{{1,3}}(?:(?:on|in|by|from|the)\W)*{ITS_SERVICE}\b)",
)
SQUARE_HINT = re.compile(rf"///|{ITS_SERVICE}", re.IGNORECASE)
HINT = re.compile(rf"(?i:www\.)|\.(?:{_either(ENDINGS)}\b|{_either(WITH_PATH)}[/?#])")
# Bodies of the whole country, of which the name alone says nothing of anybody.
NATIONAL = frozenset({"gov.uk", "nhs.uk", "police.uk", "parliament.uk", "judiciary.uk",
                      "legislation.gov.uk", "ico.org.uk", "gov.wales", "llyw.cymru"})  # fmt: skip
HOST = re.compile(r"(?:www\.)?(?P<host>[\w.-]*\w)", re.IGNORECASE)
SECOND_LEVEL = re.compile(r"\.(?:(?:co|org|gov|net|ac|sch|police|nhs|ltd|plc|me)\.uk|[\w-]+)$")


def may_name_site(text: str) -> bool:
    """Say whether a text has anything that an address on the web has; looking takes longer."""
    return HINT.search(text) is not None


def may_name_square(text: str) -> bool:
    """Say whether a text has anything that a place by its three words has."""
    return SQUARE_HINT.search(text) is not None


def names_a_site(address: str) -> bool:
    """Say whether an address may be that of a person, a firm or a school, and of no public body."""
    match = HOST.match(address)
    if match is None or (host := match["host"].lower()) in NATIONAL:
        return False
    # What stands behind “youtube.com” is somebody's, behind “victimsupport.org.uk” the service's.
    if host.endswith(".com") and address[match.end() :].strip("/"):
        return True
    name = SECOND_LEVEL.sub("", host)
    return re.sub(r"[\W_]", "", name) not in kept_site_names()

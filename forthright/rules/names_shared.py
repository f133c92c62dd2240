"""Which names of one text stand in another: how it is noticed that somebody tells who they are.

Nobody marks names in a schedule, and police write surnames in capitals, so a name is told by a
capital letter and by what it is not: a word of every day, a month, an office or an acronym.
"""

import re

from forthright.rules.schedules.bundle import plain
from forthright.rules.words import MONTHS

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
BEGINS = re.compile(r"(?:^|[.!?:;•\n])[\s\"“‘'(–-]*$")
SHORTEST = 3
# Never names, however they are written.
NO_NAMES = frozenset({
    *(plain(month) for month in MONTHS), "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "crown", "court", "courts", "magistrates", "police", "prosecution",
    "prosecutor", "prosecutors", "service", "officer", "officers", "act", "code", "stage", "cps",
    "cctv", "bwv", "abe", "dna", "pnc", "storm", "niche", "holmes", "sms", "mms", "gps", "imei",
    "hmrc", "nhs", "ptph", "cpia", "disclosure", "defence", "defendant", "judge", "england",
    "wales", "britain", "british", "english", "detective", "constable", "sergeant", "inspector",
    "superintendent", "pcso", "mrs", "miss", "exhibit", "item", "schedule", "annex",
})  # fmt: skip
# With these an entry of a schedule, or a sentence about what was done, begins.
FIRST_WORDS = frozenset({
    "account", "accounts", "address", "agreement", "all", "also", "an", "and", "another", "any",
    "appointment", "arrest", "as", "assessment", "at", "audio", "bag", "bank", "bill", "body",
    "book", "both", "box", "briefing", "but", "by", "calendar", "call", "calls", "camera",
    "card", "case", "cell", "certificate", "chart", "checks", "child", "children", "clip",
    "clothing", "company", "complaint", "confirmation", "contact", "contract", "copies", "copy",
    "correspondence", "council", "counsel", "crime", "custody", "data", "date", "debrief",
    "details", "diagram", "diary", "disc", "document", "documents", "door", "download", "draft",
    "drawing", "during", "each", "email", "emails", "enquiries", "enquiry", "entries", "entry",
    "envelope", "examination", "extract", "extracts", "file", "files", "final", "finding",
    "first", "five", "folder", "footage", "for", "form", "forms", "four", "from", "full",
    "further", "group", "he", "health", "her", "his", "home", "hospital", "house", "however",
    "image", "images", "in", "incident", "information", "initial", "inquiries", "intelligence",
    "interview", "interviews", "into", "invoice", "invoices", "it", "items", "job", "key",
    "kit", "lab", "laboratory", "letter", "letters", "line", "lines", "list", "lists", "log",
    "logs", "mail", "map", "maps", "material", "materials", "medical", "meeting", "memo",
    "message", "messages", "minutes", "mobile", "most", "name", "negative", "neither", "new",
    "news", "no", "none", "nor", "not", "note", "notebook", "notebooks", "notes", "nothing",
    "notice", "number", "of", "on", "one", "only", "operational", "or", "order", "original",
    "other", "our", "outline", "page", "pages", "papers", "passport", "payment", "phone",
    "phones", "photo", "photograph", "photographs", "photos", "plan", "plans", "pocket",
    "policy", "previous", "print", "property", "questionnaire", "raw", "receipt", "receipts",
    "record", "recording", "recordings", "records", "reference", "referral", "register",
    "related", "relevant", "rental", "reply", "report", "reports", "request", "requests",
    "response", "result", "results", "review", "risk", "rota", "sample", "samples", "scene",
    "school", "scientific", "search", "second", "seizure", "series", "set", "several", "she",
    "sheet", "six", "sketch", "social", "some", "spreadsheet", "statement", "statements",
    "stills", "subscriber", "summary", "suspect", "swab", "tape", "telephone", "ten", "text",
    "texts", "that", "the", "their", "then", "there", "these", "they", "third", "this", "those",
    "three", "to", "training", "transcript", "transcripts", "travel", "two", "under", "unit",
    "unused", "update", "vehicle", "verbal", "video", "viewing", "visit", "we", "what", "when",
    "where", "which", "while", "with", "witness", "work", "working", "written",
})  # fmt: skip
# Of these, people are called so too, unless a number follows: "Page told us", not "Page 3".
NAMES_TOO = re.compile(r"\b(?:Bill|Child|Key|Kit|Page)\b(?!\s+\d)", re.IGNORECASE)


def names_shared(words: str, other: str) -> set[str]:
    """Return the names in some words that stand in a text too, in small letters.

    A word that begins a sentence in both may be an ordinary one, and counts where it is none that
    schedules and sentences begin with.
    """
    within, beginning = capitals_in(words)
    other_within, other_beginning = capitals_in(other)
    shared = (within & (other_within | other_beginning)) | (beginning & other_within)
    return (shared | (beginning & other_beginning)) - NO_NAMES - FIRST_WORDS


def names_too(text: str) -> set[str]:
    """Return the words that schedules begin with, and people are called, where they may be names.

    They have a capital, wherever they stand.
    """
    return {plain(word) for word in NAMES_TOO.findall(text) if word[0].isupper()}


def capitals_in(text: str) -> tuple[set[str], set[str]]:
    """Return the words with a capital that stand within a sentence, and those that begin one."""
    within, beginning = set[str](), set[str]()
    for found in WORD.finditer(text):
        word = found.group()
        if len(word) >= SHORTEST and word[0].isupper():
            begins = BEGINS.search(text[max(0, found.start() - 12) : found.start()])
            (beginning if begins else within).add(as_name(word))
    return within, beginning


def as_name(word: str) -> str:
    """Return a name as it is compared: without an "'s" behind it."""
    return plain(word).removesuffix("'s")

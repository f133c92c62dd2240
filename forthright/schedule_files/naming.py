"""Which form a schedule is: by its title, its sheet, its columns, and last by the file's name."""

import re
from collections.abc import Collection, Sequence

from forthright.rules.schedules.schedule import Form
from forthright.rules.words import list_words

MG6C = re.compile(r"\bmg ?0?6 ?\(?c\)?(?!\w)", re.IGNORECASE)
MG6D = re.compile(r"\bmg ?0?6 ?\(?d\)?(?!\w)", re.IGNORECASE)
FORMS = (
    (Form.SDC, re.compile(r"\bsdc\b|streamlined disclosure", re.IGNORECASE)),
    (Form.MG6E, re.compile(r"\bmg ?0?6 ?\(?e\)?(?!\w)|disclosure officer.{0,3} report", re.I)),
    (Form.MG6D, MG6D),
    (Form.MG6C, MG6C),
    (Form.MG6C, re.compile(r"non.?sensitive", re.I)),
    (
        Form.MG6D,
        re.compile(r"(?<!non-)(?<!non )\bsensitive (?:unused )?(?:material|schedule)", re.I),
    ),
)
# Each schedule comes with an officer's report and often with a list of the other form, so a line
# that names one of these may only speak of it: "see also MG6E", "MG6E attached".
SPEAKS_OF = re.compile(
    r"\b(?:see|also|with|for|on|in|from|to|and|by|of the|moved|attach|accompan\w*|refer\w*|"
    r"submit\w*|cf|copy|draft|has|have|had|are|is|was|were)\b",
    re.IGNORECASE,
)
# These join two titles as well: "MG6C and MG6D", "MG6C Schedule of Material MG6D".
JOINS = re.compile(r"\b(?:and|of|by)\b", re.IGNORECASE)
# However wide it is written: "NON - SENSITIVE", "Non –sensitive".
NON_SENSITIVE = re.compile(r"\bnon\s{0,3}[-–—]?\s{0,3}sensitive", re.IGNORECASE)
# A title that is broken over two lines between its words, or within one.
NON_AT_END = re.compile(r"\bnon\s*-?\s*\n\s*", re.IGNORECASE)
GOES_ON = re.compile(
    r"^\W{0,3}(?:(?:is|are|form|schedule|report|was|to|has been|will be)\W+)*"
    r"(?:attach|enclos|held|kept|separate|submit|follow|sent|supplied|provided|available|"
    r"completed|yes\b|no\b|nil\b|none\b|n/?a\b)",
    re.IGNORECASE,
)


def forms_in(words: str) -> set[Form]:
    """Return each form that words name, whether as a title or only in speaking of it."""
    tidy = NON_SENSITIVE.sub("non-sensitive", words)
    return {form for form, written in FORMS if written.search(tidy)}


def titled(words: str) -> Form | None:
    """Return the form that a line is the title of: that which it names first, and not in passing.

    "MG6C (submit with MG6E)" is the title of an MG6C, and "see also MG6E" of none.
    """
    words = NON_SENSITIVE.sub("non-sensitive", words)
    found = [(at, form) for form, written in FORMS if (at := written.search(words))]
    if not found:
        return None
    # Of two that begin at one place the one that stands first in the list.
    at, form = min(found, key=lambda each: each[0].start())
    return None if _speaks_of(words[: at.start()], words[at.end() :]) else form


def _speaks_of(before: str, behind: str) -> bool:
    """Say whether a form is only spoken of, by what stands before its name and behind it."""
    return bool(SPEAKS_OF.search(before) or GOES_ON.match(behind))


def form_of(
    head: Sequence[str], *, sheet: str, columns: Collection[str], tail: Sequence[str], file: str
) -> tuple[Form, str]:
    """Return the form of a schedule, and why that is a guess; nothing where it is none.

    :param head: the lines above its headings
    :param columns: which fields have a column
    :param tail: short lines below its items, such as a page's footer
    """
    by_columns = (
        Form.MG6E if {"undermines", "copy"} <= set(columns)
        else Form.MG6D if "sensitive_reason" in columns else None
    )  # fmt: skip
    head = NON_AT_END.sub("non-", "\n".join(head)).split("\n")
    named = set[Form]().union(*map(forms_in, head))
    titles = {form for line in head if (form := titled(line))}
    if Form.SDC in titles and not any(MG6C.search(line) for line in head):
        # A streamlined certificate is headed as a schedule of non-sensitive material, too.
        titles, named = titles - {Form.MG6C}, named - {Form.MG6C}
    if titles:
        # "MG6C / MG6D" is the title of both.
        titles |= {Form.MG6D} if any(map(_names_sensitive_beside, head)) else set()
        return _by_title(titles, named, by_columns)
    # What stands below a list speaks of other forms as often as it names its own.
    below = {form for line in tail if (form := titled(line))}
    in_name = forms_in(file.replace("_", " "))
    found = _only(forms_in(sheet.replace("_", " "))) or by_columns or _only(below) or _only(in_name)
    if found and (Form.MG6D not in named or found is Form.MG6D):
        return found, ""
    if named:
        return _most_careful(named), f"What stands above it only speaks of {_words(named)}."
    if in_name:
        return _most_careful(in_name), f"The name of the file names {_words(in_name)}."
    return Form.MG6C, "Neither its title nor its columns say."


def _names_sensitive_beside(line: str) -> bool:
    """Say whether a line names an MG6D as more than something that it only speaks of."""
    found = MG6D.search(line)
    if found is None:
        return False
    before = JOINS.sub(" ", line[: found.start()])
    return not _speaks_of(before, line[found.end() :])


def _by_title(titles: set[Form], named: set[Form], by_columns: Form | None) -> tuple[Form, str]:
    form = _only(titles)
    if form and (len(named) == 1 or by_columns in {None, form}):
        return form, ""
    if form:
        return form, f"Its title names {_words(named)}, and its columns are those of {by_columns}."
    if by_columns in titles:
        return by_columns, f"What stands above it names {_words(titles)}."
    return _most_careful(titles), f"What stands above it names {_words(titles)}."


def _only(forms: Collection[Form]) -> Form | None:
    return next(iter(forms)) if len(forms) == 1 else None


def _most_careful(forms: Collection[Form]) -> Form:
    """Return the form whose words fewest may read: nothing is told by a guess."""
    return next(form for form in (Form.MG6D, Form.MG6E, Form.SDC, Form.MG6C) if form in forms)


def _words(forms: Collection[Form]) -> str:
    return list_words(sorted(forms))

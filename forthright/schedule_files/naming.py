"""Which form a schedule is: by its title, its sheet, its columns, and last by the file's name.

Nothing is told by a guess: where none of these says it, or two say different things, the schedule
counts as the one whose words fewest may read, and a person is asked.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from forthright.rules.schedules.care import marks_a_list, only_marks
from forthright.rules.schedules.schedule import Form
from forthright.rules.words import list_words

# "MG6C", "MG 06 (C)", "MG6-D", "MG6 C/D", "MG6C, D and E"; not the initial in "MG6 - D Hall".
CODE = r"mg[ .\-]?0?6(?: ?\(?|[-./])([cde])\)?(?!\w)"
CODES = re.compile(
    rf"\b{CODE}((?:\s*(?:[/&,+]|\band\b|\bor\b)\s*(?:mg[ .\-]?0?6 ?)?\(?[cde]\)?(?!\w))*)", re.I
)
LETTER = re.compile(r"\b(?:mg[ .\-]?0?6 ?)?\(?([cde])\)?(?!\w)", re.IGNORECASE)
MG6C = re.compile(rf"\b{CODE.replace('[cde]', 'c')}", re.IGNORECASE)
BY_LETTER = {"c": Form.MG6C, "d": Form.MG6D, "e": Form.MG6E}
KINDS = r"(?:material|schedule|items?|unused|list|documents?|information)"
# What a form is for, in words.
DESCRIBED = (
    (Form.SDC, re.compile(r"\bsdc\b|streamlined disclosure", re.I)),
    (Form.MG6E, re.compile(r"disclosure officer.{0,3} report", re.I)),
    (Form.MG6C, re.compile(r"\bnon-sensitive\b", re.I)),
    (
        Form.MG6D,
        re.compile(
            rf"(?<!non-)\bsensitive (?:(?:unused|relevant|and|or|the) )*{KINDS}\b|"
            r"\b(?:schedule|list) of (?:sensitive|pii)\b|\bpii (?:material|schedule|list|items?)\b",
            re.I,
        ),
    ),
)
# However wide it is written: "NON - SENSITIVE", "Not sensitive", "un-sensitive".
NON_SENSITIVE = re.compile(r"\b(?:non|not|un)\s{0,3}[-–—]?\s{0,3}sensitive", re.IGNORECASE)
HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2212\u00ad"), "-")
# "OFFICIAL-SENSITIVE", "Official (Sensitive)": a marking of the government says nothing of a form.
OF_GOVERNMENT = re.compile(r"\bofficial\W{0,4}sensitive\b\)?", re.IGNORECASE)
# What calls for care where a list is named, whether it is there or denied.
CAREFUL = re.compile(
    r"(?<!non-)\bsensitive\b|\b(?:pii|chis|covert|informants?|secret)\b|"
    r"\bpublic interest immunity\b",
    re.IGNORECASE,
)
DENIED = re.compile(r"\b(?:no|nil|none|without|any|contains? no)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
# Each schedule comes with an officer's report and often with a list of the other form, so a line
# that names one of these may only speak of it: "see also MG6E", "moved here from the MG6D".
SPEAKS_OF = re.compile(
    r"\b(?:see|attach\w*|accompan\w*|refer\w*|submit\w*|moved|copied|cf|copy|draft|use|has|have|had|"
    r"are|is|was|were|listed|found)\b",
    re.IGNORECASE,
)
# These do so only right before it: "R v Smith and Jones – MG6C" is a title.
RIGHT_BEFORE = re.compile(
    r"\b(?:also|with|for|on|in|from|to|(?<!continuation )(?<!part )(?<!page )of|by|per)\s+"
    r"(?:(?:the|a|an|our|its|his|her|this|that|enclosed|attached|separate|form|items?|same|"
    r"other|officer[’']?s?)\s+)*$",
    re.IGNORECASE,
)
JOINED = re.compile(r"(?:[/&,+]|\band\b|\bor\b)\s*$", re.IGNORECASE)
# Where words of a line begin something else.
PARTS = re.compile(r"[:;|(),\t]|\s[-–—]+\s|[–—]|\.\s")
SENTENCE = re.compile(
    r"\b(?:is|are|was|were|be|been|do|does|has|have|had|must|should|shall|will|can|(?-i:may)|"
    r"exists?)\b",
    re.IGNORECASE,
)
NOT_SO = re.compile(r"\b(?:no|nil|none|not|never|n/a|see)\b", re.IGNORECASE)
LONGEST_TITLE = 60
# A title that is broken over two lines between its words, or within one.
NON_AT_END = re.compile(r"\bnon\s*[-–—]?\s*\n\s*[-–—]?\s*", re.IGNORECASE)
GOES_ON = re.compile(
    r"^(?!\.\s)\W{0,3}(?:(?:is|are|form|schedule|report|was|to|has been|will be|items?)\W+)*"
    r"(?:attach|enclos|held|kept|separate|submit|follow|sent|supplied|provided|available|"
    r"completed|see\b|yes\b|no\b|nil\b|none\b|n/?a\b|not\b)",
    re.IGNORECASE,
)
# "believes that the following material, which …, is sensitive", "must not be shown to the defence".
BEGINS = re.compile(
    r"\b(?:following|below|what follows|items? (?:which|that))\b[^.]{0,120}"
    r"(?<!non-)(?<!not )\b(?:sensitive|confidential|live source)\b|"
    r"\babove (?:items?|material|is|are)\b.{0,20}(?<!non-)(?<!not )\bsensitive\b|"
    r"\bnot (?:to )?be (?:shown|given|disclosed|seen|served|revealed|released)\b.{0,40}\bdefence\b",
    re.IGNORECASE,
)
THIRD_PARTY = r"(?:third[- ]part(?:y|ies)(?:[’']s?)?|3rd[- ]part(?:y|ies)|tpm)"
# The manual of guidance numbers its forms: MG9 witnesses, MG12 exhibits, MG0 media.
OTHER_PAPER = re.compile(
    r"\bmg ?0?(?:00?|[1-57-9]|1\d|2\d)[a-d]?\b|\b(?:exhibits?|witness|property|media) list\b|"
    r"\blist of (?:exhibits|witnesses|property)\b|\bexhibits?\b(?= *$)|"
    r"\bdigital (?:material |media )?(?:log|annex|record)\b|"
    # A log of what third parties hold and were asked for, under the names that forces give it.
    rf"\b{THIRD_PARTY} (?:(?:unused|relevant|material|media|information|data|access|records?|"
    r"enquir(?:y|ies)|inquir(?:y|ies)|requests?|holders?|and|or) ){0,4}"
    r"(?:log|annex|record|register|tracker|enquir(?:y|ies)|inquir(?:y|ies)|requests?)\b|"
    r"\b(?:log|annex|record|register|tracker|list) of (?:all )?(?:enquiries|inquiries|requests) "
    rf"(?:made )?(?:to|of|with) {THIRD_PARTY}\b|"
    rf"\b(?:log|annex|record|register|tracker) of (?:all )?{THIRD_PARTY}\b",
    re.IGNORECASE,
)
NONE_SENSITIVE = re.compile(r"^\W{0,3}(?:no|nil)\s+(?:\w+\s+)?sensitive\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A form that a line names, and whether as its title or only in speaking of it."""

    form: Form
    is_title: bool


def mentions(line: str) -> list[Mention]:
    """Return the forms that a line names, in their order; one that it denies is none.

    "MG6C (submit with MG6E)" is the title of an MG6C, and "see also MG6E" of none.
    """
    line = _tidy(line)
    found: list[Mention] = []
    for start, end, forms, is_code in _places(line):
        before, behind = line[:start], line[end:]
        if not is_code and DENIED.search(before):
            continue
        is_title = _is_title(forms, before, behind, is_code=is_code, earlier=found)
        found += [Mention(form, is_title) for form in forms]
    return found


def forms_in(words: str) -> set[Form]:
    """Return each form that words name, whether as a title or only in speaking of it."""
    return {each.form for each in mentions(words)}


def titles_in(line: str) -> list[Form]:
    """Return each form that a line is the title of: those that it names not in passing."""
    return [each.form for each in mentions(line) if each.is_title]


def calls_for_care(words: str) -> bool:
    """Say whether words speak of sensitive material, in whatever words; a denial does too."""
    return bool(CAREFUL.search(_tidy(words))) or marks_a_list(_tidy(words))


def other_paper_in(words: str) -> str:
    """Return by what words call a paper that is no schedule of unused material, if they do."""
    found = OTHER_PAPER.search(_tidy(words))
    return found[0] if found and not forms_in(words) and not calls_for_care(words) else ""


def _headed_otherwise(head: Sequence[str]) -> str:
    """Return by what a line above a list heads it as another paper; a sentence heads nothing."""
    short = (line for line in head if len(line) <= LONGEST_TITLE and not SENTENCE.search(line))
    return next(filter(None, map(other_paper_in, short)), "")


def begins_what_is_sensitive(line: str) -> bool:
    """Say whether a line says of what follows it that it is sensitive, however long the line is."""
    told = _tidy(line)
    return is_of_care(line) or only_marks(told) or bool(BEGINS.search(told))


def begun_by(line: str) -> set[Form]:
    """Return the forms that begin at a line: by its title, or by what it says of what follows."""
    sensitive = {Form.MG6D} if begins_what_is_sensitive(line) else set()
    return {*titles_in(line), *sensitive}


def _tidy(words: str) -> str:
    words = OF_GOVERNMENT.sub("official", words.translate(HYPHENS))
    return NON_SENSITIVE.sub("non-sensitive", words)


def _places(line: str) -> list[tuple[int, int, list[Form], bool]]:
    """Return where a line names forms: from where to where, which, and whether by their codes."""
    found = [
        (at.start(), at.end(), _of_codes(at), True) for at in CODES.finditer(line)
    ] + [
        (at.start(), at.end(), [form], form is Form.SDC)
        for form, written in DESCRIBED for at in written.finditer(line)
    ]  # fmt: skip
    return sorted(found, key=lambda each: each[:2])


def _of_codes(found: re.Match[str]) -> list[Form]:
    more = LETTER.finditer(found[2]) if found[2] else ()
    return [BY_LETTER[letter.lower()] for letter in (found[1], *(each[1] for each in more))]


def _is_title(
    forms: Collection[Form], before: str, behind: str, *, is_code: bool,
    earlier: Sequence[Mention],
) -> bool:  # fmt: skip
    """Say whether a form is named as a title, by what stands before its name and behind it."""
    # "MG6D: none" says that there is none of it; "MG6C - no sensitive material" is a title.
    if GOES_ON.match(behind) and (Form.MG6D in forms or not NONE_SENSITIVE.match(behind)):
        return False
    if earlier and JOINED.search(before):
        return earlier[-1].is_title
    # "Forms submitted: MG6C, MG6D".
    clause = PARTS.split(before.rstrip(" :"))[-1]
    if SPEAKS_OF.search(clause):
        return False
    if is_code:
        return not RIGHT_BEFORE.search(before)
    # "Schedule of sensitive material" is a title; "sensitive items will be kept apart" is none.
    return not SENTENCE.search(clause + PARTS.split(behind)[0])


def form_of(
    head: Sequence[str], *, sheet: str, columns: Collection[str], tail: Sequence[str], file: str
) -> tuple[Form, str]:
    """Return the form of a schedule, and why that is a guess; nothing where it is none.

    :param head: the lines above its headings
    :param columns: which fields have a column
    :param tail: short lines below its items, such as a page's footer
    :param file: the name of the file, where that speaks for this list alone
    """
    by_columns = (
        Form.MG6E if {"undermines", "copy"} <= set(columns)
        else Form.MG6D if "sensitive_reason" in columns else None
    )  # fmt: skip
    head = NON_AT_END.sub("non-", "\n".join(head)).split("\n")
    # What stands below a list speaks of other forms as often as it names its own.
    below = {form for line in tail if (form := _only({*titles_in(line)}))}
    if any(begins_what_is_sensitive(line) for line in tail):
        below |= {Form.MG6D}
    told = _Told.of(head, sheet.replace("_", " "), file.replace("_", " "), below)
    if told.titles:
        return _by_title(told, by_columns)
    found = _only(told.on_sheet) or by_columns or _only(below) or _only(told.in_name)
    if found and found is not Form.MG6D and (called := _headed_otherwise(head)):
        return Form.MG6D, (
            f"It is headed as another paper (“{called}”), and its sheet, its file or its columns "
            f"are those of {found}."
        )
    if found is Form.MG6D or (found and not told.is_careful):
        return found, ""
    return Form.MG6D, told.why_unsure


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of the form of a list: above it, on its sheet and in its file's name."""

    titles: set[Form]
    named: set[Form]
    on_sheet: set[Form]
    in_name: set[Form]
    below: set[Form]
    # Whether the sheet, the name or a line calls for care in words that are no name of a form.
    cares: bool

    @classmethod
    def of(cls, head: Sequence[str], sheet: str, file: str, below: set[Form]) -> "_Told":
        """Return what is said."""
        titles = {form for line in head for form in titles_in(line)}
        named = {form for line in head for form in forms_in(line)}
        if Form.SDC in titles and not any(MG6C.search(line) for line in head):
            # A streamlined certificate is headed as a schedule of non-sensitive material, too.
            titles, named = titles - {Form.MG6C}, named - {Form.MG6C}
        cares = any(map(is_of_care, (*head, sheet))) or (
            not titles and any(map(calls_for_care, (*head, file)))
        )
        return cls(titles, named, forms_in(sheet), forms_in(file), below, cares)

    @property
    def is_careful(self) -> bool:
        """Say whether anything names a sensitive schedule, or calls for care."""
        return self.cares or Form.MG6D in self.named | self.on_sheet | self.below

    @property
    def against_open(self) -> str:
        """Say what else says that a list under an open title is sensitive, or nothing."""
        if Form.MG6D in self.on_sheet or self.in_name == {Form.MG6D}:
            return "its sheet or its file is called MG6D"
        if Form.MG6D in self.below:
            return "what stands below it names MG6D"
        return "another line or its sheet calls it sensitive" if self.cares else ""

    @property
    def why_unsure(self) -> str:
        """Say why no form can be told, of a list without a title."""
        if self.named:
            return f"What stands above it only speaks of {_words(self.named)}."
        if self.cares:
            return "What stands above it, its sheet or its file speaks of what is sensitive."
        if Form.MG6D in self.below:
            return "What stands below it names MG6D."
        if names := self.on_sheet or self.in_name:
            return f"The name of the {'sheet' if self.on_sheet else 'file'} names {_words(names)}."
        return "Neither its title nor its columns say."


def _by_title(told: _Told, by_columns: Form | None) -> tuple[Form, str]:
    form = _only(told.titles)
    above = f"What stands above it names {_words(told.titles)}"
    if form is Form.MG6D:
        return form, ""
    if against := told.against_open:
        return Form.MG6D, f"{above}, and {against}."
    if form is None:
        careful = by_columns if by_columns in told.titles else _most_careful(told.titles)
        return careful, f"{above}."
    is_report = by_columns is Form.MG6E is not form and Form.MG6E in told.named
    return form, f"{above}, and its columns are those of MG6E." if is_report else ""


def is_of_care(line: str) -> bool:
    """Say whether a short line calls a whole list sensitive, without the name of its form."""
    if len(line) > LONGEST_TITLE or Form.MG6D in forms_in(line) or not calls_for_care(line):
        return False
    return not (SENTENCE.search(line) or NOT_SO.search(line))


def _only(forms: Collection[Form]) -> Form | None:
    return next(iter(forms)) if len(forms) == 1 else None


def _most_careful(forms: Collection[Form]) -> Form:
    """Return the form whose words fewest may read."""
    return next(form for form in (Form.MG6D, Form.MG6E, Form.SDC, Form.MG6C) if form in forms)


def _words(forms: Collection[Form]) -> str:
    return list_words(sorted(forms))

"""The words by which police mark what the defence is not to see, wherever these words stand.

One list serves the cells of an item, the titles of a list and the lines beside a table: what marks
an item in one of these places marks it in the others, too.
"""

import re

DEFENCE = r"(?:the )?(?:defen[cs]e|defendants?|accused|other side|solicitors?)"
OURS = r"(?:cps|police|crown|prosecut(?:ion|or)s?|lawyers?|officers?|reviewing lawyer)"
GIVEN = (
    r"(?:disclos(?:e[ds]?|ing|ure|able)|serv(?:e[ds]?|ing|ice)|show[ns]?|given?|reveal(?:ed)?|"
    r"releas(?:ed?)|suppl(?:y|ied)|provided?|seen|viewed|read|shared?|pass(?:ed)?|copied|go|leave)"
)
# The schedule of sensitive material, as it is named.
FORM_D = r"(?:form )?mg ?0?6 ?[-.]?\(?d\)?(?!\w)"
THE_FORM_D = rf"(?:(?:the|a|an|our|this|police) )?{FORM_D}"
# What asks for an item, or says, that it stands there: "put item 2 on the MG6D", "it needs to go on
# the MG6D", "one for the MG6D", and not "item 2 on the MG6D", which is another.
ASKED_FOR = r"\b(?:put|move|transfer|place|list|enter|add|include|shift|switch|schedule)"
MOVES = (
    rf"(?:{ASKED_FOR} (?:[\w,&]+ ){{0,8}}?|"
    r"\b(?:mov|transfer|list|belong|should (?:be|go|stand|appear|have (?:been|gone))|ought to|"
    r"must (?:be|go|stand|appear)|"
    r"(?:needs?|has|have|had|is|are|wants?|due|meant|supposed) to (?:be|go|stand|appear|move))\w* "
    r"(?:\w+ ){0,3}?|\b(?:goes|going|go|better|best|properly|rightly) |\bitems? \d+ (?=to |onto ))"
    r"(?:on|to|onto|in|into|under) "
)
BELONGS_ON_D = (
    rf"{MOVES}{THE_FORM_D}|"
    rf"\b(?:ones?|matters?|items?(?: \d+)?|material) for {THE_FORM_D}|"
    rf"\b(?:is|are|was|were|be) (?:\w+ ){{0,2}}?(?:an? )?{FORM_D} (?:items?|material|matter)\b"
)
# What says that a thing is not sensitive, or no more, or in another meaning of the word.
DENIED = re.compile(
    r"\b(?:no|not|nothing|none|non|un)[ -](?:\w+ ){0,2}?sensitive\b(?! (?:to|by))|"
    r"\b(?:no|nil|none|nothing|neither)\b[^.,;:(]{0,25}\bsensitive\b|"
    r"\b(?:less|more|without)(?: the| any)? sensitive\b|"
    r"\bsensitive (?:\w+ ){0,2}?(?:is |are |was |were |has been |have been )?"
    r"(?:redacted|edited|removed|taken out|left out)\b|"
    r"\b(?:redact|edit|remov|tak)\w* (?:out )?(?:of |all |any |the )*sensitive\b|"
    r"\b(?:no|nil|not) (?:pii|public interest immunity)\b|"
    r"\b(?:pii|public interest immunity) (?:is |was )?not "
    r"(?:sought|claimed|asked|needed|applied)\b|"
    r"\b(?:non|un|light|time|price|heat|touch|pressure|motion|market|commercially)[ -]sensitive\b|"
    r"\bofficial[ -]+sensitive\b|"
    r"\bsensitive (?:skin|teeth|film|paper|scales?|to light)\b",
    re.IGNORECASE,
)
# What keeps something from the defence, however little else is said.
KEPT_BACK = (
    rf"\b(?:do not|don'?t|must not|should not|cannot|never|not)(?: to)?(?: be)? {GIVEN}"
    rf" (?:\w+ ){{0,2}}?(?:to|by|with|on) {DEFENCE}\b|"
    r"\b(?:do not|don'?t|not (?:to be|for)|(?:must|should) not be|"
    r"(?<!was )(?<!were )(?<!had )never) (?:be )?"
    r"(?:disclos\w+|serv(?:e|ed|ing|ice)|shown?|given|reveal\w*|releas\w+|copied|seen|shared?)\b"
    r"(?! by\b)|"
    rf"\bnot for {DEFENCE}\b|"
    rf"\b(?:withh[eo]ld\w*|ke(?:ep|pt)(?: \w+){{0,2}}?|hid(?:e|den)|"
    rf"back) from {DEFENCE}\b|"
    r"\bkeep (?:it|this|these|them|that|items?(?: \d+)?) back\b|"
    rf"\bfor (?:the )?{OURS}(?: (?:and|or) (?:the )?{OURS})?(?:'s?)? (?:eyes )?only\b|"
    rf"\b{OURS}(?: (?:and|or|&) {OURS})?(?:'s?)? eyes only\b|\beyes only\b|"
    rf"^\W*(?:{OURS})(?: (?:and|or|&) {OURS})? only\b|"
    r"\b(?:treat\w*|count\w*|regard\w*|handle\w*)(?: [\w,&]+){0,6}? as (?:an? )?"
    rf"(?:{FORM_D}|(?:highly |strictly )?confidential|secret)|"
    r"\b(?:strictly|highly) confidential\b|\bin (?:the )?(?:strict(?:est)? )?confidence\b"
)
# What calls something sensitive, as forms also do where they speak of what they do not list.
SENSITIVE = (
    r"\bsens[aei]t[aei]?ve\b|\bs\.e\.n\.s\.i\.t\.i\.v\.e\b|"
    rf"\b(?:pii|public interest immunity)\b|{BELONGS_ON_D}"
)
# What marks it in a cell among other words, and in a line or a title as well.
MARKED = re.compile(f"{SENSITIVE}|{KEPT_BACK}", re.IGNORECASE)
# What marks it in a line beside a table, where forms explain themselves at length: "it is
# sensitive", and not "material which is sensitive".
MARKED_BESIDE = re.compile(
    rf"{KEPT_BACK}|^(?!.*\b(?:which|that|if|whether|any|where)\b.*sensitive).*"
    r"\b(?:is|are) (?:\w+ )?sensitive\b",
    re.IGNORECASE,
)
# One of these stands in whatever is marked; to look for them first is many times quicker.
NEEDLES = ("sens", "s.e.n", "pii", "immunity", "not", "n't", "dont", "never", "withh", "kept",
           "keep", "hid", "back", "only", "treat", "count", "regard", "handle", "mg",
           "confid")  # fmt: skip
# What marks a list in a short title, where an item may say the same of what it is about.
MARKED_IN_TITLES = re.compile(
    r"\b(?:restricted|withheld|confidential|secret) (?:unused )?(?:items?|material|schedule|list|"
    r"documents?|information|unused)\b|"
    rf"\b{OURS}(?: (?:and|or|&) {OURS})? only\b|"
    r"\b(?:chis|covert|informants?|secret)\b",
    re.IGNORECASE,
)
# What the national forms print on every page, open ones too.
OF_FORMS = re.compile(r"\bfor police and prosecution only\b", re.IGNORECASE)
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "\xa0": " "})
# A line of nothing but these describes no item.
OF_A_TITLE = re.compile(
    r"(?:\b(?:mg ?0?6 ?[-.]?\(?d\)?|part|section|schedule|list|of|the|following|above|below|these|"
    r"all|are|as|follows?|not|never|do|must|to|be|for|by|and|or|form|continued|"
    r"highly|strictly|sensitive|confidential|restricted|withheld|secret|pii|public|interest|"
    r"immunity|unused|relevant|police|cps|crown|prosecution|prosecutors?|lawyers?|eyes|only|from|"
    r"defen[cs]e|defendants?|accused|items?|material|documents?|information|disclos\w+|serve[ds]?|"
    r"service|shown?|seen|given|revealed|released|[a-e1-9]|n/?a)\b|[\W_])+",
    re.IGNORECASE,
)


def mark_in(words: str) -> "re.Match[str] | None":
    """Return where words mark what the defence is not to see; what they deny marks nothing."""
    told = words.lower().translate(STRAIGHT)
    # Few cells are marked, so what they deny is asked of those alone.
    if not any(each in told for each in NEEDLES) or MARKED.search(told) is None:
        return None
    return MARKED.search(_without_denials(words))


def mark_beside(words: str) -> str:
    """Return the words by which a line beside a table keeps something from the defence, if any."""
    found = MARKED_BESIDE.search(OF_FORMS.sub(" ", _without_denials(words)))
    return found[0] if found else ""


def marks_a_list(words: str) -> bool:
    """Say whether words mark a list so, in a title or beside it; more than in an item do."""
    told = OF_FORMS.sub(" ", _without_denials(words))
    return bool(MARKED.search(told) or MARKED_IN_TITLES.search(told))


def only_marks(words: str) -> bool:
    """Say whether words do nothing but mark what follows, so that they describe no item."""
    return marks_a_list(words) and OF_A_TITLE.fullmatch(words.translate(STRAIGHT)) is not None


def _without_denials(words: str) -> str:
    """Return words of the same length, with blanks for what says that nothing is sensitive."""
    return DENIED.sub(lambda found: " " * len(found[0]), words.translate(STRAIGHT))

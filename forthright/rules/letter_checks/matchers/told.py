"""Whether the decision that a letter begins with is the one recorded.

A letter that tells the wrong decision in its first sentences is the gravest of all, and reads
well. What each recorded decision rules out stands in one table.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from forthright.rules.case_file import CaseFile, DecisionKind
from forthright.rules.letter_checks.matchers.pleas import is_recorded
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import Sentence

OPENING = 3
LAWYERLY = "discontinu(?:e|ed|ing)"
WHO = r"(?:(?!(?:not|cannot|no|never|will|can)\b)[a-z][\w'-]* ){0,4}"
CASE = r"(?:case|prosecution|proceedings|charges?|matter)"
STOPPING = (
    rf"(?:stop(?:p(?:ed|ing))?|end(?:ed|ing)?|clos(?:ed?|ing)|halt(?:ed|ing)?|withdraw(?:n|ing)?|"
    rf"drop(?:p(?:ed|ing))?|{LAWYERLY})"
)
# "I have not stopped the case because of you" and "lightly" deny how or why, not that.
NOT_OF_HOW = r"(?![^.]*\b(?:because|due|lightly|easily|simply|just|only|fault|account)\b)"


class Told(StrEnum):
    """What a letter may say was decided, in the words that a finding shows."""

    CHARGE = "that somebody is charged"
    NOT_CHARGE = "that nobody is charged"
    GOES_ON = "that the case goes on"
    STOPPED = "that the case was stopped"
    DISCONTINUED = "that a case in court was discontinued"
    NO_EVIDENCE = "that no evidence was offered"
    ON_FILE = "that the charge was left on file"
    LOWERED = "that the charge is now a less serious one"
    RAISED = "that the charge is now a more serious one"
    CHANGED = "that the charge was changed"
    TRIED = "that somebody will be tried"
    CAUTIONED = "that somebody was given a caution or a fine instead"
    PLEADED = "that somebody pleaded guilty"


SAYS: Mapping[Told, re.Pattern[str]] = {
    Told.CHARGE: re.compile(
        r"\b(?:decid\w+|decision(?: is| was)?|agreed|going|authoris\w+(?: the police)?) to "
        r"(?:charge|prosecute)\b|\bauthoris\w+ (?:a |the )?charges?\b|"
        r"\b(?:is|are|has been|have been|was|were|will|is to|are to)(?: now| also)?(?: be)? "
        r"(?:charged|prosecuted)\b|\bwe are (?:charging|prosecuting)\b|"
        r"\b(?:charges? will be brought|will face (?:a |the )?(?:charges?|trial))\b"
    ),
    Told.NOT_CHARGE: re.compile(
        r"\b(?:decid\w+|decision(?: is| was)?|agreed|chosen) (?:not to|against) "
        r"(?:charg(?:e|ing)|bring(?:ing)? (?:a |any )?charges?)\b|"
        r"\b(?:not|never) (?:going to )?(?:be |to be |been |being )?(?:charge|charged|charging)\b|"
        r"\bnot (?:decided|agreed|chosen) to (?:charge|prosecute)\b|"
        r"\b(?:cannot|unable to) charge\b|"
        r"\bno (?:further action|charges? (?:will|can|is|are|has|have|should)|prosecution will)\b|"
        r"\b(?:nobody|no one|no-one|neither|none)\b[^.]{0,30}\b(?:is|are|be|been) charged\b|"
        r"\bnot enough evidence to charge\b"
    ),
    Told.GOES_ON: re.compile(
        rf"\b(?:decid\w+|decision(?: is| was)?|agreed|going) to (?:go on|carry on|continue|proceed|"
        rf"press on|keep going|go ahead|pursue)\b|\b{CASE} {WHO}(?:will|is to|are to|is going to|"
        rf"shall)(?: now| still)? (?:go (?:on|ahead|forward|to (?:court|trial))|continue|proceed|"
        rf"carry on|come to (?:court|trial))\b|"
        rf"\b{CASE} {WHO}(?:goes on|go on|continues?|carries on|is continuing|is going ahead)\b|"
        rf"\b{CASE} {WHO}(?:(?:is|are|was|were|has|have|will) not|\w+n't)(?: yet| now)? "
        rf"(?:being |been |be |going to be |to be )?(?:over|at an end|{STOPPING})\b{NOT_OF_HOW}|"
        rf"\b{CASE} {WHO}(?:is|are|remains?)(?: still)? (?:open|live|alive|active|under way)\b|"
        rf"\b(?:decid\w+|decision|agreed|chosen) not to {STOPPING} {NOT_OF_HOW}|"
        rf"\b(?:(?:have|has|am|are|is|will|shall) not|(?:have|has|are|is|wo)n't)(?: yet)? "
        rf"(?:(?:decided|agreed|chosen|going) to )?{STOPPING} (?:the|this|your|our) "
        rf"(?:\w+ )?{CASE}\b{NOT_OF_HOW}|"
        rf"\b(?:i|we) (?:will|shall|are going to|am going to)(?: now| still)? (?:go on|carry on|"
        rf"continue|proceed|go ahead|take (?:the|this|your) case to (?:court|trial))\b"
    ),
    Told.STOPPED: re.compile(
        rf"\b(?:stop|stopped|stopping|end|ended|ending|closed|halted|withdrawn?|withdrew|"
        rf"{LAWYERLY}) (?:the|this|your|our|all) (?:\w+ )?{CASE}\b|"
        rf"\b{CASE} {WHO}(?:has|have|is|are|was|were|will)(?: now)?(?: been| be)? "
        rf"(?:over|stopped|ended|closed|halted|withdrawn|at an end|{LAWYERLY})\b|"
        rf"\b{CASE} {WHO}(?:will not|cannot|does not|is not going to) (?:go (?:on|ahead|any "
        rf"further|to (?:court|trial))|continue|proceed)\b|"
        rf"\b(?:decid\w+|decision) not to (?:go on|carry on|continue|proceed|go ahead|take (?:the|"
        rf"this|your) case)\b|\b(?:i|we) (?:will not|cannot|can no longer|are unable to|am unable "
        rf"to) (?:go (?:on|ahead)|carry on|continue|proceed|take (?:the|this|your) case)\b|"
        rf"\bthere will (?:be no|not be a) (?:trial|court case|hearing)\b|"
        rf"(?<!you )\b(?:will not|is not (?:going )?to|are not (?:going )?to) (?:now )?"
        rf"(?:be (?:tried|prosecuted)|stand trial|face (?:a )?trial)\b(?! (?:for|with) )"
    ),
    Told.DISCONTINUED: re.compile(rf"\b{LAWYERLY}\b|\bnotice of discontinuance\b"),
    Told.NO_EVIDENCE: re.compile(
        r"\b(?:offer(?:ed|ing)? no evidence|no evidence (?:was|is) offered)\b"
    ),
    Told.ON_FILE: re.compile(
        r"\b(?:left|leave|lie|lies|lay|stay|stays)(?: to lie)? on (?:the )?(?:court )?file\b"
    ),
    Told.LOWERED: re.compile(
        r"\b(?:reduc(?:ed?|ing)|lower(?:ed|ing)?|downgrad(?:ed?|ing)) the (?:\w+ ){0,2}charge\b|"
        r"\bcharge\b[^.]{0,60}\b(?:been|was|is|be) (?:now )?(?:reduced|lowered|"
        r"downgraded|made less serious)\b|"
        r"\b(?:to|with|of|now|by) a (?:less serious|lesser|lower) (?:charge|offence|one)\b"
    ),
    Told.RAISED: re.compile(
        r"\b(?:increas(?:ed?|ing)|rais(?:ed?|ing)|upgrad(?:ed?|ing)) the (?:\w+ ){0,2}charge\b|"
        r"\bcharge\b[^.]{0,60}\b(?:been|was|is|be) (?:now )?(?:increased|raised|"
        r"upgraded|made more serious)\b|"
        r"\b(?:to|with|of|now|by) a (?:more serious|graver|higher) (?:charge|offence|one)\b"
    ),
    Told.CHANGED: re.compile(
        r"\b(?:chang(?:ed?|ing)|alter(?:ed|ing)?|amend(?:ed|ing)?|replac(?:ed?|ing)) the "
        r"(?:\w+ ){0,2}charge\b|"
        r"\bcharge\b[^.]{0,60}\b(?:been|was|is) (?:now )?(?:changed|altered|amended|replaced)\b"
    ),
    Told.TRIED: re.compile(
        r"(?<!you )\b(?:will|shall|is going to|are going to|is to|are to|is due to|are due to)"
        r"(?: now| still| also)? (?:be (?:tried|put on trial|sentenced|brought to court)|"
        r"(?:stand|face|go on|go to|come to) (?:a )?trial|"
        r"(?:appear|face charges) (?:in|at) court)\b|"
        r"\b(?:stands|faces|goes on|awaits) (?:a )?trial\b"
    ),
    Told.CAUTIONED: re.compile(
        r"\b(?:given|giving|give|offered|accepted|received|issued(?: with)?|had) "
        r"(?:him |her |them )?(?:a |an )?(?:\w+ ){0,2}(?:caution|police warning|"
        r"fixed penalty|penalty notice|community resolution|out[- ]of[- ]court \w+)\b|"
        r"\b(?:was|were|been|being|be) (?:\w+ )?cautioned\b(?! that)"
    ),
    Told.PLEADED: re.compile(
        r"\b(?:pleaded|pled|pleads|pleading|(?:is|are) going to plead|entered a plea of) guilty\b|"
        r"\b(?:will|has agreed to|to) plead guilty\b|"
        r"\badmitted (?:the (?:charge|offence)|it) (?:in|at|to the) court\b"
    ),
}  # fmt: skip
ENDS = frozenset({Told.STOPPED, Told.DISCONTINUED, Told.NO_EVIDENCE, Told.ON_FILE})
ALTERS = frozenset({Told.LOWERED, Told.RAISED, Told.CHANGED})
STARTS = frozenset({Told.CHARGE, Told.GOES_ON, Told.TRIED})
# Ways in which a case ends that no recorded decision to stop it is.
ANOTHER_WAY = frozenset({Told.CAUTIONED, Told.PLEADED})
# Which statements cannot stand beside each decision. What ends a case is told in plain words as
# "stopped", whichever way it ended; the lawyers' words for the ways are not to be mixed.
RULED_OUT: Mapping[DecisionKind, frozenset[Told]] = {
    DecisionKind.CHARGED: ENDS | ALTERS | {Told.NOT_CHARGE, Told.CAUTIONED},
    DecisionKind.NO_FURTHER_ACTION: STARTS | ALTERS | ANOTHER_WAY | (ENDS - {Told.STOPPED}),
    DecisionKind.DISCONTINUED: STARTS | ALTERS | ANOTHER_WAY
    | {Told.NOT_CHARGE, Told.NO_EVIDENCE, Told.ON_FILE},
    DecisionKind.NO_EVIDENCE_OFFERED: STARTS | ALTERS | ANOTHER_WAY
    | {Told.NOT_CHARGE, Told.DISCONTINUED, Told.ON_FILE},
    DecisionKind.LEFT_ON_FILE: STARTS | ALTERS
    | {Told.CAUTIONED, Told.NOT_CHARGE, Told.DISCONTINUED, Told.NO_EVIDENCE},
    DecisionKind.ALTERED_DECREASED: ENDS | {Told.RAISED, Told.NOT_CHARGE, Told.CAUTIONED},
    DecisionKind.ALTERED_INCREASED: ENDS | {Told.LOWERED, Told.NOT_CHARGE, Told.CAUTIONED},
}  # fmt: skip
SAID_WELL: Mapping[DecisionKind, frozenset[Told]] = {
    DecisionKind.CHARGED: frozenset({Told.CHARGE}),
    DecisionKind.NO_FURTHER_ACTION: frozenset({Told.NOT_CHARGE, Told.STOPPED}),
    DecisionKind.DISCONTINUED: frozenset({Told.STOPPED, Told.DISCONTINUED}),
    DecisionKind.NO_EVIDENCE_OFFERED: frozenset({Told.STOPPED, Told.NO_EVIDENCE}),
    DecisionKind.LEFT_ON_FILE: frozenset({Told.STOPPED, Told.ON_FILE}),
    DecisionKind.ALTERED_DECREASED: frozenset({Told.LOWERED, Told.CHANGED}),
    DecisionKind.ALTERED_INCREASED: frozenset({Told.RAISED, Told.CHANGED}),
}
RECORDED: Mapping[DecisionKind, str] = {
    DecisionKind.CHARGED: "somebody is charged",
    DecisionKind.NO_FURTHER_ACTION: "nobody is charged",
    DecisionKind.DISCONTINUED: "the case was stopped",
    DecisionKind.NO_EVIDENCE_OFFERED: "no evidence was offered, and the case has ended",
    DecisionKind.LEFT_ON_FILE: "the charge was left on file",
    DecisionKind.ALTERED_DECREASED: "the charge was changed to a less serious one",
    DecisionKind.ALTERED_INCREASED: "the charge was changed to a more serious one",
}
GOES_ON_ITSELF = frozenset(
    {DecisionKind.CHARGED, DecisionKind.ALTERED_DECREASED, DecisionKind.ALTERED_INCREASED}
)
# What is only thought of, asked for, or said not to be, is no decision.
NOT_TOLD = re.compile(
    r"\b(?:if|unless|until|whether|would|could|might|may|should|hoped?|wanted|asked (?:us|me)|"
    r"thinking of|before)\b"
)
DENIED = re.compile(r"\b(?:not|no longer|never|cannot|nobody|neither|no)(?: \w+){0,2} $")
# Of other charges or people, whose decision is another.
OF_OTHERS = re.compile(r"\b(?:other|others|another|second|first|original|rest|remaining|part)\b")
EARLIER = re.compile(
    r"\b(?:earlier|at first|originally|previously|first|last (?:year|month|week|spring|summer|"
    r"autumn|winter)|when|had|after|(?:on|in) (?:\d{1,2} )?(?:january|february|march|april|may|"
    r"june|july|august|september|october|november|december))\b"
)
NAMED = re.compile(r" (?:with|for|of) \w")


def decision_told(subject: Subject) -> Iterator[Hit]:
    """Yield what the first sentences say was decided and the record rules out."""
    case = subject.case
    if case is None or case.decision is None:
        return
    kind = case.decision.kind
    opening = subject.letter.body[:OPENING]
    says_recorded = any(_says(subject, each, one) for each in opening for one in SAID_WELL[kind])
    for told in Told:
        if not _is_ruled_out(told, case):
            continue
        for sentence in opening:
            for found in _says(subject, sentence, told):
                if not _is_excused(subject, sentence, found, told, says_recorded=says_recorded):
                    yield Hit(
                        *found.span(),
                        f"This says {told}. By the record {RECORDED[kind]}.",
                        "Say the decision as it is recorded, or have the record mended.",
                    )


def _is_ruled_out(told: Told, case: CaseFile) -> bool:
    """Say whether the record rules a statement out; what goes on beside it is no contradiction."""
    decision = case.decision
    if decision is None or told not in RULED_OUT[decision.kind]:
        return False
    goes_on_too = decision.rest_goes_on and decision.kind not in GOES_ON_ITSELF
    return not (goes_on_too and told in STARTS | ALTERS)


def _says(subject: Subject, sentence: Sentence, told: Told) -> list[re.Match[str]]:
    """Return where a sentence says something was decided, not where it denies or weighs it."""
    text = subject.plain
    if NOT_TOLD.search(text, sentence.start, sentence.end):
        return []
    return [
        found
        for found in SAYS[told].finditer(text, sentence.start, sentence.end)
        if not DENIED.search(text[max(sentence.start, found.start() - 40) : found.start()])
    ]


def _is_excused(
    subject: Subject, sentence: Sentence, found: re.Match[str], told: Told, *, says_recorded: bool
) -> bool:
    """Say whether a statement is of an earlier day, or of other charges or people of the case."""
    case = subject.case
    text = subject.plain[sentence.start : sentence.end]
    if OF_OTHERS.search(text) or (told in ANOTHER_WAY and is_recorded(case, text)):
        return True
    if case is not None and says_recorded and (EARLIER.search(text) or len(case.accused) > 1):
        return True
    is_background = told is Told.CHARGE and re.match(r"(?:was|were|has been|have been)\b", found[0])
    if is_background and "now" not in found[0]:
        return says_recorded
    is_of_one_charge = told is Told.NOT_CHARGE and NAMED.match(subject.plain, found.end())
    return bool(is_of_one_charge and case and case.decision
                and case.decision.kind in GOES_ON_ITSELF)  # fmt: skip

"""Made-up cases by name, on which a wording is tried before anybody gets a letter with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from forthright.rules.case_file import CaseFile, DecisionKind, Relation
from forthright.rules.letter_checks.conditions import FOR_COURT
from forthright.rules.letter_checks.examples import example_case

Changes = Mapping[str, Any]
ALTERED = {
    "from_charge": "causing grievous bodily harm",
    "to_charge": "assault occasioning actual bodily harm",
    "from_charge_in_plain_words": "being hurt very badly",
    "to_charge_in_plain_words": "being hit and hurt",
}
NEWS = {
    DecisionKind.DISCONTINUED: "The case is stopped",
    DecisionKind.NO_EVIDENCE_OFFERED: "No evidence is offered",
    DecisionKind.LEFT_ON_FILE: "The charge is left on file",
    DecisionKind.NO_FURTHER_ACTION: "Nobody is charged",
    DecisionKind.ALTERED_DECREASED: "The charge becomes less serious",
    DecisionKind.ALTERED_INCREASED: "The charge becomes more serious",
    DecisionKind.CHARGED: "Somebody is charged",
}
STOPS = (
    DecisionKind.DISCONTINUED,
    DecisionKind.NO_EVIDENCE_OFFERED,
    DecisionKind.LEFT_ON_FILE,
    DecisionKind.NO_FURTHER_ACTION,
)
LATE: Changes = {"letter": {"is_late": True, "due_on": "2026-04-07"}}
ABOUT = {"given_names": "Leon", "family_name": "Carter"}
READERS: Mapping[str, tuple[str, Changes]] = {
    "": ("", {}),
    "child": (
        "told to a child",
        {"recipient": {"is_child": True}, "offence_in_plain_words": "being hit and hurt"},
    ),
    "parent": (
        "told to the parent of a child",
        {"recipient": {"relation": Relation.PARENT, "about": ABOUT}, "flags": ["CHILD"]},
    ),
    "bereaved": (
        "told to a bereaved family",
        {
            "recipient": {"relation": Relation.BEREAVED, "about": ABOUT},
            "offence": "causing death by careless driving",
            "offence_in_plain_words": "",
            "offence_group": "DEATH",
            "flags": ["DEATH"],
        },
    ),
    "spokesperson": (
        "told to somebody who speaks for a person",
        {"recipient": {"relation": Relation.SPOKESPERSON, "about": ABOUT}},
    ),
    "business": (
        "told to a business",
        {
            "recipient": {"relation": Relation.BUSINESS},
            "offence": "theft from a shop",
            "offence_in_plain_words": "theft",
            "offence_group": "DISHONESTY",
        },
    ),
}
OF_CASE: tuple[tuple[str, str, Changes], ...] = (
    (
        "charged_unsupported",
        "Somebody is charged in domestic abuse; the person no longer supports it",
        {
            "letter": {"kind": DecisionKind.CHARGED},
            "decision": {"kind": DecisionKind.CHARGED, "is_after_withdrawal": True},
            "flags": ["DOMESTIC_ABUSE"],
        },
    ),
    (
        "altered_in_public_interest",
        "The charge becomes less serious; in the public interest",
        {
            "letter": {"kind": DecisionKind.ALTERED_DECREASED},
            "decision": {"kind": DecisionKind.ALTERED_DECREASED, **ALTERED},
            "note": {"test": "PUBLIC_INTEREST"},
        },
    ),
    *(
        (
            f"too_late_to_charge{code}",
            f"Nobody is charged{told}; the law no longer allows a charge",
            {
                **READERS[code.strip("_")][1],
                "letter": {"kind": DecisionKind.NO_FURTHER_ACTION},
                "decision": {"kind": DecisionKind.NO_FURTHER_ACTION},
                "review_right": {"qualifies": True, "remedy": "CANNOT_RESTART"},
            },
        )
        for code, told in (("", ""), ("_child", ", told to a child"))
    ),
    ("late", "The case is stopped; the letter is late", LATE),
    (
        "public_interest",
        "The case is stopped; a trial would not be in the public interest",
        {"note": {"test": "PUBLIC_INTEREST"}},
    ),
    (
        "neither",
        "The case is stopped; for another reason than the two tests",
        {"note": {"test": "NEITHER"}},
    ),
    (
        "withdrawn",
        "The case is stopped; the person no longer supports it",
        {"decision": {"is_after_withdrawal": True}},
    ),
    (
        "withdrawn_parent",
        "The case is stopped; the parent no longer supports it",
        {"decision": {"is_after_withdrawal": True}, **READERS["parent"][1]},
    ),
    (
        "meeting",
        "The case is stopped; a meeting is offered",
        {"meeting": {"is_specified": True, "is_offered": True}, "flags": ["RASSO"]},
    ),
    (
        "welsh",
        "The case is stopped; the person prefers Welsh",
        {"recipient": {"language": "Welsh"}},
    ),
    (
        "two_accused",
        "The case is stopped; two people are accused",
        {
            "accused": [
                {"given_names": "Dean", "family_name": "Hollis", "charges": ["Assault by beating"]},
                {"given_names": "Kim", "family_name": "Lowe", "charges": ["Theft"]},
            ]
        },
    ),
)
OF_CHARGE: tuple[tuple[str, str, Changes], ...] = tuple(
    (
        f"sentence_{code}",
        f"The charge becomes less serious; {words}",
        {
            "letter": {"kind": "ALTERED_DECREASED"},
            "decision": {
                "kind": "ALTERED_DECREASED",
                **ALTERED,
                "from_most": most,
                "to_most": "five years in prison",
            },
        },
    )
    for code, words, most in (
        ("same", "the most a court can give is the same", "five years in prison"),
        ("differs", "the most a court can give is not the same", "life in prison"),
    )
)
AFTER_CONVICTION: tuple[tuple[str, str, Changes], ...] = tuple(
    (
        "_".join(filter(None, ("altered_convicted", reader))),
        f"The charge becomes less serious after a conviction{told}",
        {
            **READERS[reader][1],
            "letter": {"kind": "ALTERED_DECREASED"},
            "decision": {"kind": "ALTERED_DECREASED", **ALTERED},
            "accused": [{"given_names": "Dean", "family_name": "Hollis", "status": "CONVICTED"}],
        },
    )
    for reader, told in (("", ""), ("child", ", told to a child"))
)
HOLDING: Changes = {
    "kind": "HOLDING", "reply_to": "Nobody rang you back in March", "due_on": "2026-04-22",
}  # fmt: skip
REPLIES: tuple[tuple[str, str, Changes], ...] = (
    *(
        (
            f"review_reply_{code}",
            f"A reply to a request for a review; {words}",
            {
                "letter": {
                    "kind": "REVIEW_REPLY",
                    "reply_outcome": said,
                    "outcome": outcome,
                    "next_step": step,
                    "next_on": "2026-04-30" if step else None,
                },
                "decision": {
                    "kind": DecisionKind.NO_EVIDENCE_OFFERED
                    if code == "goes_on"
                    else DecisionKind.DISCONTINUED
                },
                "review_right": {"qualifies": not step, "remedy": remedy},
            },
        )
        for code, words, outcome, remedy, said, step in (
            (
                "stands",
                "the decision stands",
                "STANDS",
                "CAN_RESTART",
                "The decision was right",
                "",
            ),
            (
                "goes_on",
                "the decision is changed before the court sits",
                "CHANGED",
                "CANNOT_RESTART",
                "The case goes on",
                "We tell the court that the case goes on",
            ),
            (
                "changed",
                "the decision is changed",
                "CHANGED",
                "CAN_RESTART",
                "The case starts again",
                "The court is told that the case starts again",
            ),
            (
                "too_late",
                "the decision was wrong and cannot be undone",
                "CHANGED",
                "CANNOT_RESTART",
                "The decision should not have been made",
                "Our manager goes through it with the team",
            ),
        )
    ),
    *(
        (
            f"complaint_reply_{outcome.lower()}",
            f"A reply to a complaint; {words}",
            {
                "letter": {
                    "kind": "COMPLAINT_REPLY",
                    "reply_to": "Nobody rang you back in March",
                    "reply_outcome": said,
                    "outcome": outcome,
                    "stage": stage,
                }
            },
        )
        for outcome, words, said, stage in (
            ("UPHELD", "it was right", "We should have rung you", "FIRST"),
            ("PARTLY_UPHELD", "a part of it was right", "We rang you once, and late", "FIRST"),
            ("NOT_UPHELD", "it was not right; our last answer", "We did ring you", "SECOND"),
        )
    ),
)
OF_LETTER: tuple[tuple[str, str, Changes], ...] = (
    *(
        (
            f"pre_decision_{test.lower()}",
            f"Before the decision, in the review pilot: {words}",
            {
                "letter": {"kind": "PRE_DECISION"},
                "decision": None,
                "flags": ["RASSO"],
                "note": {"test": test},
            },
        )
        for test, words in (
            ("EVIDENCE", "not enough evidence"),
            ("PUBLIC_INTEREST", "not in the public interest"),
            ("NEITHER", "for another reason"),
        )
    ),
    (
        "review_reply",
        "A reply to a request for a review",
        {
            "letter": {
                "kind": "REVIEW_REPLY",
                "reply_to": "You asked us to look at the decision again",
                "reply_outcome": "The decision was right",
            },
            "review_right": {"qualifies": True, "remedy": "CAN_RESTART"},
        },
    ),
    (
        "complaint_reply",
        "A reply to a complaint",
        {
            "letter": {
                "kind": "COMPLAINT_REPLY",
                "reply_to": "Nobody rang you back in March",
                "reply_outcome": "You were right, and we should have rung you",
            }
        },
    ),
    (
        "complaint_reply_part",
        "A reply to a complaint; the rest of the case goes on",
        {
            "decision": {"rest_goes_on": True},
            "letter": {
                "kind": "COMPLAINT_REPLY",
                "reply_to": "Nobody rang you back in March",
                "reply_outcome": "You were right, and we should have rung you",
            },
        },
    ),
    ("holding", "A holding letter", {"letter": HOLDING}),
    (
        "holding_late",
        "A holding letter that is late itself",
        {"letter": {**HOLDING, "is_late": True}},
    ),
    (
        "correction",
        "A correction of a letter that was sent",
        {
            "letter": {
                "kind": "CORRECTION",
                "correction_of": "The date of the hearing was wrong",
                "correction_right": "The hearing is on the day that is given below",
            }
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Example:
    """A made-up case, what it is called, and its short name in addresses."""

    code: str
    title: str
    case: CaseFile


@cache
def examples() -> Mapping[str, Example]:
    """Return every example by its code: each decision and reader, then what is out of the usual."""
    made = [*_of_decisions(), *OF_CASE, *OF_CHARGE, *AFTER_CONVICTION, *OF_LETTER, *REPLIES]
    return {code: Example(code, title, _case(changes)) for code, title, changes in made}


def _of_decisions() -> list[tuple[str, str, Changes]]:
    made: list[tuple[str, str, Changes]] = []
    for kind, news in NEWS.items():
        for reader, (told, changes) in READERS.items():
            code = "_".join(filter(None, (kind.lower(), reader)))
            title = f"{news}; {told}" if told else news
            made.append((code, title, {**changes, **_of_kind(kind)}))
        if kind in FOR_COURT:
            made += _before_court(kind, news)
        if kind in STOPS:
            decided = _of_kind(kind)["decision"]
            part = {**_of_kind(kind), "decision": {**decided, "rest_goes_on": True}}
            made.append((f"{kind.lower()}_part", f"{news}; the rest of the case goes on", part))
            told_child = {**READERS["child"][1], **part}
            made.append((f"{kind.lower()}_part_child",
                         f"{news}, told to a child; the rest of the case goes on",
                         told_child))  # fmt: skip
    return made


def _before_court(kind: DecisionKind, news: str) -> list[tuple[str, str, Changes]]:
    """Return the same decision before the court sits, in whole and in part, to both readers."""
    return [
        (
            "_".join(filter(None, (kind.lower(), "to_come", part, reader))),
            f"{news}{told}; the court has not sat yet{' and the rest goes on' if part else ''}",
            {
                **READERS[reader][1],
                "letter": {"kind": kind},
                "decision": {"kind": kind, "rest_goes_on": bool(part)},
            },
        )
        for part in ("", "part")
        for reader, told in (("", ""), ("child", ", told to a child"))
    ]


def _of_kind(kind: DecisionKind) -> dict[str, Any]:
    is_altered = kind in (DecisionKind.ALTERED_DECREASED, DecisionKind.ALTERED_INCREASED)
    return {
        "letter": {"kind": kind},
        "decision": {
            "kind": kind,
            "was_made_in_court": kind in FOR_COURT,
            **(ALTERED if is_altered else {}),
        },
    }


def _case(changes: Changes) -> CaseFile:
    """Return the example case as changed; what the rule says of the review right is left to it."""
    return example_case({"review_right": None, **changes})

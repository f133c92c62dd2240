"""Good letters, each with what is other in its case than in the example case."""

from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

CHANGES: dict[str, dict[str, Any]] = {
    "discontinued": {},
    "no_evidence": {
        "offence": "burglary",
        "offence_in_plain_words": "burglary",
        "offence_group": "DISHONESTY",
        "accused": [{"title": "Mr", "given_names": "Gareth", "family_name": "Pryce",
                     "pronouns": "HE", "status": "ACQUITTED", "charges": ["burglary"]}],
        "recipient": {"title": "Mrs", "given_names": "Siân", "family_name": "Llewellyn",
                      "address": ["12 Heol y Parc", "Llanelli", "SA15 3XX"]},
        "dates": [{"on": "2025-12-02", "what": "the burglary"}],
        "places": ["Llanelli"],
        "decision": {"kind": "NO_EVIDENCE_OFFERED", "was_made_in_court": True},
        "note": {
            "decided": "to offer no evidence",
            "facts": ["Nobody can say when the fingerprint on the kitchen window was left",
                      "Mr Pryce had cleaned the windows in the summer"],
            "changed": "The laboratory told us on 1 April 2026 that it could not say when the "
                       "print was left",
            "must_not_say": ["Mr Pryce was arrested for another burglary in 2019"],
        },
        "review_right": {"remedy": "CANNOT_RESTART"},
        "letter": {"kind": "NO_EVIDENCE_OFFERED"},
    },
    "altered": {
        "flags": ["DOMESTIC_ABUSE"],
        "recipient": {"preferred_name": "Amy"},
        "decision": {"kind": "ALTERED_DECREASED", "rest_goes_on": True,
                     "from_charge": "assault occasioning actual bodily harm",
                     "to_charge": "common assault"},
        "note": {
            "decided": "to change the charge to common assault",
            "facts": ["The hospital notes say that the wrist was bruised and not broken"],
            "changed": "The hospital sent its notes on 30 March 2026",
        },
        "dates": [{"on": "2026-01-14", "what": "the assault"},
                  {"on": "2026-04-24", "what": "the officer rings"}],
        "review_right": {"qualifies": False, "because": "the case goes on", "ask_by": None},
        "letter": {"kind": "ALTERED_DECREASED"},
    },
    "no_further_action": {
        "offence": "rape",
        "offence_in_plain_words": "rape",
        "offence_group": "SEXUAL",
        "flags": ["RASSO"],
        "court": None,
        "accused": [{"title": "Mr", "given_names": "Owen", "family_name": "Marsh",
                     "pronouns": "HE", "status": "SUSPECT"}],
        "recipient": {"title": "Miss", "given_names": "Bethan", "family_name": "Rhys",
                      "preferred_name": "Bethan", "channel": "VIA_ADVISER",
                      "adviser": "The Willow Centre",
                      "address": ["22 Mill Lane", "Worcester", "WR1 3XX"]},
        "others": [{"given_names": "Carys", "family_name": "Young", "role": "first friend told"}],
        "decision": {"kind": "NO_FURTHER_ACTION"},
        "note": {
            "decided": "not to charge with rape",
            "facts": ["The messages that could have shown what happened in the flat were deleted",
                      "The taxi driver could not be found"],
            "must_not_say": ["Bethan had been drinking"],
        },
        "meeting": {"is_specified": True, "is_offered": True},
        "letter": {"kind": "NO_FURTHER_ACTION", "signatory": "Thomas Weir"},
    },
    "parent_late": {
        "offence": "harassment",
        "offence_in_plain_words": "harassment",
        "offence_group": "OTHER",
        "flags": ["CHILD"],
        "accused": [{"given_names": "Lewis", "family_name": "Carr", "charges": ["harassment"]}],
        "recipient": {"title": "Mr", "given_names": "Kofi", "family_name": "Mensah",
                      "relation": "PARENT",
                      "about": {"given_names": "Ama", "family_name": "Mensah"},
                      "address": ["7 Tanyard Lane", "Kidderminster"]},
        "note": {
            "decided": "to stop the case",
            "facts": ["The messages came from an account in another name"],
            "changed": "The company told us on 23 March 2026 that its records were gone",
        },
        "dates": [{"on": "2026-04-10", "what": "we ring"}],
        "letter": {"due_on": "2026-03-31", "is_late": True},
    },
    "after_withdrawal": {
        "flags": ["DOMESTIC_ABUSE"],
        "dates": [{"on": "2026-01-14", "what": "the assault"},
                  {"on": "2026-03-25", "what": "told the police of the wish to stop"}],
        "decision": {"is_after_withdrawal": True},
        "note": {
            "decided": "to stop the case",
            "facts": ["Nobody else saw what happened in the kitchen and there were no photographs",
                      "The charge cannot be proved without the person’s evidence"],
            "changed": "On 25 March 2026 Ms Osei told the police that she did not want to go on",
        },
        "review_right": {"qualifies": False, "because": "the person did not want to go on",
                         "ask_by": None},
    },
}  # fmt: skip


def good_letter(name: str) -> str:
    """Return the words of a good letter."""
    return (HERE / f"{name}.txt").read_text("utf-8")

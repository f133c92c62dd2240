"""A made-up case that the checks are tried on, and ways to change one thing of it."""

from datetime import UTC, date, datetime
from typing import Any

from forthright.rules.case_file import CaseFile

AREA: dict[str, Any] = {
    "name": "Mercia",
    "contacts": [
        {"kind": "PHONE", "value": "01632 960 101", "words": "Victim Liaison Unit",
         "hours": "Monday to Friday, 9am to 5pm"},
        {"kind": "EMAIL", "value": "victims.mercia@cps.example"},
        {"kind": "PHONE", "value": "01632 960 999", "retired_on": "2025-01-31"},
        {"kind": "WEB", "value": "www.cps.example/mercia"},
    ],
    "staff": [
        {"name": "Priya Nair", "role": "Victim Liaison Officer"},
        {"name": "Thomas Weir", "role": "Senior Crown Prosecutor"},
        {"name": "Gwen Parry", "role": "Victim Liaison Officer", "left_on": "2025-12-31"},
    ],
    "support": [
        {"name": "Victim Support", "phone": "01632 960 200", "web": "www.victims.example"},
        {"name": "Rape Crisis", "phone": "01632 960 201", "fits": ["RASSO"]},
        {"name": "Refuge", "phone": "01632 960 202", "fits": ["DOMESTIC_ABUSE"]},
        {"name": "Old Helpline", "phone": "01632 960 299", "retired_on": "2025-06-30"},
    ],
    "retired_domains": ["cps.gsi.example"],
}  # fmt: skip

CASE: dict[str, Any] = {
    "area": AREA,
    "urn": "20MR0412326",
    "unit": "Magistrates’ Court Unit",
    "offence": "assault occasioning actual bodily harm",
    "offence_in_plain_words": "assault causing injury",
    "offence_group": "VIOLENCE",
    "court": {"name": "Worcester Magistrates’ Court", "hearing_on": "2026-04-20"},
    "dates": [{"on": "2026-01-14", "what": "the assault"}],
    "places": ["Kidderminster", "Foundry Street"],
    "accused": [
        {"title": "Mr", "given_names": "Dean", "family_name": "Hollis", "pronouns": "HE",
         "charges": ["assault occasioning actual bodily harm"]},
    ],
    "recipient": {
        "title": "Ms", "given_names": "Amira", "family_name": "Osei", "pronouns": "SHE",
        "entitlement": "STANDARD", "address": ["4 Quarry Close", "Worcester", "WR5 3XX"],
    },
    "others": [{"given_names": "Leanne", "family_name": "Pugh", "role": "witness"}],
    "decision": {"kind": "DISCONTINUED", "made_at": "2026-04-02T11:00:00+01:00"},
    "note": {
        "decided": "to stop the case of assault",
        "test": "EVIDENCE",
        "facts": [
            "The only camera on Foundry Street was not recording that night",
            "The two witnesses could not say who threw the glass",
        ],
        "changed": "The camera company told us on 30 March 2026 that there is no film",
        "must_not_say": ["Leanne Pugh was drunk"],
    },
    "review_right": {
        "qualifies": True, "because": "all proceedings end", "body": "Victims’ Right to Review",
        "how": "ring or write to us", "ask_by": "2026-04-23", "remedy": "CAN_RESTART",
    },
    "letter": {
        "kind": "DISCONTINUED", "dated": "2026-04-08", "due_on": "2026-04-10",
        "signatory": "Priya Nair", "contact_name": "Priya Nair",
    },
    "week": [
        {"urn": "20MR0999926", "people": [{"title": "Mr", "given_names": "Colin",
                                           "family_name": "Ashdown"}]},
    ],
}  # fmt: skip

TODAY = date(2026, 4, 8)
DECIDED = datetime(2026, 4, 2, 10, 0, tzinfo=UTC)


def a_case(**changes: Any) -> CaseFile:
    """Return the made-up case with parts of it changed; a table changes only what it names."""
    return CaseFile.model_validate(_changed(CASE, changes))


def _changed(table: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    made = dict(table)
    for key, value in changes.items():
        is_table = isinstance(value, dict) and isinstance(made.get(key), dict)
        made[key] = _changed(made[key], value) if is_table else value
    return made

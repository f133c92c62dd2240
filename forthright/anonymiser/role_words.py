"""What stands for a colleague and for other people of a case, from closed lists of words.

A job title and a role in a case are whatever somebody typed, as “Liaison for the Droitwich
families”: printed into a letter it would tell what is hidden everywhere else.
"""

# The first word that a job title holds tells who it is.
COLLEAGUES = (
    ("liaison", "the liaison officer"),
    ("prosecutor", "the prosecutor"),
    ("lawyer", "the prosecutor"),
    ("manager", "the manager"),
)
COLLEAGUE = "the colleague"
OTHERS = frozenset(
    [
        "victim",
        "complainant",
        "defendant",
        "suspect",
        "co-defendant",
        "accused",
        "offender",
        "witness",
        "eyewitness",
        "bystander",
        "child",
        "parent",
        "mother",
        "father",
        "stepmother",
        "stepfather",
        "guardian",
        "carer",
        "foster carer",
        "brother",
        "sister",
        "son",
        "daughter",
        "stepson",
        "stepdaughter",
        "grandmother",
        "grandfather",
        "grandparent",
        "grandson",
        "granddaughter",
        "uncle",
        "aunt",
        "nephew",
        "niece",
        "cousin",
        "husband",
        "wife",
        "partner",
        "former partner",
        "ex-partner",
        "boyfriend",
        "girlfriend",
        "friend",
        "neighbour",
        "relative",
        "family member",
        "next of kin",
        "landlord",
        "tenant",
        "lodger",
        "flatmate",
        "housemate",
        "colleague",
        "employer",
        "employee",
        "manager",
        "teacher",
        "social worker",
        "support worker",
        "adviser",
        "interpreter",
        "intermediary",
        "doctor",
        "nurse",
        "paramedic",
        "expert",
        "officer",
        "police officer",
        "officer in the case",
        "solicitor",
        "barrister",
        "judge",
        "spokesperson",
        "business",
        "other person",
    ]
)


def colleague_said(title: str) -> str:
    """Return what stands for a colleague by their job title, in words of the list alone."""
    small = title.lower()
    return next((said for word, said in COLLEAGUES if word in small), COLLEAGUE)


def other_said(role: str) -> str:
    """Return what stands for somebody else of a case; nothing where the list has no such word."""
    said = " ".join(role.lower().split()).removeprefix("the ") or "other person"
    return f"the {said}" if said in OTHERS else ""

"""The one table of who may do what, and how far it reaches."""

from enum import Enum, IntEnum

from forthright.accounts.models import Role


class Reach(IntEnum):
    """How far a permission reaches; a wider reach contains the narrower."""

    OWN = 1  # what this person drafted, marked or was told
    UNIT = 2  # the person's unit; for the Victim Liaison Unit, every letter it writes
    AREA = 3  # the whole Area


class Permission(Enum):
    """Something a person may do; the value finishes the sentence "You may not …"."""

    OVERVIEW_SEE = "see the overview"
    ACCOUNT_KEEP = "see and protect your own account"
    DUTY_SEE = "see the letters that are owed"
    MORNING_SEE = "see the morning list of a unit’s letters"
    COVER_NAME = "name a deputy for a legal SPOC"
    DUTY_RECORD = "record what was done about a letter"
    DUTY_NOT_REQUIRED = "say that a letter is not required"
    REASONS_WRITE = "write the reasons for a letter"
    REASONS_MARK = "mark the reasons for a letter"
    LETTER_DRAFT = "draft a letter"
    STOP_OVERRULE = "overrule a check that stops a letter"
    LETTER_APPROVE = "approve a letter"
    LETTER_SEND = "send a letter"
    LETTER_CHECK = "look at a colleague’s letter before it goes"
    CHECKS_SEE = "see how letters are looked at before they go"
    CHECKS_GIVE = "give letters to colleagues to look at before they go"
    LOOK_WAIVE = "let a letter go without the look before it goes"
    CHECKS_SET = "change which letters are looked at before they go"
    UNSAFE_CONTACT = "contact a person otherwise than they asked"
    CONTACTS_SEE = "see the contacts and support that letters name"
    CONTACTS_CHANGE = "change the contacts and support that letters name"
    CASE_SEE = "see a case and the people in it"
    DISCLOSURE_SEE = "see duties to disclose unused material"
    SCHEDULE_BRING = "take in schedules of unused material or return them"
    SENSITIVE_SEE = "see the schedules of sensitive material"
    ITEM_ENDORSE = "endorse items of unused material"
    DISCLOSURE_APPROVE = "approve what is to be disclosed"
    DISCLOSURE_SERVE = "serve disclosure, or record what the defence and the court did"
    RETURN_ANSWER = "answer schedules that were returned to the police"
    MEDIA_SEE = "see the recordings and discs of cases"
    MEDIA_RECORD = "record what was done about a recording or disc"
    MEDIA_PLAY = "see or hear a recording"
    MEDIA_SEND = "send the file of a recording"
    MEDIA_CLASSIFY = "say that a recording was viewed and what it is"
    MEDIA_OWED_SEE = "see what the police are asked for"
    IMPORT_SEE = "see what was imported"
    IMPORT_RUN = "import an extract or undo an import"
    SCHEME_SEE = "see the time limits and the calendar"
    SCHEME_CHANGE = "change the time limits or the calendar"
    STANDARD_SEE = "see the standards for letters"
    STANDARD_CHANGE = "change the standards for letters"
    RULES_PROPOSE = "propose a change of the rules that letters are checked by"
    RULES_ADOPT = "adopt a change of the rules that letters are checked by"
    TEMPLATE_SEE = "see the templates for letters"
    TEMPLATE_CHANGE = "change the templates for letters"
    TEMPLATE_APPROVE = "approve a change of the templates"
    SAMPLE_SEE = "see the samples"
    SAMPLE_PLAN = "change a sample plan"
    SAMPLE_DRAW = "draw a sample or substitute a letter"
    OVERRIDE_SEE = "see the stops that were overruled"
    OVERRIDE_LOOK = "decide what becomes of a stop that was overruled"
    REVIEW_MARK = "mark a letter"
    DISCLOSURE_MARK = "mark how disclosure was done"
    REVIEW_SEE = "see marks"
    FEEDBACK_ANSWER = "answer feedback given to you"
    DISPUTE_DECIDE = "decide a dispute"
    LETTER_ANONYMISE = "anonymise letters for the panel"
    PANEL_KEEP = "prepare the panel’s meetings and write down what it found"
    PANEL_SEE = "see what the panel found"
    PANEL_ANSWER = "answer what the panel found"
    PANEL_READ = "read the letters of the panel"
    CALIBRATION_SEE = "see calibration rounds"
    CALIBRATION_LEAD = "lead a calibration round"
    LENIENCY_SEE = "see how lenient marks are"
    FINDING_SEE = "see faults that come again"
    FINDING_TAKE = "put right faults that come again"
    REPORT_SEE = "see the weekly reports"
    REPORT_MAKE = "make a weekly report"
    AUDIT_SEE = "see the record of what was done"
    PEOPLE_SEE = "see the people of the Area"
    PEOPLE_CHANGE = "change the people of the Area"
    WORK_SEE = "see the background work"
    WORK_ASK_AGAIN = "ask again for background work that failed"


P, R = Permission, Reach
_EVERYBODY = {P.OVERVIEW_SEE: R.OWN, P.ACCOUNT_KEEP: R.OWN}
_STAFF = {
    **_EVERYBODY,
    P.SCHEME_SEE: R.AREA,
    P.STANDARD_SEE: R.AREA,
    P.TEMPLATE_SEE: R.AREA,
    P.CONTACTS_SEE: R.AREA,
}
# Whoever writes letters; a stop that they let pass is seen by whoever approves.
_WRITERS = {P.LETTER_DRAFT: R.UNIT, P.STOP_OVERRULE: R.UNIT, P.LETTER_SEND: R.UNIT}
# Whoever handles disclosure in a unit. What is sensitive is for its lawyers alone.
_DISCLOSING = {
    P.DISCLOSURE_SEE: R.UNIT,
    P.SCHEDULE_BRING: R.UNIT,
    P.DISCLOSURE_SERVE: R.UNIT,
}
_LAWYERS = {**_DISCLOSING, P.SENSITIVE_SEE: R.UNIT, P.ITEM_ENDORSE: R.UNIT}
# Whoever works on a case keeps the register of its recordings; what each is, a lawyer says.
_KEEPS_MEDIA = {
    P.MEDIA_SEE: R.UNIT,
    P.MEDIA_RECORD: R.UNIT,
    P.MEDIA_SEND: R.UNIT,
    P.MEDIA_PLAY: R.UNIT,
}
# Whoever brings letters before the panel sees them as they were written.
_KEEPS_PANEL = {P.LETTER_ANONYMISE: R.AREA, P.PANEL_KEEP: R.AREA}
_LEADERS = {
    **_STAFF,
    P.DISCLOSURE_SEE: R.AREA,
    P.MEDIA_SEE: R.AREA,
    P.DUTY_SEE: R.AREA,
    P.CASE_SEE: R.AREA,
    P.IMPORT_SEE: R.AREA,
    P.SAMPLE_SEE: R.AREA,
    P.OVERRIDE_SEE: R.AREA,
    P.REVIEW_SEE: R.AREA,
    P.CHECKS_SEE: R.AREA,
    P.PANEL_SEE: R.AREA,
    P.CALIBRATION_SEE: R.AREA,
    P.LENIENCY_SEE: R.OWN,
    P.FINDING_SEE: R.AREA,
    P.REPORT_SEE: R.AREA,
    P.REPORT_MAKE: R.AREA,
    P.AUDIT_SEE: R.AREA,
    P.PEOPLE_SEE: R.AREA,
}

# Read a row as: a person with this role may do these things, this far.
TABLE: dict[str, dict[Permission, Reach]] = {
    Role.PROSECUTOR: {
        **_STAFF,
        **_LAWYERS,
        **_KEEPS_MEDIA,
        P.MEDIA_CLASSIFY: R.UNIT,
        P.REASONS_WRITE: R.UNIT,
        P.LETTER_DRAFT: R.UNIT,
        P.STOP_OVERRULE: R.UNIT,
        P.DUTY_SEE: R.UNIT,
        P.DUTY_RECORD: R.UNIT,
        P.CASE_SEE: R.UNIT,
        P.FEEDBACK_ANSWER: R.OWN,
        P.PANEL_SEE: R.AREA,
    },
    Role.VICTIM_LIAISON_OFFICER: {
        **_STAFF,
        **_WRITERS,
        P.LETTER_CHECK: R.UNIT,
        P.DUTY_SEE: R.UNIT,
        P.DUTY_RECORD: R.UNIT,
        P.DUTY_NOT_REQUIRED: R.UNIT,
        P.CASE_SEE: R.UNIT,
        P.FEEDBACK_ANSWER: R.OWN,
        P.PANEL_SEE: R.AREA,
    },
    Role.LEGAL_SPOC: {
        **_STAFF,
        **_WRITERS,
        P.LETTER_CHECK: R.UNIT,
        P.CHECKS_SEE: R.UNIT,
        P.CHECKS_GIVE: R.UNIT,
        **_LAWYERS,
        P.DISCLOSURE_APPROVE: R.UNIT,
        **_KEEPS_MEDIA,
        P.MEDIA_CLASSIFY: R.UNIT,
        P.REASONS_WRITE: R.UNIT,
        P.REASONS_MARK: R.UNIT,
        P.LETTER_APPROVE: R.UNIT,
        P.UNSAFE_CONTACT: R.UNIT,
        P.DUTY_SEE: R.UNIT,
        P.MORNING_SEE: R.UNIT,
        P.COVER_NAME: R.UNIT,
        P.DUTY_RECORD: R.UNIT,
        P.DUTY_NOT_REQUIRED: R.UNIT,
        P.CASE_SEE: R.UNIT,
        P.SAMPLE_SEE: R.UNIT,
        P.LETTER_ANONYMISE: R.UNIT,
        P.PANEL_SEE: R.AREA,
        P.FEEDBACK_ANSWER: R.OWN,
        P.FINDING_SEE: R.AREA,
        P.FINDING_TAKE: R.AREA,
        P.RULES_PROPOSE: R.AREA,
        P.TEMPLATE_CHANGE: R.AREA,
    },
    Role.LINE_MANAGER: {
        **_STAFF,
        **_WRITERS,
        P.CHECKS_SEE: R.UNIT,
        P.CHECKS_GIVE: R.UNIT,
        P.LOOK_WAIVE: R.UNIT,
        **_DISCLOSING,
        **_KEEPS_MEDIA,
        P.REASONS_MARK: R.UNIT,
        P.LETTER_APPROVE: R.UNIT,
        P.UNSAFE_CONTACT: R.UNIT,
        P.CONTACTS_CHANGE: R.AREA,
        P.DUTY_SEE: R.UNIT,
        P.MORNING_SEE: R.UNIT,
        P.COVER_NAME: R.UNIT,
        P.DUTY_RECORD: R.UNIT,
        P.DUTY_NOT_REQUIRED: R.UNIT,
        P.CASE_SEE: R.UNIT,
        P.IMPORT_SEE: R.AREA,
        P.IMPORT_RUN: R.AREA,
        P.SAMPLE_SEE: R.UNIT,
        P.OVERRIDE_SEE: R.UNIT,
        P.OVERRIDE_LOOK: R.UNIT,
        P.REVIEW_MARK: R.UNIT,
        P.DISCLOSURE_MARK: R.UNIT,
        P.REVIEW_SEE: R.UNIT,
        P.LETTER_ANONYMISE: R.UNIT,
        P.PANEL_SEE: R.AREA,
        P.CALIBRATION_SEE: R.OWN,
        P.LENIENCY_SEE: R.OWN,
        P.FINDING_SEE: R.AREA,
        P.FINDING_TAKE: R.AREA,
        P.FEEDBACK_ANSWER: R.OWN,
        P.REPORT_SEE: R.AREA,
        P.TEMPLATE_CHANGE: R.UNIT,
    },
    Role.LEGAL_MANAGER: {
        **_STAFF,
        **_LAWYERS,
        P.DISCLOSURE_SEE: R.AREA,
        P.DISCLOSURE_APPROVE: R.UNIT,
        **_KEEPS_MEDIA,
        P.MEDIA_SEE: R.AREA,
        P.MEDIA_CLASSIFY: R.UNIT,
        P.REASONS_WRITE: R.UNIT,
        P.REASONS_MARK: R.AREA,
        P.STOP_OVERRULE: R.UNIT,
        P.LETTER_APPROVE: R.UNIT,
        P.UNSAFE_CONTACT: R.UNIT,
        P.CONTACTS_CHANGE: R.AREA,
        P.DUTY_SEE: R.AREA,
        P.MORNING_SEE: R.UNIT,
        P.COVER_NAME: R.UNIT,
        P.DUTY_RECORD: R.UNIT,
        P.DUTY_NOT_REQUIRED: R.UNIT,
        P.CASE_SEE: R.AREA,
        P.IMPORT_SEE: R.AREA,
        P.SAMPLE_SEE: R.AREA,
        P.SAMPLE_PLAN: R.AREA,
        P.SAMPLE_DRAW: R.AREA,
        P.OVERRIDE_SEE: R.AREA,
        P.OVERRIDE_LOOK: R.AREA,
        P.DISCLOSURE_MARK: R.AREA,
        P.REVIEW_SEE: R.AREA,
        P.CHECKS_SEE: R.AREA,
        P.CHECKS_GIVE: R.AREA,
        P.LOOK_WAIVE: R.AREA,
        P.CHECKS_SET: R.AREA,
        P.CALIBRATION_SEE: R.AREA,
        P.CALIBRATION_LEAD: R.AREA,
        P.LENIENCY_SEE: R.UNIT,
        P.FINDING_SEE: R.AREA,
        P.FINDING_TAKE: R.AREA,
        P.FEEDBACK_ANSWER: R.OWN,
        P.DISPUTE_DECIDE: R.AREA,
        **_KEEPS_PANEL,
        P.PANEL_SEE: R.AREA,
        P.PANEL_ANSWER: R.OWN,
        P.REPORT_SEE: R.AREA,
        P.RULES_PROPOSE: R.AREA,
        P.RULES_ADOPT: R.AREA,
        P.TEMPLATE_CHANGE: R.AREA,
        P.TEMPLATE_APPROVE: R.AREA,
    },
    Role.SENIOR_MANAGER: {
        **_LEADERS,
        **_KEEPS_PANEL,
        P.SAMPLE_PLAN: R.AREA,
        P.CHECKS_SET: R.AREA,
        P.CALIBRATION_LEAD: R.AREA,
        P.FINDING_TAKE: R.AREA,
        P.TEMPLATE_APPROVE: R.AREA,
    },
    Role.CHIEF_CROWN_PROSECUTOR: {**_LEADERS, P.TEMPLATE_APPROVE: R.AREA},
    Role.PANEL_MEMBER: {**_EVERYBODY, P.PANEL_READ: R.OWN},
    Role.POLICE_PARTNER: {
        **_EVERYBODY,
        P.RETURN_ANSWER: R.UNIT,
        P.MEDIA_OWED_SEE: R.OWN,
        P.MEDIA_SEND: R.OWN,
    },
    Role.AREA_LEAD: {**_STAFF, P.REPORT_SEE: R.AREA},
    Role.RESEARCHER: {**_EVERYBODY, P.STANDARD_SEE: R.AREA},
    Role.INSPECTOR: {k: v for k, v in _LEADERS.items() if k is not P.REPORT_MAKE},
    Role.ADMINISTRATOR: {
        **_STAFF,
        P.CONTACTS_CHANGE: R.AREA,
        P.IMPORT_SEE: R.AREA,
        P.IMPORT_RUN: R.AREA,
        P.SCHEME_CHANGE: R.AREA,
        P.STANDARD_CHANGE: R.AREA,
        P.RULES_PROPOSE: R.AREA,
        P.RULES_ADOPT: R.AREA,
        P.AUDIT_SEE: R.AREA,
        P.PEOPLE_SEE: R.AREA,
        P.PEOPLE_CHANGE: R.AREA,
        P.WORK_SEE: R.AREA,
        P.WORK_ASK_AGAIN: R.AREA,
    },
}

# What a deputy may do in the unit of the legal SPOC they cover for: the work on letters. What is
# sensitive of disclosure and recordings stays with the unit's own lawyers, cover or not.
COVERED = frozenset(
    {
        P.MORNING_SEE,
        P.DUTY_SEE,
        P.DUTY_RECORD,
        P.DUTY_NOT_REQUIRED,
        P.CASE_SEE,
        P.REASONS_WRITE,
        P.REASONS_MARK,
        P.LETTER_DRAFT,
        P.STOP_OVERRULE,
        P.LETTER_APPROVE,
        P.LETTER_CHECK,
        P.LETTER_SEND,
        P.CHECKS_GIVE,
        P.UNSAFE_CONTACT,
    }
)
# Who may stand in for a legal SPOC: lawyers, and those who manage the work on letters.
DEPUTIES = (Role.PROSECUTOR, Role.LEGAL_SPOC, Role.LINE_MANAGER, Role.LEGAL_MANAGER)


def reach_of(role: str, permission: Permission) -> Reach | None:
    """Return how far a role's permission reaches, or None where it has none."""
    return TABLE[role].get(permission)


def needs_unit(role: str) -> bool:
    """Return whether a person with this role can do nothing useful without a unit."""
    return Reach.UNIT in TABLE[role].values()

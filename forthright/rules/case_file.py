"""What is known of one case when a letter about it is written, checked or anonymised.

The same facts come from the product's own records or from a CASE.json file; the schema of that
file is written from these classes to docs/schemas/case.schema.json.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from forthright.rules.entitlement import Entitlement


class LetterKind(StrEnum):
    """What a letter is for; which blocks it is made of depends on the case besides."""

    DISCONTINUED = "DISCONTINUED"
    NO_EVIDENCE_OFFERED = "NO_EVIDENCE_OFFERED"
    LEFT_ON_FILE = "LEFT_ON_FILE"
    NO_FURTHER_ACTION = "NO_FURTHER_ACTION"
    ALTERED_DECREASED = "ALTERED_DECREASED"
    ALTERED_INCREASED = "ALTERED_INCREASED"
    CHARGED = "CHARGED"
    PRE_DECISION = "PRE_DECISION"
    REVIEW_REPLY = "REVIEW_REPLY"
    COMPLAINT_REPLY = "COMPLAINT_REPLY"
    HOLDING = "HOLDING"
    CORRECTION = "CORRECTION"


class DecisionKind(StrEnum):
    NO_FURTHER_ACTION = "NO_FURTHER_ACTION"
    DISCONTINUED = "DISCONTINUED"
    NO_EVIDENCE_OFFERED = "NO_EVIDENCE_OFFERED"
    LEFT_ON_FILE = "LEFT_ON_FILE"
    ALTERED_DECREASED = "ALTERED_DECREASED"
    ALTERED_INCREASED = "ALTERED_INCREASED"
    CHARGED = "CHARGED"


class Relation(StrEnum):
    VICTIM = "VICTIM"
    PARENT = "PARENT"
    BEREAVED = "BEREAVED"
    SPOKESPERSON = "SPOKESPERSON"
    BUSINESS = "BUSINESS"


class OffenceGroup(StrEnum):
    VIOLENCE = "VIOLENCE"
    SEXUAL = "SEXUAL"
    DOMESTIC_ABUSE = "DOMESTIC_ABUSE"
    HATE_CRIME = "HATE_CRIME"
    DEATH = "DEATH"
    DISHONESTY = "DISHONESTY"
    DAMAGE = "DAMAGE"
    DRIVING = "DRIVING"
    OTHER = "OTHER"


class Flag(StrEnum):
    DOMESTIC_ABUSE = "DOMESTIC_ABUSE"
    RASSO = "RASSO"
    HATE_CRIME = "HATE_CRIME"
    CHILD = "CHILD"
    DEATH = "DEATH"


class AccusedStatus(StrEnum):
    """What the accused may be called: nobody is an offender before a conviction."""

    SUSPECT = "SUSPECT"
    DEFENDANT = "DEFENDANT"
    CONVICTED = "CONVICTED"
    ACQUITTED = "ACQUITTED"


class Pronouns(StrEnum):
    HE = "HE"
    SHE = "SHE"
    THEY = "THEY"


class Channel(StrEnum):
    POST = "POST"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    VIA_POLICE = "VIA_POLICE"
    VIA_ADVISER = "VIA_ADVISER"


class LegalTest(StrEnum):
    """Which stage of the full code test the decision turned on."""

    EVIDENCE = "EVIDENCE"
    PUBLIC_INTEREST = "PUBLIC_INTEREST"
    NEITHER = "NEITHER"


class ReviewRemedy(StrEnum):
    """What a review could still change; a letter must not promise more."""

    CAN_RESTART = "CAN_RESTART"
    CANNOT_RESTART = "CANNOT_RESTART"
    WITH_LEAVE = "WITH_LEAVE"


class ReplyOutcome(StrEnum):
    """What a reply answers: a review may change a decision, a complaint may be upheld."""

    STANDS = "STANDS"
    CHANGED = "CHANGED"
    UPHELD = "UPHELD"
    PARTLY_UPHELD = "PARTLY_UPHELD"
    NOT_UPHELD = "NOT_UPHELD"


class ComplaintStage(StrEnum):
    FIRST = "FIRST"
    SECOND = "SECOND"


class ContactKind(StrEnum):
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    ADDRESS = "ADDRESS"
    WEB = "WEB"


class Part(BaseModel):
    """A part of a case file: unknown fields are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonName(Part):
    """How a person is called."""

    title: str = ""
    given_names: str = ""
    family_name: Annotated[str, Field(min_length=1)]
    also_known_as: tuple[str, ...] = ()


class Accused(PersonName):
    """Somebody suspected or charged."""

    status: AccusedStatus = AccusedStatus.DEFENDANT
    pronouns: Pronouns | None = None
    charges: tuple[str, ...] = ()


class OtherPerson(PersonName):
    """Anybody else in the case: their name may not appear unless the letter may name them."""

    role: str
    may_be_named: bool = False


class SafeContact(Part):
    """What must never be done, or must be done, to reach the person safely."""

    note: str = ""
    answer: str = Field(
        default="",
        description="What a named person decided because of the note, or of an entry below that "
        "is not wholly one address, number or e-mail address, and why. Until somebody answers, "
        "either locks every way to the person.",
    )
    unsafe_addresses: tuple[str, ...] = ()
    unsafe_phones: tuple[str, ...] = ()
    unsafe_emails: tuple[str, ...] = ()
    plain_envelope: bool = False
    no_voicemail: bool = False


class Recipient(PersonName):
    """The person the letter is written to."""

    preferred_name: str = ""
    relation: Relation = Relation.VICTIM
    about: PersonName | None = Field(
        default=None, description="The child or the person who died, where the reader is another."
    )
    pronouns: Pronouns | None = None
    is_child: bool = False
    entitlement: Entitlement = Entitlement.UNKNOWN
    channel: Channel = Channel.POST
    adviser: str = Field(default="", description="Who passes the letter on, for a route via one.")
    has_opted_out: bool = False
    safe_contact: SafeContact = SafeContact()
    language: str = "English"
    reading_format: str = ""
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""


class DatedFact(Part):
    """A day that the letter may mention, and what happened on it."""

    on: date
    what: str


class Court(Part):
    name: str
    hearing_on: date | None = None


class Decision(Part):
    """What was decided, and what that makes of the review right."""

    kind: DecisionKind
    made_at: datetime
    hour_is_known: bool = True
    is_after_withdrawal: bool = False
    was_made_in_court: bool = False
    against: tuple[str, ...] = Field(
        default=(),
        description="Those of the accused that the decision is about, by whole or family name; "
        "left out, all of them. It is needed where several are accused and the rest goes on.",
    )
    rest_goes_on: bool = Field(
        default=False, description="Whether other charges or defendants of the case go on."
    )
    from_charge: str = ""
    to_charge: str = ""
    from_charge_in_plain_words: str = Field(
        default="",
        description="The earlier charge in words for a child, who never reads a charge’s name.",
    )
    to_charge_in_plain_words: str = Field(
        default="", description="The new charge in words for a child."
    )
    from_most: str = Field(
        default="", description="The most that a court can give for the earlier charge, in words."
    )
    to_most: str = Field(
        default="", description="The most that a court can give for the new charge, in words."
    )


class ReasonsNote(Part):
    """The prosecutor's facts for the letter: facts, not paragraphs."""

    decided: str
    test: LegalTest
    facts: tuple[str, ...] = Field(min_length=1)
    changed: str = ""
    must_not_say: tuple[str, ...] = ()


class ReviewRight(Part):
    """Whether the Victims' Right to Review applies, and why; dates are of the letter's rules."""

    qualifies: bool
    because: str = ""
    body: str = ""
    how: str = ""
    ask_by: date | None = None
    is_extended: bool = Field(
        default=False, description="Whether the person was given longer to ask than the rule does."
    )
    remedy: ReviewRemedy | None = Field(
        default=None,
        description="What a review could still change. Left out, it follows from the decision.",
    )


class Meeting(Part):
    """Whether a meeting is to be offered, and if not, why not."""

    is_specified: bool = False
    is_offered: bool = False
    not_offered_because: str = ""


class StaffMember(Part):
    name: str
    role: str
    left_on: date | None = None


class ContactPoint(Part):
    """A telephone number, address or page of the Area, or one that is no longer used."""

    kind: ContactKind
    value: str
    words: str = ""
    hours: str = ""
    retired_on: date | None = None


class SupportService(Part):
    """A service that helps people, and the cases it fits; no flag means that it fits all."""

    name: str
    phone: str = ""
    web: str = ""
    fits: tuple[Flag, ...] = ()
    retired_on: date | None = None


class AreaFacts(Part):
    name: str
    contacts: tuple[ContactPoint, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    support: tuple[SupportService, ...] = ()
    retired_domains: tuple[str, ...] = ()


class LetterFacts(Part):
    """What the letter itself is: its kind, its day, whether it is late."""

    kind: LetterKind
    dated: date | None = None
    due_on: date | None = None
    is_late: bool = False
    signatory: str = ""
    contact_name: str = ""
    correction_of: str = Field(default="", description="What the earlier letter got wrong.")
    correction_right: str = Field(default="", description="What is right instead.")
    earlier_letter_on: date | None = Field(
        default=None, description="The day of the letter that is put right."
    )
    reply_to: str = Field(default="", description="What the person wrote or asked, in few words.")
    reply_outcome: str = Field(default="", description="What was decided about it, in few words.")
    next_step: str = Field(default="", description="What we do next because of it.")
    next_on: date | None = Field(
        default=None,
        description="The day by which the person hears how the next step stands; of a holding "
        "letter, the day by which the full answer comes.",
    )
    outcome: ReplyOutcome | None = Field(
        default=None, description="What a reply to a review or a complaint answers."
    )
    stage: ComplaintStage = ComplaintStage.FIRST


class OtherCase(Part):
    """Another case worked in the same week, whose people must not appear in this letter."""

    urn: str
    people: tuple[PersonName, ...] = ()


class CaseFile(Part):
    """Everything that a letter about a case is written from and checked against."""

    version: int = Field(default=1, ge=1, le=1)
    area: AreaFacts
    urn: str
    urn_suffix: str = ""
    unit: str = ""
    offence: str = ""
    offence_in_plain_words: str = ""
    offence_group: OffenceGroup = OffenceGroup.OTHER
    flags: tuple[Flag, ...] = ()
    court: Court | None = None
    dates: tuple[DatedFact, ...] = ()
    places: tuple[str, ...] = ()
    accused: tuple[Accused, ...] = ()
    recipient: Recipient
    others: tuple[OtherPerson, ...] = ()
    decision: Decision | None = None
    note: ReasonsNote | None = None
    review_right: ReviewRight | None = None
    meeting: Meeting = Meeting()
    letter: LetterFacts
    week: tuple[OtherCase, ...] = ()

"""Made-up cases for letters: one plain one, and any that the starter set is for."""

from datetime import date, datetime

from hypothesis import strategies as st

from forthright.rules.case_file import (
    Accused,
    AccusedStatus,
    AreaFacts,
    CaseFile,
    Channel,
    ComplaintStage,
    ContactPoint,
    Court,
    Decision,
    DecisionKind,
    Flag,
    LegalTest,
    LetterFacts,
    LetterKind,
    Meeting,
    OtherCase,
    OtherPerson,
    PersonName,
    ReasonsNote,
    Recipient,
    Relation,
    ReplyOutcome,
    StaffMember,
    SupportService,
)
from forthright.rules.words import LONDON

MERCIA = AreaFacts(
    name="Mercia",
    contacts=(
        ContactPoint(kind="PHONE", value="01632 960 110", hours="Monday to Friday, 9am to 5pm"),
        ContactPoint(kind="PHONE", value="01632 960 199", retired_on=date(2025, 1, 1)),
        ContactPoint(kind="EMAIL", value="complaints@mercia.example", words="complaints"),
        ContactPoint(kind="EMAIL", value="letters@mercia.example"),
    ),
    staff=(
        StaffMember(name="Priya Shah", role="Victim Liaison Officer"),
        StaffMember(name="Owen Reed", role="Victim Liaison Officer", left_on=date(2026, 1, 9)),
    ),
    support=(
        SupportService(name="Mercia Victim Support", phone="01632 960 220"),
        SupportService(
            name="Mercia Rape Crisis", web="rapecrisis.mercia.example", fits=(Flag.RASSO,)
        ),
        SupportService(name="The Old Line", phone="01632 960 221", retired_on=date(2024, 1, 1)),
    ),
)
DATED = date(2026, 6, 4)
AMIRA = Recipient(
    title="Ms",
    given_names="Amira",
    family_name="Begum",
    address=("4 Mill Lane", "Coventry", "CV1 2AB"),
)
DANIEL = Accused(given_names="Daniel", family_name="Price", charges=("Assault by beating",))
NOTE = ReasonsNote(
    decided="The case stops.",
    test=LegalTest.EVIDENCE,
    facts=(
        "The shop’s camera was not working on 3 May 2026, so there is no film of the doorway",
        "The shop worker saw somebody run off. She could not say who it was, as it was too dark.",
        "The clothes that the police found were tested, and nothing on them came from that night.",
        "I asked the police to look for other film from the street and the car park behind it.",
        "There was none to be found, and nobody in the flats above saw or heard anything.",
    ),
)
# Names that no letter may say: of other people in the case, and of another case of the week.
UNSAID = ("Ferris Oyelaran", "Oyelaran", "Greta Zimmer", "Zimmer", "Quentin Marsh", "Marsh")
OTHERS = (OtherPerson(given_names="Ferris", family_name="Oyelaran", role="witness"),)
WEEK = (
    OtherCase(urn="20AB0999926", people=(PersonName(given_names="Greta", family_name="Zimmer"),)),
    OtherCase(urn="20AB0888826", people=(PersonName(given_names="Quentin", family_name="Marsh"),)),
)
STOPS = (
    DecisionKind.DISCONTINUED,
    DecisionKind.NO_EVIDENCE_OFFERED,
    DecisionKind.LEFT_ON_FILE,
    DecisionKind.NO_FURTHER_ACTION,
)
OF_DECISION = tuple(LetterKind(kind.value) for kind in DecisionKind)


def a_case(**changes) -> CaseFile:
    """Return a plain case: a discontinued assault, the letter in time."""
    parts = {
        "area": MERCIA,
        "urn": "20AB0123426",
        "offence": "Assault by beating",
        "accused": (DANIEL,),
        "recipient": AMIRA,
        "others": OTHERS,
        "week": WEEK,
        "decision": a_decision(),
        "note": NOTE,
        "letter": a_letter(),
    }
    return CaseFile(**parts | changes)


def a_decision(kind=DecisionKind.DISCONTINUED, **changes) -> Decision:
    """Return a decision made two days before the letter."""
    parts = {
        "kind": kind,
        "made_at": datetime(2026, 6, 2, 11, tzinfo=LONDON),
        "from_charge": "Causing grievous bodily harm",
        "to_charge": "Assault by beating",
    }
    return Decision(**parts | changes)


def a_letter(kind=LetterKind.DISCONTINUED, **changes) -> LetterFacts:
    """Return what is known of the letter itself."""
    parts = {"kind": kind, "dated": DATED, "due_on": date(2026, 6, 9), "signatory": "Priya Shah"}
    return LetterFacts(**parts | changes)


def a_reader(relation=Relation.VICTIM, *, is_child=False, **changes) -> Recipient:
    """Return a reader, with the person it is about where that is somebody else."""
    about = None
    if relation in {Relation.PARENT, Relation.BEREAVED, Relation.SPOKESPERSON}:
        about = PersonName(given_names="Leon", family_name="Carter")
    parts = {"relation": relation, "is_child": is_child, "about": about}
    return AMIRA.model_copy(update=parts | changes)


@st.composite
def cases(draw, kinds=tuple(LetterKind)) -> CaseFile:
    """Draw any case that the starter set has a template for."""
    kind = draw(st.sampled_from(kinds))
    relation = draw(st.sampled_from(Relation))
    may_be_child = kind in OF_DECISION and relation is Relation.VICTIM
    is_child = may_be_child and draw(st.booleans())
    decided = DecisionKind(kind) if kind in OF_DECISION else draw(st.sampled_from(DecisionKind))
    flags = draw(st.sets(st.sampled_from(Flag)))
    if kind is LetterKind.PRE_DECISION:
        flags, decided = flags | {Flag.RASSO}, DecisionKind.NO_EVIDENCE_OFFERED
    accused = draw(st.sampled_from(ACCUSED))
    is_late = draw(st.booleans())
    due = date(2026, 6, 3) if is_late and kind is not LetterKind.HOLDING else date(2026, 6, 9)
    return a_case(
        flags=tuple(flags),
        offence_in_plain_words=draw(
            st.sampled_from(["being hit"] if is_child else ["", "being hit"])
        ),
        accused=accused,
        court=draw(st.sampled_from([None, COURT, Court(name="Coventry Crown Court")])),
        recipient=draw(readers(relation, is_child)),
        decision=a_decision(
            decided,
            is_after_withdrawal=draw(st.booleans()),
            rest_goes_on=decided in STOPS and draw(st.booleans()),
            was_made_in_court=draw(st.booleans()),
            against=draw(st.sampled_from([("Price",), ("Daniel Price", "Kim Lowe")]))
            if len(accused) > 1
            else (),
            **draw(st.sampled_from(CHARGES)),
            **(IN_PLAIN_WORDS if is_child else {}),
        ),
        note=draw(notes()),
        meeting=draw(st.sampled_from([Meeting(), OFFERED, NOT_OFFERED])),
        letter=a_letter(
            kind,
            is_late=is_late,
            due_on=due,
            **draw(st.sampled_from(CORRECTIONS)),
            **draw(replies(kind)),
        ),
    )


OFFERED = Meeting(is_specified=True, is_offered=True)
NOT_OFFERED = Meeting(is_specified=True, not_offered_because="The family asked not to meet.")
OTHER_ACCUSED = Accused(given_names="Kim", family_name="Lowe", charges=("Theft",))
COURT = Court(name="Coventry Crown Court", hearing_on=date(2026, 6, 18))
ACCUSED = (
    (DANIEL,),
    (DANIEL, OTHER_ACCUSED),
    (DANIEL.model_copy(update={"status": AccusedStatus.CONVICTED}),),
    (Accused(given_names="Siôn", family_name="ap Gruffudd-Llŷr", charges=("Robbery",)),),
    (Accused(given_names="Patrick Xavier", family_name="O’Shea-D'Arcy", charges=("Theft",)),),
)
NAMES = (
    ("Amira", "Begum"),
    ("Angharad Mererid", "Llewellyn-Ap-Rhys"),
    ("Niamh", "O'Sullivan"),
    ("Bronwen", "D’Souza-O’Malley"),
    ("Oluwaseun Temitope Adebayo", "Ogundipe-Fitzwilliam"),
    ("Mei", "Ng"),
)
ADDRESSES = (
    ("4 Mill Lane", "Coventry", "CV1 2AB"),
    ("Tŷ Gwyn, Ffordd y Môr", "Llanfairpwllgwyngyll"),
    ("Flat 12B", "St. Mary's Court", "Upper Church-Street", "Stoke-on-Trent", "ST4 1AA"),
)


# Charges before and now, with the most that a court can give where the prosecutor said it.
IN_PLAIN_WORDS = {
    "from_charge_in_plain_words": "being hurt very badly",
    "to_charge_in_plain_words": "being hit",
}
CHARGES = (
    {"from_charge": "Causing grievous bodily harm", "to_charge": "Assault by beating"},
    {
        "from_charge": "Wounding with intent",
        "to_charge": "Unlawful wounding",
        "from_most": "Life in prison",
        "to_most": "five years in prison",
    },
    {
        "from_charge": "Inflicting grievous bodily harm",
        "to_charge": "Assault occasioning actual bodily harm",
        "from_most": "Five years in prison",
        "to_most": "five years in prison.",
    },
)
# The second is what the page itself gives as its example.
CORRECTIONS = (
    {"correction_of": "the day of the hearing was wrong"},
    {
        "correction_of": "it gave the wrong day to ask for a review",
        "correction_right": "you can ask on or before the day that is given below",
        "earlier_letter_on": date(2026, 5, 4),
    },
)
# What prosecutors write: days, sentences, what is left on file, promises, what came of calls.
FACTS = (
    *NOTE.facts,
    "You told us when we spoke on 1 June 2026 that you did not see who was standing behind you.",
    "He has pleaded guilty to the robbery and will be sentenced for that at the Crown Court.",
    "The other charge is left on file, as the sentence for the robbery would not be any longer.",
    "The officer wrote to the hospital twice, on 4 March and 2 April 2026, and had no answer.",
    "Dr Okonkwo-Rhys looked at the X-rays and could not say how old the break in the bone was.",
    "The phone was sent to be looked at in Llanfairpwll, and no message from that day was on it.",
    "By law that charge had to be brought within six months, and that time ended on 1 May 2026.",
)


@st.composite
def notes(draw) -> ReasonsNote:
    """Draw reasons as prosecutors write them, of few and of many facts."""
    facts = draw(st.lists(st.sampled_from(FACTS), min_size=4, max_size=8, unique=True))
    return NOTE.model_copy(
        update={
            "test": draw(st.sampled_from(LegalTest)),
            "facts": tuple(facts),
            "changed": draw(
                st.sampled_from(["", "the witness moved away", "On 20 May 2026 we had the report."])
            ),
        }
    )


@st.composite
def replies(draw, kind) -> dict:
    """Draw what a reply answers, with a next step and its day where one is promised."""
    said = {
        "reply_to": "Nobody rang me back in May",
        "reply_outcome": "You were right, and we should have rung you",
    }
    if kind is LetterKind.COMPLAINT_REPLY:
        of_complaint = [None, *list(ReplyOutcome)[2:]]
        said["outcome"] = draw(st.sampled_from(of_complaint))
        said["stage"] = draw(st.sampled_from(ComplaintStage))
    elif kind is LetterKind.REVIEW_REPLY:
        said["outcome"] = draw(st.sampled_from(list(ReplyOutcome)[:2]))
    if said.get("outcome") is ReplyOutcome.CHANGED or draw(st.booleans()):
        said["next_step"] = "Our manager goes through each missed call the next morning"
        said["next_on"] = date(2026, 6, 25)
    return said


@st.composite
def readers(draw, relation: Relation, is_child: bool) -> Recipient:
    """Draw a reader by their names and how they are reached."""
    given_names, family_name = draw(st.sampled_from(NAMES))
    return a_reader(
        relation,
        is_child=is_child,
        given_names=given_names,
        family_name=family_name,
        address=draw(st.sampled_from(ADDRESSES)),
        title=draw(st.sampled_from(["", "Ms", "Dr"])),
        preferred_name=draw(st.sampled_from(["", "Ami"])),
        channel=draw(st.sampled_from(Channel)),
        adviser="Joan Webb",
        language=draw(st.sampled_from(["English", "Welsh"])),
    )

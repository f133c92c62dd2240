"""Test data in the product's own words; a state is reached through the real services."""

from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from forthright.accounts.models import Area, Role, Unit, User
from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.letter_templates.services import start_letter_templates
from forthright.letters.models import LetterVersion, Override, ReasonsNote
from forthright.letters.selectors.back_tests import batches_to_try
from forthright.letters.services import keep_words
from forthright.letters.services.approving import approve
from forthright.letters.services.drafting import draft_letter, hand_over
from forthright.letters.services.facts import (
    NewContact,
    NewService,
    Wishes,
    add_contact,
    add_support,
    set_wishes,
)
from forthright.letters.services.notes import Reasons, write_note
from forthright.letters.services.rule_sets import finish_back_test, propose, try_letters
from forthright.reviews.models import Dispute, Feedback, Review
from forthright.reviews.selectors import sheet_of
from forthright.reviews.services import (
    Answer,
    NotSent,
    Summary,
    dispute_mark,
    finish_review,
    open_review,
    save_marks,
    save_not_sent,
    save_summary,
    tell_drafter,
)
from forthright.rules.weeks import week_of
from forthright.samples.models import DrawnLetter
from forthright.samples.services import PlanSettings, draw_sample, make_plan
from forthright.schemes.models import Duty
from forthright.schemes.services import (
    StageTimes,
    open_duties,
    record_stages_bulk,
    start_area_scheme,
)
from forthright.standards.models import CheckSet
from forthright.standards.selectors import contents_in_force
from forthright.standards.services import Proposal, start_area_standards

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=LONDON)  # a Monday
_number = count(1)


def an_area(name: str = "Mercia") -> Area:
    """Return the Area of that name."""
    return Area.objects.get_or_create(name=name)[0]


def a_unit(kind: str = Unit.Kind.CROWN_COURT, *, area: Area | None = None) -> Unit:
    """Return the Area's unit of that kind."""
    area = area or an_area()
    name = f"{area.name} {Unit.Kind(kind).label}"
    return Unit.objects.get_or_create(area=area, name=name, defaults={"kind": kind})[0]


def a_person(role: str, *, unit: Unit | None = None, area: Area | None = None) -> User:
    """Return a new person with that role, in the Crown Court unit unless told otherwise."""
    area = unit.area if unit else area or an_area()
    unit = unit or a_unit(area=area)
    number = next(_number)
    return User.objects.create_user(
        f"person{number}@example.test",
        password="correct horse battery",
        full_name=f"{Role(role).label} {number}",
        role=role,
        area=area,
        unit=unit,
    )


def at(text: str) -> datetime:
    """Return a moment on the wall clock in London: "2026-04-02 16:55"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def a_started_area(name: str = "Mercia") -> Area:
    """Return the Area with the published rules and calendar."""
    area = an_area(name)
    start_area_scheme(area, by=None, at=NOON)
    return area


def a_case(*, unit: Unit | None = None, **fields: object) -> Case:
    """Return a new case of the Crown Court unit unless told otherwise."""
    unit = unit or a_unit()
    fields = {"lead_offence": "Burglary", **fields}
    # It stays below 10000: "B1" in a URN would be taken for a criterion.
    urn = fields.pop("urn", f"20AB{next(_number) % 10_000:05d}26")
    return Case.objects.create(area=unit.area, unit=unit, urn=urn, **fields)


def a_person_to_tell(case: Case, **fields: object) -> PersonToTell:
    """Return a new victim in a case, with standard entitlement unless told otherwise."""
    number = next(_number)
    fields = {
        "given_names": "Amira",
        "family_name": f"Begum{number}",
        "entitlement": PersonToTell.Entitlement.STANDARD,
        **fields,
    }
    return PersonToTell.objects.create(case=case, key=f"person {number}", **fields)


def a_decision(case: Case, *, made_at: datetime = NOON, **fields: object) -> Decision:
    """Return a new decision to discontinue unless told otherwise."""
    fields = {"kind": Decision.Kind.DISCONTINUED, **fields}
    key = f"decision {next(_number)}"
    return Decision.objects.create(area=case.area, case=case, key=key, made_at=made_at, **fields)


def a_letter_owed(
    *, decided_at: datetime = NOON, unit: Unit | None = None, person: dict | None = None,
    **case: object,
) -> Duty:  # fmt: skip
    """Return the letter owed to the one victim of a new case."""
    unit = unit or a_unit()
    a_started_area(unit.area.name)
    new_case = a_case(unit=unit, **case)
    a_person_to_tell(new_case, **(person or {}))
    decision = a_decision(new_case, made_at=decided_at)
    opened = open_duties([decision], by=None, at=max(decided_at, NOON))
    return Duty.objects.select_related("case", "person", "rule_set").get(pk=opened.ids[0])


REASONS = Reasons(
    decided="to stop the case of burglary",
    test=ReasonsNote.Test.EVIDENCE,
    facts=(
        "The camera on Foundry Street was not recording that night",
        "The neighbour could not say whom she saw",
    ),
    must_not_say=("The neighbour had been drinking",),
)


def an_area_that_writes(name: str = "Mercia") -> Area:
    """Return the Area with rules, calendar, contacts and a support service."""
    area = a_started_area(name)
    used_from = date(2026, 1, 1)
    for contact in (
        NewContact(kind="PHONE", value="01632 960 101", hours="Monday to Friday, 9am to 5pm"),
        NewContact(kind="EMAIL", value="victims.mercia@cps.example"),
    ):
        add_contact(area, contact, used_from=used_from, by=None, at=NOON)
    start_letter_templates(area, by=None, at=at("2026-01-01 09:00"))
    service = NewService(name="Victim Support", phone="01632 960 200")
    add_support(area, service, used_from=used_from, by=None, at=NOON)
    return area


def a_letter_to_write(*, unit: Unit | None = None, **case: object) -> Duty:
    """Return a letter owed to a woman with an address, about a man, in an Area that writes."""
    unit = unit or a_unit()
    an_area_that_writes(unit.area.name)
    person = {
        "title": "Ms", "family_name": "Osei", "address": "4 Quarry Close\nWorcester\nWR5 3XX",
        "email": "amira.osei@example.test", **case.pop("person", {}),
    }  # fmt: skip
    duty = a_letter_owed(unit=unit, person=person, **case)
    Defendant.objects.create(
        case=duty.case, key="marsden, dean", title="Mr", given_names="Dean", family_name="Marsden"
    )
    return duty


def an_explained_letter(*, wishes: Wishes | None = None, **letter: object) -> Duty:
    """Return a letter to write whose prosecutor has given the reasons."""
    duty = a_letter_to_write(**letter)
    if wishes:
        set_wishes(duty, wishes, by=None, at=NOON)
    write_note(duty, REASONS, by=None, at=NOON)
    return duty


def a_liaison_officer(**person: object) -> User:
    """Return an officer of the Victim Liaison Unit, who writes for every unit."""
    return a_person(Role.VICTIM_LIAISON_OFFICER, unit=a_unit(Unit.Kind.VLU), **person)


def a_draft(*, by: User | None = None, **letter: object) -> LetterVersion:
    """Return the first version of a letter that an officer put together from the reasons."""
    duty = an_explained_letter(**letter)
    return draft_letter(duty, by=by or a_liaison_officer(), at=NOON)


def an_approved_letter(*, approver: User | None = None, **letter: object) -> Duty:
    """Return a letter that was drafted, handed over and approved."""
    version = a_draft(**letter)
    duty = Duty.objects.get(pk=version.letter.duty_id)
    hand_over(duty, by=version.added_by, at=NOON)
    duty.refresh_from_db()
    approver = approver or a_person(Role.LINE_MANAGER, unit=a_unit(Unit.Kind.VLU))
    approve(duty, version.number, by=approver, at=NOON)
    duty.refresh_from_db()
    return duty


def an_area_that_reports(name: str = "Mercia") -> Area:
    """Return the Area with rules, calendar and a standard, so that a report can be made."""
    area = a_started_area(name)
    start_area_standards(area, by=None, at=NOON)
    return area


LETTER = """Dear Ms Begum,

I am writing about what happened at your home on 3 May 2026. I am sorry to tell you that the
case against Daniel Price has ended.

There was no longer a realistic prospect of conviction.

If you disagree you can ask us to look at the decision again within 10 working days.

Yours sincerely,
Priya Shah"""
SUMMARY = Summary(
    root_cause="DRAFTING",
    done_well="The news comes early and plainly.",
    to_change="Say which fact decided it.",
)


def a_drawn_letter(
    *,
    marker: User | None = None,
    drafter: User | None = None,
    drafter_name: str = "",
    unit: Unit | None = None,
    is_sent: bool = True,
    sent_at: datetime | None = None,
    words: str = LETTER,
    **case: object,
) -> DrawnLetter:
    """Return a letter due in the week before NOON, drawn that noon for its unit's manager."""
    unit = unit or a_unit()
    marker = marker or a_person(Role.LINE_MANAGER, unit=unit)
    if is_sent and drafter is None and not drafter_name:
        drafter = a_person(Role.VICTIM_LIAISON_OFFICER, unit=unit)
    duty = a_letter_owed(decided_at=at("2026-09-21 10:00"), unit=unit, **case)
    start_area_standards(unit.area, by=None, at=NOON)
    if is_sent:
        times = StageTimes(
            drafted_at=at("2026-09-24 10:00"),
            sent_at=sent_at or at("2026-09-25 15:00"),
            drafter_id=drafter.pk if drafter else None,
            drafter_name=drafter_name,
        )
        record_stages_bulk(unit.area, {(duty.decision_id, duty.person_id): times}, by=None, at=NOON)
        if words:
            keep_words(duty, text=words, by=None, at=NOON)
    settings = PlanSettings(marker=marker, random_size=100, cycle_weeks=None)
    name = f"Weekly sample {next(_number)}"
    # Made before the week: a newer plan draws no week that another drew already.
    plan = make_plan(
        unit.area, by=None, at=at("2026-09-01 09:00"), name=name, unit=unit, settings=settings
    )
    draw = draw_sample(plan, week_of(date(2026, 9, 28)), by=None, at=NOON)
    return DrawnLetter.objects.select_related("draw", "duty", "marker", "area").get(
        draw=draw, duty=duty
    )


def an_overruled_stop(
    duty: Duty, *, by: User | None = None, rule: str = "A2c", at: datetime = NOON
) -> Override:
    """Return a stop that somebody overruled in a letter that has gone out since."""
    version = keep_words(duty, text=LETTER, by=None, at=NOON)
    return Override.objects.create(
        letter=version.letter, version=version, rule=rule, words="Begum",
        reason="She signs with this name herself.", made_at=at, made_by=by or a_liaison_officer(),
    )  # fmt: skip


def a_tried_set(proposer: User, **levels: str) -> CheckSet:
    """Return a proposed set of rules, some with other levels, tried on the Area's past letters."""
    area = proposer.area
    files, changes = contents_in_force(area)
    proposal = Proposal(
        files=files, changes=changes | levels, what="A change", reason="It was no help."
    )
    check_set = propose(area, proposal, by=proposer, at=NOON)
    for batch in batches_to_try(area):
        try_letters(check_set.pk, batch, by=None, at=NOON)
    finish_back_test(check_set.pk, not_read=0, by=None, at=NOON)
    return check_set


def a_started_review(**letter: object) -> Review:
    """Return a review that its marker has just begun."""
    drawn = a_drawn_letter(**letter)
    return open_review(drawn, by=drawn.marker, at=NOON)


def answers_for(review: Review, levels: dict[str, str] | None = None) -> dict[str, Answer]:
    """Return a full set of marks: fully met, but for these levels, each with its words.

    What the record says does not apply is marked so.
    """
    decided = sheet_of(review, NOON).decided
    does_not = {code: "NOT_APPLICABLE" for code, said in decided.items() if not said.applies}
    levels = does_not | (levels or {})
    answers = {}
    for criterion in review.edition.criteria.filter(is_timeliness=False):
        level = levels.get(criterion.code, "FULLY")
        fault = level in ("PARTIALLY", "NOT_MET")
        answers[criterion.code] = Answer(
            level=level,
            quotation="no longer a realistic prospect of conviction" if fault else "",
            note="Which fact?" if fault else "",
        )
    return answers


def a_marked_letter(*, levels: dict[str, str] | None = None, **letter: object) -> Review:
    """Return a review whose marks are finished and whose drafter has not been told."""
    review = a_started_review(**letter)
    marker = review.marker
    if review.drawn_letter.duty.sent_at is not None:
        save_marks(review, answers_for(review, levels), by=marker, at=NOON)
        save_summary(review, SUMMARY, by=marker, at=NOON)
    else:
        said = NotSent(because="Nobody told the unit.", root_cause="PROCESS", to_change="")
        save_not_sent(review, said, by=marker, at=NOON)
    return finish_review(review, by=marker, at=NOON)


def a_told_drafter(**letter: object) -> Feedback:
    """Return the feedback given on a letter in which one criterion was not fully met."""
    review = a_marked_letter(**{"levels": {"B1": "NOT_MET"}, **letter})
    return tell_drafter(review, by=review.marker, at=NOON, text="Well begun. Say why.")


def a_disputed_mark(*, reason: str = "The note gave no fact to use.", **letter: object) -> Dispute:
    """Return a drafter's dispute of the one mark that was not fully met."""
    feedback = a_told_drafter(**letter)
    mark = feedback.review.marks.get(criterion__code="B1")
    return dispute_mark(feedback, mark, by=feedback.drafter, at=NOON, reason=reason)

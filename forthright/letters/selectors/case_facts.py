"""What is known of one case when a letter about it is written or checked: the one place."""

from datetime import date

from django.forms.models import model_to_dict

from forthright.accounts.models import Area, User
from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.letters.models import (
    ContactWishes,
    Letter,
    ReasonsNote,
)
from forthright.letters.selectors.case_reads import CaseReads
from forthright.letters.selectors.which import Which, duty_of, facts_given
from forthright.rules import case_file as facts
from forthright.rules.addresses import emails_in, phones_in, spelt_email
from forthright.rules.case_file import AccusedStatus, CaseFile, Flag, LetterKind, OffenceGroup
from forthright.rules.entitlement import Entitlement
from forthright.rules.letter_blocks.naming import full_name
from forthright.rules.letter_blocks.review_right import with_review_right
from forthright.rules.letter_kinds import case_for_kind
from forthright.rules.marking import said_stamp
from forthright.rules.meetings import must_offer_meeting
from forthright.rules.unsafe_lines import Reads, reads_as
from forthright.rules.words import day_of, local
from forthright.schemes.models import Duty

WISHED = ("channel", "adviser", "is_large_print", "plain_envelope", "no_voicemail", "unsafe",
          "about_given_names", "about_family_name")  # fmt: skip
GROUPS = (
    (Flag.DEATH, OffenceGroup.DEATH),
    (Flag.RASSO, OffenceGroup.SEXUAL),
    (Flag.DOMESTIC_ABUSE, OffenceGroup.DOMESTIC_ABUSE),
    (Flag.HATE_CRIME, OffenceGroup.HATE_CRIME),
)
# What somebody is in the case who is told of it beside the reader.
TOLD_BESIDES = {
    facts.Relation.VICTIM: "victim",
    facts.Relation.PARENT: "parent",
    facts.Relation.BEREAVED: "family member",
    facts.Relation.SPOKESPERSON: "spokesperson",
    facts.Relation.BUSINESS: "business",
}


def case_file_for(
    which: Which, today: date, writer: User | None = None, reads: CaseReads | None = None
) -> CaseFile:
    """Return the case of a letter as it stands today, with the facts of a letter not owed.

    `writer` signs the letter: its drafter unless told otherwise. What the record does not hold
    is left out, and whoever assembles or checks the letter says so. `reads` holds the rows of
    several letters, this one on this day among them.
    """
    reads = reads or CaseReads([(which, today)])
    letter, duty = reads.letter_of(which), duty_of(which)
    case = _case_of_decision(letter, duty, today, letter.steps.drafter or writer, reads)
    calendar = reads.calendar_of(duty.area)
    if letter.is_owed:
        return with_review_right(case, calendar)
    return case_for_kind(case, LetterKind(letter.kind), facts_given(letter), calendar)


def _case_of_decision(
    letter: Letter, duty: Duty, today: date, signs: User | None, reads: CaseReads
) -> CaseFile:
    note, wishes = reads.notes.get(duty.decision_id), reads.wishes.get(duty.person_id)
    accused = _accused_of(duty, note, reads)
    return CaseFile(
        area=_area_facts(duty.area, today, reads),
        urn=duty.case.urn,
        urn_suffix=duty.case.urn_suffix,
        unit=duty.unit.name,
        offence=duty.case.lead_offence,
        offence_in_plain_words=note.offence_in_plain_words if note else "",
        offence_group=_group_of(duty.case),
        flags=flags_in_rules(duty.case),
        court=_court(note),
        dates=_days_we_spoke(letter, reads),
        accused=accused,
        recipient=told_as(duty.person, wishes),
        others=_others_of(duty, note, reads),
        decision=decision_facts(duty.decision, note).model_copy(
            update={"against": tuple(full_name(each) for each in accused)}
        ),
        note=_note(note),
        meeting=_meeting(duty, note),
        letter=facts.LetterFacts(
            kind=LetterKind(duty.decision.kind),
            dated=today,
            # A letter that went out in time is not late because it is written anew later.
            due_on=duty.due_on if letter.is_owed or duty.sent_at is None else None,
            is_late=today > duty.due_on and (letter.is_owed or duty.sent_at is None),
            signatory=signs.full_name if signs else "",
            contact_name=signs.full_name if signs else "",
        ),
        week=_other_cases(duty, today, reads),
    )


def _days_we_spoke(letter: Letter, reads: CaseReads) -> tuple[facts.DatedFact, ...]:
    """Return the days of calls that the letter speaks of."""
    calls = reads.calls[letter.pk] if letter.pk else []
    days = {local(each.called_at).date() for each in calls}
    return tuple(facts.DatedFact(on=day, what="we spoke") for day in sorted(days))


def note_for(decision: Decision) -> ReasonsNote | None:
    """Return the newest reasons for a decision, or None while there are none."""
    notes = ReasonsNote.objects.filter(decision=decision).select_related("written_by")
    return notes.order_by("-number").first()


def wishes_of(person: PersonToTell) -> ContactWishes | None:
    """Return how a person wants to be reached, or None where nothing is recorded."""
    return ContactWishes.objects.filter(person=person).select_related("changed_by").first()


def wishes_stamp(wishes: ContactWishes | None) -> str:
    """Return a stamp of how a person wants to be reached."""
    if wishes is None:
        return said_stamp()
    said = {**model_to_dict(wishes, fields=WISHED), "unsafe": ""}
    return said_stamp(*map(str, said.values()), *wishes.unsafe)


def details_stamp(person: PersonToTell) -> str:
    """Return a stamp of where a person can be reached."""
    return said_stamp(person.email, person.phone, person.address)


def _area_facts(area: Area, today: date, reads: CaseReads) -> facts.AreaFacts:
    """Return the Area with its contacts, support and staff; what begins later is left out."""
    return facts.AreaFacts(
        name=area.name,
        contacts=tuple(
            facts.ContactPoint(
                kind=facts.ContactKind(each.kind), value=each.value, words=each.words,
                hours=each.hours, retired_on=each.retired_on,
            )
            for each in reads.contacts[area.pk] if each.used_from <= today
        ),
        staff=tuple(_member(each) for each in reads.staff[area.pk]),
        support=tuple(
            facts.SupportService(
                name=each.name, phone=each.phone, web=each.web,
                fits=tuple(Flag(flag) for flag in each.fits), retired_on=each.retired_on,
            )
            for each in reads.support[area.pk] if each.used_from <= today
        ),
    )  # fmt: skip


def _member(user: User) -> facts.StaffMember:
    # On which day an account was closed is not kept; any day before the letter's serves.
    left = None if user.is_active else local(user.joined_at).date()
    title = user.job_title or user.get_role_display()
    return facts.StaffMember(name=user.full_name, role=title, left_on=left)


def flags_in_rules(case: Case) -> tuple[Flag, ...]:
    """Return what a case is marked with, as the rules call it."""
    marked = {
        Flag.DOMESTIC_ABUSE: case.is_domestic_abuse,
        Flag.RASSO: case.is_rasso,
        Flag.HATE_CRIME: case.is_hate_crime,
        Flag.CHILD: case.involves_child,
        Flag.DEATH: case.involves_death,
    }
    return tuple(flag for flag, is_so in marked.items() if is_so)


def _group_of(case: Case) -> OffenceGroup:
    flags = flags_in_rules(case)
    return next((group for flag, group in GROUPS if flag in flags), OffenceGroup.OTHER)


def _court(note: ReasonsNote | None) -> facts.Court | None:
    if note is None or not note.court_name:
        return None
    return facts.Court(name=note.court_name, hearing_on=note.hearing_on)


def _accused_of(
    duty: Duty, note: ReasonsNote | None, reads: CaseReads
) -> tuple[facts.Accused, ...]:
    decision, case = duty.decision, duty.case
    people = _decided_about(decision, note) or reads.defendants[case.pk]
    is_charged = decision.kind != Decision.Kind.NO_FURTHER_ACTION
    charge = (note.to_charge if note else "") or case.lead_offence
    return tuple(
        facts.Accused(
            title=each.title, given_names=each.given_names, family_name=each.family_name,
            status=AccusedStatus.DEFENDANT if is_charged else AccusedStatus.SUSPECT,
            charges=(charge,) if is_charged and charge else (),
        )
        for each in people
    )  # fmt: skip


def _decided_about(decision: Decision, note: ReasonsNote | None) -> list[Defendant]:
    """Return those of the accused that a decision is about; none where nobody said."""
    if decision.defendant:
        return [decision.defendant]
    return sorted(note.against.all(), key=lambda each: each.pk) if note else []


def told_as(person: PersonToTell, wishes: ContactWishes | None) -> facts.Recipient:
    """Return how a person is called and reached, with what is recorded of how they want it."""
    return facts.Recipient(
        title=person.title,
        given_names=person.given_names,
        family_name=person.family_name,
        preferred_name=person.preferred_name,
        relation=facts.Relation(person.relation),
        about=_about(wishes),
        is_child=person.is_child,
        entitlement=Entitlement(person.entitlement),
        channel=facts.Channel(wishes.channel) if wishes else facts.Channel.POST,
        adviser=wishes.adviser if wishes else "",
        has_opted_out=person.has_opted_out,
        safe_contact=_safe_contact(person, wishes),
        language=person.language or "English",
        reading_format="large print" if wishes and wishes.is_large_print else "",
        address=tuple(line.strip() for line in person.address.splitlines() if line.strip()),
        email=person.email,
        phone=person.phone,
    )


def recipient_of(person: PersonToTell) -> facts.Recipient:
    """Return how a person is called and reached as the record has it this minute."""
    known = PersonToTell.objects.get(pk=person.pk)
    return told_as(known, wishes_of(known))


def _about(wishes: ContactWishes | None) -> facts.PersonName | None:
    if wishes is None or not wishes.about_family_name:
        return None
    return facts.PersonName(
        given_names=wishes.about_given_names, family_name=wishes.about_family_name
    )


def _safe_contact(person: PersonToTell, wishes: ContactWishes | None) -> facts.SafeContact:
    unsafe = [str(each) for each in wishes.unsafe] if wishes else []
    return facts.SafeContact(
        note=person.safe_contact_note,
        # What is no one place is kept whole, so that it locks every way.
        unsafe_addresses=tuple(
            each for each in unsafe if reads_as(each) in (Reads.ADDRESS, Reads.NOTHING)
        ),
        unsafe_phones=tuple(found for each in unsafe for found in phones_in(each)),
        unsafe_emails=tuple(found for each in unsafe for found in emails_in(spelt_email(each))),
        plain_envelope=wishes.plain_envelope if wishes else False,
        no_voicemail=wishes.no_voicemail if wishes else False,
    )


def _others_of(
    duty: Duty, note: ReasonsNote | None, reads: CaseReads
) -> tuple[facts.OtherPerson, ...]:
    """Return everybody else of the case; none of them may be named to this person."""
    told = [each for each in reads.people[duty.case_id] if each.pk != duty.person_id]
    about = {each.pk for each in _decided_about(duty.decision, note)}
    accused = [each for each in reads.defendants[duty.case_id] if about and each.pk not in about]
    said: list[tuple[str, PersonToTell | Defendant]] = [
        *((TOLD_BESIDES[facts.Relation(each.relation)], each) for each in told),
        *(("defendant", each) for each in accused),
    ]
    return tuple(
        facts.OtherPerson(
            title=each.title, given_names=each.given_names, family_name=each.family_name, role=role
        )
        for role, each in said
    )


def decision_facts(decision: Decision, note: ReasonsNote | None) -> facts.Decision:
    """Return a decision, with what its reasons add to it."""
    return facts.Decision(
        kind=facts.DecisionKind(decision.kind),
        made_at=local(decision.made_at),
        is_after_withdrawal=decision.is_after_withdrawal,
        was_made_in_court=decision.was_made_in_court,
        rest_goes_on=note.rest_goes_on if note else False,
        from_charge=note.from_charge if note else "",
        to_charge=note.to_charge if note else "",
        from_charge_in_plain_words=note.from_charge_in_plain_words if note else "",
        to_charge_in_plain_words=note.to_charge_in_plain_words if note else "",
        from_most=note.from_most if note else "",
        to_most=note.to_most if note else "",
    )


def _note(note: ReasonsNote | None) -> facts.ReasonsNote | None:
    if note is None:
        return None
    return facts.ReasonsNote(
        decided=note.decided,
        test=facts.LegalTest(note.test),
        facts=tuple(note.facts),
        changed=note.what_changed,
        must_not_say=tuple(note.must_not_say),
    )


def _meeting(duty: Duty, note: ReasonsNote | None) -> facts.Meeting:
    is_due = must_offer_meeting(flags_in_rules(duty.case), day_of(local(duty.decided_at)))
    because = note.no_meeting_because if note else ""
    return facts.Meeting(
        is_specified=is_due, is_offered=is_due and not because, not_offered_because=because
    )


def _other_cases(duty: Duty, today: date, reads: CaseReads) -> tuple[facts.OtherCase, ...]:
    """Return the other cases worked in the week, each with everybody in it."""
    return tuple(
        facts.OtherCase(
            urn=urn,
            people=tuple(
                facts.PersonName(
                    title=each.title, given_names=each.given_names, family_name=each.family_name
                )
                for each in people
            ),
        )
        for urn, people in reads.near(duty, today)
    )

"""The one table of fields: what {{ name }} in a wording stands for, and where it is recorded.

A field answers with words, or with several lines that each become a paragraph of their own. A
value that the record lacks refuses the letter, unless the field is one that may be left out: then
the paragraph it stands in is left out too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from forthright.rules.case_file import CaseFile, ContactKind
from forthright.rules.letter_blocks import naming, slots, values
from forthright.rules.letter_blocks.reply_rules import second_stage_until
from forthright.rules.letter_blocks.values import IN_AREA, Value
from forthright.rules.words import day_of

IN_CASE = "Add it to the case"
IN_LETTER = "Add it to the letter"
IN_NOTE = "Ask the prosecutor to add it to the reasons note"
IN_REVIEW = "Add it to the review right of the case"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterField:
    meaning: str
    of: Callable[[CaseFile], Value]
    example: str
    mend: str
    is_optional: bool = False
    # The Area's own telephone number is the same in every letter, so it is not about the person.
    is_about_person: bool = True


def _field(meaning: str, of: Callable[[CaseFile], Value], example: str, mend: str) -> LetterField:
    return LetterField(meaning=meaning, of=of, example=example, mend=mend)


def _optional(meaning: str, of: Callable[[CaseFile], Value], example: str) -> LetterField:
    return LetterField(meaning=meaning, of=of, example=example, mend="", is_optional=True)


def _of_area(
    meaning: str, of: Callable[[CaseFile], Value], example: str, *, is_optional: bool = False
) -> LetterField:
    return LetterField(
        meaning=meaning,
        of=of,
        example=example,
        mend=IN_AREA,
        is_optional=is_optional,
        is_about_person=False,
    )


FIELDS: Mapping[str, LetterField] = {
    "private_mark": _of_area(
        "a mark that the letter is private, left off where the person is safer without it",
        values.private_mark,
        "Private: for you only",
        is_optional=True,
    ),
    "address": _field(
        "the reader’s name and address, or the way by which the letter goes",
        values.address_lines,
        "Ms Amira Begum, 4 Mill Lane, Coventry CV1 2AB",
        "Add the address, or the adviser who passes letters on, to the person’s record",
    ),
    "letter_date": _field(
        "the day of the letter",
        lambda case: values.said_date(case.letter.dated),
        "4 June 2026",
        IN_LETTER,
    ),
    "reference": _field(
        "the reference of the case",
        lambda case: f"{case.urn}{case.urn_suffix}",
        "20AB0123426",
        IN_CASE,
    ),
    "dear_name": _field(
        "the name the reader is greeted by",
        lambda case: naming.name_after_dear(case.recipient),
        "Ms Begum",
        "Add the name to the person’s record",
    ),
    "whom": _field(
        "whom it happened to, inside a sentence: you, a first name, or your business",
        naming.whom,
        "Zara",
        "Add the child, or the person who died or is spoken for, to the person’s record",
    ),
    "about_name": _field(
        "the first name of the child, or of the person who died or is spoken for",
        values.about,
        "Zara",
        "Add the child, or the person who died or is spoken for, to the person’s record",
    ),
    "about_full_name": _field(
        "the whole name of the child, or of the person who died or is spoken for",
        values.about_in_full,
        "Leon Carter",
        "Add the child, or the person who died or is spoken for, to the person’s record",
    ),
    "accused_names": _field(
        "the names of everybody accused", naming.accused_names, "Daniel Price", IN_CASE
    ),
    "accused_as": _field(
        "the accused by what they are, without names", naming.accused_as, "the suspect", IN_CASE
    ),
    "accused_apart": _field(
        "the accused by what they are, or by name where others are accused besides",
        naming.accused_apart,
        "Daniel Price",
        IN_CASE,
    ),
    "goes_on": _field(
        "what of the case goes on, as a sentence",
        naming.goes_on,
        "The case against Kim Lowe goes on.",
        IN_CASE,
    ),
    "accused_have": _field(
        "“has” or “have”, by how many are accused",
        lambda case: naming.verb_for_accused(case, one="has", many="have"),
        "has",
        IN_CASE,
    ),
    "offence": _field(
        "the offence inside a sentence, in plain words where they are recorded",
        values.offence,
        "assault",
        "Add the offence to the case; for a child, in plain words",
    ),
    "from_charge": _field(
        "the charge before it was changed, in plain words for a child",
        values.charge_before,
        "causing grievous bodily harm",
        "Add the earlier charge to the decision; for a child, in plain words",
    ),
    "to_charge": _field(
        "the charge as it is now, in plain words for a child",
        values.charge_now,
        "assault",
        "Add the new charge to the decision; for a child, in plain words",
    ),
    "from_most": _optional(
        "the most that a court can give for the charge before it was changed",
        lambda case: values.inside(case.decision.from_most) if case.decision else "",
        "life in prison",
    ),
    "to_most": _optional(
        "the most that a court can give for the charge as it is now",
        lambda case: values.inside(case.decision.to_most) if case.decision else "",
        "five years in prison",
    ),
    "charges": _field("each charge", values.charges, "Assault", IN_CASE),
    "court_name": _optional(
        "the court, after “at”",
        lambda case: slots.court_inside(case.court.name) if case.court else "",
        "Coventry Crown Court",
    ),
    "hearing_date": _optional("the day of the next hearing", values.hearing_date, "18 June 2026"),
    "decision_date": _field(
        "the day of the decision",
        lambda case: values.said_date(day_of(case.decision.made_at)) if case.decision else "",
        "2 June 2026",
        "Add the decision to the case",
    ),
    "deciding_facts": _field(
        "each fact that decided it, as the prosecutor wrote it",
        values.deciding_facts,
        "The shop’s camera was not working that day.",
        IN_NOTE,
    ),
    "what_changed": _optional(
        "what changed, as the prosecutor wrote it",
        values.what_changed,
        "A witness told us that she could not be sure.",
    ),
    "review_ask_by": _field(
        "the last day to ask for a review", values.review_ask_by, "18 June 2026", IN_REVIEW
    ),
    "review_how": _field(
        "how to ask for a review", values.review_how, "ring 01632 960 110", IN_REVIEW
    ),
    "review_body": _field(
        "who does the review", values.review_body, "another prosecutor", IN_REVIEW
    ),
    "due_on": _field(
        "the day by which the letter was due", values.due_on, "3 June 2026", IN_LETTER
    ),
    "answer_by": _field(
        "the day by which a full answer will come", values.answer_by, "18 June 2026", IN_LETTER
    ),
    "correction_of": _field(
        "what the earlier letter got wrong",
        lambda case: values.inside(case.letter.correction_of),
        "the date of the hearing was wrong",
        IN_LETTER,
    ),
    "correction_right": _optional(
        "what is right instead",
        lambda case: values.inside(case.letter.correction_right),
        "the hearing is on 18 June 2026",
    ),
    "earlier_letter": _field(
        "the letter that is put right, by its day where that is known",
        values.earlier_letter,
        "our letter of 4 May 2026",
        IN_LETTER,
    ),
    "reply_to": _field(
        "what the person wrote or asked, in few words",
        lambda case: values.inside(case.letter.reply_to),
        "nobody rang you back in May",
        IN_LETTER,
    ),
    "first_decision": _field(
        "the decision that a review looked at again",
        values.first_decision,
        "to stop the case against Daniel Price about assault",
        "Add the decision and the offence to the case",
    ),
    "reply_outcome": _field(
        "what was decided about it",
        lambda case: values.sentence(case.letter.reply_outcome),
        "You were right, and we should have rung you.",
        IN_LETTER,
    ),
    "next_step": _optional(
        "what we do next because of it",
        lambda case: values.sentence(case.letter.next_step),
        "We have changed how we pass on messages.",
    ),
    "next_on": _optional(
        "the day by which the person hears how the next step stands",
        lambda case: values.said_date(case.letter.next_on),
        "25 June 2026",
    ),
    "changed_step": _field(
        "what happens next because the decision is changed",
        lambda case: values.sentence(case.letter.next_step),
        "The case is sent to court.",
        IN_LETTER,
    ),
    "changed_on": _field(
        "the day by which the person hears more of a changed decision",
        lambda case: values.said_date(case.letter.next_on),
        "25 June 2026",
        IN_LETTER,
    ),
    "second_stage_by": _of_area(
        "the last day to ask for the second stage of a complaint",
        lambda case: values.said_date(second_stage_until(case.letter.dated)),
        "4 July 2026",
    ),
    "second_stage_body": _of_area(
        "who looks at a complaint at the second stage",
        values.complaint_stage("second"),
        "a senior manager who has not dealt with it before",
    ),
    "complaint_assessor": _of_area(
        "who looks at a complaint after the second stage",
        values.complaint_stage("assessor"),
        "the Independent Assessor of Complaints",
    ),
    "complaint_ombudsman": _of_area(
        "the ombudsman for complaints",
        values.complaint_stage("ombudsman"),
        "the Parliamentary and Health Service Ombudsman",
    ),
    "signatory": _field("who signs the letter", values.signatory, "Priya Shah", IN_LETTER),
    "signatory_role": _of_area(
        "the role of the person who signs", values.signatory_role, "Victim Liaison Officer"
    ),
    "contact_name": _field(
        "whom the reader can ask", values.contact, "Priya Shah", IN_LETTER
    ),
    "contact_phone": _of_area(
        "the Area’s telephone number", values.contact_value(ContactKind.PHONE), "01632 960 110"
    ),
    "contact_hours": _of_area(
        "when the telephone is answered", values.contact_hours, "Monday to Friday, 9am to 5pm"
    ),
    "contact_email": _of_area(
        "the Area’s e-mail address",
        values.contact_value(ContactKind.EMAIL),
        "letters@mercia.example",
        is_optional=True,
    ),
    "complaint_route": _of_area(
        "how to complain", values.complaint_route, "e-mail complaints@mercia.example"
    ),
    "support_services": _of_area(
        "services that fit the case, each with how to reach it",
        values.support_services,
        "Victim Support: 08 08 16 89 111",
    ),
    "area_name": _of_area("the name of the Area", lambda case: case.area.name, "Mercia"),
}  # fmt: skip

"""The words of made-up letters: some good, most with the faults that inspectors found."""

import hashlib
from collections.abc import Iterator
from random import Random

from forthright.cases.models import Decision
from forthright.demo.names import FAMILY
from forthright.letters.models import Letter, LetterVersion
from forthright.letters.selectors.case_facts import flags_in_rules
from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.case_file import Decision as RecordedDecision
from forthright.rules.case_file import DecisionKind, ReviewRemedy
from forthright.rules.letter_blocks.review_right import edition_in_force, right_of_decision
from forthright.rules.meetings import must_offer_meeting
from forthright.rules.words import date_words, day_words, local
from forthright.rules.working_days import add_working_days
from forthright.schemes.models import Duty

K = Decision.Kind
# A fault by the criterion it breaks, and how often it is met with.
FAULTS = {
    "A1": 0.03,
    "A2": 0.03,
    "A3": 0.09,
    "A5": 0.55,
    "A6": 0.12,
    "A7": 0.3,
    "B1": 0.3,
    "B2": 0.28,
    "B3": 0.32,
    "B4": 0.26,
}
DECIDED = {
    K.DISCONTINUED: "I have decided to stop the case of {offence} against {defendant}.",
    K.NO_EVIDENCE_OFFERED: "We have stopped the case of {offence} against {defendant}. We told "
    "the court that we could not go on, so it found {defendant} not guilty.",
    K.NO_FURTHER_ACTION: "I have decided that {defendant} will not be charged with {offence}.",
    K.LEFT_ON_FILE: "The charge of {offence} against {defendant} will lie on the court’s file. "
    "It stays there, with no trial, unless a judge allows one.",
    K.ALTERED_DECREASED: "I have changed the charge of {offence} against {defendant} to a less "
    "serious one. The most severe sentence that a court can give is now lower.",
    K.ALTERED_INCREASED: "I have changed the charge of {offence} against {defendant} to a more "
    "serious one. The most severe sentence that a court can give is now higher.",
}
MEANS = {
    True: "You do not need to come to court, and there is nothing that you have to do.",
    False: "The case goes on. You may be asked to come to court, and the police witness care "
    "unit tells you about each step.",
}
REASONS = (
    "The neighbour who saw what happened could not be sure, when the officers asked her again, \
that the person she saw was {defendant}. Without her account there is not enough for a jury to \
be sure.",
    "The recording from the shop does not show the moment itself, and the second camera was not \
working that day. I looked for anything else that could prove it and there is nothing.",
    "The laboratory told us on the second of the month that the sample gave no result. It was \
the main evidence that {defendant} had been there.",
    "Two accounts of that evening differ on who was in the room, and the messages on the phone \
bear out the defence account. I could not ask a court to be sure which is right.",
)
THIN = (
    "Having reviewed the evidence I concluded that there was no realistic prospect of conviction."
)
JARGON = ("The Full Code Test set out in the Code for Crown Prosecutors was not satisfied at the "
          "evidential stage, and the indictment could not be sustained in respect of the "
          "substantive count.")  # fmt: skip
STANDARD = (
    "Every case is reviewed in accordance with the Code for Crown Prosecutors. Cases are kept "
    "under continuous review. Decisions are taken fairly, impartially and with integrity."
)
WARM = (
    "I know this is not the news you hoped for, and I am sorry to bring it. It does not mean "
    "that you were not believed."
)
COLD = "This letter is to notify you of the outcome of the above matter."
REVIEW = (
    "You have the right to ask us to look at this decision again. This is called the Victims’ "
    "Right to Review. Please ask on or before {ask_by}; you do not need to give a reason. "
    "To ask, ring 01632 960 110 or e-mail victims.mercia@cps.example. The review is done by {body}."
)
# What a review can do, by what the law lets it do; a letter promises no more.
REMEDIES = {
    ReviewRemedy.CAN_RESTART: "If the review finds that I was wrong, the case may start again.",
    ReviewRemedy.CANNOT_RESTART: "A review cannot start the case again. If I was wrong, we say so "
    "and say sorry.",
    ReviewRemedy.WITH_LEAVE: "If I was wrong, we can ask a court to allow the case to go on.",
}
MEETING = "I would be glad to meet you, with anybody you like to bring, and answer your questions."
QUESTIONS = (
    "If you have questions, please ring {drafter} on 01632 960 110, Monday to Friday, 9am to 5pm."
)
SUPPORT = (
    "If you would like to talk to somebody who does not work for us, the Mercia Victim Support "
    "line is open every day from 8am to 8pm on 01632 960 220, free and in confidence."
)
LATE = "This letter should have reached you sooner. I am sorry that it did not."
CAN_BE_REVIEWED = {K.DISCONTINUED, K.NO_EVIDENCE_OFFERED, K.NO_FURTHER_ACTION, K.LEFT_ON_FILE}


def faults_of(duty: Duty, chance: Random) -> set[str]:
    """Return the criteria this letter breaks; each drafter has habits of their own."""
    habit = Random(f"habit {duty.drafter}")  # the same drafter, the same habits
    habitual = set(habit.sample(sorted(FAULTS), 2))
    found = {
        code
        for code, share in FAULTS.items()
        if chance.random() < min(share * (1.9 if code in habitual else 0.75), 0.95)
    }
    if duty.state != Duty.State.LATE:
        found.discard("A5")
    if duty.decision.kind not in CAN_BE_REVIEWED or duty.decision.is_after_withdrawal:
        found.discard("A6")
    return found


def text_of(duty: Duty, faults: set[str], chance: Random) -> str:
    """Return the letter's words, with its faults in them."""
    person, case = duty.person, duty.case
    defendant = str(duty.decision.defendant or "the suspect")
    family = chance.choice(FAMILY) if "A1" in faults else person.family_name
    reference = "[Insert reference]" if "A2" in faults else f"{case.urn}/{duty.number}"
    kind = Decision.Kind(duty.decision.kind)
    offence = case.lead_offence[:1].lower() + case.lead_offence[1:]
    decided = DECIDED[kind].format(defendant=defendant, offence=offence)
    paragraphs = [
        f"{date_words(local(duty.sent_at or duty.decided_at).date())}",
        f"Our reference: {reference}",
        f"Dear {person.title} {family}",
        COLD if "B3" in faults else decided,
        decided if "B3" in faults else WARM,
        THIN if "B1" in faults else chance.choice(REASONS).format(defendant=defendant),
    ]
    paragraphs.append(MEANS[kind in CAN_BE_REVIEWED])
    if "B2" in faults:
        paragraphs.append(JARGON)
    if "B4" in faults:
        paragraphs.append(STANDARD)
    if duty.state == Duty.State.LATE and "A5" not in faults:
        paragraphs.append(LATE)
    paragraphs += _what_they_can_do(duty, faults)
    paragraphs.append("Yours sincerely")
    paragraphs.append(f"{duty.drafter}\nVictim Liaison Unit")
    text = "\n\n".join(paragraphs)
    return (
        text.replace("decision", "decison").replace(" you ", " u ", 1) if "A3" in faults else text
    )


def _what_they_can_do(duty: Duty, faults: set[str]) -> Iterator[str]:
    """Yield the paragraphs on a review, a meeting, support and questions that belong there."""
    if can_be_reviewed(duty) and "A6" not in faults:
        yield _review(duty)
    if must_offer_meeting(flags_in_rules(duty.case), local(duty.decided_at).date()):
        yield MEETING
    if "A7" not in faults:
        yield SUPPORT
    yield QUESTIONS.format(drafter=duty.drafter)


def _review(duty: Duty) -> str:
    """Return the paragraph on the right to a review, with its last day by the rules."""
    on = local(duty.sent_at or duty.decided_at).date()
    calendar = published_bank_holidays().calendar
    kind = DecisionKind(duty.decision.kind)
    right = right_of_decision(RecordedDecision(kind=kind, made_at=duty.decided_at))
    edition = edition_in_force(on)
    changes = REMEDIES[right.remedy or ReviewRemedy.CAN_RESTART]
    if edition is None:
        return changes
    ask_by = day_words(add_working_days(on, edition.window.working_days, calendar))
    return f"{REVIEW.format(ask_by=ask_by, body=edition.body.first)}\n\n{changes}"


def can_be_reviewed(duty: Duty) -> bool:
    """Return whether this made-up letter should speak of the right to a review."""
    return duty.decision.kind in CAN_BE_REVIEWED and not duty.decision.is_after_withdrawal


def write_letters(duties: list[Duty], chance: Random) -> dict[int, set[str]]:
    """Write the letters that were sent, and return the faults of each by its duty."""
    sent = [duty for duty in duties if duty.sent_at is not None]
    faults = {duty.pk: faults_of(duty, chance) for duty in sent}
    letters = Letter.objects.bulk_create(Letter(duty=duty, area_id=duty.area_id) for duty in sent)
    versions = []
    for letter, duty in zip(letters, sent, strict=True):
        text = text_of(duty, faults[duty.pk], chance)
        versions.append(
            LetterVersion(
                letter=letter, number=1, text=text, added_by=duty.drafter,
                added_at=duty.sent_at or duty.decided_at,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
            )
        )  # fmt: skip
    LetterVersion.objects.bulk_create(versions)
    return faults

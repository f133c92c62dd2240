"""The words of made-up letters: some good, most with the faults that inspectors found."""

import hashlib
from random import Random

from forthright.cases.models import Decision
from forthright.demo.names import FAMILY
from forthright.letters.models import Letter, LetterVersion
from forthright.rules.words import date_words, local
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
    K.DISCONTINUED: "I have decided to stop the case against {defendant}.",
    K.NO_EVIDENCE_OFFERED: "The prosecution offered no evidence against {defendant}, "
    "so the case has ended.",
    K.NO_FURTHER_ACTION: "I have decided that {defendant} will not be charged.",
    K.LEFT_ON_FILE: "The charge against {defendant} will lie on the court’s file. "
    "There will be no trial about it.",
    K.ALTERED_DECREASED: "I have changed the charge against {defendant} to a less serious one.",
    K.ALTERED_INCREASED: "I have changed the charge against {defendant} to a more serious one.",
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
    "You have the right to ask us to look at this decision again. Please tell us within 10 "
    "working days of this letter if you can; you do not need to give a reason. "
    "Ring 01632 960 110 or write to the address above."
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
    decided = DECIDED[Decision.Kind(duty.decision.kind)].format(defendant=defendant)
    paragraphs = [
        f"{date_words(local(duty.sent_at or duty.decided_at).date())}",
        f"Our reference: {reference}",
        f"Dear {person.title} {family}",
        COLD if "B3" in faults else decided,
        decided if "B3" in faults else WARM,
        THIN if "B1" in faults else chance.choice(REASONS).format(defendant=defendant),
    ]
    if "B2" in faults:
        paragraphs.append(JARGON)
    if "B4" in faults:
        paragraphs.append(STANDARD)
    if duty.state == Duty.State.LATE and "A5" not in faults:
        paragraphs.append(LATE)
    if can_be_reviewed(duty) and "A6" not in faults:
        paragraphs.append(REVIEW)
    if "A7" not in faults:
        paragraphs.append(SUPPORT)
    paragraphs.append("Yours sincerely")
    paragraphs.append(f"{duty.drafter}\nVictim Liaison Unit")
    text = "\n\n".join(paragraphs)
    return (
        text.replace("decision", "decison").replace(" you ", " u ", 1) if "A3" in faults else text
    )


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

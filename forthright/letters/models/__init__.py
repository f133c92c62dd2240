"""The letter from the reasons to the proof that it arrived, gathered for other rooms."""

from forthright.letters.models.back_tests import BackTest, BackTestLetter
from forthright.letters.models.checks import CheckRule, LookPassed, LookWaived
from forthright.letters.models.facts import ContactPoint, ContactWishes, SupportService
from forthright.letters.models.notes import NoteMark, ReasonsNote
from forthright.letters.models.sending import (
    CallAttempt,
    ContactOverride,
    DeliveryEvent,
    Dispatch,
    PrintBatch,
)
from forthright.letters.models.words import Letter, LetterFacts, LetterVersion, Override

__all__ = [
    "BackTest",
    "BackTestLetter",
    "CallAttempt",
    "CheckRule",
    "ContactOverride",
    "ContactPoint",
    "ContactWishes",
    "DeliveryEvent",
    "Dispatch",
    "Letter",
    "LetterFacts",
    "LetterVersion",
    "LookPassed",
    "LookWaived",
    "NoteMark",
    "Override",
    "PrintBatch",
    "ReasonsNote",
    "SupportService",
]

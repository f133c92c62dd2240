"""Anonymised letters and the panel that reads them, gathered for other rooms."""

from forthright.panels.models.agreed import AgreementOffered
from forthright.panels.models.anonymised import (
    AnonymisedLetter,
    Confirmation,
    Correction,
    GateSearch,
    Place,
    RareFact,
)
from forthright.panels.models.booklets import BookletSaid
from forthright.panels.models.corrected_findings import FindingCorrection
from forthright.panels.models.held_back import WordsHeldBack, WordsShownAgain
from forthright.panels.models.meetings import (
    Meeting,
    PackLetter,
    PanelFinding,
    Reading,
    Seat,
    TalkBefore,
)
from forthright.panels.models.not_given import NotGiven
from forthright.panels.models.recognised import Recognition
from forthright.panels.models.releases import Alarm, CopyBack, Release

__all__ = [
    "AgreementOffered",
    "Alarm",
    "AnonymisedLetter",
    "BookletSaid",
    "Confirmation",
    "CopyBack",
    "Correction",
    "FindingCorrection",
    "GateSearch",
    "Meeting",
    "NotGiven",
    "PackLetter",
    "PanelFinding",
    "Place",
    "RareFact",
    "Reading",
    "Recognition",
    "Release",
    "Seat",
    "TalkBefore",
    "WordsHeldBack",
    "WordsShownAgain",
]

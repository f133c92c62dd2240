"""Anonymised letters and the panel that reads them, gathered for other rooms."""

from forthright.panels.models.anonymised import (
    AnonymisedLetter,
    Confirmation,
    Correction,
    GateSearch,
    Place,
    RareFact,
)

__all__ = ["AnonymisedLetter", "Confirmation", "Correction", "GateSearch", "Place", "RareFact"]

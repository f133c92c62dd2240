"""Marks that one person wrote down as agreed, until somebody else confirms them."""

from django.conf import settings
from django.db import models

from forthright.panels.models.meetings import PackLetter


class AgreementOffered(models.Model):
    """What one who keeps the panel says was agreed on a letter on which marks differed."""

    letter = models.OneToOneField(PackLetter, on_delete=models.CASCADE, related_name="offered")
    # By the code of each criterion, the level and why.
    marks = models.JSONField(default=dict)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    PERSONAL = {"marks"}
    PLAIN = {"id", "letter", "offered_at", "offered_by"}

    def __str__(self) -> str:
        return f"marks offered as agreed of {self.letter}"

"""A finding of the panel as it stood before somebody put a slip in it right."""

from django.conf import settings
from django.db import models

from forthright.panels.models.meetings import PanelFinding

PERSON = settings.AUTH_USER_MODEL


class FindingCorrection(models.Model):
    """What a finding said, whose it was and its day before one correction; none is taken back."""

    finding = models.ForeignKey(PanelFinding, on_delete=models.CASCADE, related_name="corrections")
    said = models.TextField()
    manager = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    reply_by = models.DateField()
    what_was_wrong = models.CharField(max_length=300)
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"said", "what_was_wrong"}
    PLAIN = {"id", "finding", "manager", "reply_by", "corrected_at", "corrected_by"}

    class Meta:
        ordering = ["corrected_at", "pk"]

    def __str__(self) -> str:
        return f"correction of {self.finding}"

"""That a case has ended for a defendant."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class CaseEnd(models.Model):
    """That the case has ended for one defendant: on which day, how, and whether that was wrong."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    defendant = models.ForeignKey("cases.Defendant", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField("day on which it ended")
    reason = models.CharField("how it ended", max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    undone_because = models.CharField("why the case goes on", max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"reason", "undone_because"}
    PLAIN = {"id", "area", "defendant", "ended_on", "recorded_at", "recorded_by", "undone_at",
             "undone_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["defendant"],
                condition=models.Q(undone_at=None),
                name="one_standing_end_of_a_case",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at=None, undone_because="")
                | (models.Q(undone_at__isnull=False) & ~models.Q(undone_because="")),
                name="end_taken_back_says_why",
            ),
        ]
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"end of a case on {self.ended_on}"

"""What was done, by whom and when; rows are only ever added."""

from django.conf import settings
from django.db import models

# In the details of an event: the people for whom whoever did it stood in, as their deputy.
DEPUTY_FOR = "deputy_for"


class Event(models.Model):
    """One act, chained by hash to the one before it."""

    sequence = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    # Details hold identifiers and counts, never names: see tests/guards/test_events.py.
    PERSONAL: set[str] = set()
    PLAIN = {"id", "sequence", "at", "by", "area", "name", "subject_kind", "subject_id", "detail",
             "previous_hash", "hash"}  # fmt: skip

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["area", "-sequence"], name="event_by_area"),
            models.Index(fields=["subject_kind", "subject_id"], name="event_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.name}"


class Head(models.Model):
    """The last link of the chain; the row that writers lock to take their turn."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "sequence", "hash"}

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:12]}"

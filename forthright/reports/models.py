"""The weekly assurance report: figures frozen, files made, and who was sent them."""

from datetime import timedelta

from django.conf import settings
from django.db import models

from forthright.rules.words import local

PERSON = settings.AUTH_USER_MODEL


class WeeklyReport(models.Model):
    """One frozen version of one week's report."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    week = models.DateField()
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    figures = models.JSONField()
    # For each figure the numbers of the records behind it: {"owed-all-late": [17, 23], …}.
    records = models.JSONField(default=dict)
    # How each letter owed stood at that moment, by number: {"17": ["LATE", "2026-10-01", …], …}.
    standing = models.JSONField(default=dict)
    # Two runs of the same scheduled job find the report that the first one made.
    made_for = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64)
    chain_sequence = models.BigIntegerField()
    chain_hash = models.CharField(max_length=64)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "week", "version", "made_at", "made_by", "figures", "records",
             "standing", "made_for", "digest", "chain_sequence", "chain_hash"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("area", "week", "version", name="report_version_once"),
            models.UniqueConstraint(
                fields=["area", "made_for"],
                condition=~models.Q(made_for=""),
                name="report_once_per_job",
            ),
        ]
        ordering = ["-week", "-version"]

    def __str__(self) -> str:
        return f"week of {self.week}, version {self.version}"

    @property
    def is_of_a_week_that_is_over(self) -> bool:
        """Say whether the week had ended when the report was made."""
        return local(self.made_at).date() >= self.week + timedelta(days=7)


class ReportFile(models.Model):
    """A report as a file, exactly as it was sent."""

    class Kind(models.TextChoices):
        PDF = "PDF", "PDF"
        XLSX = "XLSX", "Spreadsheet"

    report = models.ForeignKey(WeeklyReport, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "report", "kind", "content", "sha256", "made_at"}

    class Meta:
        constraints = [models.UniqueConstraint("report", "kind", name="one_file_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class ReportSending(models.Model):
    """One person who is to have the report by e-mail, and whether it went."""

    report = models.ForeignKey(WeeklyReport, on_delete=models.CASCADE, related_name="sendings")
    recipient = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_refusal = models.CharField(max_length=300, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "report", "recipient", "asked_at", "sent_at", "attempts", "last_refusal"}

    class Meta:
        constraints = [
            models.UniqueConstraint("report", "recipient", name="one_sending_per_recipient")
        ]

    def __str__(self) -> str:
        return f"sending {self.pk}"

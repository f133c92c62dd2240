"""Files handed over from another system, what each changed, and how to undo it."""

from django.conf import settings
from django.db import models


class ImportRun(models.Model):
    """One file that was read in: whose, when, its hash, and what it changed."""

    class State(models.TextChoices):
        DONE = "DONE", "Imported"
        UNDONE = "UNDONE", "Undone"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DONE)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    # How many records of each kind the rows became.
    records = models.JSONField(default=dict)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "file_name", "sha256", "kind", "state", "added", "changed",
             "unchanged", "records", "imported_at", "imported_by", "undone_at",
             "undone_by"}  # fmt: skip

    class Meta:
        ordering = ["-imported_at"]

    def __str__(self) -> str:
        return self.file_name


class WaitingFile(models.Model):
    """A file that was handed over and is not imported yet; it is removed once it is."""

    class State(models.TextChoices):
        HANDED_OVER = "HANDED_OVER", "Waiting to be checked"
        CHECKED = "CHECKED", "Checked"
        REFUSED = "REFUSED", "Cannot be read"
        CONFIRMED = "CONFIRMED", "Being imported"
        DONE = "DONE", "Imported"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20)
    # The unit of new cases for which the file names none.
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Somebody said that rows which name a person again are about one person, not two of one name.
    repeats_are_one = models.BooleanField(default=False)
    # What somebody said of rows that nearly name a decision, or a person, that is held.
    near_decisions = models.CharField(max_length=10, blank=True)
    near_names = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.HANDED_OVER)
    sha256 = models.CharField(max_length=64, blank=True)
    # What stops the whole file, or why the import was refused; it may quote the file.
    refusal = models.JSONField(default=dict, blank=True)
    handed_over_at = models.DateTimeField()
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    run = models.OneToOneField(
        ImportRun, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"file_name", "refusal"}
    PLAIN = {"id", "area", "size", "kind", "unit", "repeats_are_one", "near_decisions",
             "near_names", "state", "sha256", "handed_over_at", "handed_over_by",
             "confirmed_at", "confirmed_by", "run"}  # fmt: skip

    class Meta:
        ordering = ["-handed_over_at"]

    def __str__(self) -> str:
        return self.file_name


class ImportChange(models.Model):
    """Records that an import added, or one that it changed, with what stood there before.

    Added records are noted by the first and the last of those that lie in a row, so that an import
    of a million records leaves a few notes and not a million.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    record_kind = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    # The last record in a row from the first; the same one for a change.
    last_id = models.BigIntegerField()
    was_added = models.BooleanField()
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    PERSONAL = {"before", "after"}
    PLAIN = {"id", "run", "record_kind", "record_id", "last_id", "was_added"}

    class Meta:
        indexes = [
            models.Index(fields=["record_kind", "record_id"], name="change_by_record"),
            # Undoing asks of each record of a run whether another run changed it.
            models.Index(fields=["run", "record_kind", "record_id"], name="change_by_run"),
        ]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_id}"

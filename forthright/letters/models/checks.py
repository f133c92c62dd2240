"""Which letters of an Area a colleague looks at before they go, by dated edition."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class LookWaived(models.Model):
    """That a named person let words of a letter go without the look that is required, and why.

    It holds for these words alone, and until they are put forward again.
    """

    letter = models.ForeignKey("letters.Letter", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey("letters.LetterVersion", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"reason"}
    PLAIN = {"id", "letter", "version", "made_at", "made_by"}

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"look waived for letter {self.letter_id}"


class LookPassed(models.Model):
    """That a colleague looked at words of a letter before it went and said that they may go.

    Each stays, where another passed the letter after it; the letter itself names only the last.
    """

    letter = models.ForeignKey("letters.Letter", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey("letters.LetterVersion", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "letter", "version", "made_at", "made_by"}

    class Meta:
        verbose_name_plural = "looks passed"
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"look passed for letter {self.letter_id}"


class CheckRule(models.Model):
    """One dated edition of the Area's own rule; without one, that of the product holds."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    in_force_from = models.DateField()
    kinds = models.JSONField(default=list)
    share_percent = models.PositiveSmallIntegerField(default=100)
    # Whether a letter that nobody looked at is held back.
    is_required = models.BooleanField(default=False)
    hours = models.PositiveSmallIntegerField(default=4)
    latest = models.TimeField()
    # What the lots are worked out from; no page tells it.
    seed = models.CharField(max_length=40)
    source = models.CharField(max_length=200)
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "version", "in_force_from", "kinds", "share_percent", "is_required",
             "hours", "latest", "seed", "source", "reason", "made_at", "made_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("area", "version", name="check_rule_version_once_in_area"),
            models.CheckConstraint(
                condition=models.Q(share_percent__lte=100), name="no_more_than_all_are_checked"
            ),
        ]
        ordering = ["-in_force_from", "-version"]

    def __str__(self) -> str:
        return f"version {self.version}"

"""The letter itself: every version of its words, kept."""

from django.conf import settings
from django.db import models


class Letter(models.Model):
    """The letter written for one duty."""

    duty = models.OneToOneField("schemes.Duty", on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "duty", "area"}

    def __str__(self) -> str:
        return f"letter {self.pk}"


class LetterVersion(models.Model):
    """The words of a letter as they stood at one time; never changed afterwards."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    PERSONAL = {"text", "file_name"}
    PLAIN = {"id", "letter", "number", "sha256", "added_at", "added_by"}

    class Meta:
        constraints = [models.UniqueConstraint("letter", "number", name="letter_version_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"version {self.number}"

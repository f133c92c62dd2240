"""The letter itself: every version of its words, kept."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class Letter(models.Model):
    """The letter written for one duty, and who stands for its newest words."""

    duty = models.OneToOneField("schemes.Duty", on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")

    # The version that a second person approved; another version needs another approval.
    approved_version = models.ForeignKey(
        "LetterVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_because = models.CharField(max_length=500, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"returned_because"}
    PLAIN = {"id", "duty", "area", "approved_version", "approved_at", "approved_by",
             "returned_at", "returned_by"}  # fmt: skip

    def __str__(self) -> str:
        return f"letter {self.pk}"


class LetterVersion(models.Model):
    """The words of a letter as they stood at one time; never changed afterwards."""

    class MadeHow(models.TextChoices):
        PASTED = "PASTED", "pasted"
        UPLOADED = "UPLOADED", "from a file"
        ASSEMBLED = "ASSEMBLED", "put together from the template"
        EDITED = "EDITED", "edited on the page"
        EDITED_IN_WORD = "EDITED_IN_WORD", "edited in Word"

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200, blank=True)
    made_how = models.CharField(max_length=20, choices=MadeHow.choices, default=MadeHow.PASTED)
    # The paragraphs with where each word comes from; words that were pasted have none.
    composed = models.JSONField(null=True, blank=True)
    # The template and the versions of its blocks that the letter was put together from.
    made_from = models.JSONField(default=dict, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"text", "file_name", "composed"}
    PLAIN = {"id", "letter", "number", "sha256", "made_how", "made_from", "added_at", "added_by"}

    class Meta:
        constraints = [models.UniqueConstraint("letter", "number", name="letter_version_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"version {self.number}"


class Override(models.Model):
    """A stop that a named person let pass, with the reason; each is offered to the dip sample."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="overrides")
    version = models.ForeignKey(LetterVersion, on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(max_length=20)
    # The rules by which it was a stop; not known of those overruled before this was kept.
    check_set = models.ForeignKey(
        "standards.CheckSet", on_delete=models.PROTECT, null=True, related_name="+"
    )
    words = models.TextField(blank=True)
    reason = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"words", "reason"}
    PLAIN = {"id", "letter", "version", "rule", "check_set", "made_at", "made_by"}

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"{self.rule} overruled in {self.letter}"

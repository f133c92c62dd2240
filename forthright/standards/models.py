"""What a good letter is: the criteria it is marked against, each edition dated."""

from django.conf import settings
from django.db import models


class Level(models.TextChoices):
    """How far a letter meets a criterion."""

    FULLY = "FULLY", "Fully meeting"
    PARTIALLY = "PARTIALLY", "Partially meeting"
    NOT_MET = "NOT_MET", "Not meeting"
    NOT_APPLICABLE = "NOT_APPLICABLE", "Not applicable"


class Edition(models.Model):
    """One dated version of the rubric; marks of two editions are never joined in a trend."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    in_force_from = models.DateField()
    scoring_rule = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "number", "title", "in_force_from", "scoring_rule", "reason",
             "adopted_at", "adopted_by"}  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint("area", "number", name="edition_once_in_area")]
        ordering = ["-in_force_from", "-number"]

    def __str__(self) -> str:
        return f"edition {self.number}"


class Criterion(models.Model):
    """One thing a letter is marked on."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    guidance = models.TextField()
    applies_when = models.CharField(max_length=200, blank=True)
    is_critical = models.BooleanField(default=False)
    # Timeliness is shown beside quality and never inside it.
    is_timeliness = models.BooleanField(default=False)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "edition", "code", "position", "title", "guidance", "applies_when",
             "is_critical", "is_timeliness"}  # fmt: skip

    class Meta:
        verbose_name_plural = "criteria"
        constraints = [models.UniqueConstraint("edition", "code", name="criterion_once_in_edition")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Anchor(models.Model):
    """What one level of one criterion looks like, with an example."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="anchors")
    level = models.CharField(max_length=20, choices=Level.choices)
    words = models.TextField()
    example = models.TextField(blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "criterion", "level", "words", "example"}

    class Meta:
        constraints = [models.UniqueConstraint("criterion", "level", name="anchor_once_per_level")]

    def __str__(self) -> str:
        return f"{self.criterion_id} {self.level}"


class RootCause(models.Model):
    """Where a fault began, as a marker may name it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="root_causes")
    code = models.CharField(max_length=30)
    words = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "edition", "code", "words", "position"}

    class Meta:
        constraints = [models.UniqueConstraint("edition", "code", name="root_cause_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.words

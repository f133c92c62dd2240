"""One person's marks on one letter, the feedback given, and any dispute of it."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class Review(models.Model):
    """A marking of one drawn letter; nothing overwrites another person's review."""

    class Kind(models.TextChoices):
        FIRST_LINE = "FIRST_LINE", "First line: the writer's own manager"

    drawn_letter = models.ForeignKey(
        "samples.DrawnLetter", on_delete=models.PROTECT, related_name="+"
    )
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    letter_version = models.ForeignKey(
        "letters.LetterVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    edition = models.ForeignKey("standards.Edition", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.FIRST_LINE)
    marker = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    seconds_spent = models.PositiveIntegerField(default=0)
    marked_at = models.DateTimeField(null=True, blank=True)
    overall = models.CharField(max_length=20, blank=True)
    overall_because = models.JSONField(default=list)
    # Kept apart from quality: was the letter in time, late or never sent when it was marked?
    timeliness = models.CharField(max_length=20, blank=True)
    root_cause = models.ForeignKey(
        "standards.RootCause", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_well = models.TextField(blank=True)
    to_change = models.TextField(blank=True)

    PERSONAL = {"done_well", "to_change"}
    PLAIN = {"id", "drawn_letter", "area", "unit", "letter_version", "edition", "kind", "marker",
             "started_at", "seconds_spent", "marked_at", "overall", "overall_because",
             "timeliness", "root_cause"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("drawn_letter", "marker", name="one_review_per_marker")
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"


class Mark(models.Model):
    """The level given on one criterion, and the words in the letter that show it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey("standards.Criterion", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20)
    quotation = models.TextField(blank=True)
    quotation_start = models.PositiveIntegerField(null=True, blank=True)
    quotation_end = models.PositiveIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    PERSONAL = {"quotation", "note"}
    PLAIN = {"id", "review", "criterion", "level", "quotation_start", "quotation_end", "saved_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint("review", "criterion", name="one_mark_per_criterion")
        ]

    def __str__(self) -> str:
        return self.level


class Feedback(models.Model):
    """What the drafter was told of a review; a review is not finished before this."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="feedback")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    drafter = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    dispute_by = models.DateField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "review", "area", "unit", "drafter", "told_at", "told_by", "dispute_by",
             "acknowledged_at"}  # fmt: skip

    def __str__(self) -> str:
        return f"feedback {self.pk}"


class Dispute(models.Model):
    """A drafter's disagreement with one mark, and what came of it."""

    class Outcome(models.TextChoices):
        OPEN = "OPEN", "Not decided yet"
        ACCEPTED = "ACCEPTED", "Accepted: a new mark stands beside the old"
        REFUSED = "REFUSED", "Refused: the mark stands"
        UNANSWERED = "UNANSWERED", "Not decided before the deadline"

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="disputes")
    mark = models.ForeignKey(Mark, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    decide_by = models.DateField()
    outcome = models.CharField(max_length=15, choices=Outcome.choices, default=Outcome.OPEN)
    outcome_reason = models.TextField(blank=True)
    new_level = models.CharField(max_length=20, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"reason", "outcome_reason"}
    PLAIN = {"id", "feedback", "mark", "raised_at", "decide_by", "outcome", "new_level",
             "decided_at", "decided_by"}  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint("mark", name="one_dispute_per_mark")]

    def __str__(self) -> str:
        return self.get_outcome_display()

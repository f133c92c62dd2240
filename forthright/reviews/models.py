"""One person's marks on one letter, the feedback given, and any dispute of it."""

from django.conf import settings
from django.db import models

from forthright.standards.models import Level

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
    # The last sign of life; the time up to the next one counts unless it was too long a silence.
    last_active_at = models.DateTimeField(null=True)
    seconds_spent = models.PositiveIntegerField(default=0)
    marked_at = models.DateTimeField(null=True, blank=True)
    overall = models.CharField(max_length=20, blank=True)
    overall_because = models.JSONField(default=list)
    # What the accepted disputes make of it; blank while there are none. The first stays as it was.
    overall_after_dispute = models.CharField(max_length=20, blank=True)
    overall_after_because = models.JSONField(default=list)
    # Kept apart from quality: was the letter in time, late or never sent when it was marked?
    timeliness = models.CharField(max_length=20, blank=True)
    root_cause = models.ForeignKey(
        "standards.RootCause", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_well = models.TextField(blank=True)
    to_change = models.TextField(blank=True)
    # For a letter that was never sent: what the record and the people say about why.
    not_sent_because = models.TextField(blank=True)
    # What was set going the same day after a critical failure, and who was told.
    urgent_acts = models.JSONField(default=list, blank=True)
    urgent_note = models.TextField(blank=True)
    urgent_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = {"done_well", "to_change", "not_sent_because", "urgent_note"}
    PLAIN = {"id", "drawn_letter", "area", "unit", "letter_version", "edition", "kind", "marker",
             "started_at", "last_active_at", "seconds_spent", "marked_at", "overall",
             "overall_because", "overall_after_dispute", "overall_after_because", "timeliness",
             "root_cause", "urgent_acts", "urgent_at"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("drawn_letter", "marker", name="one_review_per_marker")
        ]
        indexes = [models.Index(fields=["area", "-marked_at"], name="review_by_day_marked")]

    def __str__(self) -> str:
        return f"review {self.pk}"

    @property
    def overall_that_counts(self) -> str:
        """Return what the marks come to: as decided, once a dispute of one was accepted."""
        return self.overall_after_dispute or self.overall


class MarkedPapers(models.Model):
    """The papers of a disclosure as they stood when its marking began, without what is sensitive.

    Marks quote them, and a second marker reads the same; what is endorsed later changes nothing.
    """

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="papers")
    text = models.TextField()
    made_at = models.DateTimeField()

    PERSONAL = {"text"}
    PLAIN = {"id", "review", "made_at"}

    class Meta:
        verbose_name_plural = "marked papers"

    def __str__(self) -> str:
        return f"papers of {self.review_id}"


class LetterCheck(models.Model):
    """What the checks found in the words that were marked, kept on the day of the marking.

    A rule's score is counted from these, so that it never changes when a rule does.
    """

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="letter_check")
    check_set = models.ForeignKey("standards.CheckSet", on_delete=models.PROTECT, related_name="+")
    # The day for which the letter was checked: when it was sent.
    checked_for = models.DateField()
    # By rule, how many findings; the words found are in the letter and not kept twice.
    fired = models.JSONField(default=dict)
    # Rules that this machine could not use.
    not_run = models.JSONField(default=list)
    checked_at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "review", "check_set", "checked_for", "fired", "not_run", "checked_at"}

    def __str__(self) -> str:
        return f"check of {self.review_id}"


class Mark(models.Model):
    """The level given on one criterion, and the words in the letter that show it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey("standards.Criterion", on_delete=models.PROTECT, related_name="+")
    # Blank while only words are written: a note must not be lost for want of a level.
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
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

    class How(models.TextChoices):
        HERE = "HERE", "On this service, with an e-mail"
        IN_PERSON = "IN_PERSON", "Face to face"
        CALL = "CALL", "By telephone or video"
        EMAIL = "EMAIL", "By e-mail"

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="feedback")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    # Nobody where the drafter has no account; then who was told is written out.
    drafter = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_name = models.CharField(max_length=120, blank=True)
    told_how = models.CharField(max_length=15, choices=How.choices, default=How.HERE)
    text = models.TextField(blank=True)
    # Midnight stands for a day whose hour is not known.
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    emailed_at = models.DateTimeField(null=True, blank=True)
    dispute_by = models.DateField()
    dispute_because = models.JSONField(default=list)
    # When its drafter first opened it here; to acknowledge it is to take the marks as they are.
    read_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    # When whoever told it first opened the reply.
    reply_read_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = {"told_name", "text", "reply"}
    PLAIN = {"id", "review", "area", "unit", "drafter", "told_how", "told_at", "told_by",
             "emailed_at", "dispute_by", "dispute_because", "read_at", "acknowledged_at",
             "replied_at", "reply_read_at"}  # fmt: skip

    def __str__(self) -> str:
        return f"feedback {self.pk}"


class LimitChange(models.Model):
    """The last day to dispute, or to decide a dispute, that moved: the old, the new, and why."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="limit_changes")
    # Nothing where the day to dispute moved.
    dispute = models.ForeignKey(
        "Dispute", on_delete=models.CASCADE, null=True, blank=True, related_name="limit_changes"
    )
    old_day = models.DateField()
    new_day = models.DateField()
    old_because = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "feedback", "dispute", "old_day", "new_day", "old_because", "reason",
             "changed_at", "changed_by"}  # fmt: skip

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.old_day} to {self.new_day}"


class Dispute(models.Model):
    """A drafter's disagreement with one mark, and what came of it."""

    class Outcome(models.TextChoices):
        OPEN = "OPEN", "Not decided yet"
        ACCEPTED = "ACCEPTED", "Accepted: a new mark stands beside the old"
        REFUSED = "REFUSED", "Refused: the mark stands"
        UNANSWERED = "UNANSWERED", "Not decided before the deadline"

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="disputes")
    mark = models.ForeignKey(Mark, on_delete=models.PROTECT, related_name="disputes")
    reason = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    decide_by = models.DateField()
    decide_because = models.JSONField(default=list)
    outcome = models.CharField(max_length=15, choices=Outcome.choices, default=Outcome.OPEN)
    outcome_reason = models.TextField(blank=True)
    new_level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When whoever marked, and its drafter, last opened how it stood while that was new to them.
    marker_knows_at = models.DateTimeField(null=True, blank=True)
    drafter_knows_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = {"reason", "outcome_reason"}
    PLAIN = {"id", "feedback", "mark", "raised_at", "decide_by", "decide_because", "outcome",
             "new_level", "decided_at", "decided_by", "marker_knows_at",
             "drafter_knows_at"}  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint("mark", name="one_dispute_per_mark")]

    def __str__(self) -> str:
        return self.get_outcome_display()


class SecondMarkSeed(models.Model):
    """The number that a week's lots are worked out from; told when its second marks are done."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    # The Monday of the week in which the first marks were finished.
    week = models.DateField()
    seed = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "week", "seed", "made_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint("area", "week", name="one_seed_of_second_marks_a_week")
        ]

    def __str__(self) -> str:
        return f"seed of {self.week}"


class SecondMarking(models.Model):
    """Another person's marks of a letter, given without seeing the first; both stay as they are."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="seconds")
    # Those of the first marking, so that who reaches the one reaches the other.
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    # Nobody while nobody may: all who mark had to do with the letter, or are of its unit.
    marker = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    because = models.CharField(max_length=200)
    numbers = models.CharField(max_length=40)
    chosen_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)
    overall = models.CharField(max_length=20, blank=True)
    overall_because = models.JSONField(default=list)
    # The words that are marked, where the letter is shown with its names hidden; else blank.
    words = models.TextField(blank=True)
    # The critical criteria that these marks alone found not met, by code with blanks between.
    found = models.CharField(max_length=80, blank=True)
    # What was set going because of them, or why nothing has to be, and who said so.
    urgent_acts = models.JSONField(default=list)
    urgent_note = models.TextField(blank=True)
    urgent_at = models.DateTimeField(null=True, blank=True)
    urgent_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"words", "urgent_note"}
    PLAIN = {"id", "review", "area", "unit", "marker", "because", "numbers", "chosen_at",
             "opened_at", "marked_at", "overall", "overall_because", "found", "urgent_acts",
             "urgent_at", "urgent_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("review", "marker", name="one_second_marking_per_marker"),
            models.CheckConstraint(
                condition=models.Q(marked_at__isnull=True) | models.Q(marker__isnull=False),
                name="second_marks_have_a_marker",
            ),
        ]
        indexes = [models.Index(fields=["marker", "marked_at"], name="second_marks_to_give")]

    def __str__(self) -> str:
        return f"second marking {self.pk}"

    @property
    def called(self) -> str:
        """Return what its marker knows the letter by; with hidden names it has no case number."""
        return f"with names hidden {self.pk}" if self.words else self.review.drawn_letter.called

    @property
    def named(self) -> str:
        """Return what it is with what it is called."""
        return f"{self.review.drawn_letter.words.thing} {self.called}"


class SecondLevel(models.Model):
    """The level that a second marker gave on one criterion."""

    marking = models.ForeignKey(SecondMarking, on_delete=models.CASCADE, related_name="levels")
    criterion = models.ForeignKey("standards.Criterion", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, choices=Level.choices)
    saved_at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "marking", "criterion", "level", "saved_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint("marking", "criterion", name="one_second_level_per_criterion")
        ]

    def __str__(self) -> str:
        return self.level


class BlindFor(models.Model):
    """Somebody who is to mark a letter and until then sees nobody’s marks of it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="blind_for")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "review", "person", "since", "until"}

    class Meta:
        indexes = [models.Index(fields=["person", "until"], name="blind_for_whom")]

    def __str__(self) -> str:
        return f"blind until {self.until}"

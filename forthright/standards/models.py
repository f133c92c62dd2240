"""What a good letter or disclosure is: the criteria it is marked by, each edition dated."""

from django.conf import settings
from django.db import models

from forthright.rules.sampled import Subject as SubjectKind

PERSON = settings.AUTH_USER_MODEL


class Subject(models.TextChoices):
    """What is drawn, marked and has a standard of its own."""

    LETTERS = SubjectKind.LETTERS.value, "Letters to victims"
    DISCLOSURE = SubjectKind.DISCLOSURE.value, "Initial disclosure"


class Level(models.TextChoices):
    """How far a letter meets a criterion."""

    FULLY = "FULLY", "Fully meets"
    PARTIALLY = "PARTIALLY", "Partly meets"
    NOT_MET = "NOT_MET", "Does not meet"
    NOT_APPLICABLE = "NOT_APPLICABLE", "Does not apply"


class Edition(models.Model):
    """One dated version of the rubric; marks of two editions are never joined in a trend.

    Until it is adopted it is a draft that nobody marks with. Once adopted it is never changed.
    """

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    # What it is the standard for; editions of each are counted by themselves.
    subject = models.CharField(max_length=12, choices=Subject.choices, default=Subject.LETTERS)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    in_force_from = models.DateField(null=True, blank=True)
    # How the marks become one level for the letter, by name and with its two allowances.
    scoring_rule = models.CharField(max_length=40)
    partly_allowed_for_fully = models.PositiveSmallIntegerField(default=1)
    not_met_allowed_for_partially = models.PositiveSmallIntegerField(default=2)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "subject", "number", "title", "copied_from", "in_force_from",
             "scoring_rule", "partly_allowed_for_fully", "not_met_allowed_for_partially",
             "reason", "made_at", "made_by", "adopted_at", "adopted_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("area", "subject", "number", name="edition_once_of_subject"),
            models.UniqueConstraint(
                fields=["area", "subject"],
                condition=models.Q(adopted_at__isnull=True),
                name="one_draft_edition_of_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(adopted_at__isnull=True) | models.Q(in_force_from__isnull=False),
                name="adopted_edition_has_a_first_day",
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        of_disclosure = self.subject == Subject.DISCLOSURE
        return f"{'disclosure ' if of_disclosure else ''}edition {self.number}"

    @property
    def is_draft(self) -> bool:
        """Return whether it can still be changed."""
        return self.adopted_at is None


class Criterion(models.Model):
    """One thing a letter is marked on."""

    class Group(models.TextChoices):
        FACTS = "FACTS", "What can be checked"
        JUDGEMENT = "JUDGEMENT", "What has to be judged"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    group = models.CharField(max_length=20, choices=Group.choices, default=Group.JUDGEMENT)
    question = models.CharField(max_length=300)
    guidance = models.TextField()
    applies_when = models.CharField(max_length=200, blank=True)
    # A letter that fails a critical criterion fails as a whole, and the reason is shown.
    is_critical = models.BooleanField(default=False)
    critical_because = models.CharField(max_length=300, blank=True)
    # Timeliness is shown beside quality and never inside it.
    is_timeliness = models.BooleanField(default=False)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "edition", "code", "position", "title", "group", "question", "guidance",
             "applies_when", "is_critical", "critical_because", "is_timeliness"}  # fmt: skip

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
    guidance = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "edition", "code", "words", "guidance", "position"}

    class Meta:
        constraints = [models.UniqueConstraint("edition", "code", name="root_cause_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.words


class CheckSet(models.Model):
    """One version of the rules that letters are checked by: its files, and what is changed of them.

    Nothing of it is changed afterwards but its state, so that a check can say by which it was
    made. Those that ship with the product have no Area.
    """

    class State(models.TextChoices):
        SHIPPED = "SHIPPED", "As shipped"
        PROPOSED = "PROPOSED", "Proposed"
        IN_FORCE = "IN_FORCE", "In force"
        REPLACED = "REPLACED", "Replaced by another"
        TAKEN_BACK = "TAKEN_BACK", "Not adopted"

    area = models.ForeignKey(
        "accounts.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=15, choices=State.choices, default=State.PROPOSED)
    # The TOML files by name, as text.
    files = models.JSONField(default=dict)
    # By rule, the level it has instead of the one in its file, or "off".
    changes = models.JSONField(default=dict, blank=True)
    # By rule its title, level, criterion and days, so that they are known though code changes.
    rules = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    what = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Why it was adopted although it weakens a rule that protects a person.
    adopted_although = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_because = models.TextField(blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "number", "state", "files", "changes", "rules", "digest", "what",
             "reason", "proposed_at", "proposed_by", "adopted_at", "adopted_by",
             "adopted_although", "ended_at", "ended_by", "ended_because"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("area", "number", name="check_set_once_in_area"),
            models.UniqueConstraint(
                fields=["digest"],
                condition=models.Q(area__isnull=True),
                name="shipped_check_set_once",
            ),
            models.UniqueConstraint(
                fields=["area"],
                condition=models.Q(state="IN_FORCE"),
                name="one_check_set_in_force_in_area",
            ),
            models.CheckConstraint(
                condition=models.Q(adopted_by__isnull=True)
                | ~models.Q(adopted_by=models.F("proposed_by")),
                name="check_set_adopted_by_another",
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"set {self.number} of the rules" if self.area_id else "the rules as shipped"


class MarkingNumbers(models.Model):
    """One dated edition of the numbers that second marks, leniency and faults are governed by.

    Never changed afterwards: another edition follows it.
    """

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    in_force_from = models.DateField()
    # By name: value, source, status and first day of each.
    numbers = models.JSONField(default=dict)
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "number", "in_force_from", "numbers", "reason", "made_at", "made_by"}

    class Meta:
        constraints = [
            models.UniqueConstraint("area", "number", name="marking_numbers_once_in_area")
        ]
        ordering = ["-in_force_from", "-number"]

    def __str__(self) -> str:
        return f"edition {self.number}"

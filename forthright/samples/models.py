"""The weekly dip sample: the plan, the frozen frame, the seeded draw, and what was left out."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class Plan(models.Model):
    """How many letters are drawn each week, from which strata, and who marks them."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=80)
    marker = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    random_size = models.PositiveSmallIntegerField(default=5)
    strata = models.JSONField(default=list)
    targeted = models.JSONField(default=list)
    cycle_weeks = models.PositiveSmallIntegerField(default=8)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "unit", "version", "name", "marker", "random_size", "strata",
             "targeted", "cycle_weeks", "is_active", "made_at", "made_by"}  # fmt: skip

    class Meta:
        ordering = ["name", "-version"]

    def __str__(self) -> str:
        return self.name


class Frame(models.Model):
    """The frozen list that a sample was drawn from; never changed afterwards."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="frames")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    week = models.DateField()
    population = models.CharField(max_length=300)
    rows = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "plan", "area", "unit", "week", "population", "rows", "digest", "frozen_at"}

    def __str__(self) -> str:
        return f"{self.population} ({len(self.rows)})"


class Draw(models.Model):
    """One seeded draw from a frozen frame."""

    frame = models.OneToOneField(Frame, on_delete=models.PROTECT, related_name="draw")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="draws")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    week = models.DateField()
    seed = models.CharField(max_length=40)
    method = models.CharField(max_length=40)
    exclusions = models.JSONField(default=list)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "frame", "plan", "area", "unit", "week", "seed", "method", "exclusions",
             "drawn_at", "drawn_by"}  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint("plan", "week", name="one_draw_per_plan_and_week")]
        ordering = ["-week", "plan__name"]

    def __str__(self) -> str:
        return f"draw {self.pk}"


class DrawnLetter(models.Model):
    """One letter owed that was drawn to be marked, sent or not."""

    class Part(models.TextChoices):
        RANDOM = "RANDOM", "Random"
        TARGETED = "TARGETED", "Targeted"

    class State(models.TextChoices):
        TO_MARK = "TO_MARK", "To be marked"
        MARKED = "MARKED", "Marked"
        SUBSTITUTED = "SUBSTITUTED", "Substituted"

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="letters")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey("schemes.Duty", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part.choices)
    stratum = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField()
    because = models.CharField(max_length=200, blank=True)
    was_sent = models.BooleanField()
    marker = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=15, choices=State.choices, default=State.TO_MARK)
    substitute_for = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="substitute"
    )
    substituted_at = models.DateTimeField(null=True, blank=True)
    substituted_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    substitution_reason = models.TextField(blank=True)

    PERSONAL = {"substitution_reason"}
    PLAIN = {"id", "draw", "area", "unit", "duty", "part", "stratum", "position", "because",
             "was_sent", "marker", "state", "substitute_for", "substituted_at",
             "substituted_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("draw", "duty", name="duty_once_in_draw"),
            models.CheckConstraint(
                condition=models.Q(substituted_at__isnull=True) | ~models.Q(substitution_reason=""),
                name="substitution_has_a_reason",
            ),
        ]
        ordering = ["part", "position"]

    def __str__(self) -> str:
        return f"drawn letter {self.pk}"

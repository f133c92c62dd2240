"""The weekly dip sample: the plan, the frozen frame, the seeded draw, and what was left out."""

from datetime import datetime

from django.conf import settings
from django.db import models

from forthright.accounts.models import User
from forthright.disclosure.models import DisclosureDuty
from forthright.rules.sampled import Subject as SubjectKind
from forthright.rules.sampled import SubjectWords
from forthright.rules.weeks import Week, week_of
from forthright.schemes.models import Duty
from forthright.standards.models import Subject

PERSON = settings.AUTH_USER_MODEL


class Condition(models.TextChoices):
    """What a targeted part may look for."""

    RASSO = "RASSO", "Rape or serious sexual offence"
    DOMESTIC_ABUSE = "DOMESTIC_ABUSE", "Domestic abuse"
    CHILD = "CHILD", "A child is involved"
    LATE = "LATE", "Sent late"
    NEVER_SENT = "NEVER_SENT", "Not sent when drawn"
    NEW_DRAFTER = "NEW_DRAFTER", "New drafter"
    NIL = "NIL", "Statement that there is nothing to disclose"
    SENSITIVE = "SENSITIVE", "Sensitive material on a schedule"

    @classmethod
    def of(cls, subject: str) -> "list[Condition]":
        """Return those that make sense for what a plan samples, in the order they are taken."""
        letters_only = {cls.CHILD, cls.NEW_DRAFTER}
        disclosure_only = {cls.NIL, cls.SENSITIVE}
        left_out = letters_only if subject == Subject.DISCLOSURE else disclosure_only
        return [each for each in cls if each not in left_out]

    def words_for(self, subject: str) -> str:
        """Return what it is called among what a plan samples."""
        if subject == Subject.DISCLOSURE and self in SERVED_WORDS:
            return SERVED_WORDS[self]
        return str(self.label)


SERVED_WORDS = {
    Condition.LATE: "Served late",
    Condition.NEVER_SENT: "Not served when drawn",
}


class Plan(models.Model):
    """A weekly dip sample of one unit's letters or disclosure, or of the whole Area's."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What it draws from; never changed, as its figures would then be of two things.
    subject = models.CharField(max_length=12, choices=Subject.choices, default=Subject.LETTERS)
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    stopped_because = models.TextField(blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "unit", "subject", "name", "is_active", "stopped_because", "stopped_at",
             "stopped_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("area", "name", name="plan_name_once_in_area"),
            models.CheckConstraint(
                condition=models.Q(stopped_at__isnull=True) | ~models.Q(stopped_because=""),
                name="stopped_plan_has_a_reason",
            ),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> SubjectWords:
        """Return how what it samples is spoken of."""
        return SubjectKind(self.subject).words


class PlanVersion(models.Model):
    """How many letters a plan draws, from which strata, and who marks them; never changed.

    A draw keeps the version it was made with, so that a change of plan changes no old sample.
    """

    class Share(models.TextChoices):
        PROPORTIONAL = "PROPORTIONAL", "Shared out by how many letters each group holds"
        EACH = "EACH", "This many from each group"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    marker = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    random_size = models.PositiveSmallIntegerField()
    strata = models.JSONField(default=list, blank=True)
    share = models.CharField(max_length=15, choices=Share.choices, default=Share.PROPORTIONAL)
    # Pairs of a condition and how many letters it takes, in the order they are taken.
    targeted = models.JSONField(default=list, blank=True)
    cycle_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    cover_at_most = models.PositiveSmallIntegerField(default=2)
    overruled_at_most = models.PositiveSmallIntegerField(default=3)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "plan", "number", "marker", "random_size", "strata", "share", "targeted",
             "cycle_weeks", "cover_at_most", "overruled_at_most", "reason", "made_at",
             "made_by"}  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint("plan", "number", name="plan_version_once")]
        ordering = ["plan", "-number"]

    def __str__(self) -> str:
        return f"version {self.number}"


class Frame(models.Model):
    """The frozen list that a sample was drawn from; never changed afterwards."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="frames")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    week = models.DateField()
    population = models.CharField(max_length=300)
    # Letters owed that could be drawn; rows also hold those left out, each with its reason.
    size = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    # Weeks since each drafter was last sampled, as it stood when the frame was frozen.
    waits = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "plan", "area", "unit", "week", "population", "size", "rows", "waits",
             "digest", "frozen_at"}  # fmt: skip

    def __str__(self) -> str:
        return f"{self.population} ({self.size})"


class Draw(models.Model):
    """One seeded draw from a frozen frame."""

    class SeedFrom(models.TextChoices):
        """What chose the seed; whoever knows the frame could try several."""

        PRODUCT = "PRODUCT", "The product’s own random numbers"
        PERSON = "PERSON", "A person"
        DEMO = "DEMO", "The demonstration"

    frame = models.OneToOneField(Frame, on_delete=models.PROTECT, related_name="draw")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="draws")
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="draws")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    week = models.DateField()
    seed = models.CharField(max_length=40)
    seed_from = models.CharField(max_length=10, choices=SeedFrom.choices, default=SeedFrom.PRODUCT)
    method = models.CharField(max_length=40)
    exclusions = models.JSONField(default=list)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "frame", "plan", "plan_version", "area", "unit", "week", "seed",
             "seed_from", "method", "exclusions", "drawn_at", "drawn_by"}  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint("plan", "week", name="one_draw_per_plan_and_week")]
        indexes = [models.Index(fields=["area", "-week"], name="draw_by_week")]
        ordering = ["-week", "plan__name"]

    def __str__(self) -> str:
        return f"draw {self.pk}"

    @property
    def in_week(self) -> Week:
        """Return the week whose letters were drawn from."""
        return week_of(self.week)


class DrawnLetter(models.Model):
    """One letter owed, or one duty to disclose, that was drawn to be marked, sent or not."""

    class Part(models.TextChoices):
        RANDOM = "RANDOM", "Random"
        TARGETED = "TARGETED", "Targeted"
        COVER = "COVER", "Cover of drafters"

    class State(models.TextChoices):
        TO_MARK = "TO_MARK", "To be marked"
        MARKED = "MARKED", "Marked, drafter not yet told"
        TOLD = "TOLD", "Marked, drafter told"
        SUBSTITUTED = "SUBSTITUTED", "Replaced"

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="letters")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    # One of the two, never both: the letter owed, or the duty to disclose.
    duty = models.ForeignKey(
        "schemes.Duty", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    disclosure = models.ForeignKey(
        "disclosure.DisclosureDuty", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    # Of a disclosure, who endorsed most of its items when it was drawn, or when it was marked if
    # nobody had; they are told of its marks. Of a letter the duty says who drafted it.
    prosecutor = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Only the random part may feed a rate.
    part = models.CharField(max_length=10, choices=Part.choices)
    # The part it was first drawn in; blank for one that came in later in another's place.
    first_part = models.CharField(max_length=10, choices=Part.choices, blank=True)
    stratum = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField()
    because = models.CharField(max_length=200, blank=True)
    # A fact of the frozen list. What became of the letter since is the duty's to say, and whether
    # its quality was marked is the review's.
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
    PLAIN = {"id", "draw", "area", "unit", "duty", "disclosure", "prosecutor", "part",
             "first_part", "stratum", "position", "because", "was_sent", "marker", "state",
             "substitute_for", "substituted_at", "substituted_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("draw", "duty", name="duty_once_in_draw"),
            models.UniqueConstraint("draw", "disclosure", name="disclosure_once_in_draw"),
            models.CheckConstraint(
                condition=models.Q(duty__isnull=False, disclosure__isnull=True)
                | models.Q(duty__isnull=True, disclosure__isnull=False),
                name="drawn_is_a_letter_or_a_disclosure",
            ),
            models.CheckConstraint(
                condition=models.Q(substituted_at__isnull=True) | ~models.Q(substitution_reason=""),
                name="substitution_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["marker", "state"], name="drawn_letter_to_mark")]
        ordering = ["draw", "position"]

    def __str__(self) -> str:
        return f"drawn letter {self.pk}"

    @property
    def reference(self) -> str:
        """Return the reference it has in the list it was drawn from; it names nobody."""
        return f"L{self.duty_id}" if self.duty_id else f"D{self.disclosure_id}"

    @property
    def subject(self) -> SubjectKind:
        """Return what it is."""
        return SubjectKind.LETTERS if self.duty_id else SubjectKind.DISCLOSURE

    @property
    def words(self) -> SubjectWords:
        """Return how it is spoken of."""
        return self.subject.words

    @property
    def state_words(self) -> str:
        """Say how far it has come."""
        return self.get_state_display().replace("drafter", self.words.author)

    @property
    def owed(self) -> Duty | DisclosureDuty:
        """Return what was owed: the letter, or the duty to disclose."""
        owed = self.duty or self.disclosure
        if owed is None:
            raise ValueError(f"{self} is of nothing")
        return owed

    @property
    def owed_id(self) -> int:
        """Return the number of what was owed; a letter and a disclosure may have the same."""
        return self.duty_id or self.disclosure_id or 0

    @property
    def called(self) -> str:
        """Return what people call it: the URN, and which letter or disclosure of the case."""
        return str(self.duty.reference) if self.duty else f"{self.owed.case} {self.reference}"

    @property
    def named(self) -> str:
        """Return what it is with what it is called: "letter 45AA0209820-1"."""
        return f"{self.words.thing} {self.called}"

    @property
    def author(self) -> User | None:
        """Return who is told of its marks: its drafter, or who endorsed most of its items."""
        return self.duty.drafter if self.duty else self.prosecutor

    @property
    def author_id(self) -> int | None:
        """Return the account of who is told of its marks."""
        return self.duty.drafter_id if self.duty else self.prosecutor_id

    @property
    def author_name(self) -> str:
        """Return the name that an extract gave a drafter without an account."""
        return self.duty.drafter_name if self.duty else ""

    @property
    def sent_at(self) -> datetime | None:
        """Return when the letter was sent, or initial disclosure was served."""
        return self.duty.sent_at if self.duty else self.owed_disclosure.served_at

    @property
    def owed_disclosure(self) -> DisclosureDuty:
        """Return the duty to disclose of one that is no letter."""
        if self.disclosure is None:
            raise ValueError(f"{self} is a letter")
        return self.disclosure

    @property
    def owed_letter(self) -> Duty:
        """Return the letter owed of one that is no disclosure."""
        if self.duty is None:
            raise ValueError(f"{self} is a disclosure")
        return self.duty


class OverrideNote(models.Model):
    """What somebody decided about an overruled stop that no draw had taken."""

    class What(models.TextChoices):
        ASKED_FOR = "ASKED_FOR", "Goes into the next draw"
        LOOKED_AT = "LOOKED_AT", "Looked at"

    override = models.OneToOneField("letters.Override", on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=15, choices=What.choices)
    reason = models.TextField(blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"reason"}
    PLAIN = {"id", "override", "what", "noted_at", "noted_by"}

    def __str__(self) -> str:
        return f"{self.get_what_display()} ({self.override_id})"

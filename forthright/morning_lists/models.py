"""Who covers for a legal SPOC, who was reminded, and by e-mail to whom the morning list goes."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class AllowanceEdition(models.Model):
    """One dated edition of the Area's own settings for how long each step of a letter may take."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    # The settings that the Area made its own: name to value, source and the day they hold from.
    allowances = models.JSONField(default=dict)
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "version", "allowances", "reason", "made_at", "made_by"}

    class Meta:
        constraints = [
            models.UniqueConstraint("area", "version", name="allowances_version_once_in_area")
        ]
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"version {self.version}"


class Cover(models.Model):
    """That one person stands in for a legal SPOC in their unit, from one day to another."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    spoc = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "unit", "spoc", "deputy", "first_day", "last_day", "named_at",
             "named_by", "ended_at", "ended_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="cover_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(spoc=models.F("deputy")), name="nobody_covers_themselves"
            ),
        ]
        ordering = ["-first_day", "-pk"]

    def __str__(self) -> str:
        return f"cover {self.pk}"


class NobodyToTell(models.Model):
    """That somebody looked and found that nobody is to be told of a decision, and why."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey("cases.Decision", on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    # What was said by mistake counts no more; it stays to be read.
    taken_back_because = models.TextField(blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"reason", "taken_back_because"}
    PLAIN = {"id", "area", "unit", "decision", "said_at", "said_by", "taken_back_at",
             "taken_back_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "decision",
                condition=models.Q(taken_back_at=None),
                name="said_once_that_nobody_is_told",
            )
        ]

    def __str__(self) -> str:
        return f"nobody to tell of decision {self.decision_id}"


class Reminder(models.Model):
    """That a prosecutor was reminded of a decision; each of one thing at most once in a day."""

    class About(models.TextChoices):
        EXPLANATION = "EXPLANATION", "the explanation"
        WHO_IS_TOLD = "WHO_IS_TOLD", "who is to be told"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey("cases.Decision", on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=20, choices=About.choices)
    on = models.DateField()
    to = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    # By when it is wanted and why, as it stood then; it says no name.
    because = models.TextField()
    # Nobody asked for what goes by itself.
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    asked_for = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    # When it was to go, and nothing was left to remind of, or nobody to remind.
    called_off_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "unit", "decision", "about", "on", "to", "because", "asked_by",
             "asked_for", "asked_at", "sent_at", "called_off_at"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "about", "on", "to"],
                condition=models.Q(called_off_at=None),
                name="each_reminded_once_in_a_day",
            )
        ]
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"reminder {self.pk}"


class HandOver(models.Model):
    """That a letter nobody had drafted went from one drafter to another."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey("schemes.Duty", on_delete=models.CASCADE, related_name="+")
    was = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    now = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    made_for = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "duty", "was", "now", "made_by", "made_for", "made_at"}

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"


class DigestChoice(models.Model):
    """Whether a person wants their morning list by e-mail on working days, and at what time."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="+")
    is_wanted = models.BooleanField(default=False)
    hour = models.TimeField()
    chosen_at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "person", "is_wanted", "hour", "chosen_at"}

    def __str__(self) -> str:
        return f"e-mail at {self.hour:%H:%M}" if self.is_wanted else "no e-mail"


class Digest(models.Model):
    """The e-mail of one person's morning list on one day."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "person", "on", "asked_at", "sent_at"}

    class Meta:
        constraints = [models.UniqueConstraint("person", "on", name="digest_once_in_a_day")]
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"digest of {self.on}"

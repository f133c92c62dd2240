"""The hearing that recordings must reach people before, and who represents each defendant."""

from datetime import date, datetime

from django.conf import settings
from django.db import models

from forthright.rules.firm_days import day_by
from forthright.rules.hearing_days import is_held
from forthright.rules.words import day_of

PERSON = settings.AUTH_USER_MODEL


class Hearing(models.Model):
    """The plea and trial preparation hearing (PTPH) of a case; with it a case is in the register.

    Without a day of its own it is expected from the day the case was sent to the Crown Court. One
    that passed before its case was ready is closed by somebody, who says why; until then it waits.
    """

    class Closed(models.TextChoices):
        READY_LATE = "READY_LATE", "Everything was shared, but too late"
        NOT_NEEDED = "NOT_NEEDED", "It is no longer needed, such as after a plea of guilty"
        OTHER = "OTHER", "Something else"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("day of the PTPH", null=True, blank=True)
    sent_on = models.DateField("day the case was sent", null=True, blank=True)
    court = models.CharField(max_length=120, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    closed_as = models.CharField(max_length=12, choices=Closed.choices, blank=True)
    closed_reason = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"closed_reason"}
    PLAIN = {"id", "area", "unit", "case", "on", "sent_on", "court", "added_at", "added_by",
             "closed_as", "closed_at", "closed_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_as="", closed_reason="")
                | (
                    models.Q(closed_at__isnull=False)
                    & ~models.Q(closed_as="")
                    & ~models.Q(closed_reason="")
                ),
                name="closed_hearing_says_why",
            )
        ]
        indexes = [models.Index(fields=["area", "unit", "on"], name="hearing_by_day")]

    def __str__(self) -> str:
        return f"hearing {self.pk}"


class SentDayChange(models.Model):
    """A day of sending to the Crown Court that was entered later, or put right, and why."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="sent_days")
    old_day = models.DateField(null=True)
    new_day = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"reason"}
    PLAIN = {"id", "hearing", "old_day", "new_day", "changed_at", "changed_by"}

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.old_day} to {self.new_day}"


class HearingMove(models.Model):
    """A hearing that moved: the old day, the new, why, and each day counted from it.

    Without a new day it was taken out of the list; without an old one it was listed, or anew.
    """

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="moves")
    old_on = models.DateField(null=True)
    new_on = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    # Whether the hearing took place on the old day, where that had come; none: nobody was asked.
    was_held = models.BooleanField(null=True, blank=True)
    # Whether it was done with then, so that the new day is of another hearing, such as the trial.
    is_done = models.BooleanField(default=False)
    # Each day counted from the hearing, in words, with the old and the new.
    redated = models.JSONField(default=list)
    # What was odd about the new day, in words, and why it is right all the same.
    odd = models.JSONField(default=list, blank=True)
    odd_because = models.CharField(max_length=300, blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"reason", "odd_because"}
    PLAIN = {"id", "hearing", "old_on", "new_on", "was_held", "is_done", "redated", "odd",
             "moved_at", "moved_by"}  # fmt: skip

    class Meta:
        ordering = ["-moved_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.old_on} to {self.new_on or 'no day'}"

    @property
    def had_come(self) -> bool:
        """Say whether the old day had come when the move was recorded."""
        return self.old_on is not None and self.old_on <= day_of(self.moved_at)

    @property
    def is_held(self) -> bool:
        """Say whether the old day counts as one on which the hearing was held."""
        return is_held(self.old_on, day_of(self.moved_at), was_held=self.was_held)

    @property
    def done_words(self) -> str:
        """Say that the hearing was done with on the old day, to follow on that it took place."""
        return " and was done with, so disclosure counts from it still" if self.is_done else ""


class FormerClosing(models.Model):
    """That a case was closed and opened again, by somebody or because its hearing moved."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="former_closings")
    closed_as = models.CharField(max_length=12, choices=Hearing.Closed.choices)
    closed_reason = models.CharField(max_length=300)
    # Neither is known of one that was opened again before rows of this kind were kept.
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    opened_because = models.CharField("why it was opened again", max_length=300)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"closed_reason", "opened_because"}
    PLAIN = {"id", "hearing", "closed_as", "closed_at", "closed_by", "opened_at",
             "opened_by"}  # fmt: skip

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return f"closing of {self.hearing_id}"


class StandingManager(models.Manager["Representation"]):
    """Knows only who was not recorded by mistake."""

    def get_queryset(self) -> "models.QuerySet[Representation]":
        """Return all but what was recorded by mistake."""
        return super().get_queryset().filter(mistake_at=None)


class Representation(models.Model):
    """Who represents one defendant between two days, or that nobody does.

    What was recorded by mistake stays as it stood, and is not among `objects`: nobody who asks
    whom a case has now finds it, unless they ask for everything.
    """

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    defendant = models.ForeignKey("cases.Defendant", on_delete=models.PROTECT, related_name="+")
    firm = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    is_unrepresented = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # What was odd about the day it starts on, in words, and why it is right all the same.
    odd = models.JSONField(default=list, blank=True)
    odd_because = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    # When it was said to be recorded by mistake, and why; from then on it was never there.
    mistake_at = models.DateTimeField(null=True, blank=True)
    mistake_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mistake_because = models.CharField(max_length=300, blank=True)

    everything = models.Manager["Representation"]()
    objects = StandingManager()

    PERSONAL = {"firm", "contact", "email", "odd_because", "mistake_because"}
    PLAIN = {"id", "area", "defendant", "is_unrepresented", "starts_on", "ends_on", "odd",
             "recorded_at", "recorded_by", "mistake_at", "mistake_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["defendant"],
                condition=models.Q(ends_on__isnull=True, mistake_at__isnull=True),
                name="one_present_representation",
            ),
            models.CheckConstraint(
                condition=models.Q(mistake_at__isnull=True, mistake_because="")
                | (models.Q(mistake_at__isnull=False) & ~models.Q(mistake_because="")),
                name="mistake_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(is_unrepresented=True, firm="")
                | (models.Q(is_unrepresented=False) & ~models.Q(firm="")),
                name="a_firm_or_unrepresented",
            ),
        ]
        ordering = ["-starts_on", "-pk"]

    def __str__(self) -> str:
        return "nobody" if self.is_unrepresented else self.firm

    def starts_by(self, end: datetime) -> date:
        """Return since when it had the case, as it was recorded by a moment."""
        changes = [(each.changed_at, each.old_day) for each in self.start_changes.all()]
        return day_by(self.starts_on, changes, end)


class StartChange(models.Model):
    """The day from which a firm has a case, or nobody represents a defendant, put right, and why.

    The day on which whoever was before ends followed it.
    """

    representation = models.ForeignKey(
        Representation, on_delete=models.PROTECT, related_name="start_changes"
    )
    old_day = models.DateField()
    new_day = models.DateField()
    reason = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"reason"}
    PLAIN = {"id", "representation", "old_day", "new_day", "changed_at", "changed_by"}

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.old_day} to {self.new_day}"


class FormerAddress(models.Model):
    """How a firm was called and written to before that was put right; the firm stayed the same."""

    representation = models.ForeignKey(
        Representation, on_delete=models.PROTECT, related_name="former_addresses"
    )
    # "" where it was called as it is now.
    firm = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    until = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"firm", "contact", "email"}
    PLAIN = {"id", "representation", "until", "changed_by"}

    class Meta:
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return ", ".join(each for each in (self.firm, self.contact, self.email) if each) or "none"

"""A meeting of the panel: its letters, who reads them, what they said and what came of it."""

from datetime import date

from django.conf import settings
from django.db import models

from forthright.samples.models import Condition
from forthright.standards.models import Subject

PERSON = settings.AUTH_USER_MODEL
# What a panel may look for among the letters that went out.
THEMES = [
    (each.value, each.label)
    for each in Condition.of(Subject.LETTERS)
    if each not in (Condition.NEVER_SENT, Condition.NEW_DRAFTER)
]


class Meeting(models.Model):
    """One meeting, from the day it is planned to the note that is published of it."""

    class State(models.TextChoices):
        PLANNED = "PLANNED", "Planned"
        DRAWN = "DRAWN", "Letters drawn"
        OPEN = "OPEN", "Being read"
        CLOSED = "CLOSED", "Marks closed"
        PUBLISHED = "PUBLISHED", "Note published"
        CANCELLED = "CANCELLED", "Cancelled"

    class Scoring(models.TextChoices):
        QUESTIONS = "QUESTIONS", "Six questions, each yes or no"
        RUBRIC = "RUBRIC", "The standard that line managers mark by"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=120)
    place = models.CharField(max_length=200)
    theme = models.CharField(max_length=20, choices=THEMES, blank=True)
    scoring = models.CharField(max_length=10, choices=Scoring.choices, default=Scoring.QUESTIONS)
    # What is asked of each letter, as pairs of key and words; frozen when the meeting is planned.
    questions = models.JSONField(default=list)
    # How its members are told to judge by each criterion, by its code, as it was when its pack was
    # opened; of packs that were opened before this was kept, nothing.
    guidance = models.JSONField(default=dict)
    # Whether a letter is asked only what suits it; before, every letter was asked all of them.
    asks_by_letter = models.BooleanField(default=False)
    edition = models.ForeignKey(
        "standards.Edition", on_delete=models.PROTECT, null=True, related_name="+"
    )
    sent_from = models.DateField()
    sent_until = models.DateField()
    size = models.PositiveSmallIntegerField()
    theme_size = models.PositiveSmallIntegerField(default=0)
    may_download = models.BooleanField(default=False)
    pack_until = models.DateField()
    reply_working_days = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=40, blank=True)
    # The frozen list that the letters were drawn from, and its digest.
    rows = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    discussion = models.TextField(blank=True)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # What the note said on the day it was published, but for findings and why letters were left
    # out, which name nobody only as far as is known today; of notes from before this was kept,
    # nothing.
    note = models.JSONField(default=dict)
    # How often the time or place was changed, so that a calendar takes the newest invitation.
    changes = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    # How it was that the panel met though no member had handed in.
    closed_because = models.CharField(max_length=300, blank=True)

    PERSONAL = {"discussion", "cancelled_because", "closed_because"}
    PLAIN = {"id", "area", "number", "state", "starts_at", "minutes", "place", "theme", "scoring",
             "questions", "guidance", "asks_by_letter", "edition", "sent_from", "sent_until",
             "size", "theme_size", "may_download", "pack_until", "reply_working_days", "seed",
             "rows", "digest", "planned_at", "planned_by", "drawn_at", "opened_at", "closed_at",
             "published_at", "note", "changes", "changed_at", "cancelled_at"}  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint("area", "number", name="panel_meeting_once")]
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return f"panel {self.number}"


class TalkBefore(models.Model):
    """What was written down of a meeting's talk until somebody wrote it anew."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="talk_before")
    words = models.TextField()
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"words"}
    PLAIN = {"id", "meeting", "replaced_at", "replaced_by"}

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"talk of {self.meeting}, replaced"


class PackLetter(models.Model):
    """One letter that was drawn for a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="letters")
    duty = models.ForeignKey("schemes.Duty", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=10)
    stratum = models.CharField(max_length=120)
    because = models.CharField(max_length=200)
    left_out_because = models.CharField(max_length=300, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "meeting", "duty", "position", "part", "stratum", "because",
             "left_out_because"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("meeting", "position", name="pack_letter_once_by_position"),
            models.UniqueConstraint("meeting", "duty", name="pack_letter_once"),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"letter {self.position} of {self.meeting}"


class Seat(models.Model):
    """One member at one meeting: what they declared, and whether they have handed in."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    declared_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    # Who typed in what the member wrote on paper; empty where they answer on the screen.
    typed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    # The positions of the letters in the booklets that were printed for them; nothing where none
    # was, or only before this was kept.
    printed = models.JSONField(null=True, blank=True)
    # The numbers of the booklets that came back with answers; nothing where that was not asked.
    issues_read = models.JSONField(null=True, blank=True)

    # From this day on nothing of the meeting opens for the member.
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ends_because = models.CharField(max_length=300, blank=True)

    PERSONAL = {"ends_because"}
    PLAIN = {"id", "meeting", "member", "number", "declared_at", "handed_in_at", "typed_by",
             "printed", "issues_read", "ends_on", "ended_at", "ended_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("meeting", "member", name="one_seat_for_each_member"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | ~models.Q(ends_because=""),
                name="seat_ended_with_a_reason",
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"seat {self.number}"

    def has_ended(self, day: date) -> bool:
        """Say whether nothing of the meeting opens for the member on a day."""
        return self.ends_on is not None and day >= self.ends_on


class Reading(models.Model):
    """What one member said of one letter, by themselves."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="readings")
    letter = models.ForeignKey(PackLetter, on_delete=models.PROTECT, related_name="readings")
    # By the key of each question, what was answered.
    answers = models.JSONField(default=dict)
    remark = models.CharField(max_length=1000, blank=True)
    # The stamp of the words that were read; of what was answered before this was kept, nothing.
    sha256 = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField()
    # Of what was typed in from paper, what the member had kept on the screen before: empty where
    # they had kept nothing. Nothing of what they answered on the screen.
    typed_over = models.JSONField(null=True, blank=True)

    PERSONAL = {"remark", "typed_over"}
    PLAIN = {"id", "seat", "letter", "answers", "sha256", "saved_at"}

    class Meta:
        constraints = [models.UniqueConstraint("seat", "letter", name="one_reading_of_a_letter")]

    def __str__(self) -> str:
        return f"reading {self.pk}"


class PanelFinding(models.Model):
    """What the panel found, the legal manager it was given to, and what they did."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="findings")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    said = models.TextField()
    manager = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    reply_by = models.DateField()
    # By when whoever had it first was to answer, where it was given on since.
    first_reply_by = models.DateField(null=True, blank=True)
    reply_by_because = models.JSONField(default=list)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    # Whoever keeps the panel gave it to themself, and said so.
    given_to_self = models.BooleanField(default=False)
    did = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = {"said", "did"}
    PLAIN = {"id", "meeting", "area", "number", "manager", "reply_by", "first_reply_by",
             "reply_by_because", "given_at", "given_by", "given_to_self", "replied_at"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("meeting", "number", name="panel_finding_once"),
            models.CheckConstraint(
                condition=models.Q(replied_at__isnull=True) | ~models.Q(did=""),
                name="panel_reply_says_something",
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"finding {self.number} of {self.meeting}"

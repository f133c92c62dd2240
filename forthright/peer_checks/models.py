"""A colleague's look at a letter before it goes, what they found, and who was told of it."""

from datetime import date

from django.conf import settings
from django.db import models

from forthright.standards.models import Level

PERSON = settings.AUTH_USER_MODEL


class PeerCheck(models.Model):
    """One version of a letter that a colleague is to look at, and what came of it."""

    class Answer(models.TextChoices):
        WAITS = "", "Waits to be looked at"
        PASSED = "PASSED", "Passed: it may go"
        CHANGES = "CHANGES", "Changes asked for"
        RETURNED = "RETURNED", "Returned: to be written again"
        OVERTAKEN = "OVERTAKEN", "Overtaken: the letter was changed, sent or not required any more"

    class Overtaken(models.TextChoices):
        CHANGED = "CHANGED", "Overtaken: the letter was changed or came back first"
        SENT = "SENT", "Overtaken: the letter was sent first"
        NOT_REQUIRED = "NOT_REQUIRED", "Ended: no letter was required any more"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey("letters.Letter", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey("letters.LetterVersion", on_delete=models.CASCADE, related_name="+")
    # The standard whose criteria are looked at; none where the Area has none.
    edition = models.ForeignKey(
        "standards.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    drafter = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Nobody while nobody may: each had something to do with the letter.
    checker = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_because = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    # When these words were put forward, or written where they were changed after that.
    put_forward_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_because = models.JSONField(default=list)
    opened_at = models.DateTimeField(null=True, blank=True)
    last_active_at = models.DateTimeField(null=True, blank=True)
    seconds_spent = models.PositiveIntegerField(default=0)
    answer = models.CharField(max_length=15, choices=Answer.choices, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    # What came before its answer; of checks that ended before this was kept, nothing.
    overtaken_by = models.CharField(max_length=15, choices=Overtaken.choices, blank=True)
    done_well = models.TextField(blank=True)
    to_change = models.TextField(blank=True)
    # What the prosecutor is told, where the reasons were the cause.
    reasons_to_change = models.TextField(blank=True)

    PERSONAL = {"done_well", "to_change", "reasons_to_change"}
    PLAIN = {"id", "area", "unit", "letter", "version", "edition", "drafter", "checker",
             "given_because", "given_at", "put_forward_at", "due_at", "due_because", "opened_at",
             "last_active_at", "seconds_spent", "answer", "answered_at",
             "overtaken_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter"],
                condition=models.Q(answer=""),
                name="one_open_check_of_a_letter",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="peer_check_answer_and_time_together",
            ),
        ]
        indexes = [
            models.Index(fields=["checker", "answer", "due_at"], name="peer_checks_to_do"),
            models.Index(fields=["area", "-answered_at"], name="peer_check_by_day"),
        ]

    def __str__(self) -> str:
        return f"check {self.pk}"

    @property
    def is_open(self) -> bool:
        """Say whether it still waits."""
        return not self.answer

    @property
    def answer_words(self) -> str:
        """Say what came of it; nothing while it waits."""
        if self.overtaken_by:
            return self.Overtaken(self.overtaken_by).label
        return self.Answer(self.answer).label if self.answer else ""

    @property
    def found_faults(self) -> bool:
        """Say whether something was to change before the letter could go."""
        return self.answer in {self.Answer.CHANGES, self.Answer.RETURNED}


class LevelSaid(models.Model):
    """What is said by one criterion, and the words that show it."""

    criterion = models.ForeignKey("standards.Criterion", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    quotation = models.TextField(blank=True)
    quotation_start = models.PositiveIntegerField(null=True, blank=True)
    quotation_end = models.PositiveIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.level


class PeerLevel(LevelSaid):
    """What a colleague found by one criterion, and the words that show it."""

    check_of = models.ForeignKey(PeerCheck, on_delete=models.CASCADE, related_name="levels")

    PERSONAL = {"quotation", "note"}
    PLAIN = {"id", "check_of", "criterion", "level", "quotation_start", "quotation_end",
             "saved_at"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("check_of", "criterion", name="one_peer_level_per_criterion")
        ]


class LookLeft(models.Model):
    """What somebody had found, and their time, before a look went to another: theirs alone."""

    check_of = models.ForeignKey(PeerCheck, on_delete=models.CASCADE, related_name="left")
    checker = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    last_active_at = models.DateTimeField(null=True)
    seconds_spent = models.PositiveIntegerField(default=0)
    done_well = models.TextField(blank=True)
    to_change = models.TextField(blank=True)
    reasons_to_change = models.TextField(blank=True)
    left_at = models.DateTimeField()

    PERSONAL = {"done_well", "to_change", "reasons_to_change"}
    PLAIN = {"id", "check_of", "checker", "opened_at", "last_active_at", "seconds_spent", "left_at"}

    class Meta:
        ordering = ["left_at", "pk"]

    def __str__(self) -> str:
        return f"look left {self.pk}"


class LevelLeft(LevelSaid):
    """One level of a look that went to another."""

    look = models.ForeignKey(LookLeft, on_delete=models.CASCADE, related_name="levels")

    PERSONAL = {"quotation", "note"}
    PLAIN = {"id", "look", "criterion", "level", "quotation_start", "quotation_end", "saved_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint("look", "criterion", name="one_level_left_per_criterion")
        ]


class GivenOn(models.Model):
    """That a check went from one colleague to another, by whom and why."""

    check_of = models.ForeignKey(PeerCheck, on_delete=models.CASCADE, related_name="given_on")
    was = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    now = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"reason"}
    PLAIN = {"id", "check_of", "was", "now", "given_at", "given_by"}

    class Meta:
        ordering = ["given_at", "pk"]

    def __str__(self) -> str:
        return f"check {self.check_of_id} given on"


class LookDueChange(models.Model):
    """The moment by which a letter is to be looked at, that moved: old, new, and why."""

    check_of = models.ForeignKey(PeerCheck, on_delete=models.CASCADE, related_name="due_changes")
    old_at = models.DateTimeField()
    new_at = models.DateTimeField()
    old_because = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "check_of", "old_at", "new_at", "old_because", "reason", "changed_at",
             "changed_by"}  # fmt: skip

    class Meta:
        ordering = ["changed_at", "pk"]

    def __str__(self) -> str:
        return f"last moment of check {self.check_of_id}"


class PartTold(models.Model):
    """What one person was told of a letter: its drafter of the words, a prosecutor of the reasons.

    Each is shown their own part and no other. A prosecutor is told by a check or by a marking,
    which hands its words down; `check_of` is empty then.
    """

    class About(models.TextChoices):
        WORDS = "WORDS", "The letter you wrote"
        REASONS = "REASONS", "The reasons you wrote"

    class Outcome(models.TextChoices):
        OPEN = "OPEN", "Not decided yet"
        ACCEPTED = "ACCEPTED", "Accepted: it was no fault"
        REFUSED = "REFUSED", "Refused: it stands"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    check_of = models.ForeignKey(
        PeerCheck, on_delete=models.CASCADE, null=True, blank=True, related_name="parts"
    )
    version = models.ForeignKey("letters.LetterVersion", on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=10, choices=About.choices)
    recipient = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    done_well = models.TextField(blank=True)
    to_change = models.TextField(blank=True)
    quotation = models.TextField(blank=True)
    # Where a marking told it, its number, by which it is told once.
    review_number = models.PositiveIntegerField(null=True, blank=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    dispute_by = models.DateField()
    dispute_because = models.JSONField(default=list)
    # Nobody is mailed of a demonstration's made-up past.
    emailed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    # When whoever told it first opened the reply.
    reply_read_at = models.DateTimeField(null=True, blank=True)
    dispute_reason = models.TextField(blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)
    decide_by = models.DateField(null=True, blank=True)
    decide_because = models.JSONField(default=list)
    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True)
    outcome_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When whoever told it, and its reader, last opened how the dispute stood, new to them.
    teller_knows_at = models.DateTimeField(null=True, blank=True)
    reader_knows_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = {"done_well", "to_change", "quotation", "reply", "dispute_reason",
                "outcome_reason"}  # fmt: skip
    PLAIN = {"id", "area", "unit", "check_of", "version", "about", "recipient", "review_number",
             "told_at", "told_by", "dispute_by", "dispute_because", "emailed_at", "read_at",
             "replied_at", "reply_read_at", "disputed_at", "decide_by", "decide_because", "outcome",
             "decided_at", "decided_by", "teller_knows_at", "reader_knows_at"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_of", "about"],
                condition=models.Q(check_of__isnull=False),
                name="each_part_of_a_check_told_once",
            ),
            models.UniqueConstraint(
                fields=["review_number"],
                condition=models.Q(review_number__isnull=False),
                name="part_of_a_review_told_once",
            ),
        ]
        indexes = [models.Index(fields=["recipient", "read_at"], name="parts_told_to_read")]

    def __str__(self) -> str:
        return f"part {self.pk}"

    @property
    def is_disputed(self) -> bool:
        """Say whether its reader disagreed, whatever came of it."""
        return self.disputed_at is not None

    def is_unanswered_on(self, day: date) -> bool:
        """Say whether its dispute was decided by nobody before its deadline was over."""
        is_open = self.outcome == self.Outcome.OPEN
        return is_open and self.decide_by is not None and day > self.decide_by


class PartLimitChange(models.Model):
    """The last day to dispute a part, or to decide its dispute, that moved: old, new, and why."""

    part = models.ForeignKey(PartTold, on_delete=models.CASCADE, related_name="limit_changes")
    # Whether it is the day by which the dispute is decided, or by which its reader may dispute.
    is_of_decision = models.BooleanField()
    old_day = models.DateField()
    new_day = models.DateField()
    old_because = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "part", "is_of_decision", "old_day", "new_day", "old_because", "reason",
             "changed_at", "changed_by"}  # fmt: skip

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"last day of part {self.part_id}"

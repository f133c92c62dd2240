"""Recordings, each step of them, whom they were shared with, and what the police were told."""

from django.conf import settings
from django.db import models

from forthright.rules.media_facts import Classification as Kinds
from forthright.rules.media_states import MEDIA
from forthright.rules.media_states import MediaState as States
from forthright.rules.words import capitalised, day_of, moment_words

PERSON = settings.AUTH_USER_MODEL
CLASSIFICATIONS = [(each.value, each.words) for each in Kinds]
STATES = [(each.value, capitalised(MEDIA.state_words[each])) for each in States]


class MediaItem(models.Model):
    """One recording of a case: something that must be seen or heard."""

    class Kind(models.TextChoices):
        CCTV = "CCTV", "CCTV"
        BWV = "BWV", "Body-worn video"
        CALL_999 = "CALL_999", "999 call"
        ABE = "ABE", "ABE interview"
        INTERVIEW = "INTERVIEW", "Interview of a suspect"
        DASHCAM = "DASHCAM", "Dashcam"
        PHONE = "PHONE", "Phone download"
        DRONE = "DRONE", "Drone"
        OTHER = "OTHER", "Other"

    class NamedIn(models.TextChoices):
        MG5 = "MG5", "MG5"
        MG6 = "MG6", "MG6"
        MG11 = "MG11", "MG11 (statement)"
        MG12 = "MG12", "MG12 (exhibit list)"
        PTPH = "PTPH", "PTPH form"
        SCHEDULE = "SCHEDULE", "Police schedule (MG6C or SDC)"
        OTHER = "OTHER", "Elsewhere"

    class Source(models.TextChoices):
        DISC = "DISC", "Disc"
        USB = "USB", "USB stick"
        EGRESS = "EGRESS", "Egress"
        DEMS = "DEMS", "Police evidence system (DEMS) link"
        UPLOAD = "UPLOAD", "Upload"
        OTHER = "OTHER", "Other"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    exhibit = models.CharField("exhibit reference", max_length=40)
    # As two references are compared; none where the case had the same one twice before this was.
    exhibit_key = models.CharField(  # noqa: DJ001 - of none, the database allows as many as there are
        max_length=200, null=True, blank=True, editable=False
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200, blank=True)
    shows = models.TextField("what it shows", blank=True)
    seconds = models.PositiveIntegerField("duration in seconds", null=True, blank=True)
    named_in = models.CharField(max_length=10, choices=NamedIn.choices)
    # For this side alone: a statement may tell where somebody lives, or who they are.
    named_words = models.CharField("words in which a form named it", max_length=200, blank=True)
    # Before forms gave no title any more, their words were one, which every party read.
    words_were_title_until = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, blank=True)
    link = models.URLField(max_length=500, blank=True)
    link_expires_on = models.DateField(null=True, blank=True)
    declared_hash = models.CharField(max_length=128, blank=True)
    state = models.CharField(max_length=20, choices=STATES, default=States.EXPECTED)
    classification = models.CharField(
        max_length=20, choices=CLASSIFICATIONS, default=Kinds.NOT_ASSESSED
    )
    # Kept apart, so that the database itself can hold what is sensitive away from shares. It stays
    # so where it is asked for again, until a lawyer has said what came.
    is_sensitive = models.BooleanField(default=False)
    requested_at = models.DateTimeField(null=True, blank=True)
    # When the same was last asked for once more, where it was decided and nothing of it was here.
    # Whether it is asked for still is read from the discs, see selectors.second_copies.
    second_asked_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    # Whether it plays; empty where nobody has tried.
    is_readable = models.BooleanField(null=True, blank=True)
    viewed_at = models.DateTimeField(null=True, blank=True)
    viewed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"exhibit", "exhibit_key", "title", "shows", "named_words", "link"}
    PLAIN = {"id", "area", "unit", "case", "kind", "seconds", "named_in", "words_were_title_until",
             "source", "link_expires_on", "declared_hash", "state", "classification",
             "is_sensitive", "requested_at", "second_asked_at", "received_at", "is_readable",
             "viewed_at", "viewed_by", "added_at", "added_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "exhibit", name="exhibit_once_in_case"),
            models.UniqueConstraint("case", "exhibit_key", name="exhibit_once_however_written"),
            models.CheckConstraint(
                condition=models.Q(
                    is_sensitive=True, classification__in=[Kinds.SENSITIVE, Kinds.NOT_ASSESSED]
                )
                | (models.Q(is_sensitive=False) & ~models.Q(classification=Kinds.SENSITIVE)),
                name="sensitive_until_found_otherwise",
            ),
            models.CheckConstraint(
                condition=models.Q(viewed_at__isnull=True, viewed_by__isnull=True)
                | models.Q(viewed_at__isnull=False),
                name="viewed_by_and_at_together",
            ),
        ]
        indexes = [models.Index(fields=["area", "unit", "case"], name="item_by_case")]
        ordering = ["exhibit", "pk"]

    def __str__(self) -> str:
        return f"{self.exhibit}, {self.get_kind_display()}"

    @property
    def length_words(self) -> str:
        """Return the duration as people write it, and as the form takes it: "12:30", "1:05:00"."""
        if self.seconds is None:
            return ""
        hours, rest = divmod(self.seconds, 3600)
        start = f"{hours}:{rest // 60:02d}" if hours else f"{rest // 60}"
        return f"{start}:{rest % 60:02d}"


class ItemChange(models.Model):
    """What a recording was called before somebody corrected it; only ever added.

    Where its exhibit reference stayed, none is kept here; a title is kept where one stood before.
    """

    item = models.ForeignKey(MediaItem, on_delete=models.CASCADE, related_name="changes")
    old_exhibit = models.CharField(max_length=40, blank=True)
    new_exhibit = models.CharField(max_length=40, blank=True)
    # For this side alone: it may be sensitive, or name somebody.
    old_title = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"old_exhibit", "new_exhibit", "old_title"}
    PLAIN = {"id", "item", "changed_at", "changed_by"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(old_exhibit="", new_exhibit="") & ~models.Q(old_title="")
                | ~models.Q(old_exhibit="") & ~models.Q(new_exhibit=""),
                name="item_change_says_what_stood_before",
            )
        ]
        ordering = ["changed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.item_id} corrected"

    @property
    def had_until(self) -> str:
        """Say which recording had a former reference, and until when."""
        return f"{self.item} had this reference until {moment_words(self.changed_at)}"


class MediaStep(models.Model):
    """One move of a recording, with its reason where it needed one; only ever added."""

    item = models.ForeignKey(MediaItem, on_delete=models.CASCADE, related_name="steps")
    event = models.CharField(max_length=30)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    # How it came with this step; what stands at the recording itself is of the copy of now.
    link = models.URLField(max_length=500, blank=True)
    link_expires_on = models.DateField(null=True, blank=True)
    declared_hash = models.CharField(max_length=128, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"reason", "link"}
    PLAIN = {"id", "item", "event", "before", "after", "link_expires_on", "declared_hash", "at",
             "by"}  # fmt: skip

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


class ShareRecord(models.Model):
    """One recording given to one party: by a link from here, or as somebody recorded it.

    The database refuses a standing share of a sensitive recording, see migration 0002.
    """

    class Party(models.TextChoices):
        COURT = "COURT", "The court"
        DEFENCE = "DEFENCE", "Defence"
        COUNSEL = "COUNSEL", "Prosecuting counsel"
        POLICE = "POLICE", "Police"

    class Way(models.TextChoices):
        EGRESS = "EGRESS", "Egress"
        DEMS = "DEMS", "Police evidence system (DEMS) link"
        COMMON_PLATFORM = "COMMON_PLATFORM", "Common Platform"
        DISC = "DISC", "Disc"
        LINK = "LINK", "A link from here, by e-mail"

    class HowKnown(models.TextChoices):
        RECEIPT = "RECEIPT", "The system shows that it was opened"
        TOLD = "TOLD", "They told us"
        IN_COURT = "IN_COURT", "It was played or confirmed in court"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(MediaItem, on_delete=models.CASCADE, related_name="shares")
    party = models.CharField(max_length=10, choices=Party.choices)
    representation = models.ForeignKey(
        "hard_media.Representation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shares",
    )
    # Which prosecuting counsel, where that was said: there may be a leader and a junior.
    counsel = models.CharField("which counsel, by name", max_length=120, blank=True)
    way = models.CharField(max_length=20, choices=Way.choices)
    shared_on = models.DateField()
    link_expires_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    opened_on = models.DateField(null=True, blank=True)
    opened_known = models.CharField(max_length=10, choices=HowKnown.choices, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.TextField(blank=True)

    PERSONAL = {"revoked_reason", "counsel"}
    PLAIN = {"id", "area", "item", "party", "representation", "way", "shared_on",
             "link_expires_on", "recorded_at", "recorded_by", "opened_on", "opened_known",
             "revoked_at"}  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(party="DEFENCE", representation__isnull=False)
                | (~models.Q(party="DEFENCE") & models.Q(representation__isnull=True)),
                name="defence_share_names_its_firm",
            ),
            models.CheckConstraint(
                condition=models.Q(opened_on__isnull=True) | ~models.Q(opened_known=""),
                name="opened_says_how_it_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | ~models.Q(revoked_reason=""),
                name="revoked_says_why",
            ),
        ]
        ordering = ["shared_on", "pk"]

    def __str__(self) -> str:
        return f"share {self.pk}"

    @property
    def to(self) -> str:
        """Say who has it, at the beginning of a sentence."""
        if self.representation:
            return self.representation.firm
        party: str = self.get_party_display()
        return f"{party} {self.counsel}" if self.counsel else party

    @property
    def to_in_full(self) -> str:
        """Say who has it, with the defendant of a firm."""
        return str(self.representation or self.to)

    @property
    def to_within(self) -> str:
        """Say it within a sentence: “the court”."""
        return "the court" if self.party == self.Party.COURT else self.to_in_full

    @property
    def is_opened_late(self) -> bool:
        """Say whether it is recorded as opened after its link had ended, which proves nothing."""
        ends, opened = self.link_expires_on, self.opened_on
        return bool(opened and ends and opened > ends)

    @property
    def is_recorded_late(self) -> bool:
        """Say whether somebody recorded it on a later day than that on which it went out."""
        return day_of(self.recorded_at) > self.shared_on

    @property
    def is_of_an_earlier_copy(self) -> bool:
        """Say whether the recording was asked for again since; what comes then is shared anew."""
        again = self.item.requested_at
        return again is not None and self.recorded_at < again


class PoliceFeedback(models.Model):
    """A failure reason given to the police about one recording, in its exact words."""

    class Outcome(models.TextChoices):
        ACCEPTED = "ACCEPTED", "The police accept it"
        DISPUTE_ACCEPTED = "DISPUTE_ACCEPTED", "The police disputed it, and it was taken back"
        DISPUTE_REFUSED = "DISPUTE_REFUSED", "The police disputed it, and it stands"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(MediaItem, on_delete=models.CASCADE, related_name="feedback")
    reason = models.CharField(max_length=60)
    detail = models.CharField(max_length=250, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    dispute_by = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    outcome_words = models.CharField(max_length=250, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = {"detail", "outcome_words"}
    PLAIN = {"id", "area", "unit", "item", "reason", "given_at", "given_by", "dispute_by",
             "outcome", "outcome_at"}  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="", outcome_at__isnull=True)
                | (~models.Q(outcome="") & models.Q(outcome_at__isnull=False)),
                name="outcome_and_at_together",
            )
        ]
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return self.reason


class AnswerChange(models.Model):
    """An answer of the police that was recorded wrong, who recorded it, and why it was wrong.

    Without a new outcome they have not answered yet.
    """

    feedback = models.ForeignKey(
        PoliceFeedback, on_delete=models.CASCADE, related_name="answer_changes"
    )
    old_outcome = models.CharField(max_length=20, choices=PoliceFeedback.Outcome.choices)
    old_words = models.CharField(max_length=250, blank=True)
    old_at = models.DateTimeField()
    old_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    new_outcome = models.CharField(
        max_length=20, choices=PoliceFeedback.Outcome.choices, blank=True
    )
    reason = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"old_words", "reason"}
    PLAIN = {"id", "feedback", "old_outcome", "old_at", "old_by", "new_outcome", "changed_at",
             "changed_by"}  # fmt: skip

    class Meta:
        ordering = ["changed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.old_outcome} to {self.new_outcome or 'none'}"

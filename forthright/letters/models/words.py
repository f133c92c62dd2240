"""The letter itself: every version of its words, kept."""

from typing import Union

from django.conf import settings
from django.db import models

from forthright.schemes.models import Duty

PERSON = settings.AUTH_USER_MODEL


class Letter(models.Model):
    """A letter to the person of a duty, and who stands for its newest words.

    The first is the one that is owed, which says the decision; its steps are the duty's, for the
    clock runs on them. The others have steps of their own and never answer the duty.
    """

    class Kind(models.TextChoices):
        DECISION = "DECISION", "Decision letter"
        HOLDING = "HOLDING", "Holding letter"
        CORRECTION = "CORRECTION", "Correction letter"
        COMPLAINT_REPLY = "COMPLAINT_REPLY", "Reply to a complaint"
        REVIEW_REPLY = "REVIEW_REPLY", "Reply to a request for a review"
        PRE_DECISION = "PRE_DECISION", "Letter before the decision"

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.DECISION)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")

    # The version that a second person approved; another version needs another approval.
    approved_version = models.ForeignKey(
        "LetterVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # That a colleague is to look at it before it goes, why, and the version that passed.
    check_asked_at = models.DateTimeField(null=True, blank=True)
    check_because = models.CharField(max_length=200, blank=True)
    check_is_required = models.BooleanField(default=False)
    checked_version = models.ForeignKey(
        "LetterVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of a letter that is not owed: who writes it, and its steps.
    begun_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    drafter = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    drafted_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reached_at = models.DateTimeField(null=True, blank=True)
    given_up_because = models.CharField(max_length=500, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    given_up_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_because = models.CharField(max_length=500, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"returned_because", "given_up_because"}
    PLAIN = {"id", "duty", "number", "kind", "area", "approved_version", "approved_at",
             "approved_by", "check_asked_at", "check_because", "check_is_required",
             "checked_version", "checked_at", "checked_by", "begun_at", "begun_by", "drafter",
             "drafted_at", "sent_at",
             "reached_at", "given_up_at", "given_up_by", "returned_at",
             "returned_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("duty", "number", name="letter_once_by_number"),
            models.CheckConstraint(
                condition=models.Q(kind="DECISION", number=1)
                | (~models.Q(kind="DECISION") & models.Q(number__gt=1)),
                name="first_letter_says_the_decision",
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"letter {self.pk}"

    @property
    def is_owed(self) -> bool:
        """Say whether this is the letter that the duty is about."""
        return self.kind == self.Kind.DECISION

    @property
    def steps(self) -> Union[Duty, "Letter"]:
        """Return what holds when it was drafted, approved and sent, and who drafted it."""
        return self.duty if self.is_owed else self

    @property
    def place(self) -> tuple[int, ...]:
        """Return what its addresses are made of; those of the letter owed need no number."""
        return (self.duty_id,) if self.is_owed else (self.duty_id, self.number)

    @property
    def name(self) -> str:
        """Return what it is called beside other letters to the same person."""
        return str(self.get_kind_display())


class LetterFacts(models.Model):
    """What a letter that is not owed is written from; the newest counts, none is changed."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"facts"}
    PLAIN = {"id", "letter", "number", "written_at", "written_by"}

    class Meta:
        verbose_name_plural = "facts of letters"
        constraints = [models.UniqueConstraint("letter", "number", name="letter_facts_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"facts {self.number} of {self.letter}"


class LetterVersion(models.Model):
    """The words of a letter as they stood at one time; never changed afterwards."""

    class MadeHow(models.TextChoices):
        PASTED = "PASTED", "pasted"
        UPLOADED = "UPLOADED", "from a file"
        ASSEMBLED = "ASSEMBLED", "put together from the template"
        EDITED = "EDITED", "edited on the page"
        EDITED_IN_WORD = "EDITED_IN_WORD", "edited in Word"
        LEFT_AS_IT_IS = "LEFT_AS_IT_IS", "left as it is once the newer reasons were read"

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200, blank=True)
    made_how = models.CharField(max_length=20, choices=MadeHow.choices, default=MadeHow.PASTED)
    # The paragraphs with where each word comes from; words that were pasted have none.
    composed = models.JSONField(null=True, blank=True)
    # The template and the versions of its blocks that the letter was put together from.
    made_from = models.JSONField(default=dict, blank=True)
    # The reasons that the words were last held against; none where there were none.
    note = models.ForeignKey(
        "letters.ReasonsNote", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # That somebody said, of a letter already sent, that these words and not those kept before
    # are what went out.
    is_what_went = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"text", "file_name", "composed"}
    PLAIN = {"id", "letter", "number", "sha256", "made_how", "made_from", "note", "is_what_went",
             "added_at", "added_by"}  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint("letter", "number", name="letter_version_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"version {self.number}"


class Override(models.Model):
    """A stop that a named person let pass, with the reason; each is offered to the dip sample."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="overrides")
    version = models.ForeignKey(LetterVersion, on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(max_length=20)
    # The rules by which it was a stop; not known of those overruled before this was kept.
    check_set = models.ForeignKey(
        "standards.CheckSet", on_delete=models.PROTECT, null=True, related_name="+"
    )
    words = models.TextField(blank=True)
    reason = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"words", "reason"}
    PLAIN = {"id", "letter", "version", "rule", "check_set", "made_at", "made_by"}

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"{self.rule} overruled in {self.letter}"

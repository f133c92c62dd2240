"""A letter made so that it says nothing of who it is about, and everything that was done to it."""

from django.conf import settings
from django.db import models

from forthright.anonymiser.spans import Kind, Layer

PERSON = settings.AUTH_USER_MODEL


class AnonymisedLetter(models.Model):
    """One version of a letter that went out, on its way to whoever may not know the people."""

    class State(models.TextChoices):
        MARKING = "MARKING", "Being anonymised"
        RELEASED = "RELEASED", "Released"
        WITHDRAWN = "WITHDRAWN", "Withdrawn"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey("schemes.Duty", on_delete=models.PROTECT, related_name="+")
    version = models.OneToOneField(
        "letters.LetterVersion", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.MARKING)
    # The letter as it was, read plainly: places are counted in it.
    given = models.TextField()
    # The letter with other words in each place that is hidden.
    text = models.TextField()
    # Everything that the record has known of the case since the letter was taken. What was known
    # once is looked for still: a name that was put right stands in the letter as it was wrong.
    known = models.JSONField(default=dict)
    # Grows with each change of the places, so that of two people at once the second is told.
    changes = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Nobody where the gate did it.
    withdrawn_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)

    PERSONAL = {"given", "text", "known"}
    PLAIN = {"id", "area", "unit", "duty", "version", "state", "changes", "taken_at", "taken_by",
             "released_at", "withdrawn_at", "withdrawn_by", "withdrawn_because"}  # fmt: skip

    class Meta:
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="RELEASED") | models.Q(released_at__isnull=False),
                name="released_letter_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="WITHDRAWN") | ~models.Q(withdrawn_because=""),
                name="withdrawn_letter_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"anonymised letter {self.pk}"


class Place(models.Model):
    """Some words of a letter that a layer saw or a person marked, and whether they are hidden."""

    class State(models.TextChoices):
        HIDDEN = "HIDDEN", "Hidden"
        IN_DOUBT = "IN_DOUBT", "Please look"
        LEFT = "LEFT", "Left to stand"

    letter = models.ForeignKey(AnonymisedLetter, on_delete=models.CASCADE, related_name="places")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Kind])
    # Blank where a person saw it and no layer did.
    layer = models.CharField(
        max_length=10, blank=True, choices=[(each.value, each.value) for each in Layer]
    )
    # The layers of further places that a person hid in one stretch with this one, so that what
    # each layer saw is still counted.
    took_in = models.JSONField(default=list, blank=True)
    score = models.FloatField(default=1.0)
    role = models.CharField(max_length=200, blank=True)
    because = models.CharField(max_length=300, blank=True)
    replacement = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL: set[str] = set()
    PLAIN = {"id", "letter", "start", "end", "kind", "layer", "took_in", "score", "role", "because",
             "replacement", "state", "decided_at", "decided_by"}  # fmt: skip

    class Meta:
        ordering = ["start", "end"]
        constraints = [
            models.UniqueConstraint("letter", "start", "end", name="place_once_in_letter"),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="place_holds_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.start}"


class Correction(models.Model):
    """What a person decided about a place against or with a layer: the anonymiser's own school."""

    class What(models.TextChoices):
        HIDE = "HIDE", "Hidden"
        LEAVE = "LEAVE", "Left to stand"
        ADD = "ADD", "Added"
        NAME = "NAME", "Said who it is"

    letter = models.ForeignKey(
        AnonymisedLetter, on_delete=models.CASCADE, related_name="corrections"
    )
    what = models.CharField(max_length=10, choices=What.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.CharField(max_length=500)
    kind = models.CharField(max_length=20)
    layer = models.CharField(max_length=10, blank=True)
    score = models.FloatField(null=True, blank=True)
    # Whether it came of “the same everywhere”, so that it is not counted as a decision of its own.
    is_repeat = models.BooleanField(default=False)
    # Who it is by what was said, and who it had been; blank for somebody whom no record knows.
    role = models.CharField(max_length=200, blank=True)
    role_before = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"words"}
    PLAIN = {"id", "letter", "what", "start", "end", "kind", "layer", "score", "is_repeat",
             "role", "role_before", "made_at", "made_by"}  # fmt: skip

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} at {self.start}"


class RareFact(models.Model):
    """One answer of a person to whether the letter tells a fact by which somebody could be found.

    Answers are added and none replaced; the newest to each question counts.
    """

    letter = models.ForeignKey(AnonymisedLetter, on_delete=models.CASCADE, related_name="facts")
    question = models.CharField(max_length=20)
    answer = models.CharField(max_length=500)
    # Whether such a fact stands in the letter as it would go out, which stops it; not known of
    # answers from before this was asked.
    stands = models.BooleanField(null=True)
    # The stamp of the words that were asked about; an answer counts for these alone.
    sha256 = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"answer"}
    PLAIN = {"id", "letter", "question", "stands", "sha256", "answered_at", "answered_by"}

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.question


class GateSearch(models.Model):
    """One search of the finished files of a letter, and what was left in them."""

    letter = models.ForeignKey(AnonymisedLetter, on_delete=models.CASCADE, related_name="searches")
    # Nobody where the product searched again by itself.
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    known_stamp = models.CharField(max_length=64)
    # The SHA-256 of each file that was searched, by its name.
    files = models.JSONField(default=dict)
    # Each with file, place, words and why.
    left = models.JSONField(default=list)
    is_clear = models.BooleanField()

    PERSONAL = {"left"}
    PLAIN = {"id", "letter", "by", "at", "known_stamp", "files", "is_clear"}

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "gate searches"

    def __str__(self) -> str:
        return f"search {self.pk}"


class Confirmation(models.Model):
    """That a named person read these very words and found nobody in them."""

    letter = models.ForeignKey(
        AnonymisedLetter, on_delete=models.CASCADE, related_name="confirmations"
    )
    sha256 = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "letter", "sha256", "confirmed_at", "confirmed_by"}

    class Meta:
        ordering = ["confirmed_at"]

    def __str__(self) -> str:
        return f"confirmation {self.pk}"

"""The prosecutor's reasons for a decision, and how good people found them."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class ReasonsNote(models.Model):
    """What a prosecutor decided and why, in facts; the newest version counts, none is changed."""

    class Test(models.TextChoices):
        EVIDENCE = "EVIDENCE", "There was not enough evidence"
        PUBLIC_INTEREST = "PUBLIC_INTEREST", "It was not in the public interest"
        NEITHER = "NEITHER", "Neither: it turned on something else"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey("cases.Decision", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    decided = models.CharField(max_length=300)
    test = models.CharField(max_length=20, choices=Test.choices)
    facts = models.JSONField(default=list)
    what_changed = models.CharField(max_length=500, blank=True)
    must_not_say = models.JSONField(default=list, blank=True)
    offence_in_plain_words = models.CharField(max_length=200, blank=True)
    from_charge = models.CharField(max_length=200, blank=True)
    to_charge = models.CharField(max_length=200, blank=True)
    # What a child reads in place of the names of the charges.
    from_charge_in_plain_words = models.CharField(max_length=200, blank=True)
    to_charge_in_plain_words = models.CharField(max_length=200, blank=True)
    # The most that a court can give for each charge, in the prosecutor's words.
    from_most = models.CharField(max_length=80, blank=True)
    to_most = models.CharField(max_length=80, blank=True)
    rest_goes_on = models.BooleanField(default=False)
    # Those of the accused that it is about, where the record of the decision does not say.
    against = models.ManyToManyField("cases.Defendant", related_name="+", blank=True)
    court_name = models.CharField(max_length=120, blank=True)
    hearing_on = models.DateField(null=True, blank=True)
    no_meeting_because = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"decided", "facts", "what_changed", "must_not_say", "offence_in_plain_words",
                "from_charge", "to_charge", "from_charge_in_plain_words",
                "to_charge_in_plain_words", "from_most", "to_most", "court_name",
                "no_meeting_because"}  # fmt: skip
    PLAIN = {"id", "area", "unit", "decision", "number", "test", "rest_goes_on", "against",
             "hearing_on", "written_at", "written_by"}  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint("decision", "number", name="reasons_note_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"reasons {self.number} for decision {self.decision_id}"

    def marks_told(self) -> "list[tuple[NoteMark, bool]]":
        """Return its marks, the newest first, each with whether its giver gave another later."""
        told: list[tuple[NoteMark, bool]] = []
        for mark in self.marks.all():
            is_earlier = any(other.marked_by_id == mark.marked_by_id for other, _ in told)
            told.append((mark, is_earlier))
        return told


class NoteMark(models.Model):
    """How good a note was to write a letter from, as somebody other than its writer found.

    Of several by one person the last counts; the others stay.
    """

    class Level(models.TextChoices):
        FULLY = "FULLY", "Fully met: a letter can be written from it"
        PARTLY = "PARTLY", "Partly met: something had to be asked for"
        NOT_MET = "NOT_MET", "Not met: no reason can be given from it"

    note = models.ForeignKey(ReasonsNote, on_delete=models.CASCADE, related_name="marks")
    level = models.CharField(max_length=10, choices=Level.choices)
    comment = models.CharField(max_length=500, blank=True)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"comment"}
    PLAIN = {"id", "note", "level", "marked_at", "marked_by"}

    class Meta:
        ordering = ["-marked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_level_display()} ({self.note})"

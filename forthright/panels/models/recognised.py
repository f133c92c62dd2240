"""That a member of the panel thinks that they know whom a letter is about, and what came of it."""

from django.conf import settings
from django.db import models

from forthright.panels.models.anonymised import AnonymisedLetter
from forthright.panels.models.meetings import PackLetter, Seat

PERSON = settings.AUTH_USER_MODEL


class Recognition(models.Model):
    """One letter that a member stopped reading; who it is about is neither asked nor kept."""

    class By(models.TextChoices):
        WORDS = "WORDS", "By how the letter tells it"
        EVENT = "EVENT", "By what happened"
        PLACE = "PLACE", "By where it happened"
        PART = "PART", "I had a part in it, or was there"
        OTHER = "OTHER", "By something else"

    class Outcome(models.TextChoices):
        OPEN = "OPEN", "Not decided yet"
        STAYS = "STAYS", "It stays for the others"
        TO_CORRECT = "TO_CORRECT", "Nobody reads it until more of it is hidden"
        WITHDRAWN = "WITHDRAWN", "Nobody reads it any more"

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="recognitions")
    letter = models.ForeignKey(PackLetter, on_delete=models.PROTECT, related_name="recognitions")
    how = models.CharField(max_length=10, choices=By.choices)
    said_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    # The words that were read, and where something was hidden in them, as pairs of start and end;
    # of words taken before this was kept, nothing.
    of_words = models.ForeignKey(
        AnonymisedLetter, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    hidden_then = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"reason"}
    PLAIN = {"id", "seat", "letter", "how", "said_at", "outcome", "of_words", "hidden_then",
             "decided_at", "decided_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("seat", "letter", name="one_recognition_of_a_letter"),
            models.CheckConstraint(
                condition=models.Q(outcome="OPEN") | ~models.Q(reason=""),
                name="recognition_decided_with_a_reason",
            ),
        ]
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"{self.letter}, put aside by {self.seat}"

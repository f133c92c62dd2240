"""That a letter of a pack is not given to one member, as they may be somebody of its case."""

from django.conf import settings
from django.db import models

from forthright.panels.models.meetings import PackLetter, Seat

PERSON = settings.AUTH_USER_MODEL


class NotGiven(models.Model):
    """One letter that one member is not given, though it is in the pack of the others."""

    class Why(models.TextChoices):
        PART = "PART", "they had a part in writing, sending, marking or anonymising it"
        NAME = "NAME", "the letter or the record of its case holds their name or e-mail address"

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="not_given")
    letter = models.ForeignKey(PackLetter, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    kept_at = models.DateTimeField()
    # Whether it came out while the pack was open, so that they may have read it before.
    is_found_later = models.BooleanField(default=False)
    # When whoever keeps the panel first saw on the page of the meeting that it came out.
    seen_at = models.DateTimeField(null=True, blank=True)
    # Who said when, and by what they know, that it is somebody else of that name; from then on
    # they are given it. Of those given before a reason was asked, it is empty.
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    given_because = models.CharField(max_length=300, blank=True)

    PERSONAL = {"given_because"}
    PLAIN = {"id", "seat", "letter", "why", "kept_at", "is_found_later", "seen_at", "given_at",
             "given_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("seat", "letter", name="one_keeping_of_a_letter_from_a_seat")
        ]
        ordering = ["letter__position"]

    def __str__(self) -> str:
        return f"{self.letter}, not given to {self.seat}"

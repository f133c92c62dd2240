"""Words of a panel that are shown to nobody any more but who keeps it, since they tell of somebody.

What no record knows, as a nickname or what happened, the product cannot find by itself.
"""

from django.conf import settings
from django.db import models

from forthright.panels.models.meetings import Meeting

PERSON = settings.AUTH_USER_MODEL


class WordsHeldBack(models.Model):
    """That one part of what a meeting says is held back, since when, by whom and why.

    Other words that are put there are not; these stay held back, and stand so if they come back.
    Words that were shown again may be held back anew, as a row of their own.
    """

    class Part(models.TextChoices):
        """Which words; the number is that of the finding, or of the letter that was left out."""

        FOUND = "FOUND", "what the panel said"
        DONE = "DONE", "what was done"
        LEFT_OUT = "LEFT_OUT", "why the letter was left out"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="words_held_back")
    part = models.CharField(max_length=10, choices=Part.choices)
    number = models.PositiveSmallIntegerField()
    # The stamp of the words that were held back.
    of_words = models.CharField(max_length=16)
    held_because = models.CharField(max_length=300)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"held_because"}
    PLAIN = {"id", "meeting", "part", "number", "of_words", "held_at", "held_by"}

    class Meta:
        verbose_name_plural = "words held back"
        ordering = ["number", "part", "held_at"]

    def __str__(self) -> str:
        return f"{self.get_part_display()}, {self.number}"


class WordsShownAgain(models.Model):
    """That words which were held back by mistake are shown again, since when, by whom and why."""

    held = models.OneToOneField(WordsHeldBack, on_delete=models.CASCADE, related_name="shown_again")
    shown_because = models.CharField(max_length=300)
    shown_at = models.DateTimeField()
    shown_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"shown_because"}
    PLAIN = {"id", "held", "shown_at", "shown_by"}

    class Meta:
        verbose_name_plural = "words shown again"

    def __str__(self) -> str:
        return f"{self.held}, shown again"

"""What is seen or heard at a moment of a recording."""

from django.conf import settings
from django.db import models

from forthright.hard_media.models.files import SentFile
from forthright.rules.media_clock import clock_words

PERSON = settings.AUTH_USER_MODEL


class MediaMark(models.Model):
    """A moment of a file, with what is seen or heard; one that was taken out stays kept."""

    file = models.ForeignKey(SentFile, on_delete=models.PROTECT, related_name="marks")
    seconds = models.FloatField("seconds from the beginning")
    note = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"note"}
    PLAIN = {"id", "file", "seconds", "made_at", "made_by", "removed_at", "removed_by"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seconds__gte=0), name="mark_is_not_before_the_beginning"
            ),
        ]
        ordering = ["seconds", "pk"]

    def __str__(self) -> str:
        return f"{self.clock} {self.note}"

    @property
    def clock(self) -> str:
        """Return its time as the player shows it."""
        return clock_words(self.seconds)

"""Each time that a letter was released and taken back, and who doubted it meanwhile."""

from django.conf import settings
from django.db import models

from forthright.panels.models.anonymised import AnonymisedLetter

PERSON = settings.AUTH_USER_MODEL


class Release(models.Model):
    """One time that a letter could be read, from its release to its withdrawal; none is replaced.

    Of releases from before this was kept, what is not known is empty.
    """

    letter = models.ForeignKey(AnonymisedLetter, on_delete=models.CASCADE, related_name="releases")
    # The stamp of the words that were released.
    sha256 = models.CharField(max_length=64, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Nobody where the gate did it.
    withdrawn_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "letter", "sha256", "released_at", "withdrawn_at", "withdrawn_by",
             "withdrawn_because"}  # fmt: skip

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_because=""),
                name="release_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.pk} of {self.letter}"


class Alarm(models.Model):
    """That somebody who may not withdraw a letter from an open pack says that it should be.

    Nobody is the product itself, which asks where it may not be sure.
    """

    letter = models.ForeignKey(AnonymisedLetter, on_delete=models.CASCADE, related_name="alarms")
    reason = models.CharField(max_length=300)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Why the letter stays, or was withdrawn.
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"answer"}
    PLAIN = {"id", "letter", "reason", "raised_at", "raised_by", "answered_at", "answered_by"}

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"alarm {self.pk} about {self.letter}"


class CopyBack(models.Model):
    """That a member's copy of a letter that was withdrawn came back, or was destroyed."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="copies_back")
    seat = models.ForeignKey("panels.Seat", on_delete=models.CASCADE, related_name="copies_back")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "release", "seat", "said_at", "said_by"}

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("release", "seat", name="copy_comes_back_once")]

    def __str__(self) -> str:
        return f"copy of {self.release}, back"

"""What became of each booklet that was printed for a member: back, destroyed, or not to come."""

from django.conf import settings
from django.db import models

from forthright.panels.models.meetings import Seat

PERSON = settings.AUTH_USER_MODEL


class BookletSaid(models.Model):
    """What somebody said became of one booklet; nothing said is taken back, the newest counts."""

    class What(models.TextChoices):
        BACK = "BACK", "It is back"
        DESTROYED = "DESTROYED", "It was destroyed"
        NOT_COMING = "NOT_COMING", "It does not come back"
        OUT = "OUT", "It is still out: what was said before is wrong"

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="booklets_said")
    # The number that stands at the foot of its pages.
    issue = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=10, choices=What.choices)
    # How that is known, or why it does not come; empty of what is back.
    known_because = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"known_because"}
    PLAIN = {"id", "seat", "issue", "what", "said_at", "said_by"}

    class Meta:
        verbose_name_plural = "booklets said"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(what="BACK") | ~models.Q(known_because=""),
                name="booklet_not_back_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"issue {self.issue} of {self.seat}, {self.get_what_display()}"

"""That an author has seen what became of a fault they were told of; the rest is worked out."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class OutcomeSeen(models.Model):
    """An author's first look at the outcome of one watch; others see it from then on."""

    class Source(models.TextChoices):
        REVIEW = "review", "A marking"
        CHECK = "check", "A check before it went"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    # What told of the fault, by its kind and number, and the criterion that failed.
    source = models.CharField(max_length=10, choices=Source.choices)
    source_number = models.PositiveIntegerField()
    criterion = models.CharField(max_length=10)
    seen_at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "author", "source", "source_number", "criterion", "seen_at"}

    class Meta:
        verbose_name_plural = "outcomes seen"
        constraints = [
            models.UniqueConstraint(
                "source", "source_number", "criterion", name="outcome_seen_once"
            )
        ]

    def __str__(self) -> str:
        return f"outcome of {self.criterion}"

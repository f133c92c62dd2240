"""That a disc or stick is known to be lost, beside any stock-take."""

from django.conf import settings
from django.db import models

from forthright.hard_media.models.carriers import Carrier

PERSON = settings.AUTH_USER_MODEL


class Loss(models.Model):
    """When it was noticed that a disc is lost, how that is known and who had it last; kept."""

    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="losses")
    noticed_on = models.DateField()
    how_known = models.CharField("how it is known", max_length=300)
    had_last = models.CharField("who had it last", max_length=120)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"how_known", "had_last"}
    PLAIN = {"id", "carrier", "noticed_on", "recorded_at", "recorded_by"}

    class Meta:
        ordering = ["recorded_at", "pk"]
        verbose_name_plural = "losses"

    def __str__(self) -> str:
        return f"{self.carrier_id} lost"

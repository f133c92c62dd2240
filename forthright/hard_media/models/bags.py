"""Bags of the recordings of a case that left, and what each holds."""

from django.conf import settings
from django.db import models

from forthright.hard_media.models.hearings import Hearing
from forthright.hard_media.models.items import MediaItem

PERSON = settings.AUTH_USER_MODEL


class Bag(models.Model):
    """One bag that was written: when, by whom, for whom, and by what it is known again; kept."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="bags")
    for_whom = models.CharField("whom it is for", max_length=200, blank=True)
    manifest = models.CharField("SHA-256 of its manifest", max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"for_whom"}
    PLAIN = {"id", "hearing", "manifest", "at", "by"}

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"bag {self.manifest[:12]}"


class Bagged(models.Model):
    """That a recording is in a bag, with every file of it that stood then, as it came."""

    bag = models.ForeignKey(Bag, on_delete=models.CASCADE, related_name="bagged")
    item = models.ForeignKey(MediaItem, on_delete=models.PROTECT, related_name="bagged")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "bag", "item"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bag", "item"], name="recording_once_in_a_bag")
        ]
        ordering = ["pk"]
        verbose_name_plural = "bagged"

    def __str__(self) -> str:
        return f"{self.item_id} in bag {self.bag_id}"

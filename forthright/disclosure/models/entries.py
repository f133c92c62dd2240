"""Entries of the disclosure officer's report that have no item number, and what each is about."""

from django.db import models

from forthright.disclosure.models.duties import LINK, PERSON
from forthright.disclosure.models.schedules import Item


class UnnumberedEntry(models.Model):
    """An entry that names no item by a number; rows are only ever added, and the newest stands.

    The first says that it waits for somebody, each later one what they decided: that it is about
    some items, or about none.
    """

    class Outcome(models.TextChoices):
        WAITS = "WAITS", "Waits for a lawyer of the unit"
        ITEMS = "ITEMS", "About items of the schedules"
        NONE = "NONE", "About no item of the schedules"

    case = models.ForeignKey("cases.Case", **LINK)
    # The row of the report.
    entry = models.ForeignKey(Item, **LINK)
    outcome = models.CharField(max_length=5, choices=Outcome.choices, default=Outcome.WAITS)
    # The ids of the items that it is about, as they stood; each is followed through its versions.
    items = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, null=True, **LINK)

    PERSONAL = {"reason"}
    PLAIN = {"id", "case", "entry", "outcome", "items", "made_at", "made_by"}

    class Meta:
        verbose_name_plural = "unnumbered entries"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"entry {self.entry_id}"

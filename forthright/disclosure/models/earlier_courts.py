"""Before which court a duty was until its case went to another."""

from django.db import models

from forthright.disclosure.models.duties import LINK, PERSON, DisclosureDuty
from forthright.disclosure.models.serving import StandingManager


class EarlierCourt(models.Model):
    """The court that a case left for another, and what had begun the duty there.

    One is kept with each change of court; the duty itself has the court before which it is now.
    """

    duty = models.ForeignKey(
        DisclosureDuty, on_delete=models.CASCADE, related_name="earlier_courts"
    )  # fmt: skip
    court = models.CharField(max_length=12, choices=DisclosureDuty.Court.choices)
    triggered_on = models.DateField()
    remand = models.CharField(max_length=8, choices=DisclosureDuty.Remand.choices)
    # The number of the newest order that was recorded by then: of orders of the very day of the
    # change it tells which were of the court that the case left.
    orders_until = models.PositiveBigIntegerField(default=0)
    # The first service, where one was recorded by then: a change after it does not move the day
    # by which it is judged.
    serving = models.ForeignKey("disclosure.Serving", null=True, **LINK)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, null=True, **LINK)
    # When it was recorded that the change never was.
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["EarlierCourt"]()
    everything = models.Manager["EarlierCourt"]()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "duty", "court", "triggered_on", "remand", "orders_until", "serving", "set_at",
             "set_by", "taken_back_at"}  # fmt: skip

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_court_display()}: {self.triggered_on}"

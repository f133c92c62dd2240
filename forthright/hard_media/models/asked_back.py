"""What became of asking a party for what was taken back from it."""

from django.conf import settings
from django.db import models

from forthright.hard_media.models.items import ShareRecord

PERSON = settings.AUTH_USER_MODEL


class AskedBack(models.Model):
    """What a party said when it was asked for what it had, or why nobody asks; rows are added.

    The last says whether it waits still.
    """

    share = models.ForeignKey(ShareRecord, on_delete=models.CASCADE, related_name="asked_back")
    words = models.CharField("what they said", max_length=500)
    is_settled = models.BooleanField("nobody needs to ask any more")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"words"}
    PLAIN = {"id", "share", "is_settled", "at", "by"}

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"answer {self.pk}"

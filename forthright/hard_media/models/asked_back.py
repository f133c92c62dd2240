"""What became of asking whoever has what they are to have no more, of a share or a bag."""

from django.conf import settings
from django.db import models

from forthright.hard_media.models.bags import Bagged
from forthright.hard_media.models.items import ShareRecord

PERSON = settings.AUTH_USER_MODEL


class AnswerBack(models.Model):
    """What somebody said when they were asked for what they had, or why nobody asks.

    Rows are added, and the last says whether it waits still.
    """

    words = models.CharField("what they said", max_length=500)
    is_settled = models.BooleanField("nobody needs to ask any more")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class AskedBack(AnswerBack):
    """What a party said when it was asked for what was taken back from it."""

    share = models.ForeignKey(ShareRecord, on_delete=models.CASCADE, related_name="asked_back")

    PERSONAL = {"words"}
    PLAIN = {"id", "share", "is_settled", "at", "by"}


class BagAnswer(AnswerBack):
    """What whoever has a bag said when they were asked for one recording in it."""

    bagged = models.ForeignKey(Bagged, on_delete=models.CASCADE, related_name="answers")

    PERSONAL = {"words"}
    PLAIN = {"id", "bagged", "is_settled", "at", "by"}

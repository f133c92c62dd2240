"""What was recorded of a duty and never was: asked by one person, confirmed by a second."""

from django.db import models

from forthright.disclosure.models.duties import LINK, PERSON, DisclosureDuty
from forthright.disclosure.models.serving import AnswersSending, DefenceStatement, Serving


class TakingBack(models.Model):
    """That something recorded never was: who asked to take it back and why, and what came of it.

    What is taken back stays where it was kept, and counts nowhere.
    """

    class What(models.TextChoices):
        SERVICE = "SERVICE", "Service"
        NOTICE = "NOTICE", "Notice to the court"
        STATEMENT = "STATEMENT", "Defence statement"
        SENDING = "SENDING", "Answers sent"

    class State(models.TextChoices):
        ASKED = "ASKED", "Waits for a second person"
        TAKEN_BACK = "TAKEN_BACK", "Taken back"
        LEFT = "LEFT", "Left as it is"

    duty = models.ForeignKey(DisclosureDuty, on_delete=models.PROTECT, related_name="taken_back")
    what = models.CharField(max_length=9, choices=What.choices)
    # The service, or that of which the court was told; each of these is empty of another kind.
    serving = models.ForeignKey(Serving, null=True, blank=True, **LINK)
    statement = models.ForeignKey(DefenceStatement, null=True, blank=True, **LINK)
    sending = models.ForeignKey(AnswersSending, null=True, blank=True, **LINK)
    # What it said, in words: it is read by these once nothing else says it any more.
    stood = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, null=True, **LINK)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    # Why it was left as it is.
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(PERSON, null=True, blank=True, **LINK)

    PERSONAL = {"reason", "answer"}
    PLAIN = {"id", "duty", "what", "serving", "statement", "sending", "stood", "asked_at",
             "asked_by", "state", "answered_at", "answered_by"}  # fmt: skip

    class Meta:
        verbose_name_plural = "takings back"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["what", "serving"], condition=models.Q(state="ASKED"),
                name="one_asked_of_a_service",
            ),
            models.UniqueConstraint(
                fields=["statement"], condition=models.Q(state="ASKED"),
                name="one_asked_of_a_statement",
            ),
            models.UniqueConstraint(
                fields=["sending"], condition=models.Q(state="ASKED"),
                name="one_asked_of_a_sending",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_what_display()

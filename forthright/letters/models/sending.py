"""How a letter goes out: calls before it, its dispatch, what became of it, and print batches."""

from django.conf import settings
from django.db import models

from forthright.rules.contact_lock import Lock, Way

PERSON = settings.AUTH_USER_MODEL


class CallAttempt(models.Model):
    """One try to reach the person by telephone before a letter goes."""

    class Outcome(models.TextChoices):
        REACHED = "REACHED", "We spoke"
        NO_ANSWER = "NO_ANSWER", "No answer"
        NO_VOICEMAIL = "NO_VOICEMAIL", "Voicemail: no message left"
        WRONG_NUMBER = "WRONG_NUMBER", "Wrong number"
        DO_NOT_CALL = "DO_NOT_CALL", "They asked not to be called"

    letter = models.ForeignKey("letters.Letter", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    # What the letter is to say because of the call, in words to the person.
    came_up = models.CharField(max_length=1000, blank=True)
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"came_up"}
    PLAIN = {"id", "letter", "number", "outcome", "called_at", "called_by"}

    class Meta:
        constraints = [models.UniqueConstraint("letter", "number", name="call_once_by_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"call {self.number} about letter {self.letter_id}"


class ContactOverride(models.Model):
    """A wish or a danger that a named person went against for one letter, with the reason.

    It ends when where the person is reached changes; rows are only added.
    """

    letter = models.ForeignKey("letters.Letter", on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Lock])
    reason = models.CharField(max_length=500)
    # The digest of where and how the person could be reached then: it holds for nothing else.
    made_for = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"reason", "made_for"}
    PLAIN = {"id", "letter", "what", "made_at", "made_by"}

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.what} overruled for letter {self.letter_id}"


class PrintBatch(models.Model):
    """Letters printed together: one file, with each address where the window shows it."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    posted_at = models.DateTimeField(null=True, blank=True)
    posted_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"content"}
    PLAIN = {"id", "area", "number", "sha256", "pages", "made_at", "made_by", "posted_at",
             "posted_by"}  # fmt: skip

    class Meta:
        verbose_name_plural = "print batches"
        constraints = [models.UniqueConstraint("area", "number", name="print_batch_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"batch {self.number}"


class Dispatch(models.Model):
    """One version of a letter on its way to the person by one channel."""

    class State(models.TextChoices):
        ASKED = "ASKED", "Waits to go"
        SENDING = "SENDING", "Is being handed over"
        UNSURE = "UNSURE", "Not known whether it went"
        SENT = "SENT", "Sent"
        DELIVERED = "DELIVERED", "Delivered"
        FAILED = "FAILED", "Not delivered"
        RETURNED = "RETURNED", "Came back"
        CANCELLED = "CANCELLED", "Called off before it went"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey("schemes.Duty", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey("letters.LetterVersion", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Way])
    to_what = models.TextField()
    # What names this dispatch to a mail server or to Notify, so that it goes once.
    key = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.ASKED)
    notify_id = models.CharField(max_length=60, blank=True)
    batch = models.ForeignKey(
        PrintBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="dispatches"
    )
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = {"to_what"}
    PLAIN = {"id", "area", "duty", "version", "channel", "key", "state", "notify_id", "batch",
             "asked_at", "asked_by", "sent_at"}  # fmt: skip

    class Meta:
        verbose_name_plural = "dispatches"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["area", "state"], name="dispatch_by_state")]

    def __str__(self) -> str:
        return f"dispatch {self.pk}"

    @property
    def way_words(self) -> str:
        """Say how it goes: "by e-mail"."""
        return Way(self.channel).words

    @property
    def message_id(self) -> str:
        """Return the name of the e-mail, by which a bounce is recognised."""
        return f"<letter-{self.key}@forthright>"


class DeliveryEvent(models.Model):
    """Something that became known of a dispatch; events are only added."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=Dispatch.State.choices)
    happened_at = models.DateTimeField()
    detail = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"detail"}
    PLAIN = {"id", "dispatch", "kind", "happened_at", "recorded_at", "recorded_by"}

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.dispatch}"

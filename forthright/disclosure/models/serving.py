"""What was served on the defence, what went back to the police, and what each answered."""

from typing import TypeVar

from django.db import models

from forthright.disclosure.models.duties import LINK, PERSON, DisclosureDuty
from forthright.disclosure.models.schedules import Delivery, Endorsement, Item
from forthright.rules.disclosure_limits import Way

M = TypeVar("M", bound=models.Model)


class StandingManager(models.Manager[M]):
    """Rows that were not taken back; nobody counts one that was by forgetting to ask."""

    taken_back = "taken_back_at"

    def get_queryset(self) -> models.QuerySet[M]:
        """Return the rows that stand."""
        return super().get_queryset().filter(**{self.taken_back: None})


class OfStandingService(StandingManager[M]):
    """What went by a service that was not taken back."""

    taken_back = "serving__taken_back_at"


class OfStandingSending(StandingManager[M]):
    """What went to the defence: neither its sending nor the service it went with was taken back."""

    taken_back = "sending__taken_back_at"

    def get_queryset(self) -> models.QuerySet[M]:
        """Return what went and still counts."""
        return super().get_queryset().filter(sending__serving__taken_back_at=None)


class OfStandingStatement(StandingManager[M]):
    """What a statement that was not taken back asks for."""

    taken_back = "statement__taken_back_at"


class Serving(models.Model):
    """One service on the defence of a defendant: items, or the statement that there are none."""

    class Kind(models.TextChoices):
        INITIAL = "INITIAL", "Initial disclosure"
        NIL = "NIL", "Statement that there is nothing to disclose"
        CONTINUING = "CONTINUING", "Continuing disclosure"

    class Method(models.TextChoices):
        CROWN_COURT_SYSTEM = "DCS", "Crown Court Digital Case System, section UND2"
        COMMON_PLATFORM = "COMMON_PLATFORM", "Common Platform, unused material"
        SECURE_LINK = "LINK", "Secure link"
        SECURE_MAIL = "CJSM", "Secure e-mail (CJSM)"
        POST = "POST", "Post"
        BY_HAND = "HAND", "By hand"

    duty = models.ForeignKey(DisclosureDuty, on_delete=models.PROTECT, related_name="servings")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    method = models.CharField(max_length=20, choices=Method.choices)
    # What shows that it was served: a receipt, a reference, who took it.
    proof = models.CharField(max_length=300)
    served_at = models.DateTimeField()
    served_by = models.ForeignKey(PERSON, null=True, **LINK)
    court_told_at = models.DateTimeField(null=True, blank=True)
    court_told_by = models.ForeignKey(PERSON, null=True, blank=True, **LINK)
    # The days of both in London, and what was due and stood then: frozen for the figures.
    served_on = models.DateField()
    court_told_on = models.DateField(null=True, blank=True)
    due_on = models.DateField()
    items_total = models.PositiveIntegerField(default=0)
    items_endorsed = models.PositiveIntegerField(default=0)
    # Set aside and undecided: with any of these the service was only purported.
    items_aside = models.PositiveIntegerField(default=0)
    presumed_total = models.PositiveIntegerField(default=0)
    presumed_given = models.PositiveIntegerField(default=0)
    sensitive_total = models.PositiveIntegerField(default=0)
    sensitive_settled = models.PositiveIntegerField(default=0)
    # What its papers are written from, as it stood then: a later version of a schedule or a later
    # endorsement must not change what the defence was told.
    papers = models.JSONField(default=dict)
    # The disclosure management document that went with it.
    management = models.ForeignKey("disclosure.ManagementDocument", null=True, blank=True, **LINK)
    # Why it went although schedules had come that nobody had taken in; empty where none had.
    went_past = models.CharField(max_length=500, blank=True)
    # When a second person confirmed that it never was; why stands with the taking back.
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Serving"]()
    everything = models.Manager["Serving"]()

    PERSONAL = {"proof", "papers", "went_past"}
    PLAIN = {"id", "duty", "kind", "method", "served_on", "court_told_on", "served_at",
             "served_by", "court_told_at", "court_told_by", "due_on", "items_total",
             "items_endorsed", "items_aside", "presumed_total", "presumed_given", "sensitive_total",
             "sensitive_settled", "management", "taken_back_at"}  # fmt: skip

    class Meta:
        ordering = ["served_at", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def way(self) -> Way:
        """Return by which rows the day is counted on which it counts as given."""
        ways = {self.Method.POST: Way.POST, self.Method.BY_HAND: Way.HAND}
        return ways.get(self.Method(self.method), Way.ELECTRONIC)


class ServedItem(models.Model):
    """An item that was served, and the endorsement under which it was."""

    serving = models.ForeignKey(Serving, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    endorsement = models.ForeignKey(Endorsement, on_delete=models.PROTECT, related_name="+")

    objects = OfStandingService["ServedItem"]()
    everything = models.Manager["ServedItem"]()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "serving", "item", "endorsement"}

    class Meta:
        constraints = [models.UniqueConstraint("serving", "item", name="item_served_once")]

    def __str__(self) -> str:
        return str(self.item_id)


# What the police still have to answer or mend: nobody took it back, or accepted their answer.
WAITING_RETURN = models.Q(mended_by=None, taken_back_at=None, accepted_at=None)


class PoliceReturn(models.Model):
    """A delivery that went back to the police: what is asked, by when, and what they answered.

    One that went back by mistake is taken back, and stays on the record so; the delivery may then
    go back again.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="police_returns")
    area = models.ForeignKey("accounts.Area", **LINK)
    # The unit of the police whose people may see it.
    unit = models.ForeignKey("accounts.Unit", **LINK)
    # Each reason of the Director's Guidance Assessment with what is asked under it.
    requests = models.JSONField(default=list)
    answer_by = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(PERSON, null=True, **LINK)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(PERSON, null=True, blank=True, **LINK)
    # When their answer was accepted, so that the schedules stand as they came; why stands with the
    # delivery.
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(PERSON, null=True, blank=True, **LINK)
    # The delivery that came in its place.
    mended_by = models.ForeignKey(Delivery, null=True, blank=True, **LINK)
    # When it was taken back as a mistake, and why; the police read that too.
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(PERSON, null=True, blank=True, **LINK)
    taken_back_reason = models.CharField(max_length=300, blank=True)

    PERSONAL = {"requests", "answer", "taken_back_reason"}
    PLAIN = {"id", "delivery", "area", "unit", "answer_by", "sent_at", "sent_by", "answered_at",
             "answered_by", "accepted_at", "accepted_by", "mended_by", "taken_back_at",
             "taken_back_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery"], condition=models.Q(taken_back_at=None),
                name="one_return_stands",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "answered_at"], name="return_by_police_unit")]

    def __str__(self) -> str:
        return f"return {self.pk}"


class DefenceStatement(models.Model):
    """What the defence stated, or that it stated nothing in its time."""

    duty = models.ForeignKey(DisclosureDuty, on_delete=models.PROTECT, related_name="statements")
    # Empty where none came.
    received_on = models.DateField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, null=True, **LINK)
    # That a lawyer looked again at what was not disclosed, where it asks for nothing; why, for the
    # lawyers of the unit alone; and the items that were then to be disclosed.
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(PERSON, null=True, blank=True, **LINK)
    looked_words = models.CharField(max_length=500, blank=True)
    looked_items = models.JSONField(default=list)
    # When a second person confirmed that it is not of this duty, with what it asks for.
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["DefenceStatement"]()
    everything = models.Manager["DefenceStatement"]()

    PERSONAL = {"looked_words"}
    PLAIN = {"id", "duty", "received_on", "is_late", "recorded_at", "recorded_by", "looked_at",
             "looked_by", "looked_items", "taken_back_at"}  # fmt: skip

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"statement {self.pk}"


class DefenceRequest(models.Model):
    """One thing that a defence statement asks for, and what came of it."""

    class Outcome(models.TextChoices):
        OPEN = "OPEN", "Not answered yet"
        DISCLOSED = "DISCLOSED", "To be disclosed"
        NOT_DISCLOSABLE = "NOT_DISCLOSABLE", "Does not meet the test"
        NOT_HELD = "NOT_HELD", "Not held by the prosecution"
        WITH_THE_POLICE = "WITH_THE_POLICE", "Asked of the police"
        # A line that was kept as a request and is none: it is read with the one above.
        PART_OF_ABOVE = "PART_OF_ABOVE", "Part of the request above"

    statement = models.ForeignKey(
        DefenceStatement, on_delete=models.CASCADE, related_name="requests"
    )
    number = models.PositiveSmallIntegerField()
    words = models.TextField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.OPEN)
    # All that was answered, each later answer with its day and the one before with what came of
    # it; and what the defence is told now.
    answer = models.TextField(blank=True)
    newest = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(PERSON, null=True, blank=True, **LINK)

    objects = OfStandingStatement["DefenceRequest"]()
    everything = models.Manager["DefenceRequest"]()

    PERSONAL = {"words", "answer", "newest"}
    PLAIN = {"id", "statement", "number", "outcome", "answered_at", "answered_by"}

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("statement", "number", name="request_number_once")]

    def __str__(self) -> str:
        return f"request {self.number}"

    @property
    def asked(self) -> str:
        """Return what it asks for, with the lines below that are part of it."""
        return " ".join([self.words, *(each.words for each in self.parts)])

    @property
    def parts(self) -> "list[DefenceRequest]":
        """Return the lines below that are part of it."""
        parts: list[DefenceRequest] = []
        for each in self.statement.requests.all():
            if each.number <= self.number:
                continue
            if each.outcome != self.Outcome.PART_OF_ABOVE:
                break
            parts.append(each)
        return parts

    @property
    def answered_before(self) -> str:
        """Return what was answered before the newest answer; nothing where nothing was."""
        return self.answer.removesuffix(self.newest).rpartition("\n")[0]


class RequestedItem(models.Model):
    """An item by which a request of the defence is answered "to be disclosed"."""

    request = models.ForeignKey(DefenceRequest, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(Item, **LINK)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "request", "item"}

    class Meta:
        constraints = [models.UniqueConstraint("request", "item", name="item_requested_once")]

    def __str__(self) -> str:
        return str(self.item_id)


class AnswersSending(models.Model):
    """One sending of answers to the defence: with a service, or by themselves."""

    duty = models.ForeignKey(DisclosureDuty, on_delete=models.PROTECT, related_name="sendings")
    # Empty where they went by themselves.
    serving = models.ForeignKey(Serving, null=True, blank=True, **LINK)
    method = models.CharField(max_length=20, choices=Serving.Method.choices)
    proof = models.CharField(max_length=300)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(PERSON, null=True, **LINK)
    # What the paper is written from where they went by themselves; a service keeps its own.
    papers = models.JSONField(default=dict)
    # That its one answer told of sensitive material when it was recorded that it went: no paper is
    # made of it, and somebody looks into it.
    is_told = models.BooleanField(default=False)
    # When a second person confirmed that they never went; why stands with the taking back.
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["AnswersSending"]()
    everything = models.Manager["AnswersSending"]()

    PERSONAL = {"proof", "papers"}
    PLAIN = {"id", "duty", "serving", "method", "sent_at", "sent_by", "is_told",
             "taken_back_at"}  # fmt: skip

    class Meta:
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"sending {self.pk}"


class SentAnswer(models.Model):
    """That the answer to a request went to the defence: the one that was given at that moment."""

    sending = models.ForeignKey(AnswersSending, on_delete=models.CASCADE, related_name="answers")
    request = models.ForeignKey(DefenceRequest, on_delete=models.CASCADE, related_name="sent")
    answered_at = models.DateTimeField()

    objects = OfStandingSending["SentAnswer"]()
    everything = models.Manager["SentAnswer"]()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "sending", "request", "answered_at"}

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("sending", "request", name="answer_sent_once")]

    def __str__(self) -> str:
        return str(self.request_id)


class ManagementDocument(models.Model):
    """One version of the document that says how disclosure was gone about; rows are only added."""

    duty = models.ForeignKey(DisclosureDuty, on_delete=models.PROTECT, related_name="documents")
    version = models.PositiveSmallIntegerField()
    # What was written under each heading, and the whole as it reads, frozen when it was made.
    written = models.JSONField(default=dict)
    parts = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, null=True, **LINK)

    PERSONAL = {"written", "parts"}
    PLAIN = {"id", "duty", "version", "made_at", "made_by"}

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint("duty", "version", name="document_version_once")]

    def __str__(self) -> str:
        return f"version {self.version}"

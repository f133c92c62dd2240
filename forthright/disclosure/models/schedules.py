"""Schedules as they came, the items on them, and what was written against each."""

from typing import TYPE_CHECKING

from django.db import models

from forthright.disclosure.models.duties import LINK, PERSON, DisclosureDuty
from forthright.rules.endorsements import Beside, Endorsed
from forthright.rules.schedules.schedule import Form
from forthright.rules.words import capitalised

if TYPE_CHECKING:
    from forthright.disclosure.models.serving import PoliceReturn


class Delivery(models.Model):
    """What came from the police together: checked, then taken in, then found adequate or not."""

    class State(models.TextChoices):
        CHECKED = "CHECKED", "Checked, not yet taken in"
        RECEIVED = "RECEIVED", "To be looked through"
        ADEQUATE = "ADEQUATE", "Adequate"
        RETURNED = "RETURNED", "Returned to the police"
        REPLACED = "REPLACED", "Handed in anew by the police before it was taken in"

    area = models.ForeignKey("accounts.Area", **LINK)
    unit = models.ForeignKey("accounts.Unit", **LINK)
    case = models.ForeignKey("cases.Case", **LINK)
    police_unit = models.ForeignKey("accounts.Unit", null=True, blank=True, **LINK)
    # The return that the police answered with it, on their own page.
    answers = models.ForeignKey("disclosure.PoliceReturn", null=True, blank=True, **LINK)
    # With what the police handed in next it went on, before this was taken in: that one's moment
    # and person say when and by whom. Its schedules are of that one since.
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    # The forms that came in it then.
    forms_then = models.JSONField(default=list)
    # Each file's name and SHA-256.
    files = models.JSONField(default=list)
    # Whether this is all that the police sent, so that what is absent is missing.
    is_whole = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKED)
    # What the rules found, with the words they found; by which rules, and how many of them.
    findings = models.JSONField(default=list)
    # What is asked of the police, each under the exact reason of return.
    note = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    # The ids of the schedules that stood in the case when it was checked: what changed, and some of
    # what was found, is true of these alone.
    compared_with = models.JSONField(default=list)
    rules_version = models.CharField(max_length=40)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(PERSON, null=True, **LINK)
    received_at = models.DateTimeField(null=True, blank=True)
    triaged_at = models.DateTimeField(null=True, blank=True)
    triaged_by = models.ForeignKey(PERSON, null=True, blank=True, **LINK)
    # Why it is adequate, in 500 letters at most.
    triage_reason = models.TextField(blank=True)
    # Why it was found adequate before, and why that was taken back; each on a line.
    triage_before = models.TextField(blank=True)
    # Why it is of this case, although it names nobody of it or another ending of its URN.
    of_this_case = models.CharField(max_length=500, blank=True)

    PERSONAL = {"files", "findings", "note", "triage_before", "triage_reason", "of_this_case"}
    PLAIN = {"id", "area", "unit", "case", "police_unit", "answers", "is_whole", "state",
             "replaced_by", "forms_then",
             "changes", "compared_with", "rules_version", "checked_at", "checked_by",
             "received_at", "triaged_at", "triaged_by"}  # fmt: skip

    class Meta:
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"delivery {self.pk}"

    @property
    def police_return(self) -> "PoliceReturn | None":
        """Return the return that stands; one that was taken back does not."""
        rows = self.police_returns.all()
        return next((each for each in rows if each.taken_back_at is None), None)


class DeliveredFile(models.Model):
    """A file as the police sent it: what was not read can be looked at, and all can be proved."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="kept_files")
    # Its place among the files of the delivery, from 0.
    position = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    PERSONAL = {"file_name", "content"}
    PLAIN = {"id", "delivery", "position", "sha256"}

    class Meta:
        constraints = [models.UniqueConstraint("delivery", "position", name="file_once_delivered")]

    def __str__(self) -> str:
        return f"file {self.position} of {self.delivery}"


class Schedule(models.Model):
    """One form of a delivery; a later one on the same form replaces it, or goes on from it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="schedules")
    form = models.CharField(max_length=4, choices=[(each.value, each.value) for each in Form])
    version = models.PositiveSmallIntegerField()
    is_live = models.BooleanField(default=False)
    certificate = models.TextField(blank=True)
    # What could not be read, each with its place and mend.
    unread = models.JSONField(default=list)

    PERSONAL = {"certificate", "unread"}
    PLAIN = {"id", "delivery", "form", "version", "is_live"}

    def __str__(self) -> str:
        return f"{self.form} version {self.version}"

    @property
    def is_sensitive(self) -> bool:
        """Say whether it lists sensitive material."""
        return self.form == Form.MG6D


class Item(models.Model):
    """One row of a schedule; in a later version, the same thing keeps its history by its root."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveIntegerField()
    number = models.PositiveIntegerField(null=True, blank=True)
    description = models.TextField(blank=True)
    location = models.TextField(blank=True)
    sensitive_reason = models.TextField(blank=True)
    undermines = models.TextField(blank=True)
    copy = models.TextField(blank=True)
    comments = models.TextField(blank=True)
    # Of an entry of a report: the schedule on which it says that its item stands, as it says it.
    of_form = models.CharField(max_length=100, blank=True)
    is_recording = models.BooleanField(default=False)
    # Its words may be sensitive or private although the form is open: only those who may see what
    # is sensitive see them, until somebody decides the item.
    is_held_back = models.BooleanField(default=False)
    # What it was in the version before; `root` only where it says the same as there, wherever it is
    # kept.
    before = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="after")
    root = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="same")
    # What it was when it first came, however often it was written otherwise since; empty of that
    # itself. What was served of a line of versions stays served along it.
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"description", "location", "sensitive_reason", "undermines", "copy", "comments",
                "of_form"}  # fmt: skip
    PLAIN = {"id", "schedule", "place", "number", "is_recording",
             "is_held_back", "before", "root", "origin"}  # fmt: skip

    class Meta:
        ordering = ["schedule", "place"]

    def __str__(self) -> str:
        return f"item {self.number}" if self.number is not None else f"row {self.place}"

    @property
    def thing_id(self) -> int:
        """Return the id under which this thing is endorsed and served, whatever the version."""
        return self.root_id or self.pk

    @property
    def line_id(self) -> int:
        """Return the id of what it was when it first came, the same in whichever words."""
        return self.origin_id or self.pk


class HeldWords(models.Model):
    """Words that somebody held back in a version that gave way or was thrown away.

    The rows of such a version are gone; should its words come again, they are held back at once.
    """

    case = models.ForeignKey("cases.Case", **LINK)
    form = models.CharField(max_length=4)
    number = models.PositiveIntegerField(null=True)
    description = models.TextField()
    reason = models.TextField()
    kept_at = models.DateTimeField()

    PERSONAL = {"description", "reason"}
    PLAIN = {"id", "case", "form", "number", "kept_at"}

    class Meta:
        verbose_name_plural = "held words"

    def __str__(self) -> str:
        return f"{self.form} {self.number}"


class LeftItem(models.Model):
    """Why a thing stands on no schedule any more; written once, by whoever let it go."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="left")
    # What came without it; empty where the reason was written later.
    delivery = models.ForeignKey(Delivery, null=True, **LINK)
    reason = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, null=True, **LINK)

    PERSONAL = {"reason"}
    PLAIN = {"id", "item", "delivery", "made_at", "made_by"}

    def __str__(self) -> str:
        return f"{self.item} left"


class Endorsement(models.Model):
    """What somebody wrote against an item for one defendant; rows are only ever added."""

    duty = models.ForeignKey(DisclosureDuty, on_delete=models.PROTECT, related_name="endorsements")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="endorsements")
    # In which version it stood when this was written; empty of what was written long ago.
    version = models.ForeignKey(Item, null=True, **LINK)
    code = models.CharField(
        max_length=3, choices=[(each.value, capitalised(each.words)) for each in Endorsed]
    )
    reason = models.TextField(blank=True)
    inspected = models.CharField(max_length=300, blank=True)
    # Of a ruling on immunity: the day on which the court made it.
    ruled_on = models.DateField(null=True, blank=True)
    is_one_of_many = models.BooleanField(default=False)
    # Of an item that was served in other words: that there is more in it now, or another thing.
    since_served = models.CharField(
        max_length=5, blank=True, choices=[(each.value, each.words) for each in Beside if each]
    )
    # That its words were held back let the item wait again; nobody decided anything of it.
    is_hold = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, null=True, **LINK)

    PERSONAL = {"reason", "inspected"}
    PLAIN = {
        "id", "duty", "item", "version", "code", "ruled_on", "is_one_of_many", "is_hold",
        "since_served", "made_at", "made_by",
    }  # fmt: skip

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["duty", "item", "id"], name="endorsement_newest")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.code}"


class Approval(models.Model):
    """That a second person looked through what was decided, up to an endorsement; rows are added.

    One comes before the first service. What is decided after that waits for another.
    """

    duty = models.ForeignKey(DisclosureDuty, on_delete=models.PROTECT, related_name="approvals")
    # The newest endorsement that it covers, and so all before it; empty where there was none.
    up_to = models.ForeignKey(Endorsement, null=True, **LINK)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, null=True, **LINK)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "duty", "up_to", "made_at", "made_by"}

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"approval {self.pk}"


class SetAside(models.Model):
    """An item that a named person lets be served around, with the reason and a day to decide it."""

    duty = models.ForeignKey(DisclosureDuty, on_delete=models.PROTECT, related_name="set_aside")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    # Why, after why it was set aside before.
    reason = models.TextField()
    decide_by = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, null=True, **LINK)

    PERSONAL = {"reason"}
    PLAIN = {"id", "duty", "item", "decide_by", "made_at", "made_by"}

    class Meta:
        verbose_name_plural = "items set aside"
        constraints = [models.UniqueConstraint("duty", "item", name="item_set_aside_once")]

    def __str__(self) -> str:
        return f"{self.item_id} until {self.decide_by}"

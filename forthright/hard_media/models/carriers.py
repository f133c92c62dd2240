"""Discs and sticks, what is on each, every hand-over, and what a stock-take found."""

from datetime import datetime

from django.conf import settings
from django.db import models

from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CARRIER
from forthright.rules.media_states import CarrierState as States
from forthright.rules.words import capitalised, day_of, day_words

PERSON = settings.AUTH_USER_MODEL
STATES = [(each.value, capitalised(CARRIER.state_words[each])) for each in States]
RECEIVERS = [(each.value, each.words) for each in Receiver]


class Carrier(models.Model):
    """One disc, stick or other thing that recordings are on."""

    class Kind(models.TextChoices):
        DISC = "DISC", "Disc (CD, DVD, Blu-ray)"
        USB = "USB", "USB stick"
        DRIVE = "DRIVE", "Hard drive"
        PHONE = "PHONE", "Phone or memory card"
        TAPE = "TAPE", "Tape"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    barcode = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    written_on_it = models.CharField("what is written on it", max_length=200, blank=True)
    is_encrypted = models.BooleanField(default=False)
    password_route = models.CharField(max_length=200, blank=True)
    # Of one that was taken in before each copy had to have a barcode of its own.
    copies = models.PositiveSmallIntegerField(default=1)
    received_on = models.DateField()
    received_from = models.CharField(max_length=120)
    location = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=STATES, default=States.HELD)
    items = models.ManyToManyField(
        "hard_media.MediaItem", through="hard_media.Carried", related_name="carriers"
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    # When another unit handed it over to this one; empty once somebody here has seen it.
    passed_on_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_to = models.CharField("returned to, or destroyed by", max_length=120, blank=True)
    certificate = models.CharField("certificate number", max_length=20, blank=True)

    PERSONAL = {"written_on_it", "password_route", "received_from", "ended_to"}
    PLAIN = {"id", "area", "unit", "barcode", "kind", "is_encrypted", "copies", "received_on",
             "location", "state", "items", "added_at", "added_by", "passed_on_at", "ended_on",
             "certificate"}  # fmt: skip

    class Meta:
        constraints = [
            # A stick that was returned may come again with what is of another case.
            models.UniqueConstraint(
                fields=["area", "barcode"],
                condition=models.Q(state__in=["HELD", "MISSING"]),
                name="barcode_once_at_a_time_in_area",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["RETURNED", "DESTROYED"], ended_on__isnull=False)
                | models.Q(state__in=["HELD", "MISSING"], ended_on__isnull=True),
                name="ended_carrier_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "unit", "state"], name="carrier_by_state"),
            models.Index(fields=["area", "barcode"], name="carrier_by_barcode"),
        ]
        ordering = ["barcode"]

    def __str__(self) -> str:
        return f"{self.barcode}, {self.get_kind_display()}"

    def came_since(self, again: datetime) -> bool:
        """Say whether it came since something was asked for again, so that it may hold that."""
        return self.added_at >= again and self.received_on >= day_of(again)


class Carried(models.Model):
    """That a recording is on a carrier; one carrier holds many, and one recording may be on two."""

    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="carried")
    item = models.ForeignKey(
        "hard_media.MediaItem", on_delete=models.CASCADE, related_name="carried"
    )
    # When somebody first said so; empty where that was before it was kept.
    ticked_at = models.DateTimeField(null=True)
    # When its copy was taken as the one that was asked for again, though the carrier was here
    # before that, such as one that was missing and found.
    taken_at = models.DateTimeField(null=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "carrier", "item", "ticked_at", "taken_at"}

    class Meta:
        constraints = [models.UniqueConstraint("carrier", "item", name="item_once_on_carrier")]

    def __str__(self) -> str:
        return f"{self.carrier_id} holds {self.item_id}"

    def holds_since(self, again: datetime) -> bool:
        """Say whether it may hold what was asked for again: it came since, or was taken for it."""
        is_taken = self.taken_at is not None and self.taken_at >= again
        return is_taken or self.carrier.came_since(again)


class CarrierChange(models.Model):
    """What was wrong of a carrier and was put right, and why; only ever added.

    With a recording: it was recorded as on it and is not. The days are then those on which that
    recording came as it stood, and as it stands without this carrier; without one it has not come.
    With a certificate: it was recorded as returned or destroyed and was not; that is void.
    """

    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="changes")
    item = models.ForeignKey(
        "hard_media.MediaItem", on_delete=models.CASCADE, null=True, related_name="+"
    )
    old_barcode = models.CharField(max_length=40, blank=True)
    new_barcode = models.CharField(max_length=40, blank=True)
    old_state = models.CharField(max_length=10, choices=STATES, blank=True)
    old_ended_on = models.DateField(null=True)
    old_ended_to = models.CharField(max_length=120, blank=True)
    old_certificate = models.CharField(max_length=20, blank=True)
    old_day = models.DateField(null=True)
    new_day = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"reason", "old_ended_to"}
    PLAIN = {"id", "carrier", "item", "old_barcode", "new_barcode", "old_day", "new_day",
             "old_state", "old_ended_on", "old_certificate", "changed_at",
             "changed_by"}  # fmt: skip

    class Meta:
        ordering = ["changed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.carrier_id} put right"

    @property
    def words(self) -> str:
        """Say what was wrong and what is right."""
        if self.item is not None:
            now = f"came on {day_words(self.new_day)}" if self.new_day else "has not come"
            return f"{self.item.case}: {self.item} is not on it, and {now}."
        if self.old_certificate and self.old_ended_on:
            return (
                f"It was not {self.get_old_state_display().lower()} on "
                f"{day_words(self.old_ended_on)}: certificate {self.old_certificate} is void."
            )
        return " ".join(f"{capitalised(each)}." for each in self.papers)

    @property
    def papers(self) -> list[str]:
        """Say what its papers said otherwise: its barcode, and the day on which it came."""
        if self.item is not None or self.old_certificate:
            return []
        words = []
        if self.old_barcode != self.new_barcode:
            words.append(f"its barcode is {self.new_barcode} and not {self.old_barcode}")
        if self.old_day and self.new_day and self.old_day != self.new_day:
            words.append(
                f"it came on {day_words(self.new_day)} and not on {day_words(self.old_day)}"
            )
        return words


class HandOver(models.Model):
    """A carrier that went from one place or hand to another; only ever added."""

    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="hand_overs")
    from_place = models.CharField(max_length=120)
    to_place = models.CharField(max_length=120)
    to_kind = models.CharField(max_length=10, choices=RECEIVERS, default=Receiver.OTHER)
    note = models.CharField(max_length=300, blank=True)
    # Of a disc whose contents nobody had recorded: why it might go there all the same.
    unknown_because = models.CharField(max_length=200, blank=True)
    # Of a disc with something sensitive: why it is not with a party, though its place reads so.
    named_because = models.CharField(max_length=200, blank=True)
    # Of a disc that left: why, though nothing else here held what is on it.
    last_copy_because = models.CharField(max_length=200, blank=True)
    # It takes the hand-over before it back: the carrier never went there.
    undoes = models.OneToOneField(
        CarrierChange, on_delete=models.CASCADE, null=True, blank=True, related_name="taken_back"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"from_place", "to_place", "note", "unknown_because", "named_because",
                "last_copy_because"}  # fmt: skip
    PLAIN = {"id", "carrier", "to_kind", "undoes", "at", "by"}

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.from_place} to {self.to_place}"


class WriteOff(models.Model):
    """That a disc which stays missing is looked for no more: who decided it, why, what was done.

    It ends where the disc is found, or where somebody says why it is looked for again. Of one that
    was taken in twice there is none to look for: what it is has another record.
    """

    class Done(models.TextChoices):
        POLICE = "POLICE", "The police were told"
        DEFENCE = "DEFENCE", "The defence was told"
        OFFICE = "OFFICE", "It was reported within the office, as what may be a data breach"
        REPLACED = "REPLACED", "Another copy of what is on it came, or is not needed"

    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="write_offs")
    done = models.JSONField(default=list)
    same_as = models.ForeignKey(
        Carrier, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Why it is looked for again; empty where it was found.
    again_because = models.CharField(max_length=300, blank=True)

    PERSONAL = {"reason", "again_because"}
    PLAIN = {"id", "carrier", "done", "same_as", "decided_at", "decided_by", "ended_at", "ended_by"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["carrier"],
                condition=models.Q(ended_at__isnull=True),
                name="written_off_once_at_a_time",
            )
        ]
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"{self.carrier_id} written off"

    @property
    def done_words(self) -> str:
        """Say what was done about it, as one sentence after the other."""
        if self.same_as is not None:
            return f"It was taken in twice: its record is that of {self.same_as}"
        return ". ".join(self.Done(each).label for each in self.done)


class StockTake(models.Model):
    """One count of what lies in a place, against what should."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    location = models.CharField(max_length=80)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    # Given up, it says nothing of any disc.
    given_up_at = models.DateTimeField(null=True, blank=True)
    given_up_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "unit", "location", "begun_at", "begun_by", "finished_at",
             "given_up_at", "given_up_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "location"],
                condition=models.Q(finished_at__isnull=True, given_up_at__isnull=True),
                name="one_open_stock_take_of_a_place",
            )
        ]
        ordering = ["-begun_at"]

    def __str__(self) -> str:
        return f"stock-take of {self.location}"

    @property
    def is_open(self) -> bool:
        """Say whether it still goes on: neither finished nor given up."""
        return self.finished_at is None and self.given_up_at is None


class StockTakeLine(models.Model):
    """One barcode of a stock-take: found, missing, or found and not expected there."""

    class Outcome(models.TextChoices):
        FOUND = "FOUND", "Found"
        MISSING = "MISSING", "Missing"
        UNEXPECTED = "UNEXPECTED", "Not expected here"

    stock_take = models.ForeignKey(StockTake, on_delete=models.CASCADE, related_name="lines")
    barcode = models.CharField(max_length=40)
    carrier = models.ForeignKey(
        Carrier, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    why = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "stock_take", "barcode", "carrier", "outcome", "why", "at"}

    class Meta:
        constraints = [models.UniqueConstraint("stock_take", "barcode", name="barcode_once_taken")]
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.barcode}: {self.outcome}"

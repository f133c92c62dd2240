"""What letters rest on besides the case: the Area's contacts and support, a person's wishes."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class Offered(models.Model):
    """Something the Area gives people to turn to, from one day until another."""

    class Status(models.TextChoices):
        CONFIRMED = "CONFIRMED", "Confirmed"
        TO_BE_CONFIRMED = "TO_BE_CONFIRMED", "To be confirmed"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    used_from = models.DateField()
    # The first day on which letters name it no more.
    retired_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.TO_BE_CONFIRMED)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


OFFERED = {"id", "area", "used_from", "retired_on", "status", "added_at", "added_by"}


class ContactPoint(Offered):
    """A telephone number, e-mail address, address or page of the Area."""

    class Kind(models.TextChoices):
        PHONE = "PHONE", "Telephone"
        EMAIL = "EMAIL", "E-mail"
        ADDRESS = "ADDRESS", "Postal address"
        WEB = "WEB", "Web page"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=200)
    words = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=120, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {*OFFERED, "kind", "value", "words", "hours"}

    class Meta:
        ordering = ["kind", "used_from", "pk"]

    def __str__(self) -> str:
        return self.value


class SupportService(Offered):
    """A service that helps people, and the kinds of case it fits; none means that it fits all."""

    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    web = models.CharField(max_length=200, blank=True)
    fits = models.JSONField(default=list, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {*OFFERED, "name", "phone", "web", "fits"}

    class Meta:
        ordering = ["name", "used_from"]

    def __str__(self) -> str:
        return self.name


class ContactWishes(models.Model):
    """How one person can be reached safely, and how they want to be."""

    class Channel(models.TextChoices):
        POST = "POST", "By post"
        EMAIL = "EMAIL", "By e-mail"
        VIA_POLICE = "VIA_POLICE", "Through the police"
        VIA_ADVISER = "VIA_ADVISER", "Through an adviser"

    person = models.OneToOneField("cases.PersonToTell", on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.POST)
    adviser = models.CharField(max_length=120, blank=True)
    is_large_print = models.BooleanField(default=False)
    plain_envelope = models.BooleanField(default=False)
    no_voicemail = models.BooleanField(default=False)
    # Addresses, numbers and e-mail addresses that must not be used, as they were written down.
    unsafe = models.JSONField(default=list, blank=True)
    about_given_names = models.CharField(max_length=100, blank=True)
    about_family_name = models.CharField(max_length=100, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"adviser", "unsafe", "about_given_names", "about_family_name"}
    PLAIN = {"id", "person", "channel", "is_large_print", "plain_envelope", "no_voicemail",
             "changed_at", "changed_by"}  # fmt: skip

    class Meta:
        verbose_name_plural = "contact wishes"

    def __str__(self) -> str:
        return f"wishes of person {self.person_id}"

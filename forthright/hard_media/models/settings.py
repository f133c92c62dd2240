"""The Area's own periods for recordings, and which force a police partner is of."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL
# Spelt out, because SQLite itself knows no patterns: any tool can then check the file.
TWO_DIGITS = [f"{number:02}" for number in range(100)]


class MediaRules(models.Model):
    """One dated edition of the Area's periods; until there is one, the published ones hold."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    # The periods changed or confirmed by the Area: name to value, source and status.
    periods = models.JSONField(default=dict)
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "version", "periods", "reason", "made_at", "made_by"}

    class Meta:
        verbose_name_plural = "media rules"
        constraints = [
            models.UniqueConstraint("area", "version", name="media_rules_version_once_in_area")
        ]
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"version {self.version}"


class UnitMailbox(models.Model):
    """The e-mail address of a unit, to which whoever got a link from it writes."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.OneToOneField("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = {"email"}
    PLAIN = {"id", "area", "unit", "set_at", "set_by"}

    class Meta:
        verbose_name_plural = "unit mailboxes"

    def __str__(self) -> str:
        return f"mailbox {self.pk}"


class ForcePartner(models.Model):
    """That a police partner is of one force, by the two digits its URNs begin with."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="+")
    force = models.CharField(max_length=2)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "person", "force", "set_at", "set_by"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(force__in=TWO_DIGITS), name="force_is_two_digits"
            )
        ]

    def __str__(self) -> str:
        return f"force {self.force}"

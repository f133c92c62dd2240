"""The files that were sent for a recording, and the copies of them that play."""

from django.conf import settings
from django.db import models

from forthright.hard_media.models.items import MediaItem
from forthright.media_files.names import size_words
from forthright.rules.media_play import Play

PERSON = settings.AUTH_USER_MODEL


class SentFile(models.Model):
    """One file that was sent for a recording: on its way, kept, or not kept in words."""

    class State(models.TextChoices):
        ARRIVING = "ARRIVING", "Not all of it has come"
        WHOLE = "WHOLE", "All of it has come and is being read back"
        KEPT = "KEPT", "Kept"
        REFUSED = "REFUSED", "Not kept"
        GIVEN_UP = "GIVEN_UP", "Given up"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(MediaItem, on_delete=models.PROTECT, related_name="files")
    # What the store calls it while it arrives and on its receipt.
    incoming = models.CharField(max_length=32, unique=True)
    file_name = models.CharField(max_length=200)
    length = models.BigIntegerField("size in bytes")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ARRIVING)
    # SHA-256 of its first part as the browser said, by which the same file is known again.
    head = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    blake3 = models.CharField("BLAKE3", max_length=64, blank=True)
    scanned = models.CharField(max_length=300, blank=True)
    refusal = models.TextField(blank=True)
    came_from = models.CharField("who brought it", max_length=120, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = {"file_name", "came_from"}
    PLAIN = {"id", "area", "unit", "item", "incoming", "length", "state", "head", "sha256",
             "blake3", "scanned", "refusal", "begun_at", "begun_by", "kept_at"}  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(state="KEPT", kept_at__isnull=False) & ~models.Q(sha256=""))
                | (~models.Q(state="KEPT") & models.Q(kept_at__isnull=True, sha256="")),
                name="kept_file_has_its_digest",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="REFUSED") | ~models.Q(refusal=""),
                name="refused_file_says_why",
            ),
        ]
        ordering = ["begun_at", "pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def size_words(self) -> str:
        """Return its size in the unit that suits it."""
        return size_words(self.length)


class Playing(models.Model):
    """How a kept file plays: as it came, in a copy made from it, or not at all."""

    class How(models.TextChoices):
        AS_IT_IS = Play.AS_IT_IS.value, "As it came"
        REWRAPPED = Play.REWRAPPED.value, "In another wrapper"
        SOUND_CONVERTED = Play.SOUND_CONVERTED.value, "With its sound converted"
        CONVERTED = Play.CONVERTED.value, "Converted"
        NOT_AT_ALL = Play.NOT_AT_ALL.value, "It does not play"

    sent_file = models.OneToOneField(SentFile, on_delete=models.PROTECT, related_name="playing")
    how = models.CharField(max_length=20, choices=How.choices)
    words = models.TextField()
    wrapper = models.CharField("kind of file", max_length=40, blank=True)
    has_pictures = models.BooleanField(default=False)
    seconds = models.FloatField(null=True, blank=True)
    frames_a_second = models.FloatField(null=True, blank=True)
    sha256 = models.CharField("SHA-256 of the copy", max_length=64, blank=True)
    length = models.BigIntegerField("size of the copy in bytes", null=True, blank=True)
    tool = models.CharField(max_length=120, blank=True)
    command = models.TextField(blank=True)
    # Whether each picture, and each piece of sound, was shown to be the original's.
    same_pictures = models.BooleanField(null=True, blank=True)
    same_sound = models.BooleanField(null=True, blank=True)
    made_at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "sent_file", "how", "words", "wrapper", "has_pictures", "seconds",
             "frames_a_second", "sha256", "length", "tool", "command", "same_pictures",
             "same_sound", "made_at"}  # fmt: skip

    def __str__(self) -> str:
        return self.get_how_display()

    @property
    def plays(self) -> bool:
        """Say whether it can be seen or heard here."""
        return self.how != self.How.NOT_AT_ALL

"""The files that were sent for a recording, and the copies of them that play."""

import shlex

from django.conf import settings
from django.db import models

from forthright.hard_media.models.items import MediaItem
from forthright.media_files.names import size_words
from forthright.media_playing.deciding import BEGINS_WITH_SOUND, OF_CLOCKS
from forthright.rules.media_clock import clock_words
from forthright.rules.words import date_words, day_of

PERSON = settings.AUTH_USER_MODEL
LONGEST_HARM = 200  # letters


class SentFile(models.Model):
    """One file that was sent for a recording: on its way, kept, or not kept in words.

    A program that came with the recording, such as its player, is kept and stands for nothing.
    """

    class State(models.TextChoices):
        ARRIVING = "ARRIVING", "Not all of it has come"
        WHOLE = "WHOLE", "All of it has come and is being read back"
        KEPT = "KEPT", "Kept"
        PROGRAM = "PROGRAM", "Kept: a program that came with it, not a recording"
        REFUSED = "REFUSED", "Not kept"
        GIVEN_UP = "GIVEN_UP", "Given up"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(MediaItem, on_delete=models.PROTECT, related_name="files")
    # What the store calls it while it arrives and on its receipt.
    incoming = models.CharField(max_length=32, unique=True)
    file_name = models.CharField(max_length=200)
    # The bytes of its name where it came, as hexadecimal; empty where `file_name` is that name.
    name_bytes = models.CharField(max_length=510, blank=True)
    length = models.BigIntegerField("size in bytes")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ARRIVING)
    # SHA-256 of its first part as the browser said, by which the same file is known again.
    head = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    blake3 = models.CharField("BLAKE3", max_length=64, blank=True)
    scanned = models.CharField(max_length=300, blank=True)
    refusal = models.TextField(blank=True)
    harm = models.CharField(
        "what the malware scanner found in it", max_length=LONGEST_HARM, blank=True
    )
    came_from = models.CharField("who brought it", max_length=120, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(null=True, blank=True)
    # When the recording was first viewed with this file in it. Only what was viewed is shared.
    viewed_at = models.DateTimeField(null=True, blank=True)
    # When the recording was asked for again, so that this file stands for it no longer.
    superseded_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = {"file_name", "name_bytes", "came_from"}
    PLAIN = {"id", "area", "unit", "item", "incoming", "length", "state", "head", "sha256",
             "blake3", "scanned", "refusal", "harm", "begun_at", "begun_by", "kept_at", "viewed_at",
             "superseded_at"}  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(state__in=["KEPT", "PROGRAM"], kept_at__isnull=False)
                    & ~models.Q(sha256="")
                )
                | (
                    ~models.Q(state__in=["KEPT", "PROGRAM"])
                    & models.Q(kept_at__isnull=True, sha256="")
                ),
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

    @property
    def told(self) -> str:
        """Say why it is not kept, or no answer to what was asked, as whoever sent it reads it."""
        return harm_words(self) if self.harm else self.refusal

    @property
    def left_out(self) -> float:
        """Return how many seconds stand in it, from before its beginning, and are not played."""
        return float(self.playing.left_out) if hasattr(self, "playing") else 0.0

    @property
    def missing(self) -> str:
        """Return what of its end was not copied, in words; nothing where that is not known."""
        return str(self.playing.missing) if hasattr(self, "playing") else ""

    @property
    def digests(self) -> set[str]:
        """Return the SHA-256 of what came and of what plays in its place."""
        found = {self.sha256}
        if (playing := getattr(self, "playing", None)) is not None:
            found |= {playing.sha256, *(each.sha256 for each in playing.parts.all())}
        return found - {""}


def harm_words(sent: SentFile) -> str:
    """Say to the police what was found in a file, and what to bring in its place, and how."""
    return (
        f"The malware scanner found {sent.harm} in the file that came on "
        f"{date_words(day_of(sent.begun_at))}. It can do harm, so it is not kept and nobody can "
        "open it here. Do not send that file again: tell whoever looks after your computers, and "
        "take the recording anew from a clean source, such as the camera or system itself, without "
        "a player program. Have it looked at for malware before you send it. If there is no clean "
        "source, agree with the unit that holds the case how it comes another way, such as on a "
        "disc or stick, and say what was found."
    )


class Stray(models.Model):
    """That a file was sent for a recording it was never of, as one lawyer says and another agrees.

    Agreed on, its bytes are no longer taken for those of that recording, if it is sensitive.
    """

    file = models.OneToOneField(SentFile, on_delete=models.PROTECT, related_name="stray")
    reason = models.TextField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"reason"}
    PLAIN = {"id", "file", "said_at", "said_by", "agreed_at", "agreed_by"}

    def __str__(self) -> str:
        return f"stray {self.pk}"


class Damage(models.Model):
    """That what is kept under a digest was read and was not what came, until it was whole again.

    Rows stay: what was damaged on a day of the past is known by them.
    """

    sha256 = models.CharField("SHA-256 of what came", max_length=64)
    found = models.CharField("what was found of it, in words", max_length=60)
    found_at = models.DateTimeField()
    mended_at = models.DateTimeField("when it was read and was whole", null=True, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "sha256", "found", "found_at", "mended_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=models.Q(mended_at=None), name="one_present_damage"
            )
        ]
        ordering = ["found_at", "pk"]

    def __str__(self) -> str:
        return f"damage {self.pk}"


class Playing(models.Model):
    """How a kept file plays: as it came, in a copy made from it, or not at all."""

    class How(models.TextChoices):
        AS_IT_IS = "AS_IT_IS", "As it came"
        REWRAPPED = "REWRAPPED", "In another wrapper"
        SOUND_CONVERTED = "SOUND_CONVERTED", "With its sound converted"
        CONVERTED = "CONVERTED", "Converted"
        NOT_AT_ALL = "NOT_AT_ALL", "It does not play"

    sent_file = models.OneToOneField(SentFile, on_delete=models.PROTECT, related_name="playing")
    how = models.CharField(max_length=20, choices=How.choices)
    words = models.TextField()
    container = models.CharField("kind of file", max_length=40, blank=True)
    has_pictures = models.BooleanField(default=False)
    seconds = models.FloatField(null=True, blank=True)
    frames_a_second = models.FloatField(null=True, blank=True)
    shortest_gap = models.FloatField("seconds between two frames", null=True, blank=True)
    sha256 = models.CharField("SHA-256 of the copy", max_length=64, blank=True)
    # Of the copy: what it was made from, how, and what was compared.
    lineage = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()
    # Of the rules by which it was decided how it plays; see media_playing.deciding.
    edition = models.PositiveSmallIntegerField(default=1)
    # What stands in it from before its beginning and is not played: its list of edits leaves it
    # out, and whoever has the file can bring it back.
    left_out = models.FloatField("seconds that are not played", default=0)
    # What is known not to have come: the end of the file, by what its outer parts say.
    missing_bytes = models.PositiveBigIntegerField(
        "bytes at its end that were not copied", default=0
    )
    lacks_more = models.BooleanField("or more, nobody knows how many", default=False)
    # At a glance: small pictures from all over it as one JPEG, and how loud it is.
    sheet_sha256 = models.CharField("SHA-256 of the small pictures", max_length=64, blank=True)
    sheet_moments = models.JSONField(default=list, blank=True)
    waveform = models.JSONField(default=dict, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "sent_file", "how", "words", "container", "has_pictures", "seconds",
             "frames_a_second", "shortest_gap", "sha256", "lineage", "made_at", "edition",
             "left_out", "missing_bytes", "lacks_more", "sheet_sha256", "sheet_moments",
             "waveform", "drawn_at"}  # fmt: skip

    def __str__(self) -> str:
        return self.get_how_display()

    @property
    def plays(self) -> bool:
        """Say whether it can be seen or heard here."""
        return self.how != self.How.NOT_AT_ALL

    @property
    def missing(self) -> str:
        """Say what of its end was not copied; nothing where no more than it holds is known of."""
        least = "at least " if self.lacks_more else ""
        return f"{least}{self.missing_bytes:,} bytes" if self.missing_bytes else ""

    @property
    def waits(self) -> str:
        """Say why no time of it can be told yet; nothing where it can."""
        if self.how != self.How.AS_IT_IS or self.edition >= OF_CLOCKS:
            return ""
        return (
            "How this file plays was decided by earlier rules, by which its clock may be wrong. "
            "That is decided anew within a quarter of an hour; ask again then, with the times that "
            "the player shows then."
        )

    @property
    def clock(self) -> str:
        """Return how long it lasts, as the player shows it."""
        return clock_words(self.seconds or 0)

    @property
    def joined_sha256(self) -> str:
        """Return the SHA-256 of the copy where it alone has a clock: the file is several joined."""
        return joined_sha256_of(self)

    @property
    def command(self) -> str:
        """Return what was typed to make the copy."""
        return shlex.join(self.lineage.get("command", ()))

    @property
    def same_pictures(self) -> bool | None:
        """Say whether each frame of the copy was shown to be the original's; None: it has none."""
        return self._is_same("pictures")

    @property
    def same_sound(self) -> bool | None:
        """Say whether the sound of the copy was shown to be the original's; None: it has none."""
        return self._is_same("sound")

    def _is_same(self, what: str) -> bool | None:
        compared = self.lineage.get("shown", {}).get(what)
        return compared["is_same"] if compared else None


class PlayingPart(models.Model):
    """One camera or sound of a file that holds several, in a copy that plays, or why there is none.

    A browser plays one of each, so each has a copy of its own; the file itself never changes.
    """

    playing = models.ForeignKey(Playing, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField("its place among them, from 1")
    # From 0, as they stand in the file; empty where it has no pictures, or no sound.
    picture = models.PositiveSmallIntegerField(null=True)
    sound = models.PositiveSmallIntegerField(null=True)
    how = models.CharField(max_length=20, choices=Playing.How.choices)
    words = models.TextField()
    sha256 = models.CharField("SHA-256 of the copy", max_length=64, blank=True)
    lineage = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()
    viewed_at = models.DateTimeField(null=True, blank=True)
    viewed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL: set[str] = set()
    PLAIN = {"id", "playing", "number", "picture", "sound", "how", "words", "sha256", "lineage",
             "made_at", "viewed_at", "viewed_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["playing", "number"], name="part_once_in_file")
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return part_words(self.picture, self.sound)

    @property
    def plays(self) -> bool:
        """Say whether it can be seen or heard here."""
        return self.how != Playing.How.NOT_AT_ALL

    @property
    def begins(self) -> float:
        """Return where the clock of its copy begins, by which its times are taken, in seconds.

        It is 0 but for a camera that began later than the first, of which the copy was made before
        so that it began late too.
        """
        shown = self.lineage.get("shown", {})
        told = [each["begins_after"] for what in ("pictures", "sound") if (each := shown.get(what))]
        began: float = min(told, default=0.0)
        return began if began > BEGINS_WITH_SOUND else 0.0


def joined_sha256_of(how: Playing | PlayingPart) -> str:
    """Return the SHA-256 of the copy of several recordings joined; nothing of one recording."""
    return how.sha256 if how.lineage.get("shown", {}).get("is_joined") else ""


def part_words(picture: int | None, sound: int | None) -> str:
    """Say which camera and which sound of a file, counted from 1: "Camera 2", "Sound 2"."""
    if picture is None:
        return f"Sound {(sound or 0) + 1}"
    with_sound = f" with sound {sound + 1}" if sound else ""
    return f"Camera {picture + 1}{with_sound}"

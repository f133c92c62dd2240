"""Copies made here of a file: a part of it, or one in which something is hidden."""

import re
import shlex
from typing import Any

from django.conf import settings
from django.db import models

from forthright.hard_media.models.files import SentFile, part_words
from forthright.media_files.names import size_words
from forthright.rules.media_clock import clock_words
from forthright.rules.words import date_words, day_of, list_words

PERSON = settings.AUTH_USER_MODEL
HIDDEN = {
    "BLANK": "black over a part",
    "BLUR": "a part made unrecognisable",
    "MUTE": "silent",
}

# Stands among what a copy holds that it must not.
OTHER_MOMENT = "another moment than was asked for"


class CutCopy(models.Model):
    """A clip or a redaction of one kept file; the file itself never changes."""

    class What(models.TextChoices):
        CLIP = "CLIP", "A clip: only this part"
        BLANK = "BLANK", "All of it, with black over a part of the picture"
        BLUR = "BLUR", "All of it, with a part of the picture made unrecognisable"
        MUTE = "MUTE", "All of it, silent for this time"

    class State(models.TextChoices):
        ASKED = "ASKED", "Being made"
        MADE = "MADE", "Made"
        REFUSED = "REFUSED", "Not made"

    file = models.ForeignKey(SentFile, on_delete=models.PROTECT, related_name="copies")
    # The copy that a clip was cut from, so that it hides what that hides; empty: the file itself.
    of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    what = models.CharField(max_length=10, choices=What.choices)
    start = models.FloatField("from, in seconds")
    end = models.FloatField("to, in seconds")
    # Of the picture as it is shown: left, top, width and height as shares of it; empty: all of it.
    box = models.JSONField(default=list, blank=True)
    # What else is hidden in it: for each what, from, to and box, as above.
    more = models.JSONField(default=list, blank=True)
    # Of a file with several cameras or sounds, which it is of, from 0; empty: the file has one.
    picture = models.PositiveSmallIntegerField(null=True, blank=True)
    sound = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField("SHA-256 of the copy", max_length=64, blank=True)
    # What it was made from, how, and what was looked at again.
    lineage = models.JSONField(default=dict, blank=True)
    refusal = models.TextField(blank=True)
    # By whom it was looked at and found right, so that it may be shared.
    passed_at = models.DateTimeField(null=True, blank=True)
    passed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # By whom it was found not right, and why; from then on it goes to nobody.
    wrong_at = models.DateTimeField(null=True, blank=True)
    wrong_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    wrong_because = models.CharField(max_length=500, blank=True)

    PERSONAL = {"reason", "wrong_because"}
    PLAIN = {"id", "file", "of", "what", "start", "end", "box", "more", "picture", "sound", "state",
             "asked_at", "asked_by", "made_at", "sha256", "lineage", "refusal", "passed_at",
             "passed_by", "wrong_at", "wrong_by"}  # fmt: skip

    class Meta:
        verbose_name_plural = "cut copies"
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(state="MADE", made_at__isnull=False) & ~models.Q(sha256=""))
                | (~models.Q(state="MADE") & models.Q(made_at__isnull=True, sha256="")),
                name="made_copy_has_its_digest",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="REFUSED") | ~models.Q(refusal=""),
                name="refused_copy_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(passed_at__isnull=True) | models.Q(state="MADE"),
                name="only_a_made_copy_is_passed",
            ),
            models.CheckConstraint(
                condition=models.Q(wrong_at__isnull=True, wrong_because="")
                | (models.Q(wrong_at__isnull=False) & ~models.Q(wrong_because="")),
                name="copy_not_right_says_why",
            ),
        ]
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        said = [f"{self.get_what_display()}, {self.times}"]
        if self.of_part:
            said = [f"{self.of_part} alone: {said[0]}"]
        for what, start, end, _ in self.more:
            said.append(f"{HIDDEN[what]}, {clock_words(start)} to {clock_words(end)}")
        return "; and ".join(said)

    @property
    def of_part(self) -> str:
        """Say which camera or sound of its file it is of; nothing where the file holds one."""
        if self.picture is None and self.sound is None:
            return ""
        return part_words(self.picture, self.sound)

    @property
    def times(self) -> str:
        """Say from when to when, as the player shows it."""
        return f"{clock_words(self.start)} to {clock_words(self.end)}"

    @property
    def is_in_place(self) -> bool:
        """Say whether it goes in place of its file; a clip is only some of that."""
        return self.what != self.What.CLIP

    @property
    def hides(self) -> bool:
        """Say whether something is hidden in it, rather than left out before and after."""
        return self.what != self.What.CLIP or bool(self.more)

    @property
    def parts(self) -> list[list[Any]]:
        """Return all that is hidden in it: for each what, from, to and box."""
        own = [[self.what, self.start, self.end, self.box]]
        return [*(own if self.what != self.What.CLIP else []), *self.more]

    @property
    def hiding_words(self) -> str:
        """Say inside a sentence what is hidden in it, and how it stands."""
        hides = [
            f"{HIDDEN[what]}, {clock_words(start)} to {clock_words(end)}"
            for what, start, end, _ in self.parts
        ]
        return f"copy {self.pk} ({list_words(hides)}: {self._stands})"

    @property
    def _stands(self) -> str:
        if self.wrong_at is not None:
            return f"found not right on {date_words(day_of(self.wrong_at))}"
        if self.state != self.State.MADE:
            return self.get_state_display().lower()
        if self.file.superseded_at is not None:
            return "of a file that came before the recording was asked for again"
        if self.passed_at is None:
            return "not found right yet"
        return "shut" if self.why_kept_here else "found right"

    @property
    def besides(self) -> list[str] | None:
        """Return what it holds besides pictures and sound; None while nobody looked."""
        found: list[str] | None = self.lineage.get("shown", {}).get("besides")
        return found

    @property
    def why_kept_here(self) -> str:
        """Say why it goes to nobody though it is made; nothing where it may go."""
        if self.wrong_at is not None:
            return (
                f"Copy {self.pk} was found not right on {date_words(day_of(self.wrong_at))}, so it "
                "goes to nobody. Make the copy anew, and have somebody else look at all of it."
            )
        if self.state != self.State.MADE or self.besides == []:
            return ""
        if self.besides is None:
            return (
                f"Copy {self.pk} was made before copies were looked through for closed captions "
                "and other words beside the picture. That is done within a quarter of an hour; "
                "until then it goes to nobody."
            )
        if OTHER_MOMENT in self.besides:
            return (
                f"Copy {self.pk} is shut: its times were taken from a clock that was not that of "
                "its file, so it hides or shows another moment than was asked for. Play the file "
                "again and make the copy anew, by the times that the player shows now."
            )
        return (
            f"Copy {self.pk} is shut: besides pictures and sound it holds "
            f"{list_words(self.besides)}. What is hidden may stand there in writing. Make the copy "
            "anew; a new one leaves this out."
        )

    @property
    def file_name(self) -> str:
        """Return what it is called where it is taken out; it tells nothing of the file it is of."""
        exhibit = re.sub(r"[^\w.-]+", "-", self.file.item.exhibit).strip(".-") or "exhibit"
        return f"{exhibit}-copy-{self.pk}.mp4"

    @property
    def size_words(self) -> str:
        """Return its size in the unit that suits it."""
        return size_words(self.lineage.get("copy_length", 0))

    @property
    def command(self) -> str:
        """Return what was typed to make it."""
        return shlex.join(self.lineage.get("command", ()))

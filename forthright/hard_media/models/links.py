"""Links by which a party gets recordings from here, and what became of each."""

from django.conf import settings
from django.db import models

from forthright.hard_media.models.items import ShareRecord
from forthright.rules.words import uncapitalised

PERSON = settings.AUTH_USER_MODEL


class ShareLink(models.Model):
    """One link to one e-mail address, for the shares of one act; a code by e-mail opens it."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    hearing = models.ForeignKey(
        "hard_media.Hearing", on_delete=models.PROTECT, related_name="links"
    )
    party = models.CharField(max_length=10, choices=ShareRecord.Party.choices)
    representation = models.ForeignKey(
        "hard_media.Representation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="links",
    )
    email = models.EmailField()
    shares = models.ManyToManyField(ShareRecord, related_name="links")
    expires_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    # When its e-mail went; until then it gave its party nothing.
    notified_at = models.DateTimeField(null=True, blank=True)
    # When another took its place because its e-mail had not gone; this one then opens nothing.
    replaced_at = models.DateTimeField(null=True, blank=True)
    # The present code as a digest, how often it was tried wrongly, and how many went in this hour.
    code = models.CharField(max_length=128, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    codes_since = models.DateTimeField(null=True, blank=True)
    # How many wrong codes were entered since it was made; after so many it opens nothing any more.
    codes_wrong = models.PositiveSmallIntegerField(default=0)
    MOST_WRONG = 30
    # When the last of them came, so that it opens nothing any more.
    guessed_at = models.DateTimeField(null=True, blank=True)
    # When somebody said that the address it went to was not its party's; it then opens nothing.
    wrong_at = models.DateTimeField(null=True, blank=True)

    # Its e-mail has not gone, nothing took its place, and it would open something.
    UNSENT = models.Q(notified_at=None, replaced_at=None, guessed_at=None)
    # Wrong codes closed it, and nothing took its place.
    GUESSED_AT = models.Q(replaced_at=None, guessed_at__isnull=False)

    PERSONAL = {"email"}
    PLAIN = {"id", "area", "hearing", "party", "representation", "shares", "expires_on", "made_at",
             "made_by", "notified_at", "replaced_at", "code", "code_sent_at", "code_tries",
             "codes_sent", "codes_since", "codes_wrong", "guessed_at", "wrong_at"}  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(party="DEFENCE", representation__isnull=False)
                | (~models.Q(party="DEFENCE") & models.Q(representation__isnull=True)),
                name="defence_link_names_its_firm",
            )
        ]
        indexes = [
            # There are few, and what counts of all shares is asked beside them.
            models.Index(
                fields=["guessed_at"],
                condition=models.Q(guessed_at__isnull=False),
                name="links_closed_by_guesses",
            )
        ]
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"link {self.pk}"

    @property
    def reference(self) -> str:
        """Return by what whoever holds it asks about it; it tells nothing of the case."""
        return f"L-{self.pk:05d}"

    @property
    def is_guessed_at(self) -> bool:
        """Say whether so many wrong codes were entered that nobody may try any more."""
        return self.guessed_at is not None

    @property
    def to(self) -> str:
        """Say whom it is for; which prosecuting counsel, where that was said."""
        if self.representation:
            return str(self.representation)
        named = [each.counsel for each in self.shares.all() if each.counsel]
        return " ".join([self.get_party_display(), *named[:1]])

    @property
    def whom(self) -> str:
        """Say within a sentence whom it is for."""
        return self.to if self.representation else uncapitalised(self.to)


class ShareContent(models.Model):
    """One thing that a share gives, fixed when it was made: a file as it came, or a copy of one."""

    share = models.ForeignKey(ShareRecord, on_delete=models.CASCADE, related_name="contents")
    file = models.ForeignKey("hard_media.SentFile", on_delete=models.PROTECT, related_name="+")
    # The copy that is given in place of the file; empty: the file as it came.
    copy = models.ForeignKey(
        "hard_media.CutCopy", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL: set[str] = set()
    PLAIN = {"id", "share", "file", "copy"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "share", "file", condition=models.Q(copy=None), name="file_once_in_share"
            ),
            models.UniqueConstraint("share", "copy", name="copy_once_in_share"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """Return what it is called where it is taken out."""
        return self.copy.file_name if self.copy else self.file.file_name

    @property
    def size_words(self) -> str:
        """Return its size in the unit that suits it."""
        return self.copy.size_words if self.copy else self.file.size_words

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of what is given."""
        return self.copy.sha256 if self.copy else self.file.sha256

    @property
    def digests(self) -> set[str]:
        """Return the SHA-256 of what is given, and of the file that it is or was made from.

        A copy of what is sensitive is sensitive as well, though its own bytes are others; and so is
        that of which what plays is sensitive.
        """
        return {self.sha256, *self.file.digests}


class GoneOut(models.Model):
    """Which bytes of what is given went out to one browser, or from one page, so far.

    Kept in rows, since several connections add to it at once. The worker removes old ones.
    """

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="+")
    content = models.ForeignKey(ShareContent, on_delete=models.CASCADE, related_name="+")
    key = models.CharField("digest of what tells the browser or the page", max_length=64)
    # Each as its first byte and that behind its last.
    pieces = models.JSONField(default=list)
    has_begun = models.BooleanField("it began to play from this page", default=False)
    # Which receipt says how much was taken out from this page so far.
    receipt = models.ForeignKey(
        "hard_media.ShareReceipt", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField("when a piece last went out", db_index=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "link", "content", "key", "pieces", "has_begun", "receipt", "at"}

    class Meta:
        constraints = [
            models.UniqueConstraint("link", "content", "key", name="gone_out_once_for_each"),
        ]

    def __str__(self) -> str:
        return f"what went out of {self.content_id}"


class ShareReceipt(models.Model):
    """What a party did with one recording that came by a link.

    Rows are only ever added; how much was played grows while one viewing lasts, and how much was
    taken out until all of it was. What was taken out in part, or did not play, proves nothing.
    """

    class What(models.TextChoices):
        OPENED = "OPENED", "Opened"
        WATCHED = "WATCHED", "Played"
        FETCHED = "FETCHED", "All bytes were fetched while playing"
        TAKEN_OUT = "TAKEN_OUT", "Taken out"
        TAKEN_PART = "TAKEN_PART", "Taken out in part"
        NOT_PLAYED = "NOT_PLAYED", "Did not play there"

    link = models.ForeignKey(ShareLink, on_delete=models.PROTECT, related_name="receipts")
    share = models.ForeignKey(ShareRecord, on_delete=models.CASCADE, related_name="receipts")
    file = models.ForeignKey(
        "hard_media.SentFile", on_delete=models.PROTECT, related_name="receipts"
    )
    copy = models.ForeignKey(
        "hard_media.CutCopy", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    what = models.CharField(max_length=10, choices=What.choices)
    part = models.PositiveSmallIntegerField(
        "which camera or sound of several was opened, by its number", null=True, blank=True
    )
    sha256 = models.CharField("SHA-256 of what was taken out", max_length=64, blank=True)
    seconds = models.PositiveIntegerField("how much was played, in seconds", null=True, blank=True)
    percent = models.PositiveSmallIntegerField(
        "how much of it was taken out, in whole parts of a hundred", null=True, blank=True
    )
    at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "link", "share", "file", "copy", "what", "part", "sha256", "seconds", "percent",
             "at"}  # fmt: skip

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_what_display()

    @property
    def percent_words(self) -> str:
        """Return how much was taken out, as "99%"."""
        return f"{self.percent}%" if self.percent else "less than 1%"

    @property
    def length_words(self) -> str:
        """Return how much was played, as "1:05" for a minute and five seconds."""
        minutes, seconds = divmod(self.seconds or 0, 60)
        return f"{minutes}:{seconds:02d}"

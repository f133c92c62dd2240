"""The wording letters are made of: blocks, and templates that say which blocks in which order."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from forthright.rules.letter_blocks.composed import ParagraphKind

PERSON = settings.AUTH_USER_MODEL


class Owner(models.TextChoices):
    """Who answers for a block and is reminded of its review."""

    LEGAL_MANAGER = "LEGAL_MANAGER", "Legal manager"
    LIAISON_MANAGER = "LIAISON_MANAGER", "Victim Liaison Unit manager"
    LEGAL_SPOC = "LEGAL_SPOC", "Legal SPOC"


class Look(models.TextChoices):
    """What the lines of a block are that have no mark of their own."""

    TEXT = ParagraphKind.TEXT.value, "Paragraphs"
    HEADING = ParagraphKind.HEADING.value, "Heading"
    ADDRESS = ParagraphKind.ADDRESS.value, "Address"
    DATE = ParagraphKind.DATE.value, "Date"
    REFERENCE = ParagraphKind.REFERENCE.value, "Reference"
    SALUTATION = ParagraphKind.SALUTATION.value, "Greeting"
    BULLET = ParagraphKind.BULLET.value, "Bullet list"
    NUMBERED = ParagraphKind.NUMBERED.value, "Numbered list"
    SIGN_OFF = ParagraphKind.SIGN_OFF.value, "Sign-off"


class Standing(models.TextChoices):
    """Whether the Area has confirmed what a block says, by the names of clock_rules.Status."""

    PUBLISHED = "PUBLISHED", "Published"
    TO_BE_CONFIRMED = "TO_BE_CONFIRMED", "To be confirmed"
    CONFIRMED = "CONFIRMED", "Confirmed by the Area"


class Version(models.Model):
    """One version of a wording: made by one person, approved by another, never changed after."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", "Waits for approval"
        APPROVED = "APPROVED", "In use"
        RETIRED = "RETIRED", "No longer in use"
        WITHDRAWN = "WITHDRAWN", "Not approved"

    number = models.PositiveIntegerField()
    # What it is called from the day this version comes into use; until then it has its old title.
    title = models.CharField(max_length=120)
    reason = models.TextField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField()
    # Nobody made what the product ships with, and nobody has approved it.
    made_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Why it was approved although a check stops a letter made with it.
    approved_although = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_because = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def is_draft(self) -> bool:
        """Return whether it waits for approval."""
        return self.state == self.State.DRAFT

    @property
    def is_in_use(self) -> bool:
        """Return whether letters are made with it."""
        return self.state == self.State.APPROVED


# What every version has, for the lists of plain fields.
OF_VERSION = {"id", "number", "title", "reason", "state", "made_at", "made_by", "approved_at",
              "approved_by", "approved_although", "ended_at", "ended_by",
              "ended_because"}  # fmt: skip


def _constraints(of: str) -> list[Any]:
    """Return what the database holds true of every version of a block or template."""
    state = Version.State
    return [
        models.UniqueConstraint(of, "number", name=f"{of}_version_once"),
        models.UniqueConstraint(
            fields=[of], condition=Q(state=state.DRAFT), name=f"one_draft_of_{of}"
        ),
        models.UniqueConstraint(
            fields=[of], condition=Q(state=state.APPROVED), name=f"one_{of}_version_in_use"
        ),
        models.CheckConstraint(
            condition=~Q(approved_by=F("made_by")), name=f"{of}_not_approved_by_its_maker"
        ),
        models.CheckConstraint(
            condition=~Q(state=state.APPROVED)
            | Q(approved_at__isnull=False, ended_at__isnull=True),
            name=f"{of}_in_use_was_approved",
        ),
        models.CheckConstraint(
            condition=~Q(state=state.DRAFT) | Q(approved_at__isnull=True, ended_at__isnull=True),
            name=f"{of}_draft_is_open",
        ),
        models.CheckConstraint(
            condition=~Q(state__in=[state.RETIRED, state.WITHDRAWN]) | Q(ended_at__isnull=False),
            name=f"{of}_ended_at_a_time",
        ),
    ]


class Block(models.Model):
    """One piece of wording that templates share, known by its code."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    position = models.PositiveIntegerField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "code", "title", "position"}

    class Meta:
        constraints = [models.UniqueConstraint("area", "code", name="block_once_in_area")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class BlockVersion(Version):
    """What a block says, when it is used, what it is for and who answers for it."""

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="versions")
    owner = models.CharField(max_length=20, choices=Owner.choices)
    wording = models.TextField()
    look = models.CharField(max_length=20, choices=Look.choices, default=Look.TEXT)
    # Whether it goes on in the paragraph of the block before it.
    joins = models.BooleanField(default=False)
    # The table of forthright.rules.letter_checks.conditions; an empty one always holds.
    condition = models.JSONField(default=dict, blank=True)
    # The codes of the criteria of the standard that the block helps to meet.
    standards = models.JSONField(default=list, blank=True)
    need = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    source_address = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=20, choices=Standing.choices)
    review_on = models.DateField(null=True, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = OF_VERSION | {"block", "owner", "wording", "look", "joins", "condition", "standards",
                          "need", "source", "source_address", "status", "review_on"}  # fmt: skip

    class Meta:
        constraints = _constraints("block")
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def of(self) -> Block:
        """Return what this is a version of."""
        return self.block


class Template(models.Model):
    """A letter as an order of blocks, known by its code."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    position = models.PositiveIntegerField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "code", "title", "position"}

    class Meta:
        constraints = [models.UniqueConstraint("area", "code", name="template_once_in_area")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class TemplateVersion(Version):
    """Which blocks a letter is made of, in which order, and which letters it is for."""

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    use = models.CharField(max_length=300)
    # Kinds of letter (rules.case_file.LetterKind), and those that need the prosecutor's reasons.
    kinds = models.JSONField(default=list)
    needs_note = models.JSONField(default=list, blank=True)
    condition = models.JSONField(default=dict, blank=True)
    # Codes of blocks, {"one_of": [...]} and {"at_most_one_of": [...]}.
    order = models.JSONField(default=list)

    PERSONAL: set[str] = set()
    PLAIN = OF_VERSION | {"template", "use", "kinds", "needs_note", "condition",
                          "order"}  # fmt: skip

    class Meta:
        constraints = _constraints("template")
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def of(self) -> Template:
        """Return what this is a version of."""
        return self.template

"""How far marks can be trusted: rounds, agreed marks, leniency, and faults that come again."""

from django.conf import settings
from django.db import models

from forthright.rules.sampled import Subject as SubjectKind
from forthright.rules.sampled import SubjectWords
from forthright.standards.models import Level

PERSON = settings.AUTH_USER_MODEL


class Round(models.Model):
    """What several people mark without one another's marks, to talk about it after.

    A round is of letters or of disclosure, never of both: each has a standard of its own.
    """

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    edition = models.ForeignKey("standards.Edition", on_delete=models.PROTECT, related_name="+")
    mark_by = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Said where it closed before everybody had finished, or was given up.
    closed_because = models.TextField(blank=True)
    # Closed without a comparison: nobody sees its marks, and its letters may be in another round.
    is_given_up = models.BooleanField(default=False)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "name", "edition", "mark_by", "made_at", "made_by", "closed_at",
             "closed_by", "closed_because", "is_given_up"}  # fmt: skip

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Say whether letters of it are still marked."""
        return self.closed_at is None

    @property
    def subject(self) -> SubjectKind:
        """Return what is marked in it: letters or disclosure, by the standard that it uses."""
        return SubjectKind(self.edition.subject)

    @property
    def words(self) -> SubjectWords:
        """Return how what is marked in it is spoken of."""
        return self.subject.words


class RoundMarker(models.Model):
    """Somebody who marks the letters of a round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="markers")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "round", "person", "finished_at"}

    class Meta:
        constraints = [models.UniqueConstraint("round", "person", name="once_in_a_round")]

    def __str__(self) -> str:
        return f"marker {self.person_id} of round {self.round_id}"


class RoundLetter(models.Model):
    """One letter of a round, by the marking of it that was done before."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="letters")
    review = models.ForeignKey("reviews.Review", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    # By the number of a person: why they do not mark this letter in the round.
    left_out = models.JSONField(default=dict)
    # What was said when the marks were talked about.
    discussion = models.TextField(blank=True)
    discussed_at = models.DateTimeField(null=True, blank=True)
    discussed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"discussion"}
    PLAIN = {"id", "round", "review", "position", "left_out", "discussed_at", "discussed_by"}

    class Meta:
        constraints = [models.UniqueConstraint("round", "review", name="letter_once_in_a_round")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.round.words.thing} {self.position}"


class DiscussedBefore(models.Model):
    """What was written of a letter's marks before somebody wrote it otherwise."""

    letter = models.ForeignKey(RoundLetter, on_delete=models.CASCADE, related_name="said_before")
    discussion = models.TextField()
    discussed_at = models.DateTimeField()
    discussed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"discussion"}
    PLAIN = {"id", "letter", "discussed_at", "discussed_by"}

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"said before of {self.letter}"


class RoundMark(models.Model):
    """The level that one marker gave one letter of a round on one criterion."""

    letter = models.ForeignKey(RoundLetter, on_delete=models.CASCADE, related_name="marks")
    marker = models.ForeignKey(RoundMarker, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey("standards.Criterion", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, choices=Level.choices)
    saved_at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "letter", "marker", "criterion", "level", "saved_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint("letter", "marker", "criterion", name="one_mark_in_a_round")
        ]

    def __str__(self) -> str:
        return self.level


class AgreedMark(models.Model):
    """The level that was agreed on for a letter of a round, and why."""

    letter = models.ForeignKey(RoundLetter, on_delete=models.CASCADE, related_name="agreed")
    criterion = models.ForeignKey("standards.Criterion", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, choices=Level.choices)
    reason = models.TextField()
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"reason"}
    PLAIN = {"id", "letter", "criterion", "level", "agreed_at", "agreed_by"}

    class Meta:
        constraints = [models.UniqueConstraint("letter", "criterion", name="one_agreed_mark")]

    def __str__(self) -> str:
        return self.level


class GoldLetter(models.Model):
    """A letter with agreed marks that goes out among other second marks, unmarked as such."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    letter = models.OneToOneField(RoundLetter, on_delete=models.PROTECT, related_name="gold")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_because = models.TextField(blank=True)
    retired_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Kept as agreed before that took two: what was agreed is held against nobody's marks.
    is_by_one = models.BooleanField(default=False)
    # Found wrong after it went out: from then on, too, they are held against nobody's marks.
    marks_wrong_at = models.DateTimeField(null=True, blank=True)
    marks_wrong_because = models.TextField(blank=True)
    marks_wrong_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "letter", "made_at", "made_by", "retired_at", "retired_because",
             "retired_by", "is_by_one", "marks_wrong_at", "marks_wrong_because",
             "marks_wrong_by"}  # fmt: skip

    def __str__(self) -> str:
        return f"agreed letter {self.pk}"


class HiddenWords(models.Model):
    """The words of a letter with every name hidden: shown to whoever marks it in its place."""

    review = models.OneToOneField("reviews.Review", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"words"}
    PLAIN = {"id", "review", "kept_at", "kept_by"}

    def __str__(self) -> str:
        return f"hidden words of {self.review_id}"


class GoldGiven(models.Model):
    """A second marking that is of a letter with agreed marks; known here and nowhere below."""

    gold = models.ForeignKey(GoldLetter, on_delete=models.PROTECT, related_name="given")
    marking = models.OneToOneField(
        "reviews.SecondMarking", on_delete=models.PROTECT, related_name="+"
    )

    PERSONAL: set[str] = set()
    PLAIN = {"id", "gold", "marking"}

    def __str__(self) -> str:
        return f"given {self.marking_id}"


class LeniencyRun(models.Model):
    """One working out of everybody's leniency, and the Area's figure set right for it."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    marks_since = models.DateField()
    numbers = models.CharField(max_length=40)
    method = models.TextField()
    # The leniency that all have in common, in words.
    in_common = models.TextField()
    # The share of sampled letters that fully meet the standard, raw and set right.
    raw_met = models.PositiveIntegerField(default=0)
    raw_n = models.PositiveIntegerField(default=0)
    adjusted = models.FloatField(null=True, blank=True)
    adjusted_low = models.FloatField(null=True, blank=True)
    adjusted_high = models.FloatField(null=True, blank=True)
    words = models.TextField()
    area_method = models.TextField()
    # The finished markings whose letters were compared.
    reviews = models.JSONField(default=list)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "made_at", "marks_since", "numbers", "method", "in_common", "raw_met",
             "raw_n", "adjusted", "adjusted_low", "adjusted_high", "words", "area_method",
             "reviews"}  # fmt: skip

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"leniency of {self.made_at:%d %B %Y}"


class LeniencyFigure(models.Model):
    """One marker's leniency as it was worked out; they see it before anybody else."""

    run = models.ForeignKey(LeniencyRun, on_delete=models.CASCADE, related_name="figures")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    marker = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    letters = models.PositiveIntegerField()
    value = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    words = models.TextField()
    # A change that was signalled, in words, with the second markings and the letters of rounds to
    # look at together.
    drift = models.TextField(blank=True)
    look_at = models.JSONField(default=list, blank=True)
    look_at_rounds = models.JSONField(default=list, blank=True)
    others_from = models.DateField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "run", "area", "unit", "marker", "letters", "value", "low", "high", "words",
             "drift", "look_at", "look_at_rounds", "others_from"}  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint("run", "marker", name="one_figure_in_a_run")]

    def __str__(self) -> str:
        return self.words


class FigureLook(models.Model):
    """Who looked at a marker's figure, and when first."""

    figure = models.ForeignKey(LeniencyFigure, on_delete=models.CASCADE, related_name="looks")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "figure", "person", "seen_at"}

    class Meta:
        constraints = [models.UniqueConstraint("figure", "person", name="one_first_look")]

    def __str__(self) -> str:
        return f"look at {self.figure_id}"


class SystemicFinding(models.Model):
    """One fault in several letters, and who puts right what causes it."""

    class State(models.TextChoices):
        OPEN = "OPEN", "Open"
        MENDING = "MENDING", "Being mended"
        CLOSED = "CLOSED", "Closed"

    class Remedy(models.TextChoices):
        TEMPLATE = "TEMPLATE", "The wording"
        NOTE = "NOTE", "The prosecutor’s reasons"
        TRAINING = "TRAINING", "Training"
        PROCESS = "PROCESS", "How the work is done"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    criterion = models.ForeignKey("standards.Criterion", on_delete=models.PROTECT, related_name="+")
    block = models.CharField(max_length=60, blank=True)
    remedy = models.CharField(max_length=10, choices=Remedy.choices)
    failed = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    authors = models.PositiveIntegerField()
    # By Fisher's exact test, where a block is named; without one there is no test.
    chance = models.FloatField(null=True, blank=True)
    words = models.TextField()
    marked_from = models.DateField()
    marked_until = models.DateField()
    numbers = models.CharField(max_length=40)
    reviews = models.ManyToManyField("reviews.Review", related_name="+")
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    plan = models.TextField(blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_because = models.TextField(blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "criterion", "block", "remedy", "failed", "of", "authors", "chance",
             "words", "marked_from", "marked_until", "numbers", "reviews", "found_at", "state",
             "owner", "plan", "taken_at", "closed_at", "closed_by",
             "closed_because"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "criterion", "block"],
                condition=~models.Q(state="CLOSED"),
                name="one_standing_finding_of_a_fault",
            )
        ]
        ordering = ["-found_at", "-pk"]

    def __str__(self) -> str:
        return f"finding {self.pk}"

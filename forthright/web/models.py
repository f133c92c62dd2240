"""Background work that was asked for, who carries it out, and what the calendar asks for."""

from django.conf import settings
from django.db import models

# What each job does, for people; a job that an Area adds is called by its own name.
JOB_WORDS = {
    "accounts.tidy": "Nightly tidying",
    "audit.verify": "Check of the record",
    "cases.follow_units": "Looking for records left with a former unit of their case",
    "calibration.findings": "Looking for faults that come again",
    "calibration.gold": "Handing out of letters marked before",
    "calibration.leniency": "Working out of leniency",
    "disclosure.count_anew": "Counting anew of days after a rule changed",
    "extracts.check": "Check of a file that was handed over",
    "extracts.import": "Import of a file",
    "extracts.tidy": "Removal of files that nobody imported",
    "extracts.undo": "Undoing of an import",
    "letters.ask_notify": "Asking GOV.UK Notify what became of letters",
    "letters.backtest": "Try of changed rules on letters of the past",
    "letters.read_bounces": "Reading of what came back",
    "letters.send": "Sending of a letter",
    "morning_lists.ask": "Reminders to prosecutors and morning lists that are due",
    "morning_lists.digest": "E-mail of a morning list",
    "morning_lists.remind": "E-mail that reminds a prosecutor",
    "peer_checks.give": "Giving letters to colleagues who look at them before they go",
    "peer_checks.tell": "E-mail to somebody who has feedback of a check",
    "panels.search_again": "Search of released letters by what the record knows now",
    "reports.send": "Sending of a weekly report",
    "reports.weekly": "Weekly report",
    "reviews.choose_second": "Choosing of letters to be marked a second time",
    "reviews.freeze_disputes": "Closing of disputes that nobody decided",
    "reviews.move_days": "Counting anew of the days to dispute marks",
    "reviews.tell": "E-mail to a drafter who has feedback",
    "samples.draw": "Weekly draw of samples",
    "hard_media.keep": "Keeping a recording",
    "hard_media.cut": "Making a clip, or a copy with parts hidden",
    "hard_media.look_through": "Looking through copies made before they were looked through",
    "hard_media.decide_anew": "Deciding anew how files play that earlier rules decided",
    "hard_media.tell": "Telling a party of a recording",
    "hard_media.find_whole": "Looking for files that came whole",
    "hard_media.give_up_old": "Removing old parts of files",
}


class Job(models.Model):
    """One piece of background work; the row is also the request to start it."""

    class State(models.TextChoices):
        ASKED = "ASKED", "Waiting to start"
        STARTED = "STARTED", "Under way"
        FINISHED = "FINISHED", "Finished"
        FAILED = "FAILED", "Failed"

    name = models.CharField(max_length=60)
    key = models.CharField(max_length=160, unique=True)
    arguments = models.JSONField(default=dict)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, null=True, related_name="+")
    # Nobody asked for what the calendar asks for.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    # Grows by one each time a failed job is asked for again.
    turn = models.PositiveSmallIntegerField(default=1)
    step = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps_total = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    # A fault may quote what it stumbled over; arguments are identifiers, weeks and counts only.
    PERSONAL = {"last_error"}
    PLAIN = {"id", "name", "key", "arguments", "area", "asked_by", "asked_at", "state", "turn",
             "step", "attempts", "steps_done", "steps_total", "started_at", "ended_at"}  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="job_by_state")]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"

    @property
    def words(self) -> str:
        """Say the job to people: "Weekly report"."""
        return JOB_WORDS.get(self.name) or self.name.replace(".", " ").replace("_", " ")

    @property
    def colour(self) -> str:
        """Return the colour of the state's tag."""
        colours = {"ASKED": "grey", "STARTED": "blue", "FINISHED": "green", "FAILED": "red"}
        return colours[self.state]

    @property
    def run_key(self) -> str:
        """Return the name under which the engine runs this turn of the job, once."""
        return self.key if self.turn == 1 else f"{self.key} turn {self.turn}"


class WorkerBeat(models.Model):
    """One worker's sign of life, counted up every few seconds."""

    executor = models.CharField(max_length=80, unique=True)
    # Differs each time the worker starts, so that a worker can tell it was replaced.
    start = models.CharField(max_length=32)
    beats = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    taken_over_at = models.DateTimeField(null=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "executor", "start", "beats", "started_at", "seen_at", "stopped_at",
             "taken_over_at"}  # fmt: skip

    def __str__(self) -> str:
        return f"{self.executor} at {self.seen_at:%H:%M:%S}"


class JobSchedule(models.Model):
    """How far the calendar has been read for one schedule."""

    name = models.CharField(max_length=80, unique=True)
    asked_up_to = models.DateTimeField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "name", "asked_up_to"}

    def __str__(self) -> str:
        return f"{self.name} up to {self.asked_up_to:%d %B %Y %H:%M}"

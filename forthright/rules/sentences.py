"""Sentences of a report, made from figures: nothing is called better or worse without a signal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forthright.rules.charts import Chart
from forthright.rules.figures import NO_CHANGE, Better, Change, Proportion
from forthright.rules.timeliness import StageName
from forthright.rules.words import count_words, list_words


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCounts:
    """How the duties of a period stand; each is counted once."""

    met: int
    late: int
    never_sent: int
    open: int = 0
    not_required: int = 0

    @property
    def due(self) -> int:
        """Return the number that rates are taken of: what fell due, sent or not."""
        return self.met + self.late + self.never_sent

    @property
    def on_time(self) -> Proportion:
        """Return how many were on time of those that fell due."""
        return Proportion(self.met, self.due)


def duties_sentences(counts: DutyCounts) -> tuple[str, ...]:
    """Say what fell due and what became of it, letters never sent first."""
    if not counts.due:
        return ("No letters fell due.",)
    missing = count_words(counts.never_sent, "letter")
    first = f"{missing} that fell due {_was(counts.never_sent)} never sent."
    said = [
        first if counts.never_sent else "Every letter that fell due was sent.",
        _split_words(counts),
        f"On time: {counts.on_time.words()}.",
    ]
    if counts.open:
        said.append(f"{count_words(counts.open, 'letter')} more {_is(counts.open)} not due yet.")
    if counts.not_required:
        noun = count_words(counts.not_required, "decision")
        said.append(
            f"For {noun} no letter was required; each has its reason, and none is counted above."
        )
    return tuple(said)


def late_stage_sentence(late_by_stage: Mapping[StageName, int]) -> str:
    """Say in which stages late letters lost most of their time."""
    counted = sorted(
        ((number, stage) for stage, number in late_by_stage.items() if number),
        key=lambda each: (-each[0], list(StageName).index(each[1])),
    )
    if not counted:
        return "No letter was late."
    parts = [f"{number:,} {stage.words}" for number, stage in counted]
    return f"Late letters lost most of their time: {list_words(parts)}."


def sample_sentence(quality: Proportion) -> str:
    """Say how many letters of the random sample fully met the standard."""
    if not quality.n:
        return "No letter of the random sample has been marked."
    return f"Letters of the random sample that fully met the standard: {quality.words()}."


def targeted_sentence(met: int, n: int) -> str:
    """Say the result of the targeted letters as a count, and why it is not a rate."""
    if not n:
        return "No letters were chosen for a reason this week."
    return (
        f"Of {count_words(n, 'letter')} chosen for a reason, {met:,} fully met the standard. "
        "They were not drawn at random, so they say nothing about the rest."
    )


def feedback_sentence(told: Proportion, disputed: int = 0) -> str:
    """Say how many marks are finished, which means that the drafter has been told."""
    if not told.n:
        return "No marks are waiting for feedback."
    left = told.n - told.met
    said = f"Feedback was given on {told.count_words} marked letters"
    said += f"; {left:,} {_is(left)} not finished until the drafter is told" if left else ""
    said += f"; {disputed:,} {_is(disputed)} disputed" if disputed else ""
    return f"{said}."


def defects_sentence(defects: Sequence[tuple[str, int]], marked: int) -> str:
    """Say which criteria were most often not met, as counts of the letters marked."""
    worst = sorted((each for each in defects if each[1]), key=lambda each: (-each[1], each[0]))
    if not marked:
        return "No letters have been marked, so there are no defects to count."
    if not worst:
        return f"No criterion was failed in {count_words(marked, 'marked letter')}."
    parts = [f"{title} ({number:,})" for title, number in worst[:3]]
    letters = count_words(marked, "marked letter")
    return f"Most often not met, in {letters}: {list_words(parts)}."


def change_sentence(measure: str, change: Change, *, since: str, better: Better) -> str:
    """Say whether a proportion changed, by the test fixed beforehand."""
    if not change.is_shown:
        return f"{measure}: {NO_CHANGE} since {since}."
    figures = f"from {change.before.words()} to {change.after.words()}"
    return f"{measure} {change.words(better)} since {since}: {figures}."


def chart_sentence(measure: str, drawn: Chart) -> str:
    """Say what a control chart shows at its newest point."""
    if not drawn.points:
        return f"{measure}: nothing to show yet."
    if drawn.is_trial:
        return f"{measure}: {NO_CHANGE}. {drawn.segments[-1].words}"
    signal = drawn.latest_signal
    if signal is None:
        return f"{measure}: {NO_CHANGE}. The newest value lies within what is usual."
    return f"{measure} {signal.change}: the newest value is {signal.words}."


def segment_sentence(drawn: Chart) -> str | None:
    """Say that figures either side of a change are not compared, if there is such a change."""
    if len(drawn.segments) < 2:
        return None
    name = drawn.segments[-1].name
    return (
        f"The chart starts afresh at {name}: what came before was measured in another way, "
        "so no trend is drawn across."
    )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _split_words(counts: DutyCounts) -> str:
    return (
        f"{count_words(counts.due, 'letter')} fell due: {counts.met:,} on time, "
        f"{counts.late:,} late, {counts.never_sent:,} never sent."
    )

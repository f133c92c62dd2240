"""The list that a meeting's letters are drawn from: every letter that went out in its months."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from forthright.cases.models import Decision, PersonToTell
from forthright.letters.models import LetterVersion
from forthright.letters.selectors.sent_words import words_sent
from forthright.panels.models import Meeting, PackLetter
from forthright.rules.frame import FrameRow
from forthright.rules.letter_checks.language import language_otherwise
from forthright.rules.letter_checks.text import LetterText
from forthright.rules.sampling import Part, SamplePlan, StratumField, Target
from forthright.rules.words import count_words, day_words, list_words, moment_words
from forthright.samples.models import Condition
from forthright.samples.selectors.frames import drafter_code, reference_of
from forthright.schemes.models import Duty
from forthright.web import clock

FACTS = ("pk", "unit__name", "decision__kind", "entitlement", "state", "drafter_id",
         "drafter_name", "case__is_rasso", "case__is_domestic_abuse", "case__involves_child",
         "person__is_child")  # fmt: skip
NO_WORDS = "No words of it are kept here"
NOT_ENGLISH = "It is not in English, and only English is anonymised by itself"
READ_BEFORE = "Another meeting of the panel has it"


def letters_sent(meeting: Meeting) -> list[FrameRow]:
    """Return a row for every letter that went out between the meeting's two days."""
    first, last = _moments(meeting)
    sent = Duty.objects.filter(area=meeting.area_id, sent_at__gte=first, sent_at__lt=last)
    facts = list(sent.values(*FACTS).order_by("pk"))
    ids = [each["pk"] for each in facts]
    worded = set(
        LetterVersion.objects.filter(letter__number=1, letter__duty__in=ids).values_list(
            "letter__duty", flat=True
        )
    )
    before = set(
        PackLetter.objects.filter(duty__in=ids, left_out_because="")
        .exclude(meeting=meeting)
        # Of a meeting that was called off before its pack was opened nobody read anything.
        .exclude(meeting__state=Meeting.State.CANCELLED, meeting__opened_at=None)
        .values_list("duty", flat=True)
    )
    excluded = {
        **dict.fromkeys(set(ids) - worded, NO_WORDS),
        **dict.fromkeys(_in_another_language(worded), NOT_ENGLISH),
        **dict.fromkeys(before, READ_BEFORE),
    }
    return [_row(each, meeting.area_id, excluded) for each in facts]


def _in_another_language(duties: set[int]) -> set[int]:
    """Return the letters whose words that went out are not in English."""
    texts = LetterVersion.objects.filter(letter__number=1, letter__duty__in=duties)
    told = texts.order_by("pk").values_list("letter__duty", "text").iterator()
    some = {duty for duty, text in told if language_otherwise(LetterText(text))}
    sent = {each.pk: words_sent(each) for each in Duty.objects.filter(pk__in=some)}
    return {
        duty for duty, version in sent.items()
        if version is not None and language_otherwise(LetterText(version.text))
    }  # fmt: skip


def drawn_before(meeting: Meeting) -> list[Meeting]:
    """Return the meetings that were drawn since one took place, before this one, in any state.

    Whatever their days: who could draw for other days and call off, or leave a drawing lying,
    could choose between draws.
    """
    drawn = Meeting.objects.filter(area=meeting.area_id, drawn_at__isnull=False)
    if meeting.drawn_at is not None:
        drawn = drawn.filter(drawn_at__lte=meeting.drawn_at)
    drawn = drawn.exclude(pk=meeting.pk).order_by("drawn_at", "pk")
    took_place = drawn.filter(state__in=[Meeting.State.CLOSED, Meeting.State.PUBLISHED]).last()
    if took_place is not None:
        drawn = drawn.filter(drawn_at__gt=took_place.drawn_at)
    return list(drawn)


def left_lying_words(meeting: Meeting) -> str:
    """Say which other meeting of the Area is drawn and not opened, or nothing where none is."""
    rows = Meeting.objects.filter(area=meeting.area_id, state=Meeting.State.DRAWN)
    if (lying := rows.exclude(pk=meeting.pk).order_by("drawn_at", "pk").first()) is None:
        return ""
    return (
        f"The letters of panel {lying.number}, planned for "
        f"{day_words(clock.day_of(lying.starts_at))}, are drawn and its pack is not open. Open it "
        "or call it off first, so that nobody draws until they like what they get."
    )


def seed_before(meeting: Meeting) -> int | None:
    """Return the seed of the first of those that were called off since a meeting took place.

    With it the same letters come again, as far as they can: nobody draws until they like it.
    """
    called_off = Meeting.State.CANCELLED
    seeds = (each.seed for each in drawn_before(meeting) if each.state == called_off)
    return next((int(seed) for seed in seeds if seed.isdecimal()), None)


def drawn_before_words(meeting: Meeting) -> list[str]:
    """Say of each drawing before this one, since a meeting took place, what became of it."""
    return [_drawing_words(each, meeting) for each in drawn_before(meeting)]


def _drawing_words(before: Meeting, meeting: Meeting) -> str:
    drawn = f" {moment_words(before.drawn_at)}" if before.drawn_at else ""
    said = (
        f"Letters were drawn before, for panel {before.number}{drawn}, of those that went out "
        f"from {day_words(before.sent_from)} to {day_words(before.sent_until)}."
    )
    if before.cancelled_at is None:
        stands = "was opened" if before.opened_at else "was not opened and not called off"
        return f"{said} Its pack {stands}."
    said = f"{said} It was called off {moment_words(before.cancelled_at)}, "
    if before.opened_at:
        said += "after its pack was open, so its letters are drawn no more."
    else:
        said += "before anybody could read its pack."
    if meeting.drawn_at is None:
        seed = "Its seed is used again, so that the same letters come as far as they can."
    elif before.seed == meeting.seed:
        seed = "Its seed was used again, so that the same letters came as far as they could."
    else:
        seed = "Another seed was used since."
    return f"{said} {seed}"


def none_drawn_words(rows: Sequence[FrameRow]) -> str:
    """Say why no letter can be drawn: none went out, or for which reasons each is left out."""
    if not rows:
        return "No letter went out between those days. Plan a meeting with other days."
    counts = Counter(each.excluded_because for each in rows)
    reasons = list_words([f"{why} ({number})" for why, number in counts.most_common()])
    return (
        f"{count_words(len(rows), 'letter')} went out between those days, and none can be drawn: "
        f"{reasons}. Add their words, call off a meeting that does not take place, or plan one "
        "with other days."
    )


def _moments(meeting: Meeting) -> tuple[datetime, datetime]:
    day_after = meeting.sent_until + timedelta(days=1)
    return clock.start_of(meeting.sent_from), clock.start_of(day_after)


def _row(facts: Mapping[str, Any], area_id: int, excluded: Mapping[int, str]) -> FrameRow:
    return FrameRow(
        reference=reference_of(facts["pk"]),
        unit=facts["unit__name"],
        letter_type=str(Decision.Kind(facts["decision__kind"]).label),
        entitlement=str(PersonToTell.Entitlement(facts["entitlement"]).label),
        drafter=drafter_code(facts["drafter_id"], facts["drafter_name"], area_id),
        is_sent=True,
        is_late=facts["state"] == Duty.State.LATE,
        flags=_flags(facts),
        excluded_because=excluded.get(facts["pk"], ""),
    )


def _flags(facts: Mapping[str, Any]) -> tuple[str, ...]:
    holds = {
        Condition.RASSO: facts["case__is_rasso"],
        Condition.DOMESTIC_ABUSE: facts["case__is_domestic_abuse"],
        Condition.CHILD: facts["case__involves_child"] or facts["person__is_child"],
    }
    return tuple(sorted(str(condition) for condition, holding in holds.items() if holding))


def plan_of(meeting: Meeting) -> SamplePlan:
    """Return how a meeting draws: by lot from every unit, and some for its theme beside them."""
    targets: tuple[Target, ...] = ()
    if meeting.theme:
        is_late = meeting.theme == Condition.LATE
        targets = (
            Target(
                name=Condition(meeting.theme).label.lower(),
                size=meeting.theme_size,
                any_flag=() if is_late else (meeting.theme,),
                is_late=is_late,
            ),
        )
    return SamplePlan(
        random_size=meeting.size - (meeting.theme_size if meeting.theme else 0),
        strata=(StratumField.UNIT,),
        targets=targets,
    )


def shortfall_words(meeting: Meeting) -> str:
    """Say where a drawing found fewer letters than were asked for, or nothing.

    A meeting whose marks are closed counts and is not called off, so another one is advised alone.
    """
    if meeting.state == Meeting.State.PLANNED:
        return ""
    drawn = Counter(meeting.letters.values_list("part", flat=True))
    by_lot = meeting.size - (meeting.theme_size if meeting.theme else 0)
    asked = [(by_lot, drawn[str(Part.RANDOM)], "by lot")]
    if meeting.theme:
        asked.append((meeting.theme_size, drawn[str(Part.TARGETED)], "for the theme"))
    short = [f"{found:,} of {wanted:,} {how}" for wanted, found, how in asked if found < wanted]
    if not short:
        return ""
    may_be_called_off = meeting.state in {Meeting.State.DRAWN, Meeting.State.OPEN}
    how = "call this meeting off and plan another" if may_be_called_off else "plan another meeting"
    return (
        f"Fewer letters were drawn than were asked for: {list_words(short)}. No more of those that "
        f"went out from {day_words(meeting.sent_from)} to {day_words(meeting.sent_until)} could be "
        f"drawn. They are drawn once; to look at letters of other days too, {how}."
    )


def at_hour(day: Any, hour: time) -> datetime:
    """Return a moment of a day in London."""
    return clock.start_of(day).replace(hour=hour.hour, minute=hour.minute)

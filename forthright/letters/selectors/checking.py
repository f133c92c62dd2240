"""What the checks say of a letter against its case, and which stops somebody let pass."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.letters.marked_text import marked_text, places_in
from forthright.letters.models import ContactOverride, Letter, LetterVersion, Override
from forthright.letters.selectors.case_facts import case_file_for
from forthright.letters.selectors.sending import overruled_by
from forthright.letters.selectors.which import Which, about, duty_of
from forthright.rules.case_file import CaseFile
from forthright.rules.letter_blocks.composed import Composed, Origin, Paragraph, Run
from forthright.rules.letter_checks.engine import Finding, check_letter, said_share
from forthright.rules.letter_checks.rule import Level
from forthright.rules.words import count_words, list_words
from forthright.schemes.models import Duty
from forthright.standards.selectors import CheckRules, check_rules_of

WORDS = {
    Level.STOP: ("stop", "stops"),
    Level.WARN: ("warning", "warnings"),
    Level.ADVISE: ("piece of advice", "pieces of advice"),
}
# Letters in which pasted paragraphs are looked for: some weeks of a small Area.
MOST_RECENT = 50
# Where findings lie over one another, the gravest is painted.
GRAVEST = ("stop", "warn", "passed", "advise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One finding as the page shows it; `start` and `end` are places in the marked text."""

    finding: Finding
    number: int
    title: str
    start: int
    end: int
    replacement: str
    override: Override | ContactOverride | None

    @property
    def level(self) -> str:
        """Return the level, or "passed" for a stop that somebody let pass."""
        return "passed" if self.override else self.finding.level.value

    @property
    def is_stop(self) -> bool:
        """Say whether it still stops the letter."""
        return self.level == Level.STOP.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A letter with what was found in it."""

    text: str
    composed: Composed
    findings: list[Shown]
    # How many of a hundred words are about this person, counted as the checks count them.
    share: str

    @property
    def stops(self) -> list[Shown]:
        """Return what still stops the letter."""
        return [each for each in self.findings if each.is_stop]

    @property
    def words(self) -> str:
        """Say how much was found: "1 stop and 2 warnings"."""
        counts = Counter(each.level for each in self.findings)
        said = [
            count_words(counts[level.value], *words)
            for level, words in WORDS.items()
            if counts[level.value]
        ]
        if counts["passed"]:
            said.append(f"{count_words(counts['passed'], 'stop')} overruled")
        return list_words(said) or "Nothing found"

    @property
    def share_words(self) -> str:
        """Say how much of the letter is about this person."""
        return f"{self.share} of a hundred words are about this person"

    def for_script(self) -> dict[str, Any]:
        """Return the places that the script paints, counted as a browser counts."""
        places = places_in(self.text, self.composed)
        return {
            "words": self.words,
            "share": self.share_words,
            "marks": [
                [_in_browser(self.text, each.start), _in_browser(self.text, each.end),
                 each.level, each.number]
                for each in sorted(self.findings, key=lambda one: GRAVEST.index(one.level))
                if each.end > each.start
            ],
            "template": [
                [_in_browser(self.text, start), _in_browser(self.text, end)]
                for start, end, origin in places.origins if origin is Origin.TEMPLATE
            ],
        }  # fmt: skip


def check_version(version: LetterVersion, which: Which, today: date) -> Checked:
    """Return what the checks find today in one version of a letter."""
    composed = composed_of(version)
    return check_text(marked_text(composed), composed, which, today, writer=version.added_by)


def check_text(
    text: str, composed: Composed, which: Which, today: date, writer: User | None = None
) -> Checked:
    """Return what the checks find in words that are being written."""
    return check_against(case_file_for(which, today, writer), text, composed, which, today)


def check_against(
    case: CaseFile, text: str, composed: Composed, which: Which, today: date
) -> Checked:
    """Return what the checks find in words, with the case at hand."""
    duty = duty_of(which)
    rules = check_rules_of(duty.area_id)
    spans = composed.template_spans()
    found = check_letter(
        composed.plain(),
        case,
        rules.prepared,
        as_of=today,
        template_spans=spans,
        recent=recent_words(duty),
    )
    overrides, locks = list(overrides_of(which)), list(overruled_by(which))
    places = places_in(text, composed)
    shown = [
        Shown(
            finding=each,
            number=number,
            title=rules.title_of(each.rule),
            start=places.of(each.start),
            end=places.of(each.end),
            replacement=_replacement(each, rules),
            override=_override_of(each, overrides, locks),
        )
        for number, each in enumerate(found, start=1)
    ]
    share = said_share(composed.plain(), case, as_of=today, template_spans=spans)
    return Checked(text=text, composed=composed, findings=shown, share=share)


def recent_words(duty: Duty) -> Sequence[str]:
    """Return the words of the letters last approved in the Area, but for those of this case.

    A case writes alike to each of its people, and should.
    """
    rows = Letter.objects.filter(area=duty.area_id, approved_version__isnull=False)
    rows = rows.exclude(duty__case=duty.case_id).order_by("-approved_at", "-pk")
    kept = rows.values_list("approved_version", "approved_version__sha256")
    return _words_of_versions(tuple(kept[:MOST_RECENT]))


@lru_cache(maxsize=16)
def _words_of_versions(versions: tuple[tuple[int, str], ...]) -> tuple[str, ...]:
    """Return the words of some versions, each given by its number and digest.

    A version is never changed, so whoever types does not wait for all of them to be read anew.
    """
    rows = LetterVersion.objects.filter(pk__in=[number for number, _ in versions])
    words = dict(rows.values_list("pk", "text"))
    return tuple(words[number] for number, _ in versions)


def composed_of(version: LetterVersion) -> Composed:
    """Return the paragraphs of a version; words that were pasted are all the writer's."""
    if version.composed is not None:
        return Composed.model_validate(version.composed)
    lines = [line for line in version.text.splitlines() if line.strip()]
    return Composed(paragraphs=tuple(Paragraph(runs=(Run(text=line),)) for line in lines))


def overrides_of(which: Which) -> "QuerySet[Override]":
    """Return the stops of a letter that somebody let pass, the oldest first."""
    return Override.objects.filter(**about(which)).select_related("made_by", "version")


def _override_of(
    finding: Finding, overrides: Sequence[Override], locks: Sequence[ContactOverride]
) -> Override | ContactOverride | None:
    """Return who let this very finding pass; other words need another reason.

    Who overruled the lock on reaching the person has said why already; what they said is kept
    for the sample too, but it passes nothing once the lock stands again.
    """
    if finding.level is not Level.STOP:
        return None
    if finding.lock:
        return next((each for each in locks if each.what == finding.lock), None)
    same = (finding.rule, finding.words)
    return next((each for each in overrides if (each.rule, each.words) == same), None)


def _replacement(finding: Finding, rules: CheckRules) -> str:
    """Return words that can be put in the place of those found, or nothing for mere advice."""
    rule = rules.rule(finding.rule)
    is_literal = (
        rule is not None and rule.suggestion in ("", "{instead}") and finding.end > finding.start
    )
    # Advice is a sentence; words to write instead are none.
    is_literal = is_literal and not finding.suggestion.rstrip().endswith((".", "?", ":"))
    return finding.suggestion if is_literal else ""


def _in_browser(text: str, place: int) -> int:
    """Return a place as browsers count it, where a smiling face is two."""
    return len(text[:place].encode("utf-16-le")) // 2

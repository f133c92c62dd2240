"""Checks a letter by rules: what they find, each with its words, reason, source and mend."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks import people, spelling
from forthright.rules.letter_checks.kinds import Finder, finder_of
from forthright.rules.letter_checks.kinds.words import WordFinder
from forthright.rules.letter_checks.language import language_otherwise
from forthright.rules.letter_checks.matchers import reasons
from forthright.rules.letter_checks.rule import Level, Rule
from forthright.rules.letter_checks.search import WordSearch, search_of
from forthright.rules.letter_checks.subject import Hit, Subject, TemplateSpan
from forthright.rules.letter_checks.text import LetterText
from forthright.rules.letter_checks.unseen import SeenText, seen_text

GAPS = ("words", "instead", "because", "number", "most")
LONGEST_SHOWN = 60
NEEDS_DICTIONARY = "spelling"
TELLS_LANGUAGE = "language"
GRAVITY: Mapping[Level, int] = {Level.ADVISE: 0, Level.WARN: 1, Level.STOP: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend or to weigh; `start` and `end` are places in the text as given.

    `lock` names the lock on reaching the person that says the same: to overrule one is to
    overrule both.
    """

    rule: str
    level: Level
    start: int
    end: int
    words: str
    message: str
    source: str
    suggestion: str
    status: str
    lock: str = ""

    def as_table(self) -> dict[str, Any]:
        """Return the finding as it is written to JSON."""
        return {name: value for name, value in asdict(self).items() if name != "lock"}


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Rules made ready to be used on many letters; each is like none but itself."""

    rules: tuple[tuple[Rule, Finder], ...]
    spelling: frozenset[str]
    yielding: Mapping[str, tuple[str, ...]]
    search: WordSearch

    def rules_for(self, letter: LetterText) -> Iterator[tuple[Rule, Finder]]:
        """Yield the rules that can read a letter.

        English ones find faults in every line of another language. They are left out where a
        rule of the set says so to the person.
        """
        tells = any(rule.find.get("matcher") == TELLS_LANGUAGE for rule, _ in self.rules)
        is_read = not (tells and language_otherwise(letter))
        yield from (each for each in self.rules if is_read or each[0].any_language)


def prepare(rules: Sequence[Rule]) -> Prepared:
    """Make rules ready, which takes longer than using them."""
    by_dictionary = {rule.id for rule in rules if rule.find.get("matcher") == NEEDS_DICTIONARY}
    finders = tuple((rule, finder_of(rule)) for rule in rules)
    search = search_of([each for _, each in finders if isinstance(each, WordFinder)])
    yielding = {rule.id: rule.yields_to for rule in rules if rule.yields_to}
    return Prepared(finders, frozenset(by_dictionary), yielding, search)


def check_letter(
    text: str,
    case: CaseFile | None,
    rules: Sequence[Rule] | Prepared,
    *,
    as_of: date,
    template_spans: Sequence[TemplateSpan] = (),
    recent: Sequence[str] = (),
) -> list[Finding]:
    """Return what the rules find in a letter, in the order of the text.

    `recent` are the words of other letters, in which pasted paragraphs are looked for.
    """
    prepared = rules if isinstance(rules, Prepared) else prepare(rules)
    seen = seen_text(text)
    letter = LetterText(seen.text, people.names_of(case) if case else ())
    standing = prepared.search.standing_in(letter)
    spans = seen.as_seen(template_spans)
    subject = Subject(letter, case, as_of, spans, recent, standing, seen.hidden)
    findings = []
    for rule, finder in prepared.rules_for(letter):
        if rule.is_in_force(as_of) and rule.when.holds(case):
            findings += [_finding(rule, each, text, seen) for each in _widest(finder(subject))]
    findings = list(_without_strange_words(findings, prepared.spelling))
    findings = [each for each in findings if not _is_said_better(each, findings, prepared)]
    return sorted(findings, key=lambda each: (each.start, each.end, each.rule))


def said_share(
    text: str, case: CaseFile | None, *, as_of: date, template_spans: Sequence[TemplateSpan]
) -> str:
    """Return how many of a hundred words are about this person, as the finding about it says."""
    letter = LetterText(text, people.names_of(case) if case else ())
    return reasons.said_share(Subject(letter, case, as_of, template_spans))


def _without_strange_words(
    findings: Sequence[Finding], spelling_rules: Set[str]
) -> Iterator[Finding]:
    """Yield findings, but for words that are in no dictionary where another rule says more."""
    better = {(each.start, each.end) for each in findings if each.rule not in spelling_rules}
    for each in findings:
        if each.rule not in spelling_rules or (each.start, each.end) not in better:
            yield each


def _is_said_better(finding: Finding, findings: Sequence[Finding], prepared: Prepared) -> bool:
    """Say whether a rule that this one yields to marks the same words, and as gravely."""
    better = prepared.yielding.get(finding.rule, ())
    return bool(better) and any(
        each.rule in better
        and GRAVITY[each.level] >= GRAVITY[finding.level]
        and (each.start < finding.end and finding.start < each.end)
        for each in findings
    )


def _widest(found: Iterable[Hit]) -> list[Hit]:
    """Return the hits of one rule that lie in no other: one fault is told once."""
    kept: list[Hit] = []
    end = -1
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if each.end > end or not kept:
            kept.append(each)
            end = each.end
    return kept


def not_run(rules: Sequence[Rule]) -> list[str]:
    """Say in sentences which rules cannot be used on this machine, and how to mend that."""
    wanting = [rule.id for rule in rules if rule.find.get("matcher") == NEEDS_DICTIONARY]
    if not wanting or spelling.is_available():
        return []
    return [f"Spelling was not checked (rule {wanting[0]}): {spelling.HOW_TO_HAVE_IT}"]


def _finding(rule: Rule, found: Hit, text: str, seen: SeenText) -> Finding:
    start, end = seen.as_given(found.start, found.end)
    words = text[start:end]
    said = {"words": _shown(words), **found.said}
    return Finding(
        rule=rule.id,
        level=Level(found.level) if found.level else rule.level,
        start=start,
        end=end,
        words=words,
        message=_filled(found.message or rule.message, said),
        source=rule.source,
        suggestion=_filled(found.suggestion or rule.suggestion or said.get("instead", ""), said),
        status=rule.status.value,
        lock=found.lock,
    )


def _shown(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= LONGEST_SHOWN else one_line[: LONGEST_SHOWN - 1] + "…"


def _filled(sentence: str, said: Mapping[str, str]) -> str:
    for gap in GAPS:
        if gap in said:
            sentence = sentence.replace(f"{{{gap}}}", said[gap])
    return " ".join(sentence.split())


def stops_of(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings that stop a letter."""
    return (each for each in findings if each.level is Level.STOP)

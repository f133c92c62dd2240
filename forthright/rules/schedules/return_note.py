"""The note by which a schedule goes back to the police: what is asked, under which reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from forthright.rules.schedules.engine import ScheduleFinding, shown
from forthright.rules.words import capitalised, count_words

# What the system that carries such requests keeps of each.
LONGEST_REQUEST = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing asked of the police, in at most 250 characters."""

    rule: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnNote:
    """What is asked of the police, by the exact reasons of the Director's Guidance Assessment."""

    name: str
    requests: Mapping[str, tuple[Request, ...]]

    @property
    def count(self) -> int:
        """Count what is asked."""
        return sum(len(each) for each in self.requests.values())

    def as_text(self) -> str:
        """Return the note as it is sent; empty where nothing is asked."""
        if not self.requests:
            return ""
        lines = [
            "To the disclosure officer",
            f"Returned for mending: {self.name}. {count_words(self.count, 'thing')} to mend.",
        ]
        for reason, requests in self.requests.items():
            lines += ["", f"Reason: {reason}"]
            lines += [f"{number}. {each.words}" for number, each in enumerate(requests, start=1)]
        return "\n".join(lines)

    def as_table(self) -> list[dict[str, object]]:
        """Return the note as it is written to JSON."""
        return [
            {"reason": reason, "requests": [each.words for each in requests]}
            for reason, requests in self.requests.items()
        ]


def return_note(
    name: str, findings: Sequence[ScheduleFinding], *, withheld: Collection[ScheduleFinding] = ()
) -> ReturnNote:
    """Return the note about a schedule; what only concerns prosecutors is not in it.

    :param withheld: the findings whose words are not repeated, beside those about what a check
        holds back
    """
    requests: dict[str, list[Request]] = {}
    held = {(each.form, each.place) for each in findings if each.holds_back}
    for finding in findings:
        if finding.return_reason:
            is_held = finding in withheld or (finding.form, finding.place) in held
            words = _request(finding, is_held=is_held)
            request = Request(rule=finding.rule, words=words)
            asked = requests.setdefault(finding.return_reason, [])
            if request not in asked:
                asked.append(request)
    return ReturnNote(
        name=name, requests={reason: tuple(asked) for reason, asked in requests.items()}
    )


def _request(finding: ScheduleFinding, *, is_held: bool) -> str:
    about = f"{finding.form} {finding.named}" if finding.item is not None else str(finding.form)
    if is_held or finding.is_of_paper:
        # What may be sensitive is not repeated where more people read it.
        asked = finding.ask or finding.message
        for words in filter(None, (finding.words, shown(finding.words))):
            asked = asked.replace(words, "…")
        return f"{about}: {asked}"[:LONGEST_REQUEST]
    words = f"{about}: {finding.message} {finding.ask}".strip()
    if len(words) <= LONGEST_REQUEST:
        return capitalised(words)
    short = f"{about}: {finding.ask or finding.message}"
    return short if len(short) <= LONGEST_REQUEST else short[: LONGEST_REQUEST - 1] + "…"

"""What was decided against the words of a letter, and whether more of it is hidden since."""

from dataclasses import dataclass

from django.db.models import QuerySet

from forthright.panels.models import AnonymisedLetter, Confirmation, Place, Recognition
from forthright.panels.selectors.letters import text_stamp
from forthright.rules.finding_words import whole_words
from forthright.rules.hidden_more import Stretch, hidden_since, shown_again

Outcome = Recognition.Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A decision that more of a letter is to be hidden, and what was done to its words since.

    `is_known` is False of a decision from before it was kept what was hidden then.
    """

    decision: Recognition
    shown_again: tuple[str, ...]
    hidden_since: tuple[str, ...]
    is_known: bool
    are_read_words: bool

    @property
    def stands_against(self) -> bool:
        """Say whether nobody reads the words as they stand.

        That is so of the very words that were read, and where nothing more is hidden than then, or
        something of it can be read again.
        """
        if self.are_read_words or not self.is_known:
            return self.are_read_words
        return bool(self.shown_again) or not self.hidden_since


def places_hidden(letter: AnonymisedLetter) -> list[Stretch]:
    """Return where something is hidden in a letter."""
    rows = letter.places.filter(state=Place.State.HIDDEN).order_by("start")
    return list(rows.values_list("start", "end"))


def taken_away(letter: AnonymisedLetter) -> Recognition | None:
    """Return the decision by which nobody reads a letter any more, whatever its words, if any."""
    return _decided(letter, Outcome.WITHDRAWN).first()


def corrected(letter: AnonymisedLetter) -> list[Corrected]:
    """Return each decision that more of a letter is to be hidden, the newest first."""
    return [_corrected(letter, each) for each in _decided(letter, Outcome.TO_CORRECT)]


def _decided(letter: AnonymisedLetter, outcome: Outcome) -> "QuerySet[Recognition]":
    rows = Recognition.objects.filter(letter__duty=letter.duty_id, outcome=outcome)
    return rows.select_related("decided_by", "of_words").order_by("-decided_at")


def _corrected(letter: AnonymisedLetter, decision: Recognition) -> Corrected:
    before, now = [(start, end) for start, end in decision.hidden_then], places_hidden(letter)
    read = decision.of_words
    if read is None or read.given == letter.given:
        again = shown_again(letter.given, before, now) if read else []
        since = hidden_since(letter.given, before, now) if read else []
    else:
        # The letter was taken anew in other words, so what was hidden is looked for by its words.
        then = [read.given[start:end] for start, end in before]
        again = [
            found
            for words in then
            # What stood in another place too could be read then.
            if not shown_again(read.given, whole_words(read.given, words), before)
            for found in shown_again(letter.given, whole_words(letter.given, words), now)
        ]
        hidden = [letter.given[start:end] for start, end in now]
        as_read = [place for words in hidden for place in whole_words(read.given, words)]
        since = hidden_since(read.given, before, as_read)
    return Corrected(
        decision=decision, shown_again=tuple(dict.fromkeys(again)),
        hidden_since=tuple(dict.fromkeys(since)), is_known=read is not None,
        are_read_words=_were_read(letter, decision),
    )  # fmt: skip


def _were_read(letter: AnonymisedLetter, decision: Recognition) -> bool:
    read = Confirmation.objects.filter(
        letter__duty=letter.duty_id, confirmed_at__lte=decision.decided_at
    )
    return text_stamp(letter) in set(read.values_list("sha256", flat=True))

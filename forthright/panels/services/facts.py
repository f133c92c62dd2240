"""Keeps what a person answered about facts that name nobody and may still tell who is meant."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.panels import policies
from forthright.panels.models import AnonymisedLetter, RareFact
from forthright.panels.selectors.letters import (
    facts_asked,
    facts_stamp,
    is_from_before,
    text_stamp,
    withdrawn_as_they_stand,
)
from forthright.panels.services.withdrawing import NotReleased
from forthright.rules.panel_questions import RARE_FACT_KEYS, says_yes
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.web.meanwhile import by_whom, check_unchanged


@transaction.atomic
def answer_facts(
    letter: AnonymisedLetter, answers: Mapping[str, str], *, standing: Collection[str] = (),
    opened: str | None = None, by: User, at: datetime,
) -> None:  # fmt: skip
    """Keep what a person answered about rare facts, beside what was answered before.

    Each wants words that say something. `standing` holds the questions of which such a fact stands
    in the letter as it would go out: while one does, nobody releases it. What was answered of words
    that a person withdrew since is answered anew, also where it is kept as it was.
    ``opened`` is the stamp that the page was filled from.

    :raises NotAllowed: if the letter is released
    :raises NotReleased: if an answer says nothing
    :raises ChangedMeanwhile: if somebody else answered meanwhile
    """
    letter = AnonymisedLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    policies.check_can_change_places(by, letter)
    check_unchanged(opened, facts_stamp(letter), by_whom(letter, "letter.rare_facts_answered"))
    stands, words = {asked.key: answer for asked, answer in facts_asked(letter)}, text_stamp(letter)
    withdrawn = withdrawn_as_they_stand(letter)
    for key in sorted(stands.keys() & answers.keys()):
        if not reason_in(answers[key], least=LEAST_WEIGHED):
            raise NotReleased(
                "Answer each question in words: what stands in the letter, or why nothing does. "
                "“No” alone does not show that somebody looked."
            )
        before, is_told = stands[key], key in standing
        if key in RARE_FACT_KEYS and says_yes(answers[key]) and not is_told:
            raise NotReleased(
                f"You wrote “{answers[key]}” and said that nothing of the kind stands in the "
                "letter. Choose yes if it can be read; if it is hidden by now, begin with that."
            )
        said = (answers[key], is_told, words)
        if (
            before is None
            or (before.answer, before.stands, before.sha256) != said
            or is_from_before(before, withdrawn)
        ):
            RareFact.objects.create(
                letter=letter, question=key, answer=answers[key], stands=is_told, sha256=words,
                answered_at=at, answered_by=by,
            )  # fmt: skip
    audit.record("letter.rare_facts_answered", letter, by=by, at=at, questions=sorted(answers),
                 standing=sorted(standing))  # fmt: skip

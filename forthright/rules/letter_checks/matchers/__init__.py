"""What compares a letter with the record of its case, each a small function.

A matcher yields hits; its rule gives the level, the source and the condition. A rule of kind
`record_match` is used only where the case is known.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from forthright.rules.letter_checks.matchers import (
    charges,
    contacts,
    dates,
    guilt,
    languages,
    look_alikes,
    most,
    named,
    names,
    others,
    pasted,
    pleas,
    promised,
    pronouns,
    reasons,
    reference,
    review,
    safety,
    spelt,
    support,
    tenses,
    times,
    told,
    unknown,
    wrong_person,
)
from forthright.rules.letter_checks.phrases import PatternRefused
from forthright.rules.letter_checks.subject import Hit, Subject

if TYPE_CHECKING:
    from forthright.rules.letter_checks.kinds import Finder

MATCHERS: Mapping[str, Callable[[Subject], Iterator[Hit]]] = {
    "recipient": names.recipient,
    "child_greeting": names.child_greeting,
    "titles": names.titles,
    "misspelt_names": names.misspelt_names,
    "mixed_names": named.mixed_names,
    "titled_given": named.titled_given,
    "strangers": named.strangers,
    "near_accused": wrong_person.near_accused,
    "lone_names": wrong_person.lone_names,
    "addressee": named.addressee,
    "reader_named": named.reader_named,
    "pronouns": pronouns.pronouns,
    "relative": pronouns.relative,
    "accused_status": names.accused_status,
    "convicted": names.convicted,
    "signatory": contacts.signatory,
    "left_staff": contacts.left_staff,
    "telephones": contacts.telephones,
    "emails": contacts.emails,
    "retired_contacts": contacts.retired,
    "named_contact": contacts.named_contact,
    "other_people": others.other_people,
    "look_alikes": look_alikes.look_alikes,
    "week": others.week,
    "week_reference": others.week_reference,
    "reference": reference.reference,
    "reference_missing": reference.missing,
    "dates": dates.dates,
    "times": times.times,
    "weekdays": dates.weekdays,
    "answer_day": promised.answer_day,
    "hearing": dates.hearing,
    "hearing_missing": dates.hearing_missing,
    "tenses": tenses.tenses,
    "pleaded": pleas.pleaded,
    "decision_told": told.decision_told,
    "offence": charges.offence,
    "noted_offence": charges.noted_offence,
    "offence_missing": charges.missing,
    "court": charges.court,
    "altered_charge": charges.altered_charge,
    "old_charge": charges.old_charge,
    "most_sentence": most.most_sentence,
    "bare_charge": charges.bare_charge,
    "channel": safety.channel,
    "addresses": safety.addresses,
    "voicemail": safety.voicemail,
    "reasons": reasons.reasons,
    "why": reasons.why,
    "must_not_say": reasons.must_not_say,
    "what_changed": reasons.what_changed,
    "pasted": pasted.pasted,
    "person_share": reasons.person_share,
    "review_date": review.review_date,
    "ask_by_of_rule": review.ask_by_of_rule,
    "review_body": review.review_body,
    "reply_outcome": review.reply_outcome,
    "meeting_reason": review.meeting_reason,
    "support": support.support,
    "support_unfit": support.unfit,
    "support_unlisted": support.unlisted,
    "support_number": support.wrong_number,
    "spelling": spelt.spelling,
    "language": languages.language,
}

# Matchers that a rule's own data tells more, with the names of what it tells.
MADE: Mapping[str, tuple[Callable[[Mapping[str, Any]], "Finder"], frozenset[str]]] = {
    "told_as_done": (guilt.told_as_done, frozenset({"harms", "before", "after"})),
    "unknown_people": (unknown.unknown_people, frozenset({"helpers", "things", "not_people"})),
}
# Everything that a rule of this kind may hold.
MAY_HOLD = frozenset({"matcher"}).union(*(held for _, held in MADE.values()))


def record_match(find: Mapping[str, Any]) -> "Finder":
    """Return the matcher that a rule names.

    :raises PatternRefused: if there is no such matcher, or it is told what it does not use
    """
    name = find.get("matcher", "")
    if name not in MATCHERS and name not in MADE:
        there = ", ".join([*MATCHERS, *MADE])
        raise PatternRefused(f"there is no matcher {name!r}. There are: {there}.")
    held = MADE[name][1] if name in MADE else frozenset()
    if strange := sorted(set(find) - held - {"matcher"}):
        raise PatternRefused(f"the matcher {name} has no “{strange[0]}”.")
    return MADE[name][0](find) if name in MADE else MATCHERS[name]

"""Proposes, adopts and ends the sets of rules that letters are checked by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.rules.letter_checks.rule import RulesRefused
from forthright.rules.letter_checks.rule_set import (
    digest_of,
    listed,
    rules_in,
    shipped_digest,
    shipped_files,
)
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.standards import policies
from forthright.standards.models import CheckSet
from forthright.standards.selectors import check_sets as selectors
from forthright.standards.trying import problems_of

State = CheckSet.State


class SetRefused(ValueError):
    """A set of rules cannot be proposed, adopted or ended; `problems` says each thing."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the problems one by one, for an error summary."""
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The files of a set and what is changed of them; `what` says it in a line."""

    files: Mapping[str, str]
    changes: Mapping[str, str] = field(default_factory=dict)
    what: str
    reason: str


@transaction.atomic
def check_set_used(area: Area | int, *, by: User | None, at: datetime) -> CheckSet:
    """Return the set that an Area's letters are checked by now, keeping the shipped one if new.

    No act of a person is recorded: the product keeps its own rules, each release once.
    """
    held = selectors.check_set_in_force(area)
    if held is not None:
        return held
    number = CheckSet.objects.filter(area=None).count() + 1
    shipped, _ = CheckSet.objects.get_or_create(
        area=None,
        digest=shipped_digest(),
        defaults={
            "number": number,
            "state": State.SHIPPED,
            "files": dict(shipped_files()),
            "rules": listed(selectors.shipped_check_rules().rules),
            "proposed_at": at,
        },
    )
    return shipped


def check_proposal(area: Area, proposal: Proposal) -> None:
    """Refuse a set of rules that does not do what its own examples say.

    It takes seconds, so it is done before a transaction holds others up.

    :raises SetRefused: if it cannot be read, fails an example or changes nothing
    """
    if not reason_in(proposal.reason):
        raise SetRefused(["Say why the rules change. Whoever adopts them reads it."])
    if digest_of(proposal.files, proposal.changes) == selectors.check_rules_of(area).digest:
        raise SetRefused(["These are the rules in force already, so nothing would change."])
    try:
        rules = rules_in(proposal.files, proposal.changes)
    except RulesRefused as refusal:
        raise SetRefused([str(refusal)]) from refusal
    if not rules:
        raise SetRefused(["The set holds no rule, so no letter would be checked."])
    held, _ = selectors.contents_in_force(area)
    new = {
        name: text
        for name, text in proposal.files.items()
        if text not in (held.get(name), shipped_files().get(name))
    }
    if new and (problems := problems_of(new)):
        raise SetRefused(problems)


@transaction.atomic
def propose_set(area: Area, proposal: Proposal, *, by: User, at: datetime) -> CheckSet:
    """Propose a set of rules that `check_proposal` let pass.

    :raises NotAllowed: if this person may not propose rules
    :raises SetRefused: if another set waits to be adopted
    """
    policies.check_can_propose_rules(by, area)
    Area.objects.select_for_update().get(pk=area.pk)
    if (waiting := selectors.proposed_set(area)) is not None:
        raise SetRefused(
            [f"Set {waiting.number} waits to be adopted. Adopt it or take it back first."]
        )
    digest = digest_of(proposal.files, proposal.changes)
    last = CheckSet.objects.filter(area=area).aggregate(last=Max("number"))["last"]
    made = CheckSet.objects.create(
        area=area,
        number=(last or 0) + 1,
        files=dict(proposal.files),
        changes=dict(proposal.changes),
        rules=listed(rules_in(proposal.files, proposal.changes)),
        digest=digest,
        what=proposal.what[:200],
        reason=reason_in(proposal.reason),
        proposed_at=at,
        proposed_by=by,
    )
    audit.record("check_rules.proposed", made, by=by, at=at, number=made.number, digest=digest)
    return made


@transaction.atomic
def adopt_set(check_set: CheckSet, *, although: str = "", by: User, at: datetime) -> CheckSet:
    """Check letters by a proposed set from now on; the one before it ends.

    :raises NotAllowed: if this person proposed it, or may not adopt rules
    :raises SetRefused: if it waits no more, or weakens a rule that protects a person and no
        reason is given
    """
    check_set = CheckSet.objects.select_for_update(of=("self",)).get(pk=check_set.pk)
    policies.check_can_adopt_rules(by, check_set)
    weakened = selectors.weakened_in(check_set)
    if weakened and not reason_in(although, least=LEAST_WEIGHED):
        raise SetRefused(
            ["Say why letters are safe without these stops, so that others can follow it."]
        )
    held = selectors.check_set_in_force(by.area_id)
    if held is not None:
        held.state, held.ended_at, held.ended_by = State.REPLACED, at, by
        held.ended_because = f"Replaced by set {check_set.number}."
        held.save(update_fields=["state", "ended_at", "ended_by", "ended_because"])
    check_set.state, check_set.adopted_at, check_set.adopted_by = State.IN_FORCE, at, by
    check_set.adopted_although = reason_in(although) if weakened else ""
    check_set.save(update_fields=["state", "adopted_at", "adopted_by", "adopted_although"])
    audit.record("check_rules.adopted", check_set, by=by, at=at, number=check_set.number,
                 digest=check_set.digest, weakens=[each.rule for each in weakened])  # fmt: skip
    return check_set


@transaction.atomic
def take_back_set(check_set: CheckSet, *, reason: str, by: User, at: datetime) -> CheckSet:
    """End a proposal that is not adopted.

    :raises NotAllowed: if this person may not, or it waits no more
    :raises SetRefused: if no reason is given
    """
    check_set = CheckSet.objects.select_for_update(of=("self",)).get(pk=check_set.pk)
    policies.check_can_take_back_rules(by, check_set)
    if not reason_in(reason):
        raise SetRefused(["Say why it is not adopted. Whoever proposed it reads that."])
    check_set.state, check_set.ended_at, check_set.ended_by = State.TAKEN_BACK, at, by
    check_set.ended_because = reason_in(reason)
    check_set.save(update_fields=["state", "ended_at", "ended_by", "ended_because"])
    audit.record("check_rules.taken_back", check_set, by=by, at=at, number=check_set.number)
    return check_set

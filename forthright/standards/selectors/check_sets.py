"""The rules that an Area's letters are checked by, and the sets they come from."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet
from django.http import Http404

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.rules.letter_checks.engine import Prepared, prepare
from forthright.rules.letter_checks.rule import Rule, shipped_rules
from forthright.rules.letter_checks.rule_set import (
    Weakened,
    rules_in,
    shipped_digest,
    shipped_files,
    weakened_by,
)
from forthright.standards.models import CheckSet


@dataclass(frozen=True)
class CheckRules:
    """A set of rules made ready to be used, and what it is called."""

    label: str
    digest: str
    rules: tuple[Rule, ...]
    prepared: Prepared

    def rule(self, rule_id: str) -> Rule | None:
        """Return a rule of the set, or None where it holds none of that id."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def title_of(self, rule_id: str) -> str:
        """Return the title of a rule of the set, or nothing."""
        rule = self.rule(rule_id)
        return rule.title if rule else ""


def check_set_in_force(area: Area | int) -> CheckSet | None:
    """Return the set that an Area has adopted, or None where it uses the rules as shipped."""
    return CheckSet.objects.filter(area=area, state=CheckSet.State.IN_FORCE).first()


def check_rules_of(area: Area | int) -> CheckRules:
    """Return the rules that an Area's letters are checked by now."""
    held = CheckSet.objects.filter(area=area, state=CheckSet.State.IN_FORCE)
    found = held.values_list("pk", "digest", "number").first()
    if found is None:
        return shipped_check_rules()
    pk, digest, _ = found
    return _read(pk, digest)


@lru_cache(maxsize=1)
def shipped_check_rules() -> CheckRules:
    """Return the rules that ship with the product."""
    rules = rules_in(shipped_files(), {})
    return CheckRules(shipped_label(shipped_digest()), shipped_digest(), rules, prepare(rules))


def rules_of_set(check_set: CheckSet) -> CheckRules:
    """Return the rules of a set, in force or not."""
    return _read(check_set.pk, check_set.digest)


# A set never changes under its number, and making one ready takes longer than using it.
@lru_cache(maxsize=16)
def _read(pk: int, digest: str) -> CheckRules:
    check_set = CheckSet.objects.get(pk=pk)
    rules = rules_in(check_set.files, check_set.changes)
    return CheckRules(label_of(check_set), digest, rules, prepare(rules))


def label_of(check_set: CheckSet) -> str:
    """Return what a set is called beside every figure and check made with it."""
    if check_set.area_id is None:
        return shipped_label(check_set.digest)
    return f"set {check_set.number} of the Area’s rules ({check_set.digest[:8]})"


def shipped_label(digest: str) -> str:
    """Return what the rules that ship are called; two releases may differ, so the digest too."""
    return f"rules as shipped ({digest[:8]})"


def proposed_set(area: Area) -> CheckSet | None:
    """Return the set that waits to be adopted, or None."""
    return CheckSet.objects.filter(area=area, state=CheckSet.State.PROPOSED).first()


def sets_visible_to(user: User) -> QuerySet[CheckSet]:
    """Return the sets of a person's Area, the newest first."""
    if not has_permission(user, Permission.STANDARD_SEE):
        return CheckSet.objects.none()
    rows = CheckSet.objects.filter(area=user.area_id).defer("files", "rules")
    return rows.select_related("proposed_by", "adopted_by", "ended_by").order_by("-number")


def set_for(user: User, set_id: int) -> CheckSet:
    """Return one set of a person's Area.

    :raises Http404: if there is none, or it is another Area's
    """
    check_set = sets_visible_to(user).filter(pk=set_id).first()
    if check_set is None:
        raise Http404
    return check_set


def contents_in_force(area: Area) -> tuple[dict[str, str], dict[str, str]]:
    """Return the files in force and what is changed of them, as the start of a proposal."""
    held = check_set_in_force(area)
    if held is None:
        return dict(shipped_files()), {}
    return dict(held.files), dict(held.changes)


def weakened_in(check_set: CheckSet) -> list[Weakened]:
    """Return each rule that protects a person and that a set would no longer stop a letter by."""
    return weakened_by(rules_of_set(check_set).rules, shipped_rules())


def rules_with_digest(digest: str) -> CheckRules | None:
    """Return the rules of the set with a digest, or None where none is kept."""
    check_set = CheckSet.objects.filter(digest=digest).order_by("pk").first()
    return rules_of_set(check_set) if check_set else None

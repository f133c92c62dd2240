"""The rules that letters are checked by: what each looks for, and whether people agree with it."""

import re

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.reviews import services
from forthright.reviews.selectors import rule_scores
from forthright.reviews.selectors.lists import number_to_mark_blind, numbers_to_mark_blind
from forthright.rules.letter_checks.rule import NO_CRITERION
from forthright.rules.rubric import published_rubric
from forthright.samples.selectors.overruled import Overruled, overrides_visible_to
from forthright.samples.services.overruled import see_overrides
from forthright.standards.selectors import proposed_set
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

GAP = re.compile(r"\{\w+\}")
KINDS = {
    "existence": "Words that should not be there",
    "substitution": "Words that have a better word",
    "occurrence": "Too much or too little of something",
    "record_match": "What differs from the record of the case",
    "block_presence": "Something that is missing",
    "order": "One thing that stands before another and should come after it",
    "repetition": "Something said twice",
}


def _to_mark_blind(user: User) -> set[int]:
    """Return the markings of letters that a person has yet to mark without others' marks."""
    return set(numbers_to_mark_blind(user))


@page(Permission.STANDARD_SEE)
def rules(request: SignedInRequest) -> HttpResponse:
    """List the rules with how often each fired and how far people agree with it."""
    scores = rule_scores.scores_of(request.user.area, clock.now())
    blind = _to_mark_blind(request.user)
    context = {
        "scores": scores,
        "lines": [(each, bool(blind.intersection(each.score.fired))) for each in scores.lines],
        "blind": len(blind),
        "kinds": KINDS,
        "waiting": proposed_set(request.user.area),
    }
    return render(request, "reviews/rules.html", context)


@page(Permission.STANDARD_SEE)
def rule(request: SignedInRequest, rule_id: str) -> HttpResponse:
    """Show what one rule looks for, its examples, and its score against people's marks."""
    shown = rule_scores.rule_for(request.user.area, rule_id)
    scores = rule_scores.scores_of(request.user.area, clock.now())
    has_criterion = shown.criterion not in ("", NO_CRITERION)
    line, blind = scores.line(shown), _to_mark_blind(request.user)
    context = {
        "rule": shown,
        "kind": KINDS[shown.kind],
        "message": GAP.sub("…", shown.message),
        "suggestion": "" if GAP.fullmatch(shown.suggestion) else GAP.sub("…", shown.suggestion),
        "line": line,
        # A count that has a letter which they have yet to mark blind tells how it was marked.
        "hides_agreed": bool(blind.intersection(line.score.fired)),
        "hides_missed": bool(blind.intersection(line.score.checked)),
        "blind": len(blind.intersection(line.score.checked)),
        "scores": scores,
        "criterion": published_rubric().criterion(shown.criterion) if has_criterion else None,
        "must_fire": [each for each in shown.examples if each.must_fire],
        "must_not_fire": [each for each in shown.examples if not each.must_fire],
        "may_propose": has_permission(request.user, Permission.RULES_PROPOSE),
        "may_open": has_permission(request.user, Permission.REVIEW_SEE),
        "may_see_overridden": has_permission(request.user, Permission.OVERRIDE_SEE),
    }
    return render(request, "reviews/rule.html", context)


@page(Permission.REVIEW_SEE)
def rule_letters(request: SignedInRequest, rule_id: str, count: str) -> HttpResponse:
    """List the marked letters behind one count of a rule's score."""
    shown = rule_scores.rule_for(request.user.area, rule_id)
    if count not in rule_scores.COUNTS:
        raise Http404
    scores = rule_scores.scores_of(request.user.area, clock.now())
    score = scores.score(shown.id)
    ids = getattr(score, count)
    # Which letter is listed, or is the one not shown, would tell how it was first marked.
    blind = number_to_mark_blind(request.user, Q(pk__in=score.checked))
    seen = [] if blind else rule_scores.markings_behind(request.user, ids)
    services.see_list([], seen, by=request.user, at=clock.now())
    context = {
        "rule": shown,
        "words": rule_scores.COUNTS[count],
        "lines": [(each, scores.level_given(each.pk, shown.criterion)) for each in seen],
        # How many the rule fired on is no mark; every other count of them is.
        "number": "" if blind and count != "fired" else len(ids),
        "hidden": 0 if blind else len(ids) - len(seen),
        "blind": blind,
        "scores": scores,
    }
    return render(request, "reviews/rule_letters.html", context)


@page(Permission.OVERRIDE_SEE)
def rule_overruled(request: SignedInRequest, rule_id: str) -> HttpResponse:
    """List each time the rule was overruled, with the reason given."""
    shown = rule_scores.rule_for(request.user.area, rule_id)
    scores = rule_scores.scores_of(request.user.area, clock.now())
    ids = scores.overruled.get(shown.id, [])
    seen = list(overrides_visible_to(request.user).filter(pk__in=ids).order_by("-made_at", "-pk"))
    see_overrides(seen, by=request.user, at=clock.now())
    context = {
        "rule": shown,
        "overruled": [Overruled(each) for each in seen],
        "number": len(ids),
        "hidden": len(ids) - len(seen),
        "scores": scores,
    }
    return render(request, "reviews/rule_overruled.html", context)

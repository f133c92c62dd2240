"""Cases and the people in them, as this person may see them and as people search for them."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.cases.models import Case, PersonToTell
from forthright.rules.urn import NotAUrn, read_urn
from forthright.rules.words import list_words

LAST = "\uffff"  # sorts after everything that a name or a URN may hold


def cases_visible_to(user: User) -> "QuerySet[Case]":
    """Return the cases that this person may see."""
    return within_reach(user, Permission.CASE_SEE, Case.objects.all())


def case_for(user: User, case_id: int) -> Case:
    """Return one case.

    :raises Http404: if there is none, or none that this person may see
    """
    case = cases_visible_to(user).select_related("unit").filter(pk=case_id).first()
    if case is None:
        raise Http404("No such case")
    return case


class WhichCase(ValueError):
    """More than one case could be meant, or another ending: the URN has to be typed whole."""


def the_case(cases: "QuerySet[Case]", written: str) -> Case | None:
    """Return the one case of a URN as people write it, or None if there is none.

    Cases that were split have the same 11 characters, other defendants and other recordings: none
    of them is taken because it happens to come first.

    :raises NotAUrn: if it is none
    :raises WhichCase: if the ending is missing where it tells cases apart, or is another one
    """
    urn = read_urn(written)
    alike = list(cases.filter(urn=urn.root).order_by("urn_suffix"))
    exactly = next((each for each in alike if each.urn_suffix == urn.suffix), None)
    if exactly is not None or not alike:
        return exactly
    if len(alike) == 1 and not urn.suffix:
        return alike[0]
    there = list_words([str(each) for each in alike], joined_by="or")
    raise WhichCase(f"There is no case {urn}. Do you mean {there}? Type its URN with the ending.")


def cases_named(area: Area, words: str) -> "QuerySet[Case]":
    """Return the cases of a URN as people write it, or of the beginning of one."""
    cases = Case.objects.filter(area=area)
    try:
        return cases.filter(urn=read_urn(words).root)
    except NotAUrn:
        start = words.upper().replace(" ", "")
        return cases.filter(urn__gte=start, urn__lt=f"{start}{LAST}")


def people_named(area: Area, words: str) -> "QuerySet[PersonToTell]":
    """Return the people to be told whose surname begins so, in any capitals.

    A range is asked for, and not a pattern, so that the index on the surname answers.
    """
    people = PersonToTell.objects.alias(low=Lower("family_name"))
    return people.filter(_begins_with(words), case__area=area)


def _begins_with(words: str) -> Q:
    """Return the condition for a surname in any capitals; SQLite lowers only the letters A to Z."""
    written = {words.lower(), _lowered(words), _lowered(words.title())}
    condition = Q()
    for low in written:
        condition |= Q(low__gte=low, low__lt=f"{low}{LAST}")
    return condition


def _lowered(words: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in words)

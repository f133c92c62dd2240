"""Releasing an anonymised letter: what would go out, what is left in it, who confirmed."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import reason_against
from forthright.panels import policies
from forthright.panels.forms.letters import RareFactsForm, WithdrawForm
from forthright.panels.models import AnonymisedLetter
from forthright.panels.selectors import letters as selectors
from forthright.panels.selectors.by_people import hidden_by_people
from forthright.panels.selectors.corrected import corrected, taken_away
from forthright.panels.selectors.finished import lines_of
from forthright.panels.selectors.judged import alarms_unanswered
from forthright.panels.selectors.opened import opened_of_letter
from forthright.panels.selectors.within_words import hidden_within_words, said_within
from forthright.panels.services import alarming, releasing, seeing, withdrawing
from forthright.panels.services import facts as answering
from forthright.rules.panel_questions import AGAIN, NO, YES
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page


@page(Permission.LETTER_ANONYMISE, methods=("GET", "POST"))
def release(request: SignedInRequest, anonymised_id: int) -> HttpResponse:
    """Show the words as they would go out, and confirm that they name nobody."""
    letter = selectors.anonymised_for(request.user, anonymised_id)
    if request.method == "POST":
        try:
            kept = releasing.confirm_letter(
                letter, request.POST.get("read", ""), by=request.user, at=clock.now()
            )
        except withdrawing.NotReleased as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _confirmed_words(kept))
        return redirect("panels:release", anonymised_id)
    return _shown(request, letter, _facts_form(letter))


def _confirmed_words(letter: AnonymisedLetter) -> str:
    if letter.state == AnonymisedLetter.State.RELEASED:
        return "Released. Two people have read it and the gate found nothing in its files."
    return "Confirmed. Somebody else reads it next; then it is released."


def _facts_form(letter: AnonymisedLetter, data: QueryDict | None = None) -> RareFactsForm:
    is_again = selectors.withdrawn_as_they_stand(letter) is not None
    return RareFactsForm(data, initial=_answers(letter), is_again=is_again)


def _answers(letter: AnonymisedLetter) -> dict[str, str]:
    """Return what stands of the answers, as the form is filled with it.

    Whether such a fact stands is chosen anew of words that a person withdrew.
    """
    said = {"opened": selectors.facts_stamp(letter)}
    withdrawn = selectors.withdrawn_as_they_stand(letter)
    for asked, answer in selectors.facts_asked(letter):
        if answer is None:
            continue
        is_before = selectors.is_from_before(answer, withdrawn)
        if asked is not AGAIN or not is_before:
            said[asked.key] = answer.answer
        if asked is not AGAIN and not is_before and answer.stands is not None:
            said[f"{asked.key}_stands"] = YES if answer.stands else NO
    return said


@page(Permission.LETTER_ANONYMISE, methods=("POST",))
def facts_answer(request: SignedInRequest, anonymised_id: int) -> HttpResponse:
    """Keep what was answered about rare facts."""
    letter = selectors.anonymised_for(request.user, anonymised_id)
    form = _facts_form(letter, request.POST)
    if not form.is_valid():
        return _shown(request, letter, form)
    try:
        answering.answer_facts(
            letter, form.words(), standing=form.standing(), opened=form.cleaned_data["opened"],
            by=request.user, at=clock.now(),
        )  # fmt: skip
    except ChangedMeanwhile as refusal:
        ask_beside(form, refusal, _answers(letter))
        return _shown(request, letter, form)
    except withdrawing.NotReleased as refusal:
        form.add_error(None, str(refusal))
        return _shown(request, letter, form)
    messages.success(request, "Answers kept.")
    return redirect("panels:release", anonymised_id)


@page(Permission.LETTER_ANONYMISE, methods=("POST",))
def gate_search(request: SignedInRequest, anonymised_id: int) -> HttpResponse:
    """Make the finished files and search them."""
    letter = selectors.anonymised_for(request.user, anonymised_id)
    try:
        releasing.search_letter(letter, by=request.user, at=clock.now())
    except withdrawing.NotReleased as refusal:
        messages.error(request, str(refusal))
    return redirect("panels:release", anonymised_id)


@page(Permission.LETTER_ANONYMISE, methods=("GET", "POST"))
def letter_withdraw(request: SignedInRequest, anonymised_id: int) -> HttpResponse:
    """Take a released letter back; from an open pack, who does not keep the panel asks for it."""
    letter = selectors.anonymised_for(request.user, anonymised_id)
    policies.check_is_released(request.user, letter)
    refusal = reason_against(policies.check_can_withdraw, request.user, letter)
    form = WithdrawForm(request.POST or None, asks=bool(refusal))
    if request.method == "POST" and form.is_valid():
        try:
            done = _taken_back(request, letter, form.cleaned_data["reason"], asks=bool(refusal))
        except withdrawing.NotReleased as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("panels:letter", anonymised_id)
    seeing.see_letter(letter, by=request.user, at=clock.now())
    context = {
        "letter": letter,
        "form": form,
        "refusal": refusal,
        "opened": opened_of_letter(request.user, letter),
        "alarms": letter.alarms.select_related("raised_by", "answered_by"),
        "is_alarm": bool(alarms_unanswered(letter))
        and not reason_against(policies.check_can_let_stay, request.user, letter),
    }
    return render(request, "panels/letter_withdraw.html", context)


def _taken_back(
    request: SignedInRequest, letter: AnonymisedLetter, reason: str, *, asks: bool
) -> str:
    """Withdraw a letter, let it stay or ask for its withdrawal; say what was done."""
    if asks:
        alarming.raise_alarm(letter, reason, by=request.user, at=clock.now())
        return "Told to who keeps the panel. They decide whether members go on reading it."
    if request.POST.get("then") == "stay":
        alarming.let_stay(letter, reason, by=request.user, at=clock.now())
        return "It stays. Who raised the alarm sees why."
    withdrawing.withdraw_letter(letter, reason, by=request.user, at=clock.now())
    return "Withdrawn. Nobody is shown it any more."


def _shown(request: SignedInRequest, letter: AnonymisedLetter, form: RareFactsForm) -> HttpResponse:
    seeing.see_letter(letter, by=request.user, at=clock.now())
    facts = selectors.facts_asked(letter)
    away, decisions = taken_away(letter), corrected(letter)
    within = hidden_within_words([letter]).get(letter.pk, [])
    context = {
        "letter": letter,
        "alarms": policies.alarms_told(request.user, letter, alarms_unanswered(letter)),
        "lines": lines_of(letter.text),
        "read": selectors.text_stamp(letter),
        "search": selectors.newest_search(letter),
        "in_doubt": selectors.number_in_doubt(letter),
        "within": said_within(within) if within else "",
        "withdrawals": selectors.withdrawn_before(letter),
        "by_people": hidden_by_people([letter]),
        "facts": facts,
        "facts_before": selectors.facts_before(letter),
        "answered": selectors.are_facts_answered(letter),
        "again": selectors.withdrawn_as_they_stand(letter),
        "of_other_words": selectors.are_facts_of_other_words(letter),
        "taken_away": away,
        "corrected": decisions,
        "is_decided_against": away is not None or any(each.stands_against for each in decisions),
        "standing": selectors.facts_standing(letter),
        "confirmers": selectors.confirmers_of(letter),
        "form": form,
        "refusal": reason_against(policies.check_can_confirm, request.user, letter),
        "may_change": letter.state != AnonymisedLetter.State.RELEASED,
    }
    return render(request, "panels/release.html", context)

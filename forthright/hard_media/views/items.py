"""The page of a recording, and each step that is recorded of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed
from forthright.hard_media import policies
from forthright.hard_media.forms.coming import CameForm, chosen_before
from forthright.hard_media.forms.files import ViewedForm
from forthright.hard_media.forms.items import (
    AskForm,
    ClassifyForm,
    ItemChangeForm,
    ItemForm,
    NothingForm,
    PlaysForm,
    ReasonForm,
)
from forthright.hard_media.models import MediaItem, SentFile
from forthright.hard_media.selectors import case_page, ladder
from forthright.hard_media.selectors.asked_back import HAVE_IT, ask_words, to_ask_for
from forthright.hard_media.selectors.asked_on import asked_words
from forthright.hard_media.selectors.bags import bags_to_ask_for
from forthright.hard_media.selectors.damaged import found_damaged_at, with_damaged_file
from forthright.hard_media.selectors.discs import with_copy_before
from forthright.hard_media.selectors.every_step import every_step_of
from forthright.hard_media.selectors.files import copies_of, files_of, may_send, standing_files
from forthright.hard_media.selectors.gone import gone_of, is_gone
from forthright.hard_media.selectors.hands import out_of_hand
from forthright.hard_media.selectors.kept import COMPARE, too_short
from forthright.hard_media.selectors.named import words_read_of
from forthright.hard_media.selectors.periods import periods_of
from forthright.hard_media.selectors.registered import hearing_for, item_for, item_stamp
from forthright.hard_media.selectors.same_file import same_file_words
from forthright.hard_media.selectors.second_copies import second_asked_at
from forthright.hard_media.selectors.secrets import alike_to_a_secret, secret_still
from forthright.hard_media.selectors.shares import expiring, shares_of
from forthright.hard_media.selectors.to_do import link_warned_until
from forthright.hard_media.selectors.waiting_on_discs import here_on_discs
from forthright.hard_media.services import items, seeing
from forthright.hard_media.services.coming import WhichDisc
from forthright.hard_media.services.second_copies import ask_for_second_copy
from forthright.hard_media.views.asking import asked
from forthright.hard_media.views.not_registered import way_back
from forthright.rules.media_digests import compare_digest
from forthright.rules.media_facts import MAY_BE_SHARED, Classification
from forthright.rules.media_ladder import item_ladder
from forthright.rules.media_states import DECIDED, MediaState
from forthright.rules.states import MoveNotAllowed
from forthright.rules.words import list_words, uncapitalised
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page

# Each step: its question, the words of its button, what was done, and what does it.
Recorded = Callable[[MediaItem, Any, dict[str, Any]], MediaItem]
QUESTIONS = {
    "requested": ("Record that the police were asked", "The police were asked"),
    "second": ("Ask the police for a second copy", "The police were asked"),
    "received": ("Record that it came", "It came"),
    "readable": ("Does it play?", "Record it"),
    "withdrawn": ("Withdraw this recording", "Withdraw it"),
    "reinstated": ("Take this recording up again", "Take it up again"),
    "viewed": ("Record that you viewed it", "I viewed it"),
    "classified": ("Classify this recording", "Classify it"),
}
FORMS: dict[str, type[Form]] = {
    "requested": AskForm,
    "second": AskForm,
    "received": CameForm,
    "readable": PlaysForm,
    "withdrawn": ReasonForm,
    "reinstated": NothingForm,
}
DO: dict[str, Recorded] = {
    "requested": lambda item, form, who: items.request_item(
        item, reason=form.cleaned_data["reason"], **who
    ),
    "second": lambda item, form, who: ask_for_second_copy(
        item, reason=form.cleaned_data["reason"], **who
    ),
    "received": lambda item, form, who: items.receive_item(item, form.came(), **who),
    "readable": lambda item, form, who: items.try_item(
        item,
        plays=form.cleaned_data["plays"] == "yes",
        reason=form.cleaned_data["reason"],
        **who,
    ),
    "withdrawn": lambda item, form, who: items.withdraw_item(
        item, reason=form.cleaned_data["reason"], **who
    ),
    "reinstated": lambda item, form, who: items.reinstate_item(item, **who),
    "viewed": lambda item, form, who: items.view_item(
        item,
        how=form.cleaned_data["how"],
        files=form.cleaned_data["shown"],
        parts=form.cleaned_data.get("parts", ()),
        **who,
    ),
    "classified": lambda item, form, who: items.classify_item(
        item,
        form.cleaned_data["classification"],
        reason=form.cleaned_data["reason"],
        opened=form.cleaned_data["opened"],
        **who,
    ),
}


ANEW = (
    "What was decided of the copy before is not said of the next: what comes is viewed and "
    "classified anew, and the case is not ready before that."
)
SECOND = (
    "It is the same recording once more: what was decided of it stands, and what others have of it "
    "is theirs. Register the disc or stick that comes, and say on its page that the recording is "
    "on it. If the copy before was wrong, ask for it again instead."
)
WORDS_KEPT = (
    "What it is called and shows, its link, its reasons, the names of its files and who brought "
    "them are for those of its unit who may see or hear it."
)


@page(Permission.MEDIA_SEE)
def item(request: SignedInRequest, item_id: int) -> HttpResponse:
    """Show one recording: its rungs, what may be done now, and everything that was."""
    one = item_for(request.user, item_id)
    hearing = hearing_for(request.user, one.case_id)
    seeing.see(one, by=request.user, at=clock.now())
    today = clock.today()
    periods = periods_of(one.area)
    case = ladder.facts_of([hearing], periods, today)[hearing.pk]
    prefetch_related_objects([one], *ladder.around_items(one.area))
    this = MediaItem.objects.filter(pk=one.pk)
    gone = gone_of(this, today).get(one.pk, "")
    second = second_asked_at(one, today)
    facts = ladder.item_facts(one, periods, gone, is_second_asked=second is not None)
    shares = shares_of(one)
    files = list(files_of(one))
    is_kept = SentFile.State.KEPT
    standing = [each for each in files if each.state == is_kept and not each.superseded_at]
    alike = set() if one.is_sensitive else alike_to_a_secret(standing, one.area)
    may_play = is_allowed(policies.check_can_play, request.user, one)
    discs = list(one.carriers.select_related("unit", "area"))
    out = out_of_hand(discs)
    context = {
        "item": one,
        "may_read": may_play or not one.is_sensitive,
        "words_kept": WORDS_KEPT,
        "hearing": hearing,
        "rungs": item_ladder(facts, case, today=today),
        "acts": case_page.acts_for(request.user, one, is_gone=bool(gone)),
        "gone": gone,
        "is_assessed": one.state in DECIDED,
        "is_needed": one.classification != Classification.NOT_RELEVANT,
        "second_asked_at": second,
        "damaged_at": found_damaged_at(one),
        "is_file_damaged": with_damaged_file([one]).exists(),
        "link_ends": not gone and this.filter(is_gone(link_warned_until())).exists(),
        "shares": shares,
        "to_ask_for": to_ask_for([one.pk]),
        "bags": bags_to_ask_for([one.pk]),
        "words_read": words_read_of([one]),
        "expiring": expiring(shares, today, within=periods["link_warning_days"]),
        "steps": every_step_of(one),
        "discs": [(each, out.get(each.pk)) for each in discs],
        "asked": asked_words([one], today).get(one.pk),
        "here_on": here_on_discs(one),
        "files": files,
        "secret_still": secret_still(one),
        "declared": one.declared_hash
        and compare_digest(one.declared_hash, [each.sha256 for each in standing]),
        "compare": COMPARE,
        "too_short": too_short(one, standing),
        "copies": list(copies_of(one)),
        "is_decided": one.viewed_at is not None,
        "may_play": may_play,
        "may_decide": is_allowed(policies.check_can_classify, request.user, one),
        "may_send": may_send(request.user, one),
        "feedback": list(
            one.feedback.select_related("given_by").prefetch_related(
                "answer_changes__old_by", "answer_changes__changed_by"
            )
        ),
        "may_record": is_allowed(policies.check_can_record, request.user, one),
        "alike": alike,
        "may_be_shared": not alike and one in case_page.shareable_of(hearing),
        "is_withdrawn": one.state == MediaState.WITHDRAWN,
    }
    return render(request, "hard_media/item.html", context)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def item_add(request: SignedInRequest, case_id: int) -> HttpResponse:
    """Add a recording that was named; until it comes it is expected."""
    hearing = hearing_for(request.user, case_id)
    policies.check_can_record(request.user, hearing)
    form = ItemForm(request.POST or None)
    to_disc = way_back(request, hearing.case)
    back = to_disc or reverse("hard_media:case", args=[case_id])
    if request.method == "POST" and form.is_valid():
        try:
            added = items.add_item(hearing, form.item_words(), by=request.user, at=clock.now())
        except items.ItemRefused as refusal:
            form.add_error("exhibit", str(refusal))
        else:
            messages.success(request, f"{added} is in the register. It is expected.")
            return redirect(to_disc or reverse("hard_media:item", args=[added.pk]))
    seeing.see(hearing, by=request.user, at=clock.now())
    return asked(request, form, "Add a recording", save="Add it", back=back, caption=hearing.case)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def item_change(request: SignedInRequest, item_id: int) -> HttpResponse:
    """Correct what is known of a recording."""
    one = item_for(request.user, item_id)
    policies.check_can_record(request.user, one)
    known = _known(one)
    form = ItemChangeForm(request.POST or None, initial={**known, "opened": item_stamp(one)})
    back = reverse("hard_media:item", args=[item_id])
    if request.method == "POST" and form.is_valid():
        try:
            items.change_item(
                one, form.item_words(), by=request.user, at=clock.now(),
                opened=form.cleaned_data["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            if form.cleaned_data["length"] == one.seconds:
                del known["length"]
            ask_beside(form, refusal, known)
        except items.ItemRefused as refusal:
            form.add_error("exhibit", str(refusal))
        else:
            messages.success(request, "It is changed.")
            return redirect(back)
    seeing.see(one, by=request.user, at=clock.now())
    return asked(
        request, form, "Change this recording", save="Change it", back=back, caption=one.case,
        intro=_who_reads_it(one),
    )  # fmt: skip


def _who_reads_it(one: MediaItem) -> str:
    """Say who reads what is changed at once, where a recording is shared."""
    shares = one.shares.filter(revoked_at=None).select_related("representation__defendant")
    names = sorted({each.to_in_full for each in shares})
    if not names:
        return ""
    return (
        f"It is shared with {list_words(names)}. They read the exhibit reference and the title on "
        "their link as you write them here."
    )


def _known(one: MediaItem) -> dict[str, Any]:
    """Return what is known of a recording, as the form asks it."""
    named = ("exhibit", "kind", "named_in", "title", "shows")
    return {"length": one.length_words, **{name: getattr(one, name) for name in named}}


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def item_record(request: SignedInRequest, item_id: int, step: str) -> HttpResponse:
    """Record one step of a recording that whoever keeps the register records."""
    one = item_for(request.user, item_id)
    if step not in FORMS or step in case_page.DECIDING:
        raise Http404("No such step")
    policies.check_can_record(request.user, one)
    asks: dict[str, Any] = {"initial": {"on": clock.today()}}
    if step == "received":
        asks["before"] = [each.carrier for each in with_copy_before(one)]
        asks["initial"] |= chosen_before(request.GET.get("disc", ""), asks["before"])
    form = FORMS[step](request.POST or None, **asks)
    has = _who_has(one) if step in ("requested", "withdrawn") else ""
    said = [f"{has} It is taken back from them at once. {HAVE_IT}"] if has else []
    if step == "requested" and (one.viewed_at or one.classification != Classification.NOT_ASSESSED):
        said.append(ANEW)
        if one.state in DECIDED:
            said.append(
                "If the same is only to be here once more, ask for a second copy instead, on the "
                "page of the recording: nothing is taken back for that."
            )
    if step == "withdrawn":
        said.append(same_file_words(one, clock.today()))
    if step == "second":
        said.append(SECOND)
    return _stepped(request, one, step, form, intro=" ".join(said).strip())


@page(Permission.MEDIA_CLASSIFY, methods=("GET", "POST"))
def item_decide(request: SignedInRequest, item_id: int, step: str) -> HttpResponse:
    """Record that a lawyer viewed a recording, or what they decided that it is."""
    one = item_for(request.user, item_id)
    if step not in case_page.DECIDING:
        raise Http404("No such step")
    policies.check_can_classify(request.user, one)
    if step == "viewed":
        return _viewed(request, one)
    is_second = one.is_sensitive or one.classification != Classification.NOT_ASSESSED
    initial = {"classification": one.classification, "opened": one.classification}
    form = ClassifyForm(request.POST or None, is_second=is_second, initial=initial)
    has = _who_has(one)
    intro = f"{has} Where it is taken back, {uncapitalised(HAVE_IT)}" if has else ""
    intro = f"{intro} {same_file_words(one, clock.today())}".strip()
    return _stepped(request, one, step, form, intro=intro)


def _viewed(request: SignedInRequest, one: MediaItem) -> HttpResponse:
    """Ask how much was seen of the files that the page names; of no other is it recorded."""
    shown = list(standing_files(one))
    initial = {"shown": [each.pk for each in shown]}
    form = ViewedForm(request.POST or None, item=one, initial=initial)
    if form.is_bound:
        form.full_clean()
        shown = list(form.cleaned_data.get("shown", ()))
    names = list_words([each.file_name for each in shown])
    intro = [f"Its files: {names}."] if names else []
    coming = one.files.filter(state=SentFile.State.ARRIVING).order_by("pk")
    intro += [
        f"Only a part of {each.file_name} has come. Once it is whole it is kept, and is to be "
        "viewed as well before the recording is ready."
        for each in coming
    ]
    return _stepped(request, one, "viewed", form, intro=" ".join(intro))


def _who_has(one: MediaItem) -> str:
    """Say who has a recording now, whom another classification may take it back from."""
    has = [ladder.words_of(each) for each in case_page.standing_shares(one)]
    return f"Shared now with {list_words(list(dict.fromkeys(has)))}." if has else ""


def _stepped(
    request: SignedInRequest, one: MediaItem, step: str, form: Form, *, intro: str = ""
) -> HttpResponse:
    """Ask for one step, and record it."""
    question, save = QUESTIONS[step]
    back = reverse("hard_media:item", args=[one.pk])
    if request.method == "POST" and form.is_valid():
        try:
            DO[step](one, form, {"by": request.user, "at": clock.now()})
        except ChangedMeanwhile as refusal:
            one.refresh_from_db(fields=["classification"])
            ask_beside(form, refusal, {"classification": one.classification})
        except WhichDisc as refusal:
            form.add_error("disc" if "disc" in form.fields else None, str(refusal))
        except MoveNotAllowed as refusal:
            form.add_error("reason" if "reason" in form.fields else None, str(refusal))
        else:
            messages.success(
                request, " ".join(["It is recorded.", *_to_take_back(step, form, one)])
            )
            if step == "viewed":
                _say_what_came_since(request, one)
            return redirect(back)
    seeing.see(one, by=request.user, at=clock.now())
    return asked(
        request, form, question, save=save, back=back, caption=f"{one.case}: {one}", intro=intro
    )


def _to_take_back(step: str, form: Form, one: MediaItem) -> list[str]:
    """Say whom to ask for a recording that goes to nobody now, and who has its file besides."""
    if step not in ("withdrawn", "classified"):
        return []
    goes_on = form.cleaned_data.get("classification") in MAY_BE_SHARED
    said = [ask_words(one), "" if goes_on else same_file_words(one, clock.today())]
    return [each for each in said if each]


def _say_what_came_since(request: SignedInRequest, one: MediaItem) -> None:
    """Say which files are not recorded as viewed: those that came meanwhile, or seen in part."""
    unseen = standing_files(one).filter(viewed_at=None)
    in_part = unseen.filter(playing__parts__viewed_at__isnull=False).distinct()
    if names := [each.file_name for each in in_part]:
        messages.warning(
            request,
            f"Not every camera and sound of {list_words(names)} is viewed, so it is not recorded "
            "as viewed, and is not shared. View the others as well, then record that.",
        )
    since = unseen.exclude(pk__in=[each.pk for each in in_part])
    if names := list(since.values_list("file_name", flat=True)):
        messages.warning(
            request,
            f"{list_words(names)} came after you opened the page, so it is not recorded as "
            "viewed, and is not shared. View it as well, then record that.",
        )

"""Print batches, and what mail servers say came back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.letters.bounces import MailboxRefused
from forthright.letters.forms.sending import MailboxForm
from forthright.letters.models import Dispatch
from forthright.letters.selectors import sending as found
from forthright.letters.selectors.holding import held_words
from forthright.letters.services import bouncing, printing
from forthright.rules.words import count_words, list_words
from forthright.schemes.services.seeing import see_list
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

HELD_BACK = (
    "Nothing was put into a file: what waited may not go any more. The page of each letter says "
    "why."
)


@page(Permission.LETTER_SEND, methods=("GET", "POST"))
def batches(request: SignedInRequest) -> HttpResponse:
    """List what waits to be printed and the batches made, and make one."""
    if request.method == "POST":
        try:
            batch = printing.make_batch(request.user.area, by=request.user, at=clock.now())
        except printing.PrintRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("letters:batches")
        if batch is None:
            messages.error(request, HELD_BACK)
            return redirect("letters:batches")
        return redirect("letters:batch", batch.pk)
    waiting = list(found.waiting_for_print(request.user))
    see_list([each.duty for each in waiting], by=request.user, at=clock.now())
    context = {"waiting": waiting, "batches": found.batches_for(request.user)[:50]}
    return render(request, "letters/batches.html", context)


@page(Permission.LETTER_SEND, methods=("GET", "POST"))
def batch(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """Show one batch, and say that it was posted."""
    one = found.batch_for(request.user, batch_id)
    if request.method == "POST":
        try:
            held = printing.mark_posted(one, by=request.user, at=clock.now())
        except printing.PrintRefused as refusal:
            messages.error(request, str(refusal))
        else:
            _tell_of_posting(request, held)
        return redirect("letters:batch", one.pk)
    rows = one.dispatches.select_related("duty__case", "duty__person", "version__letter")
    letters = list(rows.order_by("pk"))
    plain = found.with_plain_envelope(letters)
    today = clock.today()
    lines = [(each, "" if one.posted_at else held_words(each, today)) for each in letters]
    see_list([each.duty for each in letters], by=request.user, at=clock.now())
    context = {"batch": one, "lines": lines, "plain": plain}
    return render(request, "letters/batch.html", context)


def _tell_of_posting(request: SignedInRequest, held: list[Dispatch]) -> None:
    """Say what is recorded as sent, and what is to be taken out of the pile."""
    if not held:
        messages.success(request, "The letters of this batch are recorded as sent.")
        return
    names = list_words([f"{each.duty.reference}: {each.duty.person}" for each in held])
    messages.error(
        request,
        f"Take {count_words(len(held), 'letter')} out of the pile, which may not go any more: "
        f"{names}. The others are recorded as sent. If one of these is in the post already, "
        "record on its page that it was sent.",
    )


@page(Permission.LETTER_SEND)
def batch_file(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """Hand out the file of a batch."""
    one = found.batch_for(request.user, batch_id)
    try:
        content = printing.take_out_batch(one, by=request.user, at=clock.now())
    except printing.PrintRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("letters:batch", one.pk)
    name = f"letters-batch-{one.number}.pdf"
    return HttpResponse(
        content, content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@page(Permission.LETTER_SEND, methods=("GET", "POST"))
def bounces(request: SignedInRequest) -> HttpResponse:
    """Take in a mailbox of messages that say which letters did not arrive."""
    form = MailboxForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            failed = bouncing.take_bounces(content, by=request.user, at=clock.now())
        except MailboxRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            said = count_words(len(failed), "letter is", "letters are")
            messages.success(request, f"{said} owed again, because the e-mail did not arrive.")
            return redirect("letters:waiting", "came-back")
    return render(request, "letters/bounces.html", {"form": form})

"""The pages of imports: hand over a file, see what it would do, import it, undo it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, is_allowed
from forthright.audit import services as audit
from forthright.extracts import exports, forms, policies, selectors, services
from forthright.extracts.imports import checking
from forthright.extracts.imports.columns_page import columns_table
from forthright.extracts.imports.planning import open_plan
from forthright.extracts.models import ImportRun, WaitingFile
from forthright.extracts.plans import ImportRefused, Kind, NotChecked
from forthright.extracts.services import waiting as waiting_services
from forthright.extracts.waiting_page import plan_page
from forthright.web import clock, jobs
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of

State = WaitingFile.State


@page(Permission.IMPORT_SEE)
def imports(request: SignedInRequest) -> HttpResponse:
    """Show what was imported, and what waits to be."""
    context = {
        "pages": slice_of(
            selectors.imports_for(request.user), request.GET, order=("-imported_at", "-pk"), size=25
        ),
        "waiting": list(selectors.waiting_files_for(request.user)),
        "may_import": has_permission(request.user, Permission.IMPORT_RUN),
    }
    return render(request, "extracts/imports.html", context)


@page(Permission.IMPORT_SEE)
def columns(request: SignedInRequest) -> HttpResponse:
    """Show which columns are read, and how each may be headed."""
    return render(request, "extracts/columns.html", {"tables": columns_table()})


@page(Permission.IMPORT_RUN, methods=("GET", "POST"))
def file_hand_over(request: SignedInRequest) -> HttpResponse:
    """Take a file in, to be checked."""
    form = forms.HandOver(request.POST or None, request.FILES or None, area=request.user.area)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        now = clock.now()
        waiting = services.hand_over(
            file.name,
            file.chunks(),
            kind=Kind(form.cleaned_data["kind"]),
            unit=form.cleaned_data["unit"],
            by=request.user,
            at=now,
        )
        try:
            checking.check_or_ask(waiting, by=request.user, at=now)
        except ImportRefused as refusal:
            return _refused(request, waiting, refusal)
        return redirect("extracts:file_check", waiting.pk)
    return render(request, "extracts/file_hand_over.html", {"form": form})


@page(Permission.IMPORT_RUN)
def file_check(request: SignedInRequest, file_id: int) -> HttpResponse:
    """Show, row by row, what importing a file would do; nothing is imported by looking."""
    waiting = selectors.waiting_file_for(request.user, file_id)
    if waiting.run_id:
        return redirect("extracts:run", waiting.run_id)
    context: dict[str, object] = {"waiting": waiting}
    if waiting.state == State.CHECKED:
        try:
            shown = plan_page(waiting, request.GET)
        except NotChecked as missing:
            context["missing"] = str(missing)
        else:
            context |= shown
            rows = len(shown["rows"])
            services.see_rows(waiting, rows=rows, by=request.user, at=clock.now())
    elif waiting.state in {State.HANDED_OVER, State.CONFIRMED}:
        context["progress"] = waiting_services.progress_of(waiting)
    return render(request, "extracts/file_check.html", context)


@page(Permission.IMPORT_RUN, methods=("POST",))
def file_confirm(request: SignedInRequest, file_id: int) -> HttpResponse:
    """Import a file that was checked."""
    waiting = selectors.waiting_file_for(request.user, file_id)
    if waiting.run_id:
        return redirect("extracts:run", waiting.run_id)
    try:
        run = checking.confirm_and_import(waiting, by=request.user, at=clock.now())
    except ImportRefused as refusal:
        return _refused(request, waiting, refusal)
    if run is None:
        return redirect("extracts:file_check", waiting.pk)
    messages.success(request, f"{run.file_name} imported.")
    return redirect("extracts:run", run.pk)


@page(Permission.IMPORT_RUN, methods=("POST",))
def file_check_again(request: SignedInRequest, file_id: int) -> HttpResponse:
    """Check a file afresh, after the records or the units changed."""
    waiting = selectors.waiting_file_for(request.user, file_id)
    answers = forms.answers_in(request.POST)
    try:
        checking.check_or_ask(waiting, answers=answers, by=request.user, at=clock.now())
    except ImportRefused as refusal:
        return _refused(request, waiting, refusal)
    return redirect("extracts:file_check", waiting.pk)


@page(Permission.IMPORT_RUN, methods=("POST",))
def file_give_up(request: SignedInRequest, file_id: int) -> HttpResponse:
    """Remove a file that will not be imported."""
    waiting = selectors.waiting_file_for(request.user, file_id)
    try:
        services.abandon_file(waiting, by=request.user, at=clock.now())
    except ImportRefused as refusal:
        return _refused(request, waiting, refusal)
    messages.success(request, f"{waiting.file_name} was removed. Nothing of it was imported.")
    return redirect("extracts:imports")


@page(Permission.IMPORT_RUN)
def file_problems(request: SignedInRequest, file_id: int) -> HttpResponse:
    """Give the list of problems as a .csv file."""
    waiting = selectors.waiting_file_for(request.user, file_id)
    if waiting.state != State.CHECKED:
        raise Http404
    try:
        plan = open_plan(waiting_services.plan_of(waiting))
    except NotChecked as refusal:
        return _refused(request, waiting, refusal)
    content = exports.problems_csv(plan.file.problems())
    plan.file.close()
    audit.record("import.problems_exported", waiting, by=request.user, at=clock.now())
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="problems-{waiting.pk}.csv"'
    return answer


def _refused(request: SignedInRequest, waiting: WaitingFile, refusal: Exception) -> HttpResponse:
    """Say why nothing was done, on the page of the file, or of all once it was given up."""
    messages.error(request, str(refusal))
    if selectors.is_still_kept(waiting):
        return redirect("extracts:file_check", waiting.pk)
    return redirect("extracts:imports")


@page(Permission.IMPORT_SEE)
def run(request: SignedInRequest, run_id: int) -> HttpResponse:
    """Show one import: what it did, and whether it can be undone."""
    done = selectors.import_for(request.user, run_id)
    undoing = jobs.job_with_key(services.undo_key(done))
    context = {
        "run": done,
        "kind": Kind(done.kind).words if done.kind in list(Kind) else done.kind,
        "may_undo": undoing is None and is_allowed(policies.check_can_undo, request.user, done),
        "undoing": undoing if done.state != ImportRun.State.UNDONE else None,
    }
    return render(request, "extracts/run.html", context)


@page(Permission.IMPORT_RUN, methods=("GET", "POST"))
def run_undo(request: SignedInRequest, run_id: int) -> HttpResponse:
    """Ask whether an import is to be undone, and undo it."""
    done = selectors.import_for(request.user, run_id)
    policies.check_can_undo(request.user, done)
    if request.method != "POST":
        refusal = services.why_not_undone(done)
        return render(request, "extracts/run_undo.html", {"run": done, "refusal": refusal})
    try:
        if services.is_large(done):
            services.ask_for_undo(done, by=request.user, at=clock.now())
        else:
            services.undo_import(done, by=request.user, at=clock.now())
            messages.success(request, f"The import of {done.file_name} was undone.")
    except ImportRefused as refusal:
        return render(request, "extracts/run_undo.html", {"run": done, "refusal": str(refusal)})
    return redirect("extracts:run", done.pk)

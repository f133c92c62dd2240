"""The background work: what waits, runs, finished or failed, and why."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.web import clock, jobs
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of


@page(Permission.WORK_SEE)
def jobs_list(request: SignedInRequest) -> HttpResponse:
    """List the Area's background work, the newest first."""
    now = clock.now()
    context = {
        "pages": slice_of(jobs.jobs_visible_to(request.user), request.GET, order=("-pk",)),
        "is_stalled": jobs.is_work_stalled(now),
        "last_beat": jobs.last_beat(),
        "may_ask_again": has_permission(request.user, Permission.WORK_ASK_AGAIN),
    }
    return render(request, "web/jobs.html", context)


@page(Permission.WORK_ASK_AGAIN, methods=("POST",))
def job_ask_again(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Ask again for a job that failed and return to the list."""
    job = jobs.job_for(request.user, job_id)
    try:
        jobs.ask_again(job, by=request.user, at=clock.now())
    except jobs.JobStillRunning as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"“{job.words}” was asked for again.")
    return redirect("web:jobs")

"""The people of the Area: list, add, change, invite, close."""

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.held import still_held_by
from forthright.accounts.models import Role, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, is_allowed
from forthright.people import lock_out, policies, selectors
from forthright.people.forms import AddPersonForm, FindPeopleForm, PersonForm
from forthright.people.services import invitations, second_step
from forthright.people.services import people as people_services
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of
from forthright.web.tables import Cell, Column, table
from forthright.web.templatetags.plain_words import moment, short_day

COLUMNS: list[str | Column] = ["Name", "Role", "Unit", "Email address"]


@page(Permission.PEOPLE_SEE)
def people(request: SignedInRequest) -> HttpResponse:
    """List the people of the Area."""
    form = FindPeopleForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = selectors.people_like(
        request.user,
        words=wanted.get("words", ""),
        role=wanted.get("role", ""),
        closed=wanted.get("standing") == "closed",
    )
    shown = slice_of(found, request.GET, order=("full_name", "pk"))
    people_services.record_people_seen(by=request.user, at=clock.now(), shown=len(shown.rows))
    context = {
        "form": form,
        "pages": shown,
        "chosen": chosen(wanted),
        "table": table("People of the Area", COLUMNS, [row_of(each) for each in shown.rows]),
        "may_add": has_permission(request.user, Permission.PEOPLE_CHANGE),
    }
    return render(request, "people/list.html", context)


def row_of(listed: User) -> list[object]:
    """Return one line of the list."""
    return [
        Cell(listed.full_name, reverse("accounts:person", args=[listed.pk])),
        listed.get_role_display(),
        listed.unit or "",
        listed.email,
    ]


def chosen(wanted: dict[str, str]) -> list[str]:
    """Return the filters in force, in words."""
    words = [f"name or email with “{wanted['words']}”"] if wanted.get("words") else []
    words += [Role(wanted["role"]).label] if wanted.get("role") else []
    return words + (["closed accounts"] if wanted.get("standing") else [])


@page(Permission.PEOPLE_SEE)
def person(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Show one person and how their account stands."""
    shown = selectors.person_for(request.user, person_id)
    now = clock.now()
    people_services.record_person_seen(shown, by=request.user, at=now)
    standing = selectors.standing_of(shown)
    is_locked = selectors.is_locked_out(
        lock_out.key_of(shown),
        limit=settings.AXES_FAILURE_LIMIT,
        since=now - settings.AXES_COOLOFF_TIME,
    )
    context = {
        "person": shown,
        "standing": standing,
        "rows": rows_about(shown, standing, is_locked=is_locked),
        "may_do": selectors.what_they_may_do(shown),
        "may_change": is_allowed(policies.check_can_change, request.user, shown),
        "is_self": shown == request.user,
        "still_held": [] if shown.is_active else still_held_by(shown),
        "is_locked": is_locked,
    }
    return render(request, "people/person.html", context)


def rows_about(
    shown: User, standing: selectors.Standing, *, is_locked: bool
) -> list[dict[str, object]]:
    """Return who a person is and how their account stands, as lines of a list."""
    account = "Open" if shown.is_active else "Closed"
    if is_locked:
        account = f"Waiting {lock_out.minutes()} minutes after too many wrong passwords"
    step = standing.second_step_since
    way = "Set" if standing.has_password else "Not set yet"
    if standing.has_single_sign_on:
        way += ", and signs in with the organisation"
    return [
        {"key": "Email address", "value": shown.email},
        {"key": "Job title", "value": shown.job_title or "Not given"},
        {"key": "Role", "value": shown.get_role_display()},
        {"key": "Unit", "value": shown.unit or "None: the whole Area"},
        {"key": "Account", "value": account},
        {"key": "Added", "value": short_day(shown.joined_at)},
        {"key": "Last signed in", "value": moment(shown.last_login) or "Never"},
        {"key": "Password", "value": way},
        {"key": "Code from phone", "value": f"On since {short_day(step)}" if step else "Off"},
    ]


@page(Permission.PEOPLE_CHANGE, methods=("GET", "POST"))
def person_add(request: SignedInRequest) -> HttpResponse:
    """Add a person and invite them."""
    form = AddPersonForm(request.POST or None, area=request.user.area)
    if request.method == "POST" and form.is_valid():
        added = add_and_invite(request, form)
        if added is not None:
            return redirect("accounts:person", added.pk)
    return render(request, "people/add.html", {"form": form})


def add_and_invite(request: SignedInRequest, form: Form) -> User | None:
    """Return the person added, or None with the reason put beside the field."""
    try:
        added = people_services.add_person(
            form.cleaned_data["email"], details=details_in(form), by=request.user, at=clock.now()
        )
    except people_services.EmailTaken as refusal:
        form.add_error("email", str(refusal))
        return None
    except people_services.UnitMissing as refusal:
        form.add_error("unit", str(refusal))
        return None
    invite_and_say(request, added)
    return added


def details_in(form: Form) -> people_services.PersonDetails:
    """Return what the form says about a person."""
    return people_services.PersonDetails(
        full_name=form.cleaned_data["full_name"],
        job_title=form.cleaned_data["job_title"],
        role=form.cleaned_data["role"],
        unit=form.cleaned_data["unit"],
    )


@page(Permission.PEOPLE_CHANGE, methods=("GET", "POST"))
def person_change(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Change a person's name, role or unit."""
    changed = selectors.person_for(request.user, person_id)
    policies.check_can_change(request.user, changed)
    names = ("full_name", "job_title", "role", "unit")
    before = {name: getattr(changed, name) for name in names}
    opened = selectors.person_stamp(changed)
    initial = {**before, "opened": opened}
    form = PersonForm(request.POST or None, area=request.user.area, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            people_services.change_person(
                changed, details=details_in(form), by=request.user, at=clock.now(),
                opened=form.cleaned_data["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_beside(form, refusal, before)
        except people_services.UnitMissing as refusal:
            form.add_error("unit", str(refusal))
        else:
            messages.success(request, "Saved. It counts from the next page they open.")
            return redirect("accounts:person", changed.pk)
    return render(request, "people/change.html", {"form": form, "person": changed})


@page(Permission.PEOPLE_CHANGE, methods=("GET", "POST"))
def person_close(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Close a person's account, after asking once more."""
    closed = selectors.person_for(request.user, person_id)
    policies.check_can_change(request.user, closed)
    if request.method == "GET":
        context = {"person": closed, "still_held": still_held_by(closed)}
        return render(request, "people/close.html", context)
    people_services.close_account(closed, by=request.user, at=clock.now())
    messages.success(request, f"{closed.full_name}’s account is closed.")
    return redirect("accounts:person", closed.pk)


@page(Permission.PEOPLE_CHANGE, methods=("POST",))
def person_invite(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Send a link to set a password, and open the account if it was closed."""
    invited = selectors.person_for(request.user, person_id)
    invite_and_say(request, invited)
    return redirect("accounts:person", invited.pk)


def invite_and_say(request: SignedInRequest, invited: User) -> None:
    """Invite a person and say whether the message went."""
    try:
        invitations.invite_person(invited, by=request.user, at=clock.now())
    except invitations.LinkNotSent as trouble:
        messages.error(request, str(trouble))
        return
    where = f"An invitation is on its way to {invited.email}."
    if not settings.EMAIL_HOST:
        where = "No mail server is set up, so the invitation is kept in the outbox folder."
    messages.success(request, where)


@page(Permission.PEOPLE_CHANGE, methods=("POST",))
def person_unlock(request: SignedInRequest, person_id: int) -> HttpResponse:
    """End the wait after too many wrong passwords."""
    unlocked = selectors.person_for(request.user, person_id)
    people_services.unlock_account(unlocked, by=request.user, at=clock.now())
    messages.success(request, f"{unlocked.full_name} can try again now.")
    return redirect("accounts:person", unlocked.pk)


@page(Permission.PEOPLE_CHANGE, methods=("POST",))
def person_new_phone(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Turn off the second step of somebody who lost their phone and their codes."""
    helped = selectors.person_for(request.user, person_id)
    second_step.turn_off_second_step(helped, by=request.user, at=clock.now())
    messages.success(
        request, f"The old phone no longer works. {helped.full_name} sets up a new one."
    )
    return redirect("accounts:person", helped.pk)

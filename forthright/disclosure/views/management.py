"""The disclosure management document: read, written anew, and taken out as a file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed
from forthright.disclosure import documents, policies
from forthright.disclosure.forms.managing import ManagementForm
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.management import tells_of_sensitive
from forthright.disclosure.services import managing, seeing
from forthright.rules.disclosure_management import HEADINGS
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@page(Permission.DISCLOSURE_SEE)
def management(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Show the newest version, as the defence and the court get it."""
    duty = selectors.duty_for(request.user, disclosure_id)
    seeing.see_duty(duty, by=request.user, at=clock.now())
    document = duty.documents.select_related("made_by").first()
    tells = document is not None and tells_of_sensitive(document)
    context = {
        "duty": duty,
        "document": document,
        "tells": managing.TELLS if tells else "",
        "is_hidden": tells and not selectors.may_see_sensitive(request.user, duty),
        "may_write": is_allowed(policies.check_can_manage, request.user, duty),
        "may_serve": is_allowed(policies.check_can_serve, request.user, duty),
    }
    return render(request, "disclosure/management.html", context)


@page(Permission.ITEM_ENDORSE, methods=("GET", "POST"))
def management_write(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Write a new version; it begins with the words of the one before."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_manage(request.user, duty)
    newest = duty.documents.first()
    form = ManagementForm(request.POST or None, initial=newest.written if newest else None)
    if request.method == "POST" and form.is_valid():
        written = {heading.key: form.cleaned_data[heading.key] for heading in HEADINGS}
        try:
            made = managing.write_document(duty, written, by=request.user, at=clock.now())
        except managing.DocumentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Version {made.version} is made. Serve it with its notice.")
            return redirect("disclosure:management", duty.pk)
    seeing.see_duty(duty, by=request.user, at=clock.now())
    context = {"duty": duty, "form": form}
    return render(request, "disclosure/management_write.html", context)


@page(Permission.DISCLOSURE_SERVE)
def management_file(request: SignedInRequest, disclosure_id: int, ending: str) -> HttpResponse:
    """Hand the newest version out as a Word file or a PDF."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, duty)
    document = duty.documents.first()
    if document is None or ending not in TYPES:
        raise Http404("No such file")
    try:
        content = documents.management_file(document, ending, by=request.user, at=clock.now())
    except managing.DocumentRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("disclosure:management", duty.pk)
    name = f"disclosure-management-{duty.pk}-{document.version}.{ending}"
    return HttpResponse(
        content,
        content_type=TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )

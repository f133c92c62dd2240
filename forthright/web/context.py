"""What every page's frame needs: the rooms this person may enter."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission

# In the order they stand in the navigation: words, address name, permission.
NAVIGATION = [
    ("Overview", "home:overview", Permission.OVERVIEW_SEE),
    ("Letters", "schemes:duties", Permission.DUTY_SEE),
    ("Samples", "samples:draws", Permission.SAMPLE_SEE),
    ("Marking", "reviews:reviews", Permission.REVIEW_SEE),
    ("Feedback", "reviews:feedback_list", Permission.FEEDBACK_ANSWER),
    ("Reports", "reports:weeks", Permission.REPORT_SEE),
    ("Imports", "extracts:imports", Permission.IMPORT_SEE),
    ("Templates", "letter_templates:templates", Permission.TEMPLATE_SEE),
    ("Standards", "standards:editions", Permission.STANDARD_SEE),
    ("Contacts", "letters:contacts", Permission.CONTACTS_SEE),
    ("Time limits", "schemes:rules", Permission.SCHEME_SEE),
    ("People", "accounts:people", Permission.PEOPLE_SEE),
    ("Record", "audit:events", Permission.AUDIT_SEE),
    ("Background work", "web:jobs", Permission.WORK_SEE),
]


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation for this person, with the room they are in marked."""
    user = getattr(request, "user", None)
    links = []
    if user is not None and user.is_authenticated:
        for words, name, permission in NAVIGATION:
            if not has_permission(user, permission):
                continue
            try:
                address = reverse(name)
            except NoReverseMatch:
                continue
            here = request.path == address or (address != "/" and request.path.startswith(address))
            links.append({"words": words, "address": address, "here": here})
    return {"navigation": links, "is_demo": settings.IS_DEMO}

"""What every page's frame needs: the rooms this person may enter."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from forthright.web.rooms import rooms_in_line, rooms_under_more


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation for this person, with the room they are in marked."""
    user = getattr(request, "user", None)
    links = []
    if user is not None and user.is_authenticated:
        path, rest = request.path, rooms_under_more(user)
        links = [
            {"words": each.words, "address": each.address, "here": each.holds(path)}
            for each in rooms_in_line(user)
        ]
        if rest:
            more = reverse("home:more")
            is_here = path == more or any(each.holds(path) for each in rest)
            links.append({"words": "More", "address": more, "here": is_here})
    return {"navigation": links, "is_demo": settings.IS_DEMO}

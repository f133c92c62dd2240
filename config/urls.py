"""The addresses of every room."""

from django.urls import include, path

urlpatterns = [
    path("", include("forthright.home.urls")),
    path("", include("forthright.people.urls")),
    path("", include("forthright.record.urls")),
    path("", include("forthright.web.urls")),
    path("", include("forthright.standards.urls")),
    path("", include("forthright.extracts.urls")),
    path("", include("forthright.samples.urls")),
    path("", include("forthright.peer_checks.urls")),
    path("", include("forthright.reviews.urls")),
    path("", include("forthright.morning_lists.urls")),
    path("", include("forthright.panels.urls")),
    path("", include("forthright.watches.urls")),
    path("", include("forthright.calibration.urls")),
    path("", include("forthright.reports.urls")),
    path("", include("forthright.schemes.urls")),
    path("", include("forthright.letter_templates.urls")),
    path("", include("forthright.letters.urls")),
    path("", include("forthright.disclosure.urls")),
    path("", include("forthright.hard_media.urls")),
]
handler400 = "forthright.web.errors.bad_request"
handler404 = "forthright.web.errors.not_found"
handler500 = "forthright.web.errors.server_fault"

"""The addresses of letters owed, time limits and the calendar."""

from django.urls import path

from forthright.schemes.views import duties, recording

app_name = "schemes"
urlpatterns = [
    path("letters/", duties.duties, name="duties"),
    path("letters/<int:duty_id>/record/<str:stage>/", recording.stage_record, name="stage_record"),
    path(
        "letters/<int:duty_id>/not-required/",
        recording.duty_not_required,
        name="duty_not_required",
    ),
    path("letters/<int:duty_id>/reopen/", recording.duty_reopen, name="duty_reopen"),
    path("letters/<int:duty_id>/drafter/", recording.duty_drafter, name="duty_drafter"),
]

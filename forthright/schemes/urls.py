"""The addresses of letters owed, time limits and the calendar."""

from django.urls import path

from forthright.schemes.views import calendar, calendar_reach, correcting, duties, recording, rules

app_name = "schemes"
urlpatterns = [
    path("letters/", duties.duties, name="duties"),
    path(
        "letters/<int:duty_id>/not-required/",
        recording.duty_not_required,
        name="duty_not_required",
    ),
    path("letters/<int:duty_id>/reopen/", recording.duty_reopen, name="duty_reopen"),
    path("letters/<int:duty_id>/drafter/", recording.duty_drafter, name="duty_drafter"),
    path(
        "letters/<int:duty_id>/entitlement/",
        correcting.entitlement_correct,
        name="entitlement_correct",
    ),
    path(
        "letters/<int:duty_id>/decided/",
        correcting.decision_time_correct,
        name="decision_time_correct",
    ),
    path("time-limits/", rules.rules, name="rules"),
    path("time-limits/start/", rules.scheme_start, name="scheme_start"),
    path("time-limits/calculator/", rules.calculator, name="calculator"),
    path("time-limits/change/", rules.rules_change, name="rules_change"),
    path("time-limits/<int:rule_set_id>/", rules.rule_set, name="rule_set"),
    path("time-limits/calendar/", calendar.calendar, name="calendar"),
    path("time-limits/calendar/extend/", calendar_reach.calendar_extend, name="calendar_extend"),
    path("time-limits/calendar/shorten/", calendar_reach.calendar_shorten, name="calendar_shorten"),
    path(
        "time-limits/calendar/<int:year>/confirm/",
        calendar_reach.days_confirm,
        name="days_confirm",
    ),
]

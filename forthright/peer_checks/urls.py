"""The addresses of checks before a letter goes."""

from django.urls import path

from forthright.peer_checks.views import checking, giving, lists, parts, rules

app_name = "peer_checks"
urlpatterns = [
    path("checks/", lists.checks, name="checks"),
    path("checks/unit/", lists.unit, name="unit"),
    path("checks/give-out/", giving.give_out, name="give_out"),
    path("checks/rule/", rules.rule, name="rule"),
    path("checks/letters/<int:checked_letter_id>/", lists.of_letter, name="of_letter"),
    path("checks/told/<int:part_id>/", parts.part, name="part"),
    path("checks/told/<int:part_id>/dispute/", parts.part_dispute, name="part_dispute"),
    path("checks/disputes/", parts.disputes, name="disputes"),
    path("checks/disputes/<int:part_id>/", parts.dispute, name="dispute"),
    path("checks/<int:check_id>/", checking.check, name="check"),
    path("checks/<int:check_id>/give-on/", giving.give_on, name="give_on"),
]

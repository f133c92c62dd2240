"""The addresses of the morning lists."""

from django.urls import path

from forthright.morning_lists.views import covering, letters, morning, nobody, settings

app_name = "morning_lists"
UNIT = "morning/<int:unit_id>/"
urlpatterns = [
    path("morning/", morning.start, name="start"),
    path("morning/e-mail/", settings.digest, name="digest"),
    path("morning/hours/", settings.allowances, name="allowances"),
    path("morning/hours/change/", settings.allowances_change, name="allowances_change"),
    path(UNIT, morning.unit_list, name="unit"),
    path(f"{UNIT}new/", letters.new_letters, name="new_letters"),
    path(f"{UNIT}unexplained/", letters.unexplained, name="unexplained"),
    path(f"{UNIT}not-taken-up/", letters.not_taken_up, name="not_taken_up"),
    path(f"{UNIT}letters/<int:duty_id>/remind/", morning.remind, name="remind"),
    path(f"{UNIT}letters/<int:duty_id>/hand-over/", morning.hand_over, name="hand_over"),
    path(f"{UNIT}decisions/", morning.untold, name="untold"),
    path(f"{UNIT}decisions/<int:decision_id>/ask/", morning.ask_whom, name="ask_whom"),
    path(f"{UNIT}decisions/<int:decision_id>/nobody/", morning.nobody, name="nobody"),
    path(f"{UNIT}nobody/", nobody.said, name="said"),
    path(f"{UNIT}nobody/<int:said_id>/put-back/", nobody.said_put_back, name="said_put_back"),
    path(f"{UNIT}cover/", covering.covers, name="covers"),
    path(f"{UNIT}cover/<int:cover_id>/end/", covering.cover_end, name="cover_end"),
]

"""The addresses of anonymised letters and of the panel."""

from django.urls import path

from forthright.panels.views import letters, releasing

app_name = "panels"
urlpatterns = [
    path("anonymised/", letters.letters, name="letters"),
    path("anonymised/choose/", letters.letter_choose, name="letter_choose"),
    path("anonymised/take/<int:duty_id>/", letters.letter_take, name="letter_take"),
    path("anonymised/<int:anonymised_id>/", letters.letter, name="letter"),
    path("anonymised/<int:anonymised_id>/add/", letters.place_add, name="place_add"),
    path("anonymised/<int:anonymised_id>/release/", releasing.release, name="release"),
    path("anonymised/<int:anonymised_id>/facts/", releasing.facts_answer, name="facts_answer"),
    path("anonymised/<int:anonymised_id>/search/", releasing.gate_search, name="gate_search"),
    path(
        "anonymised/<int:anonymised_id>/withdraw/",
        releasing.letter_withdraw,
        name="letter_withdraw",
    ),
]

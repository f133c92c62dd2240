"""The addresses of rounds, agreement, leniency, own marks and findings."""

from django.urls import path

from forthright.calibration.views import findings, gold, rounds, trust

app_name = "calibration"
urlpatterns = [
    path("calibration/", rounds.rounds, name="rounds"),
    path("calibration/make/", rounds.round_make, name="round_make"),
    path("calibration/agreed/", gold.gold, name="gold"),
    path("calibration/agreed/<int:gold_id>/retire/", gold.gold_retire, name="gold_retire"),
    path("calibration/agreed/<int:gold_id>/wrong/", gold.gold_wrong, name="gold_wrong"),
    path("calibration/<int:round_id>/", rounds.round_see, name="round"),
    path("calibration/<int:round_id>/finish/", rounds.round_finish, name="round_finish"),
    path("calibration/<int:round_id>/close/", rounds.round_close, name="round_close"),
    path("calibration/<int:round_id>/give-up/", rounds.round_give_up, name="round_give_up"),
    path(
        "calibration/<int:round_id>/letters/<int:letter_id>/",
        rounds.round_letter,
        name="round_letter",
    ),
    path(
        "calibration/<int:round_id>/letters/<int:letter_id>/mark/",
        rounds.round_mark,
        name="round_mark",
    ),
    path(
        "calibration/<int:round_id>/letters/<int:letter_id>/discuss/",
        rounds.round_discuss,
        name="round_discuss",
    ),
    path(
        "calibration/<int:round_id>/letters/<int:letter_id>/agree/",
        rounds.round_agree,
        name="round_agree",
    ),
    path("agreement/", trust.agreement, name="agreement"),
    path("agreement/<str:criterion_code>/", trust.agreement_letters, name="agreement_letters"),
    path("leniency/", trust.leniency, name="leniency"),
    path("leniency/letters/", trust.leniency_letters, name="leniency_letters"),
    path("my-marks/", trust.own, name="own"),
    path("my-marks/file/<str:file_kind>/", trust.own_file, name="own_file"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<int:systemic_id>/", findings.finding, name="finding"),
    path("findings/<int:systemic_id>/take/", findings.finding_take, name="finding_take"),
    path("findings/<int:systemic_id>/close/", findings.finding_close, name="finding_close"),
]

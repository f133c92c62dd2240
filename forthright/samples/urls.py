"""The addresses of the samples."""

from django.urls import path

from forthright.samples.views import draws, letters, overruled, plans

app_name = "samples"
urlpatterns = [
    path("samples/", draws.draws, name="draws"),
    path("samples/plans/", plans.plans, name="plans"),
    path("samples/plans/make/", plans.plan_make, name="plan_make"),
    path("samples/plans/<int:plan_id>/", plans.plan, name="plan"),
    path("samples/plans/<int:plan_id>/change/", plans.plan_change, name="plan_change"),
    path(
        "samples/plans/<int:plan_id>/cover/<str:week>/<int:weeks>/<str:code>/",
        plans.cover,
        name="cover",
    ),
    path("samples/plans/<int:plan_id>/stop/", plans.plan_stop, name="plan_stop"),
    path("samples/plans/<int:plan_id>/restart/", plans.plan_restart, name="plan_restart"),
    path("samples/plans/<int:plan_id>/draw/", draws.draw_make, name="draw_make"),
    path("samples/draws/<int:draw_id>/", draws.draw, name="draw"),
    path("samples/draws/<int:draw_id>/verify/", draws.draw_verify, name="draw_verify"),
    path("samples/draws/<int:draw_id>/list.csv", draws.frame_csv, name="frame_csv"),
    path("samples/draws/<int:draw_id>/list.txt", draws.frame_text, name="frame_text"),
    path("samples/overruled/", overruled.overrides, name="overrides"),
    path("samples/overruled/<int:override_id>/", overruled.override, name="override"),
    path(
        "samples/overruled/<int:override_id>/take/",
        overruled.override_take,
        name="override_take",
    ),
    path(
        "samples/letters/<int:letter_id>/substitute/",
        letters.letter_substitute,
        name="letter_substitute",
    ),
    path("samples/letters/<int:letter_id>/give/", letters.letter_give, name="letter_give"),
]

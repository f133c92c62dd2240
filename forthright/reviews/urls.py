"""The addresses of marking, feedback and disputes, and of the days that move their last days."""

from django.urls import path

from forthright.reviews.views import (
    closed_days,
    disclosure_marks,
    disputes,
    feedback,
    finishing,
    marking,
    reading,
    rules,
    second_marks,
)

app_name = "reviews"
urlpatterns = [
    path("reviews/", reading.reviews, name="reviews"),
    path("reviews/letters/<int:duty_id>/", reading.letter, name="letter"),
    path("reviews/<int:drawn_letter_id>/", reading.review, name="review"),
    path("reviews/<int:drawn_letter_id>/mark/", marking.mark, name="mark"),
    path("reviews/<int:drawn_letter_id>/mark/<str:code>/", marking.mark_save, name="mark_save"),
    path("reviews/<int:drawn_letter_id>/words/", marking.words_add, name="words_add"),
    path("reviews/<int:drawn_letter_id>/check/", finishing.check, name="check"),
    path("reviews/<int:drawn_letter_id>/feedback/", finishing.feedback_give, name="feedback_give"),
    path("second-marks/<int:marking_id>/", second_marks.second_marks, name="second_marks"),
    path("second-marks/<int:marking_id>/today/", second_marks.what_follows, name="what_follows"),
    path("second-marks/<int:marking_id>/mark/", second_marks.second_mark, name="second_mark"),
    path(
        "disclosure-marks/<str:month>/",
        disclosure_marks.disclosure_marks,
        name="disclosure_marks",
    ),
    path(
        "disclosure-marks/<str:month>/<str:figure>/",
        disclosure_marks.disclosure_marks_figure,
        name="disclosure_marks_figure",
    ),
    path("letter-rules/", rules.rules, name="rules"),
    path("letter-rules/<str:rule_id>/", rules.rule, name="rule"),
    path("letter-rules/<str:rule_id>/overruled/", rules.rule_overruled, name="rule_overruled"),
    path("letter-rules/<str:rule_id>/<str:count>/", rules.rule_letters, name="rule_letters"),
    path("feedback/", feedback.feedback_list, name="feedback_list"),
    path("feedback/<int:feedback_id>/", feedback.feedback, name="feedback"),
    path(
        "feedback/<int:feedback_id>/acknowledge/",
        feedback.feedback_acknowledge,
        name="feedback_acknowledge",
    ),
    path(
        "feedback/<int:feedback_id>/dispute/<int:mark_id>/",
        feedback.mark_dispute,
        name="mark_dispute",
    ),
    path("time-limits/calendar/add/", closed_days.closed_day_add, name="closed_day_add"),
    path(
        "time-limits/calendar/<int:closed_day_id>/remove/",
        closed_days.closed_day_remove,
        name="closed_day_remove",
    ),
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/<int:dispute_id>/", disputes.dispute, name="dispute"),
]

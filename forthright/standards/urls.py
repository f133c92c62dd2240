"""The addresses of the standards."""

from django.urls import path

from forthright.standards import views

app_name = "standards"
urlpatterns = [
    path("standards/", views.editions, name="editions"),
    path("standards/start/", views.standard_start, name="start"),
    path("standards/<int:edition_id>/", views.edition, name="edition"),
    path(
        "standards/<int:edition_id>/differences/",
        views.edition_differences,
        name="edition_differences",
    ),
    path("standards/<int:edition_id>/copy/", views.edition_copy, name="edition_copy"),
    path("standards/<int:edition_id>/adopt/", views.edition_adopt, name="edition_adopt"),
    path("standards/<int:edition_id>/discard/", views.edition_discard, name="edition_discard"),
    path(
        "standards/criteria/<int:criterion_id>/change/",
        views.criterion_change,
        name="criterion_change",
    ),
]

"""The addresses of the standards."""

from django.urls import path

from forthright.standards.views import editions as views
from forthright.standards.views import numbers

app_name = "standards"
urlpatterns = [
    path("standards/numbers/", numbers.numbers, name="numbers"),
    path("standards/numbers/change/", numbers.numbers_change, name="numbers_change"),
    path("standards/numbers/<int:numbers_id>/", numbers.numbers_edition, name="numbers_edition"),
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

"""The addresses of letters owed, time limits and the calendar."""

from django.urls import path

from forthright.schemes.views import duties

app_name = "schemes"
urlpatterns = [
    path("letters/", duties.duties, name="duties"),
]

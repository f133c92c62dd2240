"""The start page."""

from django.urls import path

from forthright.home import views

app_name = "home"
urlpatterns = [path("", views.overview, name="overview")]

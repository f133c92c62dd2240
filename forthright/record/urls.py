"""Addresses of the record."""

from django.urls import path

from forthright.record import views

app_name = "audit"
urlpatterns = [
    path("record/", views.events, name="events"),
    path("record/check/", views.record_check, name="check"),
]

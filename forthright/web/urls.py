"""The addresses of the background work."""

from django.urls import path

from forthright.web import views

app_name = "web"
urlpatterns = [
    path("jobs/", views.jobs_list, name="jobs"),
    path("jobs/<int:job_id>/ask-again/", views.job_ask_again, name="job_ask_again"),
]

"""The addresses of watches."""

from django.urls import path

from forthright.watches import views

app_name = "watches"
urlpatterns = [
    path("watches/", views.watches, name="watches"),
    path("watches/rates/", views.rates, name="rates"),
    path("watches/rates/<str:fault>/", views.rate, name="rate"),
    path("watches/<str:source>/<int:told_id>/<str:fault>/", views.watch, name="watch"),
]

"""Signing in, and the people of an Area."""

from django.urls import URLPattern

app_name = "accounts"
urlpatterns: list[URLPattern] = []

"""The addresses of imports."""

from django.urls import path

from forthright.extracts import views

app_name = "extracts"
urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/columns/", views.columns, name="columns"),
    path("imports/hand-over/", views.file_hand_over, name="file_hand_over"),
    path("imports/files/<int:file_id>/", views.file_check, name="file_check"),
    path("imports/files/<int:file_id>/confirm/", views.file_confirm, name="file_confirm"),
    path(
        "imports/files/<int:file_id>/check-again/", views.file_check_again, name="file_check_again"
    ),
    path("imports/files/<int:file_id>/give-up/", views.file_give_up, name="file_give_up"),
    path("imports/files/<int:file_id>/problems/", views.file_problems, name="file_problems"),
    path("imports/<int:run_id>/", views.run, name="run"),
    path("imports/<int:run_id>/undo/", views.run_undo, name="run_undo"),
]

"""The weekly reports."""

from django.urls import path

from forthright.reports import views

app_name = "reports"
urlpatterns = [
    path("reports/", views.report_list, name="weeks"),
    path("reports/make/", views.report_make, name="make"),
    path("reports/<int:report_id>/", views.report_see, name="report"),
    path("recordings/stock/", views.stock_see, name="stock"),
    path("recordings/stock/<str:key>/", views.stock_figure, name="stock_figure"),
    path("reports/<int:report_id>/files/<str:kind>/", views.report_file, name="file"),
    path("reports/<int:report_id>/figures/<str:key>/", views.figure_see, name="figure"),
    path("reports/<int:report_id>/charts/<str:chart>/<str:week>/", views.week_see, name="week"),
    path("reports/<int:report_id>/send/", views.report_send, name="send"),
]

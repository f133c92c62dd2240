"""The addresses of every room; what is not there is said without a page, as nobody reads it.

Whoever looks for what can be shown is told some thousand times that there is nothing.
"""

from django.http import HttpResponse

from config.urls import handler400, handler500, urlpatterns

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]


def handler404(request, exception):
    return HttpResponse(status=404)

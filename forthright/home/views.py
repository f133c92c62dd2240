"""The start page: what waits for this person today."""

from django.http import HttpResponse
from django.shortcuts import render

from forthright.accounts.permissions import Permission
from forthright.web.page import SignedInRequest, page


@page(Permission.OVERVIEW_SEE)
def overview(request: SignedInRequest) -> HttpResponse:
    """Show what needs this person today."""
    return render(request, "home/overview.html")

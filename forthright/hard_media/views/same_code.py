"""The way from a refusal to the other record of the same barcode."""

from django.urls import reverse

from forthright.hard_media.selectors.registered import carriers_visible_to
from forthright.hard_media.services.come_again import OfTheSameCode
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.hard_media.views.asking import Notice
from forthright.web.page import SignedInRequest


def of_the_same_code(request: SignedInRequest, refusal: CarrierRefused) -> list[Notice]:
    """Return the way to the other record that has the barcode, for whoever may see it."""
    if not isinstance(refusal, OfTheSameCode):
        return []
    seen = carriers_visible_to(request.user).filter(pk=refusal.disc.pk)
    words = "The other record of this barcode has a page."
    return [
        Notice(words, reverse("hard_media:disc", args=[each.pk]), f"See {each.barcode}")
        for each in seen
    ]

"""A disc without a barcode is given one that no other has."""

import pytest

from forthright.hard_media.services import carriers
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_a_typed_barcode_ends_no_numbering():
    unit = media.a_disc(barcode="FM26000007").unit
    assert media.a_disc(unit=unit).barcode == "FM26000008"
    media.a_disc(unit=unit, barcode="FM26999999")
    media.a_disc(unit=unit, barcode="FM2600000001")

    given_out = [media.a_disc(unit=unit).barcode for _ in range(3)]

    assert given_out == ["FM26000002", "FM26000003", "FM26000004"]


def test_a_number_that_somebody_else_took_meanwhile_is_looked_up_anew(monkeypatch):
    unit = media.a_disc().unit
    real, looked = carriers.next_barcode, []

    def late(*arguments):
        looked.append(real(*arguments))
        return "FM26000001" if len(looked) == 1 else looked[-1]

    monkeypatch.setattr(carriers, "next_barcode", late)

    assert media.a_disc(unit=unit).barcode == "FM26000002"

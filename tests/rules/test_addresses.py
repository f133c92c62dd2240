"""When two addresses, telephone numbers or e-mail addresses are one: in doubt they are."""

import pytest

from forthright.rules.addresses import is_email_in, is_same_address, is_same_email, is_same_phone

STATION = "105 Station Road, Worcester, WR5 3XX"
FLAT = "Flat 2, 12 Tallow Lane, Worcester WR1 2AB"


@pytest.mark.parametrize(
    "unsafe",
    [
        "105 Station Rd", "105 station rd.", "105, Station Road", "105 STATION ROAD",
        "No. 105 Station Rd, Worcester, Worcestershire", "105 Stn Rd", "105 Station Road WR53XX",
        "105 wr5 3xx", "WR5 3XX", "wr53xx", "Station Road, Worcester", "105A Station Road",
        "Flat 3, 105 Station Road", "105-107 Station Road", "Unit 4/105 Station Rd",
        "105 Staton Road", "105  Station\nRoad", "105Station Road", "105 Station Road, WR5 3XY",
        "The Elms, WR5 3XX", "105 Station",
        "105 Station Street, Worcester", "her mother’s house", "the old address", "home",
    ],
)  # fmt: skip
def test_one_address_however_it_is_written(unsafe):
    assert is_same_address(STATION, unsafe)
    assert is_same_address(unsafe, STATION)


@pytest.mark.parametrize(
    "unsafe",
    [
        "12 Tallow Ln", "2/12 Tallow Lane", "Apt 2 12 Tallow La", "Flat Two, 12 Tallow Ln.",
        "apartment 2, 12 tallow lane", "12 Tallow Lane", "Flat 2 WR1 2AB", "Flat 9, 12 Tallow Lane",
    ],
)  # fmt: skip
def test_one_flat_however_it_is_written(unsafe):
    assert is_same_address(FLAT, unsafe)
    assert is_same_address(unsafe, FLAT)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Rd", "Road"), ("St", "Street"), ("Ave", "Avenue"), ("Av", "Avenue"), ("Ln", "Lane"),
        ("La", "Lane"), ("Cl", "Close"), ("Cres", "Crescent"), ("Dr", "Drive"),
        ("Gdns", "Gardens"), ("Gdn", "Garden"), ("Ct", "Court"), ("Pl", "Place"), ("Sq", "Square"),
        ("Terr", "Terrace"), ("Ter", "Terrace"), ("Pk", "Park"), ("Gr", "Grove"),
        ("Grn", "Green"), ("Hse", "House"), ("Bldgs", "Buildings"), ("Est", "Estate"),
        ("Mt", "Mount"), ("Wlk", "Walk"), ("Yd", "Yard"), ("Cotts", "Cottages"), ("Wy", "Way"),
        ("Hts", "Heights"), ("Vw", "View"), ("Rw", "Row"), ("Pde", "Parade"), ("Cir", "Circus"),
    ],
)  # fmt: skip
def test_the_usual_short_forms(short, long):
    assert is_same_address(f"7 Elder {long}", f"7 elder {short}.")
    assert is_same_address(f"Elder {long}", f"ELDER {short}, Worcester")
    assert not is_same_address(f"7 Elder {long}, Worcester", f"9 Elder {short}, Worcester")


@pytest.mark.parametrize(
    ("address", "unsafe"),
    [
        ("3 Saint John’s Road, Malvern", "3 St Johns Rd"),
        ("3 St. John's Street", "3 Saint Johns St"),
        ("Rose Cottage, Chapel Hill, St Merrow, QT9 1DP", "Rose Cottage, St. Merrow"),
        ("8 Maes y Coed\nAberllan\nQL3 6PP", "8 Maes-y-Coed, Aberllan"),
        ("Hafod\nLôn Goed\nPenybont Fach", "Hafod, Lon Goed"),
        ("14 Second Avenue", "14 2nd Ave"),
        ("14 Church Road, Worcester, WR1 1AA", "14 Church Rd, Malvern"),
    ],
)
def test_one_address_by_other_spellings(address, unsafe):
    assert is_same_address(address, unsafe)


@pytest.mark.parametrize(
    ("address", "unsafe"),
    [
        (STATION, "4 Mill Lane, Worcester"), (STATION, "107 Station Road, Worcester, WR5 3XX"),
        (STATION, "4 Quarry Close, Worcester, WR5 4XX"), (STATION, ""), ("", STATION),
        ("Rose Cottage, Chapel Hill, QT9 1DP", "Ivy Cottage, Mill End, QT9 1DQ"),
        ("c/o Safe Steps, PO Box 71, Harrowby, HB1 9AA", "9 Mill Row, Harrowby HB2 2DD"),
        ("Flat 1, Gannet House, Cliff Road, St Merrow, QT9 6GD",
         "4 Chough Close, Porthenys QT4 7YL"),
    ],
)  # fmt: skip
def test_another_address_is_another(address, unsafe):
    assert not is_same_address(address, unsafe)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("sam@example.org", " SAM@Example.org ", True),
        ("sam@example.org", "<sam@example.org>", True),
        ("sam@example.org", "mailto:sam@example.org", True),
        ("s.am.p@gmail.com", "samp@googlemail.com", True),
        ("samp+letters@gmail.com", "samp@gmail.com", True),
        ("sam+cps@example.org", "sam@example.org", True),
        ("s.am@example.org", "sam@example.org", False),
        ("sam@example.org", "sam@example.com", False),
        ("sam@example.org", "", False),
    ],
)
def test_an_email_address_is_one_however_it_is_written(one, other, is_same):
    assert is_same_email(one, other) is is_same


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("07700 900123", "+44 7700 900123", True),
        ("07700 900123", "0044 (0)7700-900123", True),
        ("07700 900123", "+44 (0) 7700 900 123", True),
        ("07700 900123", "7700900123", True),
        ("07700 900123", "07700 900123 (his)", True),
        ("01632 960777", "01632 960777 ext 12", True),
        ("07700 900123", "07700 900124", False),
        ("07700 900123", "", False),
        ("", "07700 900123", False),
    ],
)
def test_a_telephone_number_is_one_however_it_is_written(one, other, is_same):
    assert is_same_phone(one, other) is is_same


@pytest.mark.parametrize(
    "unsafe",
    [
        "48 Albionstreet, Kingsbourne", "4 8 Albion Street", "46–50 Albion Street",
        "46 to 50 Albion St", "46-50 Albion Street", "H B 3 5 L P", "HB3 5IP", "HB3 51P",
        "HB35LP", "48 HB 3 5LP", "48 Albion Street HB3 5L", "48Albionstreet",
    ],
)  # fmt: skip
def test_one_address_however_it_is_spaced_counted_or_mistaken(unsafe):
    record = "48 Albion Street, Kingsbourne, HB3 5LP"
    assert is_same_address(record, unsafe)
    assert is_same_address(unsafe, record)


def test_the_number_of_another_range_is_another_house():
    assert not is_same_address("48 Albion Street", "50-60 Albion Street")
    assert is_same_address("12 Tallow Lane, Worcester", "12 Tallowlane")


@pytest.mark.parametrize(
    "unsafe",
    [
        "kevin.white @ example.test",
        "kevin.white@example .test",
        "kevin.white(at)example.test",
        "kevin.white [at] example [dot] test",
        "kevin dot white at example dot test",
        "his brother reads kevin.white@example .test",
        "KEVIN.WHITE@EXAMPLE.TEST",
    ],
)
def test_an_email_address_is_one_however_it_is_said(unsafe):
    assert is_same_email("kevin.white@example.test", unsafe)


@pytest.mark.parametrize(
    ("line", "speaks"),
    [
        ("his brother reads the kevin.white one", True), ("Kevin White’s mail", True),
        ("the mail at her work", False), ("", False),
    ],
)  # fmt: skip
def test_a_sentence_may_speak_of_an_email_address(line, speaks):
    assert is_email_in("kevin.white@example.test", line) is speaks

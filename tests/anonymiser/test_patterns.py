"""Numbers, days and addresses are told by their shape, and what only looks like them stays."""

import pytest

from forthright.anonymiser import check_digits
from forthright.anonymiser.patterns import patterns_in
from forthright.anonymiser.spans import Kind

FOUND = [
    ("URN 20MR0412326 applies", Kind.URN, "20MR0412326"),
    ("URN 20 MR 04123 26/1 applies", Kind.URN, "20 MR 04123 26/1"),
    ("ASN 25/20MR/01/123456Q", Kind.ASN, "25/20MR/01/123456Q"),
    ("NHS number 943 476 5919", Kind.NHS_NUMBER, "943 476 5919"),
    ("his NI number AB 12 34 56 C", Kind.NI_NUMBER, "AB 12 34 56 C"),
    ("at WR5 3XX now", Kind.POSTCODE, "WR5 3XX"),
    ("at wr53ab now", Kind.POSTCODE, "wr53ab"),
    ("ring 01632 960 101.", Kind.PHONE, "01632 960 101"),
    ("ring +44 (0)7700 900123", Kind.PHONE, "+44 (0)7700 900123"),
    ("write to a.osei@example.com.", Kind.EMAIL, "a.osei@example.com"),
    ("an account @dean_h92", Kind.WEB, "@dean_h92"),
    ("a blue Ford, AB12 CDE, left", Kind.VEHICLE, "AB12 CDE"),
    ("sort code 12-34-56", Kind.BANK, "12-34-56"),
    ("account number 12345678", Kind.BANK, "12345678"),
    ("card 4111 1111 1111 1111", Kind.BANK, "4111 1111 1111 1111"),
    ("GB82 WEST 1234 5698 7654 32", Kind.BANK, "GB82 WEST 1234 5698 7654 32"),
    ("passport 123456789", Kind.PASSPORT, "123456789"),
    ("licence MORGA753116SM9IJ", Kind.DRIVING_LICENCE, "MORGA753116SM9IJ"),
    ("the court’s T20260123", Kind.COURT_REFERENCE, "T20260123"),
    ("the knife (exhibit AK/12)", Kind.EXHIBIT, "AK/12"),
    ("crime number 22DN/123456A/24", Kind.CRIME_NUMBER, "22DN/123456A/24"),
    ("log 412 of 12/03/2025", Kind.CRIME_NUMBER, "412 of 12/03/2025"),
    ("collar number 1234", Kind.BADGE_NUMBER, "1234"),
    ("on Thursday 2 April 2026 we", Kind.DATE, "Thursday 2 April 2026"),
    ("on the 2nd of April we", Kind.DATE, "2nd of April"),
    ("on 02/04/26 we", Kind.DATE, "02/04/26"),
    ("on the fourteenth of January we", Kind.DATE, "fourteenth of January"),
    ("on the twenty-first of May 2026 we", Kind.DATE, "twenty-first of May 2026"),
    ("on January the 14th we", Kind.DATE, "January the 14th"),
    ("on Wednesday the 14th we", Kind.DATE, "Wednesday the 14th"),
    ("on 14Jan2026 we", Kind.DATE, "14Jan2026"),
    ("on 14 01 2026 we", Kind.DATE, "14 01 2026"),
    ("on Christmas Day we", Kind.DATE, "Christmas Day"),
    ("over Easter we", Kind.DATE, "Easter"),
    ("on Good Friday 2026 we", Kind.DATE, "Good Friday 2026"),
    ("on the August bank holiday we", Kind.DATE, "August bank holiday"),
    ("on Eid al-Fitr we", Kind.DATE, "Eid al-Fitr"),
    ("on Dydd Gŵyl Dewi we", Kind.DATE, "Dydd Gŵyl Dewi"),
    ("on your 18th birthday we", Kind.DATE, "18th birthday"),
    ("on her eighteenth birthday we", Kind.DATE, "eighteenth birthday"),
    ("on Ella’s birthday we", Kind.DATE, "birthday"),
    ("on 2026-04-02 we", Kind.DATE, "2026-04-02"),
    ("lived there since 2014", Kind.DATE, "2014"),
    ("the log for March is missing", Kind.DATE, "March"),
    ("it is set for May, not before", Kind.DATE, "May"),
    ("from late April to mid-June he", Kind.DATE, "June"),
    ("this August’s list", Kind.DATE, "August"),
    ("Last May he rang", Kind.DATE, "May"),
    ("since Oct we know", Kind.DATE, "Oct"),
    ("the December hearing", Kind.DATE, "December"),
    ("a 34-year-old man", Kind.AGE, "34"),
    ("your son, aged 9, saw", Kind.AGE, "9"),
    ("because Reza is only 4. How", Kind.AGE, "4"),
    ("Hope was just 20 when it happened", Kind.AGE, "20"),
    ("she is now 81, and", Kind.AGE, "81"),
    ("at 4 Quarry Close", Kind.ADDRESS, "4 Quarry Close"),
    ("at Flat 3, 12b St Mary’s Road", Kind.ADDRESS, "Flat 3, 12b St Mary’s Road"),
]
STAYS = [
    "section 47 of the Offences Against the Person Act 1861",
    "the Criminal Justice Act 1988",
    "within 10 working days",
    "£1,250 and £14,300.50",
    "May I say how sorry I am",
    "How This May Help You",
    "April said so",
    "in Marchmont",
    "we march for Mayor Dee",
    "two of the 12 jurors",
    "It was only 3 days",
    "The count is only 6 of them",
    "They were only 2 people",
    "ring 999 or 101",
    "at 10.30am",
]


@pytest.mark.parametrize(("text", "kind", "words"), FOUND, ids=[text for text, _, _ in FOUND])
def test_a_shape_is_found(text, kind, words):
    found = [(each.kind, text[each.start : each.end]) for each in patterns_in(text)]

    assert (kind, words) in found


@pytest.mark.parametrize("text", STAYS)
def test_what_identifies_nobody_stays(text):
    assert list(patterns_in(text)) == []


@pytest.mark.parametrize(
    ("is_right", "right", "wrong"),
    [
        (check_digits.is_nhs_number, "943 476 5919", "943 476 5918"),
        (check_digits.is_card_number, "4111 1111 1111 1111", "4111 1111 1111 1112"),
        (check_digits.is_iban, "GB82 WEST 1234 5698 7654 32", "GB83 WEST 1234 5698 7654 32"),
        (check_digits.is_ni_number, "AB 12 34 56 C", "GB 12 34 56 C"),
    ],
)
def test_check_digits(is_right, right, wrong):
    assert is_right(right)
    assert not is_right(wrong)

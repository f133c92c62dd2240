"""A schedule that names somebody else's case does not come in without a word."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.accounts.models import Role
from forthright.disclosure.models import Delivery
from forthright.disclosure.services.bringing import DeliveryRefused, check_delivery
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def headed(name: str, urn: str = "") -> str:
    urn = f",URN: {urn}" if urn else ""
    return f'MG6C SCHEDULE\nR v {name}{urn}\n{duties.HEAD}1,"Diary of Mr Hall for May","Store"\n'


def found(delivery: Delivery) -> dict[str, str]:
    return {each["rule"]: each["message"] for each in delivery.findings
            if each["rule"].startswith("R18")}  # fmt: skip


@pytest.mark.parametrize("urn", ["", "99/ZZ/77"])
def test_a_schedule_of_a_stranger_is_refused_in_words(urn):
    with pytest.raises(DeliveryRefused, match=r"headed “R v Darren OKAFOR”, and no defendant of"):
        duties.checked(duties.a_duty(), mg6c_csv=headed("Darren OKAFOR", urn))


def test_an_odd_spelling_comes_in_with_a_reason_that_stays_with_it():
    duty = duties.a_duty()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/schedules/")
    page.see("Why is it of this case?")

    delivery = check_delivery(
        duty, duties.written(mg6c_csv=headed("Darren OKAFOR")), police_unit=None, is_whole=False,
        by=None, at=given.NOON, of_this_case="Mr Marsden was arrested under this name",
    )  # fmt: skip

    assert "no defendant" in found(delivery)["R18b"]
    address = f"/disclosure/deliveries/{delivery.pk}/"
    as_(duties.a_lawyer()).open(address).see("Mr Marsden was arrested under this name")
    as_(given.a_person(Role.INSPECTOR, unit=duty.unit)).open(address).not_see("arrested under")


def test_a_schedule_without_a_urn_that_can_be_read_is_warned_of():
    duty = duties.a_duty()

    assert "It has no URN" in found(duties.checked(duty, mg6c_csv=headed("Dean MARSDEN")))["R18g"]
    odd = duties.checked(duty, mg6c_csv=headed("Dean MARSDEN", "99/ZZ/77"))
    assert list(found(odd)) == ["R18g"]
    sure = duties.checked(duty, mg6c_csv=headed("MARSDEN, Dean", str(duty.case.urn)))
    assert found(sure) == {}


def half(number: int):
    return given.a_case(urn="20AB0123426", urn_suffix=f"(S)/{number}")


@pytest.mark.parametrize("written", ["20AB0123426(S)/2", "20 AB 01234 26 S/2", "20ab0123426/2"])
def test_a_schedule_of_the_other_half_of_a_split_case_is_refused_in_words(written):
    duty = duties.a_duty(case=half(1))

    with pytest.raises(DeliveryRefused, match=r"this is 20AB0123426\(S\)/1: a case that was split"):
        duties.checked(duty, mg6c_csv=headed("Dean MARSDEN", written))


def test_a_schedule_of_both_halves_comes_in_with_a_reason_that_the_page_asks_for():
    duty = duties.a_duty(case=half(1))
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/schedules/")
    file = SimpleUploadedFile(
        "mg6c.csv", headed("Dean MARSDEN", "20AB0123426(S)/2").encode(), "text/csv"
    )
    page = page.press("Check them", schedules=file)
    page.see("is headed with 20AB0123426(S)/2", "or with another ending of its URN")
    file.seek(0)

    page.press("Check them", schedules=file, of_this_case="It was made before the case was split")

    assert "It is headed with 20AB0123426(S)/2" in found(Delivery.objects.get())["R18e"]


def test_an_ending_that_is_the_same_or_missing_is_not_refused():
    duty = duties.a_duty(case=half(1))
    same = headed("Dean MARSDEN", "20 AB 01234 26 (S) / 1")
    without = headed("Dean MARSDEN", "20AB0123426")

    assert found(duties.checked(duty, mg6c_csv=same)) == {}
    assert found(duties.checked(duty, mg6c_csv=without)) == {}
    half(2)
    said = found(duties.checked(duty, mg6c_csv=without))
    assert "there are others of that number than 20AB0123426(S)/1" in said["R18f"]


@pytest.mark.parametrize("behind", ["Modern slavery", "S Hollis, officer", "MG6C", "3/4/27"])
def test_a_word_behind_a_urn_is_no_ending_of_it(behind):
    duty = duties.a_duty(case=given.a_case(urn="20AB0123426"))
    words = headed("Dean MARSDEN", f"20AB0123426 {behind}")

    assert found(duties.checked(duty, mg6c_csv=words)) == {}


def test_a_schedule_of_a_co_defendant_says_so_and_one_of_all_does_not():
    duty = duties.a_duty()
    duties.a_defendant(duty.case, "Hollis")
    urn = str(duty.case.urn)

    of_other = duties.checked(duty, mg6c_csv=headed("Dean HOLLIS", urn))
    of_all = duties.checked(duty, mg6c_csv=headed("HOLLIS and others", urn))
    nearly = duties.checked(duty, mg6c_csv=headed("Dean MARSDON", urn))

    assert "headed with Mr Dean Hollis, another defendant of this case" in found(of_other)["R18c"]
    assert found(of_all) == {}
    assert "nearly, but not quite" in found(nearly)["R18d"]

"""What stands against a way of reaching a person."""

import json
from importlib.resources import files

import pytest

from forthright.rules.case_file import CaseFile
from forthright.rules.contact_lock import Lock, Way, locks_on_making, locks_on_sending

CASE = json.loads(files("forthright.rules").joinpath("data/example_case.json").read_text())
ADDRESS = "4 quarry close, Worcester, WR5 3XX"


def a_case(**reader):
    return CaseFile.model_validate({**CASE, "recipient": {**CASE["recipient"], **reader}})


@pytest.mark.parametrize(
    ("reader", "way", "locks"),
    [
        pytest.param({}, Way.PRINT, [], id="by post, as recorded"),
        pytest.param({}, Way.NOTIFY_LETTER, [], id="by post through Notify is by post"),
        pytest.param({}, Way.EMAIL, [Lock.OTHER_ROUTE], id="e-mail was not asked for"),
        pytest.param({"channel": "EMAIL"}, Way.NOTIFY_EMAIL, [], id="e-mail through Notify"),
        pytest.param({"channel": "VIA_POLICE"}, Way.PRINT, [Lock.OTHER_ROUTE], id="police only"),
        pytest.param({"channel": "VIA_ADVISER"}, Way.VIA_ADVISER, [], id="by the adviser"),
        pytest.param({"has_opted_out": True}, Way.PRINT, [Lock.OPTED_OUT], id="asked not to"),
        pytest.param(
            {"safe_contact": {"unsafe_addresses": [ADDRESS]}}, Way.PRINT, [Lock.UNSAFE_ADDRESS],
            id="an unsafe address, written otherwise",
        ),
        pytest.param(
            {"safe_contact": {"unsafe_addresses": ["4 Quarry Close."]}}, Way.PRINT,
            [Lock.UNSAFE_ADDRESS], id="only the first line of an unsafe address",
        ),
        pytest.param(
            {"safe_contact": {"unsafe_addresses": [f"Flat 1, {ADDRESS}"]}}, Way.PRINT,
            [Lock.UNSAFE_ADDRESS], id="more of an unsafe address than is recorded",
        ),
        pytest.param(
            {"safe_contact": {"unsafe_addresses": ["4 QUARRY CL"]}}, Way.NOTIFY_LETTER,
            [Lock.UNSAFE_ADDRESS], id="an unsafe address, written short",
        ),
        pytest.param(
            {"channel": "EMAIL", "email": "amira.osei@gmail.com",
             "safe_contact": {"unsafe_emails": ["amiraosei+home@googlemail.com"]}},
            Way.NOTIFY_EMAIL, [Lock.UNSAFE_EMAIL], id="one mailbox by another name",
        ),
        pytest.param(
            {"safe_contact": {"unsafe_addresses": ["4 Mill Lane"]}}, Way.PRINT, [],
            id="another address",
        ),
        pytest.param(
            {"channel": "EMAIL", "email": "A@b.example",
             "safe_contact": {"unsafe_emails": ["a@B.example"]}},
            Way.EMAIL, [Lock.UNSAFE_EMAIL], id="an unsafe e-mail address",
        ),
        pytest.param(
            {"safe_contact": {"plain_envelope": True}}, Way.NOTIFY_LETTER,
            [Lock.PLAIN_ENVELOPE], id="whose envelope says what",
        ),
        pytest.param({"safe_contact": {"plain_envelope": True}}, Way.PRINT, [], id="our own"),
    ],
)  # fmt: skip
def test_what_stands_against_sending(reader, way, locks):
    assert [each.lock for each in locks_on_sending(a_case(**reader), way)] == locks


def test_only_an_opt_out_stands_against_writing_at_all():
    assert locks_on_making(a_case(channel="VIA_POLICE")) == ()
    assert [each.lock for each in locks_on_making(a_case(has_opted_out=True))] == [Lock.OPTED_OUT]

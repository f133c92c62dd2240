"""One list says what a recording is: the grid, the check of schedules and the register agree."""

from datetime import date

import pytest

from forthright.rules.endorsements import Endorsed, ItemToEndorse, may_be_one_of_many
from forthright.rules.recordings_named import mentions_in
from forthright.rules.schedules.bundle import Bundle, Paper
from forthright.rules.schedules.engine import check_schedules
from forthright.rules.schedules.rule import shipped_schedule_rules
from forthright.rules.schedules.schedule import Form, Place, Schedule, ScheduleItem

RULES = {rule.id: rule for rule in shipped_schedule_rules()}
RECORDINGS = [
    ("Video of the fight outside the Crown, filmed by Mr Khan on his phone", "OTHER", True),
    ("999 audio of the caller who says that two men hit him", "CALL_999", True),
    ("Dash-cam of the taxi showing the assault on Mr Dale", "DASHCAM", True),
    ("Dash cam of the taxi", "DASHCAM", False),
    ("ABE video interview of the complainant, 12 June", "ABE", True),
    ("Emergency call recording of Mrs Devi", "CALL_999", True),
    ("Recorded call to the 101 line about the noise", "CALL_999", True),
    ("Video from Ring door bell at the house opposite, a man at the gate", "DOORBELL", False),
    ("Ring door-bell at the house opposite", "DOORBELL", False),
    ("Drone video of the field", "DRONE", False),
    ("Police helicopter film of the chase", "DRONE", False),
    ("Voicemail left by the defendant", "OTHER", False),
    ("Social media clip (TikTok) of the push in the queue", "OTHER", False),
    ("TikTok clip of the push in the queue", "OTHER", False),
    ("DVD of the interview under caution of Mr Hall", "INTERVIEW", True),
    ("Audio recording of the interview of Mr Hall, 41 minutes", "INTERVIEW", True),
    ("Body worn camera of PC Khan at the scene", "BWV", False),
    ("Bodycam of PC Lisle", "BWV", False),
    ("CCTV of the till at noon", "CCTV", False),
    ("Closed circuit television of the yard", "CCTV", False),
    ("Footage from the shop next door", "OTHER", False),
    ("CCTV of the robbery, with stills of it", "CCTV", True),
]
NONE = [
    "Receipt for the hire of a van on 3 May 2026",
    "CCTV enquiry log about the robbery",
    "CCTV request form, unanswered",
    "Stills from the CCTV of the yard",
    "Transcript of the 999 call",
    "Storm incident log 1881 of 1 June 2026 with the 999 call of Mrs Oduya",
    "Video link booking for the hearing of 3 May",
    "Video identification (VIPER) pack of Mr Hall",
    "Download of the phone of Mr Hall",
    "Letter asking that the paper clip be returned",
]


def known(description):
    return ItemToEndorse(form=Form.MG6C, description=description)


def found(description, *rules, code="D", papers=()):
    item = ScheduleItem(place=Place(file="mg6c.csv", row=2), number=1, description=description,
                        endorsed=code, code=code)  # fmt: skip
    schedule = Schedule(form=Form.MG6C, place=Place(file="mg6c.csv"), items=(item,))
    bundle = Bundle(schedules=(schedule,), papers=papers)
    return check_schedules(bundle, [RULES[each] for each in rules], as_of=date(2026, 10, 5))


@pytest.mark.parametrize(("description", "kind", "is_presumed"), RECORDINGS)
def test_a_recording_in_ordinary_words_is_one_everywhere(description, kind, is_presumed):
    item = known(description)

    assert item.is_recording
    assert item.is_presumed is is_presumed
    assert not may_be_one_of_many(item, Endorsed.CLEARLY_NOT)
    assert [each.rule for each in found(description, "R9a")] == ["R9a"]
    assert bool(found(description, "R3a", code="CND")) is is_presumed
    if kind != "DOORBELL":
        assert mentions_in(description)[0].kind == kind


@pytest.mark.parametrize("description", NONE)
def test_what_is_no_recording_is_none_anywhere(description):
    assert not known(description).is_recording
    assert found(description, "R9a") == []


@pytest.mark.parametrize(
    ("words", "is_named"),
    [
        ("The officer’s body worn camera was recording.", True),
        ("The dash-cam of the taxi was seized.", True),
        ("Mr Khan’s Ring doorbell caught him.", True),
        ("A video on her phone shows the push.", True),
        ("Mrs Oduya filmed the fight on her mobile phone.", True),
        ("Two boys videoed it.", True),
        ("His wife recorded the whole of it on her iPhone.", True),
        ("The push was caught on camera.", True),
        ("Her number was recorded on his mobile phone.", False),
        ("The call was recorded by PC Khan in his notebook.", False),
        ("Nobody filmed it.", False),
        ("The fight was recorded on her phone.", True),
        ("She rang 999, and the 999 audio was kept.", True),
        ("CCTV was seized from the shop. Attach a copy of it.", True),
        ("Visually recorded evidence: CCTV of the shop, which shows him", True),
        ("♦ Attach copy of CCTV if shown in the interview (to file).", False),
        ("CCTV – tapes / discs  Proceeds of Crime Act (POCA) (MG17)", False),
        ("3. Visually recorded evidence (CCTV / Photographs etc.) :", False),
        ("4. Visually Recorded Evidence – CCTV, photos, mobile phone(s). Attach a copy.", False),
        ("Custody suite CCTV should be included as unused material unless ‘key’.", False),
        ("Has all visually recorded material, e.g. CCTV, been viewed? No CCTV in this case.",
         False),
        ("CCTV, been viewed? No CCTV in this case", False),
        ("There is no CCTV in the lane.", False),
        ("He was interviewed by video link.", False),
    ],
)  # fmt: skip
def test_a_form_names_a_recording_only_where_somebody_wrote_of_one(words, is_named):
    papers = (Paper(name="MG5.txt", text=words),)

    assert bool(found("Custody record of Dean Hollis", "R8a", papers=papers)) is is_named

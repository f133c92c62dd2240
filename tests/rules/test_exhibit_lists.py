"""A list of references gives each the recording that leads from it, and a thing none."""

import pytest

from forthright.rules.exhibits_named import exhibits_in, not_read_in


def read(text):
    return [(e.reference, e.kind) if e.looks_recorded else e.reference for e in exhibits_in(text)]


def doubted(text):
    return [each.reference for each in exhibits_in(text) if each.doubted]


CCTV, BWV, CALL, ABE = ("DM/1", "CCTV"), ("SH/1", "BWV"), ("EO/1", "CALL_999"), ("KW/1", "ABE")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DM/1 is the CCTV, SH/1 is the BWV", [CCTV, BWV]),
        ("I produce DM/1, a disc of the CCTV, and SH/1, a disc of the BWV.", [CCTV, BWV]),
        ("DM/1: a copy of the CCTV, SH/1: a copy of the BWV, KW/1: a copy of the ABE interview",
         [CCTV, BWV, ABE]),
        ("DM/1\tDisc containing CCTV\tSH/1\tDisc containing BWV", [CCTV, BWV]),
        ("DM/1 | Disc containing CCTV | SH/1 | Disc containing BWV", [CCTV, BWV]),
        ("DM/1, CCTV | SH/1, a disc of the BWV", [CCTV, BWV]),
        ("Exhibits: DM/1 disc of CCTV, SH/1 disc of BWV, DM/3 knife", [CCTV, BWV, "DM/3"]),
        ("Exhibit list: DM/1 - CCTV of shop (disc), JK/1 - knife", [CCTV, "JK/1"]),
        ("DM/1 - CCTV of shop (disc), JK/1 - knife", [CCTV, "JK/1"]),
        ("JK/1 - receipt, DM/1 - CCTV, JK/2 - knife", ["JK/1", CCTV, "JK/2"]),
        ("JK/1 – knife JK/2 – coat EO/1 – 999 call", ["JK/1", "JK/2", CALL]),
        ("DM/1 - CCTV - SH/1 - BWV", [CCTV, BWV]),
        ("DM/1 CCTV SH/1 BWV EO/1 999 call", [CCTV, BWV, CALL]),
        ("DM/1 CCTV from Tesco SH/1 BWV", [CCTV, BWV]),
        ("Exhibit DM/1 CCTV Exhibit SH/1 BWV", [CCTV, BWV]),
        ("DM/1: CCTV SH/1: BWV", [CCTV, BWV]),
        ("We hold DM/1, which is CCTV, and SH/1, which is BWV.", [CCTV, BWV]),
        ("Exhibit DM/1 is a disc of CCTV and exhibit JK/1 is a knife", [CCTV, "JK/1"]),
        ("Ref\tDM/1\tDescription\tCCTV\tRef\tSH/1\tDescription\tBWV", [CCTV, BWV]),
        ("EO/1 999 call, EO/2 transcript, DM/1 CCTV", [CALL, "EO/2", CCTV]),
        ("SH/1 (PC Hall) BWV, DM/1 (PC Khan) CCTV", [BWV, CCTV]),
        ("I produce DM/1 – dashcam footage SH/1 – BWV", [("DM/1", "DASHCAM"), BWV]),
    ],
)  # fmt: skip
def test_each_reference_has_the_recording_that_leads_from_it(text, found):
    assert read(text) == found
    assert doubted(text) == []
    assert not_read_in(text).lines == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CCTV (DM/1), BWV (SH/1), knife (JK/1)", [CCTV, BWV, "JK/1"]),
        ("CCTV DM/1 BWV SH/1 999 call EO/1", [CCTV, BWV, CALL]),
        ("CCTV, DM/1, BWV, SH/1", [CCTV, BWV]),
        ("CCTV, DM/1 BWV, SH/1", [CCTV, BWV]),
        ("CCTV - DM/1 - BWV - SH/1", [CCTV, BWV]),
        ("CCTV | DM/1 | BWV | SH/1", [CCTV, BWV]),
        ("CCTV exhibit DM/1 BWV exhibit SH/1", [CCTV, BWV]),
        ("CCTV from the shop DM/1 and BWV of the arrest SH/1", [CCTV, BWV]),
        ("BWV PC Hall (exhibit SH/1) CCTV of shop (exhibit DM/1) knife (exhibit JK/1)",
         [BWV, CCTV, "JK/1"]),
        ("I produce the CCTV as DM/1, the BWV as SH/1 and the knife as JK/1",
         [CCTV, BWV, "JK/1"]),
        ("Exhibit list: coat (exhibit JK/1), CCTV (exhibit DM/1), receipt (exhibit JK/2)",
         ["JK/1", CCTV, "JK/2"]),
        ("JK/1 knife CCTV DM/1", ["JK/1", CCTV]),
        ("JK/1, CCTV DM/1, BWV SH/1", ["JK/1", CCTV, BWV]),
        ("I refer to AB/1, CCTV (DM/1)", ["AB/1", CCTV]),
    ],
)  # fmt: skip
def test_a_list_that_names_the_recording_first_stays_as_it_was(text, found):
    assert read(text) == found
    assert doubted(text) == []


def test_a_thing_takes_no_recording_of_the_reference_before_it():
    assert read("Exhibits: JK/1 knife seen on CCTV, JK/2 coat") == [
        "JK/1", "JK/2", ("CCTV", "CCTV"),
    ]  # fmt: skip
    assert read("CCTV DM/1 and DM/2 knife") == [CCTV, "DM/2"]
    assert read("CCTV DM/1 and DM/2 (car park)") == [CCTV, ("DM/2", "CCTV")]
    assert doubted("CCTV from the yard, JK/1 - knife") == ["JK/1"]
    assert doubted("CCTV from the yard, DM/1 - car park") == []


@pytest.mark.parametrize(
    "text",
    [
        "DM/1 Car park CCTV", "DM/1 Co-op car park CCTV", "DM/1 key CCTV footage",
        "DM/1 Boots CCTV", "DM/1 Card Factory CCTV", "DM/1 Top floor CCTV",
        "DM/1 Record shop CCTV", "DM/1 Key Street CCTV", "DM/1 Glass Street CCTV",
        "DM/1 clothing shop CCTV", "DM/1 Bike shed CCTV", "DM/1 disc with photographs and CCTV",
    ],
)  # fmt: skip
def test_a_place_before_a_recording_says_where_it_was_made(text):
    assert read(text) == [CCTV]
    assert doubted(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("JS/1 car dashcam footage", "DASHCAM"), ("JS/1 Vehicle dashcam", "DASHCAM"),
        ("JS/1 Vehicle search BWV", "BWV"), ("JS/1 In-car video", "OTHER"),
        ("JS/1 mobile phone video", "OTHER"),
        ("JS/1 iPhone video", "OTHER"), ("JS/1 police vehicle video", "OTHER"),
        ("JS/1 - mobile phone footage of the fight", "OTHER"),
        ("JS/1 phone recording of the argument", "OTHER"),
    ],
)  # fmt: skip
def test_a_telephone_or_car_before_a_recording_says_what_made_it(text, kind):
    assert read(text) == [("JS/1", kind)]
    assert doubted(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "JS/1 text messages and a voice note", "JS/1 photographs of scene and CCTV",
        "JS/1 knife CCTV", "JS/1 iPhone and CCTV", "JS/1 Samsung phone BWV",
        "JS/1 top of stairs CCTV", "JS/1 receipt Tesco CCTV",
        "JS/1 - Boots - CCTV", "JS/1, Boots, CCTV", "JS/1 (Boots) CCTV",
    ],
)  # fmt: skip
def test_a_thing_right_beside_a_recording_leaves_it_to_a_person(text):
    assert doubted(text) == ["JS/1"]
    assert exhibits_in(text)[1:] or not_read_in(text).lines


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Exhibit list: DM/1 CCTV, SH/1 BWV", [CCTV, BWV]),
        ("Exhibit list: exhibit DM/1 CCTV", [CCTV]),
        ("Exhibit list - DM/1, DM/2, DM/3 (CCTV), SH/1 (BWV)",
         [CCTV, ("DM/2", "CCTV"), ("DM/3", "CCTV"), BWV]),
        ("Statement of PC Hall: DM/1 CCTV", [CCTV]),
        ("Statement of PC Hall exhibiting DM/1 CCTV", [CCTV]),
        ("Police report, DM/1 CCTV", [CCTV]),
        ("Notes: DM/1 CCTV of the shop", [CCTV]),
        ("Property log: DM/1 CCTV", [CCTV]),
        ("Property record DM/1 - CCTV disc", [CCTV]),
        ("Record of exhibits - DM/1 – CCTV", [CCTV]),
    ],
)  # fmt: skip
def test_a_heading_in_the_line_leaves_the_recording_to_its_reference(text, found):
    assert read(text) == found
    assert doubted(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "In my statement DM/1, CCTV",
        "Police report, DM/1, CCTV requested",
        "CCTV covering the car park and the street, exhibit DM/1",
        "BWV of the arrest and the search of the car (DM/1)",
        "BWV capturing injuries and blood, DM/1",
        "CCTV from Currys and Boots, DM/1",
    ],
)
def test_what_only_a_person_can_tell_is_offered_twice(text):
    assert doubted(text) == ["DM/1"]
    assert [each.has_reference for each in exhibits_in(text)] == [True, False]


def test_whose_thing_a_camera_shows_takes_no_reference():
    assert read("CCTV of the suspect's car DM/1") == [CCTV]
    assert doubted("CCTV of the suspect's car DM/1") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("999 call and video JS/1", [("JS/1", "OTHER"), ("999 call", "CALL_999")]),
        ("She made a 999 call and sent a video JS/1",
         [("JS/1", "OTHER"), ("999 call", "CALL_999")]),
        ("JS/1 video and a 999 call", [("JS/1", "OTHER"), ("999 call", "CALL_999")]),
        ("CCTV and a video JS/1", [("JS/1", "OTHER"), ("CCTV", "CCTV")]),
        ("CCTV and a clip of it DM/1", [CCTV]),
        ("CCTV and footage DM/1", [CCTV]),
        ("I seized the CCTV and I produce the footage as DM/1", [CCTV]),
        ("999 call and audio EO/1", [CALL]),
    ],
)  # fmt: skip
def test_a_film_beside_a_call_is_another(text, found):
    assert read(text) == found
    assert not_read_in(text).lines == ()


def test_a_film_behind_a_call_with_its_reference_is_named():
    assert read("JS/1 999 call and video") == [("JS/1", "CALL_999")]
    assert not_read_in("JS/1 999 call and video").lines == ("JS/1 999 call and video",)


@pytest.mark.parametrize("said", ["which I produce as", "exhibited as", "which I now produce as"])
def test_what_somebody_produces_has_the_reference_behind_it(said):
    things = (("a coat", "JK/1"), ("a hat", "JK/2"), ("the CCTV", "DM/1"), ("and BWV", "SH/1"))
    text = "I seized " + ", ".join(f"{thing}, {said} {reference}" for thing, reference in things)

    assert read(text) == ["JK/1", "JK/2", CCTV, BWV]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("JK/1 - receipt from shop CCTV DM/1", ["JK/1", CCTV]),
        ("JK/1 - coat in shop CCTV", ["JK/1", ("CCTV", "CCTV")]),
        ("JK/1 - jacket found at house BWV", ["JK/1", ("BWV", "BWV")]),
        ("DM/1 bike shed CCTV", [CCTV]),
        ("SH/1 bag search BWV", [BWV]),
    ],
)
def test_a_thing_from_a_place_is_no_recording_of_it(text, found):
    assert read(text) == found

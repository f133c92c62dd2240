"""A reference goes to the recording beside it in its own clause, and leaves the others alone."""

import pytest

from forthright.rules.exhibits_named import exhibits_in, not_read_in


def read(text):
    return [(e.reference, e.kind) if e.looks_recorded else e.reference for e in exhibits_in(text)]


def doubted(text):
    return [each.reference for each in exhibits_in(text) if each.doubted]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was on CCTV (exhibit DM/1) and PC Hall's BWV, and the victim's 999 call is awaited.",
         [("DM/1", "CCTV"), ("BWV", "BWV"), ("999 call", "CALL_999")]),
        ("CCTV is exhibit DM/1; the 999 call and BWV are to follow.",
         [("DM/1", "CCTV"), ("999 call", "CALL_999"), ("BWV", "BWV")]),
        ("CCTV (DM/1), 999 call, BWV.",
         [("DM/1", "CCTV"), ("999 call", "CALL_999"), ("BWV", "BWV")]),
        ("The ABE interview (KW/1) took place on 4 May and dashcam footage is awaited.",
         [("KW/1", "ABE"), ("dashcam", "DASHCAM")]),
    ],
)  # fmt: skip
def test_a_reference_leaves_each_other_kind_of_its_sentence(text, found):
    assert read(text) == found
    assert not_read_in(text).lines == ()


@pytest.mark.parametrize(
    "text",
    [
        "A video of the assault was posted on Facebook; the screenshot is exhibit AB/2.",
        "CCTV from Asda (DM/1) and CCTV from Tesco are held.",
        "CCTV is exhibit DM/1, and a video from her phone is awaited.",
        "The 999 call was heard over the BWV (SH/1)",
        "She filmed him with the knife, exhibit JS/7",
    ],
)
def test_what_is_left_beside_a_reference_and_cannot_be_told_is_named(text):
    assert not_read_in(text).lines == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "CCTV DM/1 shows him and the CCTV then shows her",
        "TG/4 audio disc of the police interview",
        "Bus CCTV dashcam DM/1",
        "CCTV DM/1 shows him, and the footage shows her",
        "Mrs Oduya made the 999 call, and I produce a recording of it as EO/1",
        "I produce the stills as DM/2.",
    ],
)
def test_what_says_more_of_one_with_a_reference_is_not_named(text):
    assert not_read_in(text).lines == ()
    assert len(exhibits_in(text)) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PC Hall seized a knife, exhibit SH/1, and his body worn video captured this.",
         ["SH/1", ("body worn video", "BWV")]),
        ("I exhibit the blood-stained shirt as SH/2; the whole search is on BWV.",
         ["SH/2", ("BWV", "BWV")]),
        ("The knife is exhibit SH/1 and the CCTV from the shop shows it being used.",
         ["SH/1", ("CCTV from the shop", "CCTV")]),
        ("CCTV not yet obtained; statement of shopkeeper exhibits receipt JK/1.",
         ["JK/1", ("CCTV", "CCTV")]),
        ("CCTV from the shop; the defendant's coat is SH/1",
         ["SH/1", ("CCTV from the shop", "CCTV")]),
        ("My BWV was on and I recovered a machete, which is exhibit SH/1.",
         ["SH/1", ("BWV", "BWV")]),
        ("I recovered a machete which I exhibit as SH/1 and I activated my body worn video.",
         ["SH/1", ("body worn video", "BWV")]),
        ("CCTV was seized from the shop and the knife from the yard, exhibit SH/1",
         ["SH/1", ("CCTV", "CCTV")]),
        ("CCTV was held and a bag of cannabis, exhibit SH/1", ["SH/1", ("CCTV", "CCTV")]),
        ("CCTV was held and the old zither, exhibit SH/1", ["SH/1", ("CCTV", "CCTV")]),
        ("The knife (SH/1) is visible on the CCTV.", ["SH/1", ("CCTV", "CCTV")]),
        ("DM/4 Knife, seen on CCTV", ["DM/4", ("CCTV", "CCTV")]),
        ("Knife found, exhibit SH/1, CCTV shows it", ["SH/1", ("CCTV", "CCTV")]),
        ("I have viewed CCTV and made a summary, exhibit TM/3.", ["TM/3", ("CCTV", "CCTV")]),
        ("DM/2 photographs, DM/3 CCTV", ["DM/2", ("DM/3", "CCTV")]),
        ("Custody CCTV (DM/1), custody record DM/2, interview recording",
         [("DM/1", "CCTV"), "DM/2", ("interview recording", "INTERVIEW")]),
    ],
)  # fmt: skip
def test_what_is_called_something_of_its_own_is_no_recording(text, found):
    assert read(text) == found
    assert doubted(text) == []


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("I refer to DM/1, and the CCTV shows him.", "DM/1"),
        ("In her statement DM/1 CCTV is exhibited.", "DM/1"),
        ("CCTV shows Marsden with the knife, exhibit SH/1", "SH/1"),
        ("BWV shows where a quantity of cannabis was found, exhibit SH/3.", "SH/3"),
        ("CCTV from Tesco, and the Shell garage, exhibit DM/1", "DM/1"),
    ],
)
def test_where_it_is_not_sure_both_are_asked_about(text, reference):
    assert doubted(text) == [reference]
    assert [each.has_reference for each in exhibits_in(text)] == [True, False]


def test_what_is_sure_elsewhere_is_asked_about_no_more():
    assert doubted("I refer to DM/1, and the CCTV shows him.\nDM/1 CCTV") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I seized the CCTV and produce it as exhibit DM/3.", [("DM/3", "CCTV")]),
        ("I viewed the CCTV, burned it to disc and exhibit this as DM/1.", [("DM/1", "CCTV")]),
        ("I viewed the CCTV, burned the footage to a disc and exhibit it as DM/1.",
         [("DM/1", "CCTV")]),
        ("CCTV was seized from the shop by PC Hall, and he exhibits it as DM/1.",
         [("DM/1", "CCTV")]),
        ("CCTV from Tesco, High Street, Worcester, exhibit DM/1", [("DM/1", "CCTV")]),
        ("The CCTV shows the fight outside the pub, exhibit DM/1.", [("DM/1", "CCTV")]),
        ("The CCTV shows the assault (exhibit DM/1).", [("DM/1", "CCTV")]),
        ("CCTV was burned to disc; the disc is exhibit AA/1", [("AA/1", "CCTV")]),
        ("My body worn camera was activated; this is exhibit SH/1.", [("SH/1", "BWV")]),
        ("A copy of the CCTV was given to me by the manager, John Smith, which I produce as TM/1.",
         [("TM/1", "CCTV")]),
        ("DM/1, disc, CCTV of yard", [("DM/1", "CCTV")]),
        ("DM/1 1 x black USB stick, CCTV from shop", [("DM/1", "CCTV")]),
        ("DM/1, PC Khan, CCTV of yard", [("DM/1", "CCTV")]),
        ("I produce as exhibit DM/1 a disc containing the CCTV.", [("DM/1", "CCTV")]),
        ("The officer produced DM/1, CCTV of the yard", [("DM/1", "CCTV")]),
        ("The statement of PC Hall exhibits SH/1 BWV", [("SH/1", "BWV")]),
        ("DM/1, BWV, DM/2, CCTV", [("DM/1", "BWV"), ("DM/2", "CCTV")]),
        ("BWV, DM/1, CCTV, DM/2", [("DM/1", "BWV"), ("DM/2", "CCTV")]),
        ("SH/1 - BWV PC Hall, JK/1 - receipt, DM/1 - CCTV Co-op",
         [("SH/1", "BWV"), "JK/1", ("DM/1", "CCTV")]),
        ("Exhibit list: DM/1 CCTV disc; SH/1 knife; KW/1 ABE DVD",
         [("DM/1", "CCTV"), "SH/1", ("KW/1", "ABE")]),
        ("Exhibit list DM/1 CCTV, SH/1 knife", [("DM/1", "CCTV"), "SH/1"]),
        ("Statement of PC Hall: SH/1 BWV, DM/1 CCTV", [("SH/1", "BWV"), ("DM/1", "CCTV")]),
        ("1. CCTV – DM/1 2. BWV – SH/1 3. Knife – JK/1",
         [("DM/1", "CCTV"), ("SH/1", "BWV"), "JK/1"]),
        ("The clothing (SH/1) and the CCTV (DM/1) were seized.", ["SH/1", ("DM/1", "CCTV")]),
    ],
)  # fmt: skip
def test_what_is_plainly_the_recording_stays_it(text, found):
    assert read(text) == found
    assert doubted(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BWV of PC Hall (SH/1) and PC Tate (RT/1)", [("SH/1", "BWV"), ("RT/1", "BWV")]),
        ("BWV: SH/1 (PC Hall), AK/1 (PC Khan)", [("SH/1", "BWV"), ("AK/1", "BWV")]),
        ("Officer's BWV: PC 1177 Hall - exhibit SH/1, PC 2841 Khan - exhibit AK/1",
         [("SH/1", "BWV"), ("AK/1", "BWV")]),
        ("CCTV from Tesco exhibit DM/1 and from the Shell garage exhibit DM/2",
         [("DM/1", "CCTV"), ("DM/2", "CCTV")]),
        ("CCTV DM/1 from Tesco, DM/2 from Asda", [("DM/1", "CCTV"), ("DM/2", "CCTV")]),
        ("PC Hall's BWV (SH/1), PC Khan's (AK/1) and DC Lee's (DL/1)",
         [("SH/1", "BWV"), ("AK/1", "BWV"), ("DL/1", "BWV")]),
        # What is called something else, and of which nothing is told, is no other of them.
        ("BWV of PC Hall (SH/1) and statement of PC Tate (RT/1)", [("SH/1", "BWV"), "RT/1"]),
        ("BWV SH/1 (PC Hall), knife AK/1 (PC Khan)", [("SH/1", "BWV"), "AK/1"]),
        ("CCTV (DM/1) from Tesco and the knife from the car (SH/2)", [("DM/1", "CCTV"), "SH/2"]),
        ("CCTV DM/1 from the shop, PC Khan exhibits AK/1", [("DM/1", "CCTV"), "AK/1"]),
        ("CCTV (DM/1) of the yard and SH/2", [("DM/1", "CCTV"), "SH/2"]),
    ],
)  # fmt: skip
def test_a_second_of_the_same_is_told_by_whose_or_where_it_is(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I put the CCTV footage from the pub system onto a USB stick which I produce as my JRS/1.",
         [("JRS/1", "CCTV")]),
        (("I downloaded the CCTV footage from the pub system onto a USB stick which I produce as "
          "my exhibit marked JRS/1."), [("JRS/1", "CCTV")]),
        ("The CCTV footage from the pub system is exhibit JRS/1.", [("JRS/1", "CCTV")]),
        ("CCTV from the King's Arms system is DM/1", [("DM/1", "CCTV")]),
        ("The CCTV system (DM/1) was seized", ["DM/1"]),
        ("The CCTV system was viewed.", []),
    ],
)  # fmt: skip
def test_footage_from_a_system_is_footage_and_the_system_is_none(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found", "unread"),
    [
        ("I produce the footage as exhibit SH-BWV-01.", [("SH-BWV-01", "BWV")], ()),
        ("Exhibit SH-BWV-01 is my body worn video.", [("SH-BWV-01", "BWV")], ()),
        ("SH-BWV-01, AK-CCTV-2 and KW-ABE-1",
         [("SH-BWV-01", "BWV"), ("AK-CCTV-2", "CCTV"), ("KW-ABE-1", "ABE")], ()),
        ("SH-BWV-01 and SH-BWV-02", [("SH-BWV-01", "BWV"), ("SH-BWV-02", "BWV")], ()),
        ("BWV-SH-01 and SH-02-BWV", [("BWV-SH-01", "BWV"), ("SH-02-BWV", "BWV")], ()),
        ("exhibit AB-XY-12 CCTV", [("AB-XY-12", "CCTV")], ()),
        ("The phone is AB-XY-12.", [], ("AB-XY-12",)),
        ("On 12-OCT-2026 and in OCT-2026", [], ()),
    ],
)  # fmt: skip
def test_a_reference_with_dashes_is_read_or_told_of(text, found, unread):
    assert read(text) == found
    assert not_read_in(text).references == unread

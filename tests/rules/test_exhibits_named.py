"""What a form names that may be a recording."""

import pytest

from forthright.rules.exhibits_named import exhibits_in, not_read_in


def recorded(text):
    return [(each.reference, each.kind) for each in exhibits_in(text) if each.looks_recorded]


def others(text):
    return [each.reference for each in exhibits_in(text) if not each.looks_recorded]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I produce the CCTV as exhibit DM/3.", [("DM/3", "CCTV")]),
        ("Exhibit DM/3 CCTV of the yard", [("DM/3", "CCTV")]),
        ("DM / 3 – CCTV", [("DM/3", "CCTV")]),
        ("DM/3\tCCTV of the yard\tPC 2841 Khan", [("DM/3", "CCTV")]),
        ("CCTV DM/1, DM/2 and DM/3 were seized.",
         [("DM/1", "CCTV"), ("DM/2", "CCTV"), ("DM/3", "CCTV")]),
        ("CCTV discs DM/1 to DM/3", [("DM/1", "CCTV"), ("DM/2", "CCTV"), ("DM/3", "CCTV")]),
        ("CCTV DM/1-3", [("DM/1", "CCTV"), ("DM/2", "CCTV"), ("DM/3", "CCTV")]),
        ("I exhibit my body worn video as AK/1 and the 999 call as AK/2.",
         [("AK/1", "BWV"), ("AK/2", "CALL_999")]),
        ("AK/1 BWV of the arrest, AK/2 dashcam of the chase",
         [("AK/1", "BWV"), ("AK/2", "DASHCAM")]),
        ("The footage is exhibited as EBT189.", [("EBT189", "OTHER")]),
        ("My ABE interview is exhibit RS/1", [("RS/1", "ABE")]),
        ("TG/4 audio disc of the police interview", [("TG/4", "INTERVIEW")]),
        ("Phone download LP/2", [("LP/2", "PHONE")]),
        ("LP/5 drone footage of the field", [("LP/5", "DRONE")]),
        ("Doorbell footage HJ/1A", [("HJ/1A", "CCTV")]),
        ("DS/1 CCTV, seized by DS/2841", [("DS/1", "CCTV")]),
        ("CCTV of Mary Green, exhibit MG/1", [("MG/1", "CCTV")]),
        ("CCTV DM/1 - 12/10/2026", [("DM/1", "CCTV")]),
        ("Ring doorbell footage LM/7a", [("LM/7A", "CCTV")]),
        ("PCBODY/1177/22 body worn video", [("PCBODY/1177/22", "BWV")]),
        ("Footage of the yard, exhibit PC1177/BWV/1", [("PC1177/BWV/1", "BWV")]),
        ("Phone download ref KL-3", [("KL-3", "PHONE")]),
        ("Phone download, reference: KL-3a", [("KL-3a", "PHONE")]),
        ("Drone video (exhibit: ABC/123/X)", [("ABC/123/X", "DRONE")]),
        ("CCTV, Exh. JB/0001/2", [("JB/0001/2", "CCTV")]),
        ("CCTV JB / 0001 / 2", [("JB/0001/2", "CCTV")]),
        ("CCTV exhibit no 12 and exhibit no 13", [("12", "CCTV"), ("13", "CCTV")]),
        ("Exhibit DS.5 is the dashcam", [("DS.5", "DASHCAM")]),
        ("CCTV AB/1, AB/2/C and AB/3", [("AB/1", "CCTV"), ("AB/2/C", "CCTV"), ("AB/3", "CCTV")]),
    ],
)  # fmt: skip
def test_a_reference_with_what_it_is(text, found):
    assert recorded(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BWV of PC 2841 Khan shows the arrest.", [("BWV of PC 2841 Khan", "BWV")]),
        ("There is a 999 call from the neighbour.", [("999 call", "CALL_999")]),
        ("CCTV was seized from the shop. The 999 call was kept.",
         [("CCTV", "CCTV"), ("999 call", "CALL_999")]),
        ("The dash-cam was on.", [("dash-cam", "DASHCAM")]),
    ],
)  # fmt: skip
def test_what_has_no_reference_is_called_by_what_it_is(text, found):
    assert recorded(text) == found
    assert not any(each.has_reference for each in exhibits_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "There is no CCTV in the lane.",
        "There is not any CCTV.",
        "CCTV enquiries were made at the shop.",
        "CCTV was not working.",
        "The CCTV was overwritten.",
        "The 999 call log was printed.",
        "A transcript of the 999 call is attached.",
        "The video was good.",
        "The CCTV enquiries are on the MG/6 of PC/123.",
        "On 12/10/2026 he was at home.",
    ],
)
def test_a_paper_about_a_recording_is_none(text):
    assert exhibits_in(text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Knife, exhibit DM/4", ["DM/4"]),
        ("The defendant's ROTI is exhibit DS.5", ["DS.5"]),
        ("Knife, Exh. JB/0001/2", ["JB/0001/2"]),
        ("Stills from the CCTV, DM/5", ["DM/5"]),
        ("CCTV stills DM/5", ["DM/5"]),
        ("I produce the CCTV as DM/1 and the photographs as DM/2.", ["DM/2"]),
    ],
)
def test_a_reference_that_says_nothing_of_a_recording_is_not_lost(text, found):
    assert others(text) == found


def test_a_table_of_which_each_cell_came_as_its_own_line_reads_row_by_row():
    text = "Exhibit\nDescription\nDM/1\nCCTV of the yard\nDM/2\nKnife\nDM/3\n999 call\n"

    assert recorded(text) == [("DM/1", "CCTV"), ("DM/3", "CALL_999")]
    assert others(text) == ["DM/2"]


def test_each_is_named_once_however_often_and_however_it_is_written():
    text = "Exhibit DM/1 was seized.\nThe CCTV is dm/1, that is DM / 1.\nCCTV again: DM/1"

    assert recorded(text) == [("DM/1", "CCTV")]


def test_the_words_beside_it_are_kept_short():
    (found,) = exhibits_in("CCTV DM/1 " + "of the yard " * 60)

    assert len(found.words) == 200
    assert found.words.startswith("CCTV DM/1 of the yard")


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        ("DM/1 CCTV\nABE interview of Child A", [("DM/1", "CCTV"), ("ABE interview", "ABE")], []),
        ("DM/1: Knife\nBody worn video of PC 12", [("Body worn video of PC 12", "BWV")], ["DM/1"]),
        ("CCTV: DM/10\n999 call", [("DM/10", "CCTV"), ("999 call", "CALL_999")], []),
    ],
)  # fmt: skip
def test_a_line_that_says_what_it_is_takes_no_other_with_it(text, found, rest):
    assert (recorded(text), others(text)) == (found, rest)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("dm/5 CCTV", "DM/5"),
        ("Exhibit S/1 phone download", "S/1"),
        ("JT/12345 CCTV", "JT/12345"),
        ("ABC/JT/1 CCTV", "ABC/JT/1"),
        ("JS1 CCTV", "JS1"),
        ("AM/1 CCTV", "AM/1"),
        ("Exhibit PM/12 CCTV", "PM/12"),
        ("DM\N{DIVISION SLASH}7 CCTV", "DM/7"),
    ],
)
def test_a_reference_is_read_in_each_of_the_ways_it_is_written(text, reference):
    assert [each for each, _ in recorded(text)] == [reference]
    assert not_read_in(text).references == ()


def test_a_long_list_is_read_in_full():
    assert len(recorded("DM/10 to DM/40 CCTV")) == 31


def test_two_recordings_of_two_places_are_two_and_the_general_word_is_no_third():
    text = "CCTV from Asda\nCCTV from Tesco\nThe CCTV shows him."

    assert recorded(text) == [("CCTV from Asda", "CCTV"), ("CCTV from Tesco", "CCTV")]


def test_what_was_only_not_shown_or_is_named_by_a_surname_is_a_recording():
    assert recorded("CCTV was not played to him.") == [("CCTV", "CCTV")]
    assert recorded("CCTV was not seized.") == []
    assert recorded("BWV of PC 1177 was switched on.") == [("BWV of PC 1177", "BWV")]


def test_a_still_keeps_its_reference_from_the_recording_beside_it():
    text = "I produce the CCTV and a still as AJT/2."

    assert (recorded(text), others(text)) == ([("CCTV", "CCTV")], ["AJT/2"])


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("DM/10 to DM/400 CCTV", ("DM/10 to DM/400",)),
        ("The CCTV is JS1.", ("JS1",)),
        ("S/1 is a disc", ("S/1",)),
        ("PC1177 read the MG11 of WR1 2AB on 12/10/2026, see MG/6.", ()),
        ("Exhibit S/1 CCTV. S/1 was kept.", ()),
        ("The phone is KL-3.", ("KL-3",)),
        ("The phone is KL.3.", ("KL.3",)),
        ("See exhibit 12.", ("exhibit 12",)),
        ("Exhibits 12, 13 and 14 are discs", ("Exhibits 12, 13 and 14",)),
        ("Exhibits no 12 and 13 are discs", ("Exhibits no 12 and 13",)),
        ("dm/1/2 was kept", ("dm/1/2",)),
        ("AB/1/AB/2 were kept", ("AB/1/AB/2",)),
        ("AB/1/2/3/4/5 was kept", ("AB/1/2/3/4/5",)),
        ("BWV of PC1177/A/2 was kept", ()),
        ("JAN/1 CCTV of the yard", ("JAN/1",)),
        ("NO/1 is the CCTV", ("NO/1",)),
        ("BWV OR/2 and CCTV AND/3A", ("OR/2", "AND/3A")),
        ("the 999 call as mar/12", ("mar/12",)),
        ("JAN/1-3 CCTV", ("JAN/1-3",)),
        ("JAN/1 to JAN/3 CCTV", ("JAN/1", "JAN/3")),
        ("NO/1/2 CCTV", ("NO/1/2",)),
        ("The disc is JAN-3", ("JAN-3",)),
        ("exhibit NO/1 CCTV", ()),
    ],
)
def test_what_may_be_a_reference_and_is_not_read_is_told_of(text, unread):
    assert not_read_in(text).references == unread


@pytest.mark.parametrize(
    "text",
    [
        "On 12/10/2026, 12/OCT/2026, 12-OCT-2026 and in OCT-2026",
        "At 10.30, 10:30 and 22/23.00",
        "URN 20AB0000126/26, 20/AB/12345/26 and T2026/7123",
        "See the MG11, MG/11, MG-11, MG.11 and MG11/2, and the CPS/12",
        "WR1 2AB, B4 7LR and SW1A 1AA",
        "Telephone 01905 723456, 01905/723456 and 07700-900123",
        "PC1177, PC/1177, DC 22 and PS-14 were there in 24/7 shifts",
        "https://here.example/DM/1 and and/or",
        "COVID-19 kept him away on the M5.",
        "From NOV-25, JAN/2026 and JAN/3/26 to 31 DEC/1 JAN, page no/3",
        "URN REF NO/22, crime no/12, our ref/7, No.1 and NO-2",
    ],
)
def test_what_is_no_reference_is_neither_read_nor_told_of(text):
    assert exhibits_in(text) == ()
    assert not_read_in(text).references == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BWV: Y", [("BWV", "BWV")]),
        ("ABE: N BWV: Y, CCTV: Yes", [("BWV", "BWV"), ("CCTV", "CCTV")]),
        ("ABE\tN\nCCTV\tYes", [("CCTV", "CCTV")]),
        ("Is there any CCTV? Y", [("CCTV", "CCTV")]),
        ("CCTV: No longer at the shop, held by police", [("CCTV", "CCTV")]),
        ("999 call: none", []),
        ("ABE interview(s): N/A", []),
        ("Visually recorded interview: N", []),
        ("Visually recorded interview of Child A", [("Visually recorded interview", "ABE")]),
        ("CCTV - No.", []),
        ("BWV: Y / N", []),
        ("ABE interviews Y/N", []),
        ("CCTV  Yes ☐ No ☒", []),
    ],
)
def test_what_a_form_answers_says_whether_there_is_one(text, found):
    assert recorded(text) == found


@pytest.mark.parametrize("line", [
    "Visually recorded evidence (CCTV / Photographs etc.) :",
    "Attach copy of CCTV if shown in the interview (to file)",
    "CCTV – tapes / discs",
    "CCTV/Headcam footage (if relevant/available)",
    "Has all CCTV been obtained?",
    "Defendant’s response/reaction to CCTV (if ‘key evidence’ and shown in I/V)",
])  # fmt: skip
def test_what_a_form_prints_names_nothing_and_is_not_passed_over(line):
    assert exhibits_in(line) == ()
    assert not_read_in(line).lines == (line,)


@pytest.mark.parametrize(("line", "read"), [
    ("CCTV - tapes from Tesco, and BWV of PC Khan, seized", "BWV"),
    ("CCTV/tape from the shop and 999 call of Mrs Oduya", "CALL_999"),
    ("CCTV of Tesco seized (if relevant to bail) and BWV of PC Khan seized", "BWV"),
    ("ABE: Y, BWV Y/N", "ABE"),
])  # fmt: skip
def test_what_reads_as_the_forms_own_is_not_passed_over_beside_what_was_read(line, read):
    assert [kind for _, kind in recorded(line)] == [read]
    assert not_read_in(line).lines == (line,)


def test_beside_what_was_read_a_no_and_more_words_of_it_leave_nothing_unread():
    assert not_read_in("ABE: Y, BWV: N. The BWV video of PC Khan, with footage").lines == ()


@pytest.mark.parametrize(("line", "found"), [
    ("Please attach exhibit DM/3, the CCTV of the yard", [("DM/3", "CCTV")]),
    ("CCTV tapes from Elm Row were seized", [("CCTV", "CCTV")]),
    ("Visually recorded evidence: CCTV from Elm Row", [("CCTV from Elm Row", "CCTV")]),
])  # fmt: skip
def test_what_somebody_wrote_beside_it_is_found(line, found):
    assert recorded(line) == found


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Footage from the shop", ("Footage from the shop",)),
        ("We have footage from the shop.", ("We have footage from the shop.",)),
        ("Her phone video shows it. He ran.", ("Her phone video shows it.",)),
        ("- He filmed it on his phone", ("He filmed it on his phone",)),
        ("The clip of the fight\nthe clip of the fight", ("The clip of the fight",)),
        ("Interview recorded: Y", ("Interview recorded: Y",)),
        ("BWV: Y / N", ("BWV: Y / N",)),
        ("CCTV Yes ☐ No ☐", ("CCTV Yes ☐ No ☐",)),
        ("The footage shows him.", ("The footage shows him.",)),
        ("CCTV DM/1 of the yard.\nThe footage shows him.", ()),
        ("CCTV DM/1 of the yard.\nFootage from the bus too.", ("Footage from the bus too.",)),
        ("The doorbell clip shows him.", ()),
        ("Phone video LP/3", ()),
        ("Footage: N", ()),
        ("There is no footage. Stills from the video. By video link.", ()),
        ("The knife was held by a paper clip; the recording officer wrote it down.", ()),
    ],
)
def test_a_line_that_mentions_a_recording_is_not_passed_over(text, lines):
    assert not_read_in(text).lines == lines


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CCTV ex.AB/1-AB/4", ["AB/1", "AB/2", "AB/3", "AB/4"]),
        ("Exhibits: AB/1.AB/2.AB/3 CCTV", ["AB/1", "AB/2", "AB/3"]),
        ("exhibit AB/1(a) and AB/1(b) CCTV", ["AB/1A", "AB/1B"]),
        ("CCTV No.AB/1", ["AB/1"]),
        ("BWV ref.AK/2", ["AK/2"]),
    ],
)
def test_a_reference_written_without_a_blank_is_read(text, found):
    assert [reference for reference, _ in recorded(text)] == found


def test_a_list_whose_numbers_stand_at_its_references_names_them_all():
    found = exhibits_in("CCTV 1.AB/1 2.AB/2 3.AB/3")

    assert [each.reference for each in found] == ["AB/1", "AB/2", "AB/3"]


@pytest.mark.parametrize(
    "text",
    ["CCTV (ex.AB/1), BWV (ex.AB/2)", "CCTV (exhibit AB/1), BWV (exhibit no. AB/2)",
     "CCTV exhibited as AB/1, BWV exhibited as AB/2"],
)  # fmt: skip
def test_a_reference_behind_its_recording_is_that_recording(text):
    assert recorded(text) == [("AB/1", "CCTV"), ("AB/2", "BWV")]


def test_a_reference_that_begins_with_a_number_is_told_and_a_day_is_none():
    assert not_read_in("BWV footage exhibited as 2841/BWV/1").references == ("2841/BWV/1",)
    day_and_pages = "Seized on 12/MAY/26, see www.example.co.uk/12 and example.uk/12"
    assert not_read_in(day_and_pages).references == ()


def test_a_long_line_is_read_in_a_time_that_grows_with_it():
    """Ten times as long a line keeps ten times as much, and not a hundred."""
    import tracemalloc

    def peak(letters):
        text = ("AB/1 cctv, " * letters)[:letters]
        tracemalloc.start()
        exhibits_in(text)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(50_000) < 20 * peak(5_000)

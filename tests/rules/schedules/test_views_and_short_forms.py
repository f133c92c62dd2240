"""What is a view of the officer, and what is a short form, in phrases of schedules as they come."""

from datetime import date

import pytest

from forthright.rules.schedules.engine import check_schedules
from forthright.rules.schedules.examples import example_bundle
from forthright.rules.schedules.rule import Example, shipped_schedule_rules

DAY = date(2026, 4, 8)

VIEWS = (
    "CCTV of the car park on 4 March 2026: nothing of interest seen",
    "CCTV of the yard, 4 March 2026, nothing of evidential note",
    "Statement of PC Hall dealing with the cordon, nothing which assists or undermines",
    "House-to-house forms of Cole Street: nothing adverse",
    "Notes of DC Ward of 3 May 2026: no bearing on the case",
    "Emails between the officer and the shop: not considered relevant",
    "Emails between the officer and the shop, not deemed disclosable",
    "Duty roster of 1 June 2026, administrative and of no relevance",
    "Message log of the phone of Mrs Oduya: not material to any issue",
    "Statement of Mr Lee of 3 May 2026: adds nothing to the case",
    "Statement of Mr Lee of 3 May 2026: adds nothing new",
    "Statement of Mr Lee of 3 May 2026, who adds little",
    "Crime report of 2 June 2026: does not undermine the prosecution or assist the defence",
    "Crime report of 2 June 2026: neither undermines nor assists",
    "Crime report of 2 June 2026: would neither undermine nor assist",
    "Crime report of 2 June 2026: could not assist the defence",
    "Crime report of 2 June 2026: cannot undermine the case",
    "Crime report of 2 June 2026: unlikely to assist",
    "Crime report of 2 June 2026: is not capable of undermining the prosecution",
    "Crime report of 2 June 2026: has no potential to undermine or assist",
    "Footage of the bus, 2 June 2026: of no evidential worth",
    "Footage of the bus, 2 June 2026: no evidence of value",
    "Footage of the bus, 2 June 2026: nothing untoward",
    "Footage of the bus, 2 June 2026: nothing useful",
    "Footage of the bus, 2 June 2026: nothing helpful",
    "Footage of the bus, 2 June 2026: of limited value",
    "Footage of the bus, 2 June 2026: no significance",
    "Footage of the bus, 2 June 2026: of no consequence",
    "Statement of Mr Lee, 3 May 2026: not believed by the officer",
    "Statement of Mr Lee, 3 May 2026: an unreliable account",
    "Statement of Mr Lee, 3 May 2026: irrelevant to the charge",
    "Duplicate of the statement of Mr Lee: does not meet the disclosure test",
    "Notes of PC Reed of 1 June 2026: does not satisfy the test for disclosure",
    "Search log of 1 June 2026: not relied on by the prosecution",
    "Search log of 1 June 2026: not being relied upon",
    "Photographs of the lane on 2 June 2026: no probative value",
    "Photographs of the lane on 2 June 2026: not probative",
    "Statement of Mr Lee, who says he was in bed and saw nobody: does not undermine or assist",
    "Statement of Mr Lee adds nothing",
    "Message of Mrs Oduya: she saw one man. Not relevant",
)

TOLD = (
    "Letter of Mr Lee, 3 May 2026: he says that the van is irrelevant to him",
    "Message of Ms Field, 3 May 2026: the row was irrelevant, she says, and she wants no part",
    "Letter of the defence of 2 May 2026 asking for material that is not relevant to bail",
    "Email of the council, 3 May 2026: the tenancy is not relevant to their decision",
    "Policy log of DI Marsh, entry 4: why the phone of Mr Lee was not relevant to seize",
    "Statement of Mr Cole: he took nothing of value from the shed",
    "Crime report of 2 June 2026: nothing of value was stolen, one window broken",
    "Crime report of 1 June 2026: cash box taken, not of any value, found on the grass",
    "List of the ring and the watch, neither of any value, by the jeweller",
    "Statement of Mr Cole, 2 June 2026: he does not assist the police any more",
    "Message of Mr Lee, 2 June 2026: he will not assist the prosecution",
    "Letter of Mrs Field, 2 June 2026: she would not assist with an identity parade",
    "Officer's record: Mr Reed said that his brother would not assist him with the van",
    "First account of the defendant, 2 June 2026: he takes the matter no further",
    "Contact log: Mrs Oduya asks that police take the complaint no further",
    "Email of Mr Ward, 3 May 2026: he is not relied on to open the shop",
    "Custody record of Mr Hale, 2 June 2026: he said nothing relevant to his medical history",
    "X-ray report of 2 June 2026: shows nothing broken",
    "X-ray report of 2 June 2026: shows nothing abnormal in the left hand",
    "Toxicology report of 9 June 2026: shows nothing above the legal limit",
    "CCTV of the yard, 1 June 2026, 21:00 to 22:00: shows nothing of the road beyond the gate",
    "CCTV of the lane, 1 June 2026, 21:00 to 22:00: shows nothing in the yard and two cars passing",
    "CCTV of the lane, 1 June 2026, 21:00 to 22:00: shows nothing happening until two cars pass",
    "Meter reading of 1 June 2026: adds nothing to the bill of May",
    "Email of Mr Cole to his bank, 1 June 2026: the account is of no use to him",
    "Letter of the surveyor, 3 May 2026: the shed has no value to the owner",
    "Letter of Mr Ward of 3 May 2026: he was of no help to the police at the scene",
    "Insurance schedule of 3 May 2026: items of no value to be left out",
    "Diary of Ms Field, 3 May 2026: the evening was of no interest to her",
    "Map of the lane of 2 June 2026 with no bearing to the north shown",
    "Note of the call of Mr Lee of 2 June 2026: he has no evidential photographs on his phone",
    "Statement of Mr Lee: he saw nothing untoward in the yard and went home",
    "Statement of Mrs Lee: she saw nothing unusual and heard nothing",
    "Complaint of Mr Hale of 3 May 2026: that PC Reed thought his account unreliable",
    "Statement of Mr Hale, 3 May 2026: he was not believed by his mother",
    "Council reply of 3 May 2026: no relevant footage is held after 28 days",
)

SHORT_FORMS = (
    "OEL entries of the investigation from 4 to 19 March 2026, showing who was spoken to",
    "O.E.L. entries of the investigation from 4 to 19 March 2026, showing who was spoken to",
    "Print of HOLMES of the actions raised from 4 to 19 March 2026 in this case",
    "Print of CRIMINT of 4 March 2026 about the address in Cole Street",
    "Note of the OIC 4471 of the call of Mrs Oduya about the two men at the van",
    "Note of the FLO to Mrs Oduya about the two men at the van on 2 June 2026",
    "MARAC minutes of 2 June 2026 about Mrs Oduya and her two children",
    "Force OEL of 4 March 2026 showing who was spoken to about the van",
    "Form DASH and PVP of Mrs Oduya of 2 June 2026: answers to each of the questions",
    "ANPR hits of AB12 CDE on 2 June 2026 between Leeds and York",
    "SIO policy of 2 June 2026: why the phone of Mr Lee was not seized",
    "Officer’s record of the day, OEL entries of 4 March 2026, showing who was spoken to",
)

NO_SHORT_FORMS = (
    "Film of the garage showing AB12 CDE turn in at 21:14 and stop by the pump",
    "Film of the garage showing A123 BCD turn in at 21:14 and stop by the pump",
    "Film of the garage showing BCD 123A turn in at 21:14 and stop by the pump",
    "Keeper record of the van, registration KXP 4471, in the name of Mr Lee",
    "Keeper record of the van, index ABZ 1234, in the name of Mr Lee",
    "Keeper record of the van with partial plate KXP, seen by Mr Lee",
    "Keeper record of the van AB12-CDE, in the name of Mr Lee",
    "Keeper record of the van AB 12 CDE, in the name of Mr Lee",
    "Receipt found in the kitchen, exhibit JDB 1, for a white van",
    "Photograph of the lane, JDB/PC/1, showing the van and two men",
    "Statement of John SMITH of 2 June 2026, who saw one man at the door",
    "Statement of Mr SMITH of 2 June 2026, who saw one man at the door",
    "Notes of PC 411 KHAN of the arrest of the man at the van on 2 June 2026",
    "Notes of PC JB Hall of the arrest of the man at the van on 2 June 2026",
    "Message of Mr AK Shah to the shop about the van and the till on 2 June 2026",
    "Film of the yard from 21:00 to 22:00 BST on 1 June 2026, showing the van",
    "Receipt of WH Smith for two pens, 2 June 2026, found in the van",
    "Receipt of B&Q Ltd for two locks, 2 June 2026, found in the van",
    "Booking with DPD for a parcel from Cole Street to the station on 2 June 2026",
    "Letter from SW London about the lease of the flat in Cole Street, 2 June 2026",
    "Film showing that ONE man went in and ALL others stayed by the van",
    "Officer’s enquiry log, OEL, from 4 to 19 March 2026, showing who was spoken to",
    "OEL: officer’s enquiry log from 4 to 19 March 2026, showing who was spoken to",
    "OEL = officer’s enquiry log, from 4 to 19 March 2026, showing who was spoken to",
    "OEL – officer’s enquiry log from 4 to 19 March 2026, showing who was spoken to",
    "Keeper record of the van, reg. ABC 123, in the name of Mr Lee",
)


def rules_on(words):
    found = check_schedules(
        example_bundle(Example(items=[words])), shipped_schedule_rules(), as_of=DAY
    )
    return {each.rule for each in found}


@pytest.mark.parametrize("words", VIEWS)
def test_a_view_of_the_officer_is_found(words):
    assert "R4k" in rules_on(words)


@pytest.mark.parametrize("words", TOLD)
def test_what_an_item_tells_is_no_view_of_the_officer(words):
    assert "R4k" not in rules_on(words)


@pytest.mark.parametrize("words", SHORT_FORMS)
def test_a_short_form_that_is_written_out_nowhere_is_found(words):
    assert "R4c" in rules_on(words)


@pytest.mark.parametrize("words", NO_SHORT_FORMS)
def test_a_plate_a_name_an_exhibit_and_what_is_written_out_is_no_short_form(words):
    assert "R4c" not in rules_on(words)

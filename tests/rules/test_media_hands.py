import pytest

from forthright.rules.media_hands import (
    Parties,
    Receiver,
    asks_why_no_party,
    asks_why_not_court,
    court_hinted,
    defence_hinted,
    needs_reason,
    party_hinted,
    party_named,
    why_not_to,
)

R = Receiver
HALE = Parties(
    {"Hale LLP", "Rowe & Co"}, {"Dean Marsden"}, {"Marsden"}, {"Mrs Rosa Vane (partner)", "Kay"},
    {"rosa.vane@firm.example"},
)  # fmt: skip


@pytest.mark.parametrize("receiver", list(R))
@pytest.mark.parametrize(
    ("is_sensitive", "is_unassessed", "allowed"),
    [
        (False, False, set(R)),
        (True, False, {R.POLICE, R.UNIT}),
        (True, True, {R.POLICE, R.UNIT}),
        (False, True, {R.POLICE, R.UNIT, R.OTHER, R.NOT_SAID}),
    ],
)
def test_what_is_on_a_disc_says_whom_it_may_go_to(receiver, is_sensitive, is_unassessed, allowed):
    why = why_not_to(receiver, is_sensitive=is_sensitive, is_unassessed=is_unassessed)

    assert (why == "") is (receiver in allowed)


def test_a_refusal_says_what_is_on_it():
    of_secret = why_not_to(R.DEFENCE, is_sensitive=True, is_unassessed=True)
    of_unknown = why_not_to(R.DEFENCE, is_sensitive=False, is_unassessed=True)

    assert of_secret.startswith("A sensitive recording is on this disc")
    assert of_unknown.startswith("A recording that nobody has classified")


@pytest.mark.parametrize("receiver", list(R))
def test_what_is_shared_with_nobody_goes_to_no_party(receiver):
    kept_back = ["DM/1 (not relevant)", "DM/2 (withdrawn)"]
    why = why_not_to(receiver, is_sensitive=False, is_unassessed=False, kept_back=kept_back)

    assert bool(why) is (receiver in (R.COURT, R.DEFENCE, R.COUNSEL))
    assert not why or "DM/1 (not relevant) and DM/2 (withdrawn)." in why


@pytest.mark.parametrize("receiver", list(R))
def test_a_disc_that_nobody_knows_needs_a_reason_but_for_police_and_unit(receiver):
    assert needs_reason(receiver, is_unknown=True) is (receiver not in (R.POLICE, R.UNIT))
    assert not needs_reason(receiver, is_unknown=False)


@pytest.mark.parametrize(
    ("receiver", "name", "party"),
    [
        (R.OTHER, "Hale LLP", R.DEFENCE),
        (R.OTHER, "Messrs hale  L.L.P., Worcester", R.DEFENCE),
        (R.OTHER, "Hale Solicitors", R.DEFENCE),
        (R.OTHER, "Dean Marsden, at the gate", R.DEFENCE),
        (R.OTHER, "Defence solicitor", R.DEFENCE),
        (R.OTHER, "Worcester Crown Court", R.COURT),
        (R.OTHER, "Magistrates’ Court", R.COURT),
        (R.OTHER, "Our counsel", R.COUNSEL),
        (R.POLICE, "Hale LLP", R.DEFENCE),
        (R.UNIT, "Hale LLP", R.DEFENCE),
        (R.POLICE, "Hale Solicitors", R.DEFENCE),
        (R.UNIT, "The Hale", R.DEFENCE),
        (R.OTHER, "Ms Hale, a facial mapper", None),
        (R.OTHER, "Halestone LLP", None),
        (R.OTHER, "Rosa Vane", R.DEFENCE),
        (R.OTHER, "Ms Rosa Vane, solicitor", R.DEFENCE),
        (R.OTHER, "To rosa.vane@firm.example", R.DEFENCE),
        (R.POLICE, "Rosa.Vane@firm.example", R.DEFENCE),
        (R.UNIT, "Rosa Vane", None),
        (R.OTHER, "Ms Vane, a facial mapper", None),
        (R.OTHER, "Kay’s repair shop", None),
        (R.OTHER, "Mr Marsden", None),
        (R.OTHER, "A contractor, 3 Court Street", None),
        (R.OTHER, "", None),
        (R.POLICE, "PC Hale, Malvern", None),
        (R.UNIT, "The Crown Court cupboard", None),
        (R.DEFENCE, "Hale LLP", None),
        (R.COURT, "Hale LLP", R.DEFENCE),
        (R.COUNSEL, "Messrs hale  L.L.P., Worcester", R.DEFENCE),
        (R.COURT, "Hale", R.DEFENCE),
        (R.COUNSEL, "Rowe and Co, Worcester", R.DEFENCE),
        (R.OTHER, "Rowe & Co, Worcester", R.DEFENCE),
        (R.COUNSEL, "Rosa Vane", R.DEFENCE),
        (R.COURT, "Ms Rosa Vane, at Court 3", R.DEFENCE),
        (R.COUNSEL, "rosa.vane@firm.example", R.DEFENCE),
        (R.COUNSEL, "Dean Marsden", R.DEFENCE),
        (R.COUNSEL, "Defence counsel, Mr Pike", R.DEFENCE),
        (R.COURT, "Worcester Crown Court", None),
        (R.COUNSEL, "Mr Pike, Crown Court robing room", None),
        (R.COURT, "Counsel’s row, Court 3", None),
        (R.COUNSEL, "Ms Hale", None),
        (R.COUNSEL, "Ms Marsden", None),
    ],
)
def test_a_party_is_known_by_its_name_under_another_kind(receiver, name, party):
    found = party_named(receiver, name, HALE)

    assert found == party


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Hale & Partners", R.DEFENCE),
        ("Hale and Partners Solicitors", R.DEFENCE),
        ("Hale Solicitors", R.DEFENCE),
        ("Mr Hale", R.DEFENCE),
        ("Hale, Foundry Street", R.DEFENCE),
        ("Ortiz", R.DEFENCE),
        ("At a solicitor’s, Worcester", R.DEFENCE),
        ("For Dean Marsden", R.DEFENCE),
        ("Worcester Crown Court", R.COURT),
        ("Courtroom 3", R.COURT),
        ("The Crown Court cupboard", R.COURT),
        ("HHJ Marlow", R.COURT),
        ("Mr Justice Marlow", R.COURT),
        ("A magistrate, Wrenford", R.COURT),
        ("Criminal Justice Unit, Wrenford", None),
        ("Crown Court unit, safe", None),
        ("Three Stones Chambers", R.COUNSEL),
        ("PC Hale, Malvern", None),
        ("PC 2841, Malvern", None),
        ("Safe of the RASSO lawyers", None),
        ("Property store, Wrenford", None),
        ("Rosa Vane", R.DEFENCE),
        ("R Vane, 5 High Street", R.DEFENCE),
        ("Mrs Vane’s car", R.DEFENCE),
        ("rosa.vane@firm.example", R.DEFENCE),
        ("Mr Marsden", R.DEFENCE),
        ("Marsden's house", R.DEFENCE),
        ("Van der Berg", R.DEFENCE),
        ("PC 2841 Marsden", None),
        ("Det Sgt Vane", None),
        ("Vanessa in the typing pool", None),
        ("Berg", None),
        ("", None),
    ],
)
def test_with_something_sensitive_less_is_enough_to_ask(name, party):
    around = Parties(
        {"Hale & Partners LLP", "Ortiz Wrenford Law"}, {"Dean Marsden"},
        {"Marsden", "van der Berg"}, {"Mrs Rosa Vane (partner)", ""}, {"rosa.vane@firm.example"},
    )  # fmt: skip

    found = party_hinted(name, around)

    assert found == party


@pytest.mark.parametrize(
    ("receiver", "name", "asked"),
    [
        (R.COUNSEL, "Ms Marsden", True),
        (R.COURT, "Marsden’s mother, Court 3", True),
        (R.COUNSEL, "Mrs Vane, Three Stones Chambers", True),
        (R.COUNSEL, "DC Marsden", False),
        (R.COUNSEL, "Mr Pike", False),
        (R.COURT, "Court 3", False),
        (R.DEFENCE, "Mr Marsden", False),
        (R.OTHER, "Mr Marsden", False),
        (R.POLICE, "Mr Marsden", False),
    ],
)
def test_court_and_counsel_are_asked_about_a_family_name_of_the_defence(receiver, name, asked):
    assert defence_hinted(receiver, name, HALE) is asked


@pytest.mark.parametrize(
    ("receiver", "name", "by_unused", "asked"),
    [
        (R.OTHER, "HHJ Marlow", False, True),
        (R.OTHER, "A facial mapper", True, False),
        (R.OTHER, "A facial mapper, 3 Court Street", True, False),
        (R.UNIT, "Courtroom 3", True, True),
        (R.UNIT, "Courtroom 3", False, False),
        (R.UNIT, "Crown Court unit, safe", True, False),
        (R.POLICE, "PC 2841, Worcester Crown Court", True, True),
        (R.COURT, "HHJ Marlow", True, False),
        (R.NOT_SAID, "HHJ Marlow", False, True),
        (R.COUNSEL, "Mr Pike, Crown Court robing room", True, False),
        (R.COUNSEL, "Mr Pike, before HHJ Marlow", True, False),
        (R.COUNSEL, "Counsel at Worcester Crown Court", True, False),
        (R.COUNSEL, "Worcester Crown Court, robing room", True, True),
        (R.COUNSEL, "HHJ Marlow, Worcester Crown Court", True, True),
        (R.COUNSEL, "Mr Justice Marlow", True, True),
        (R.COUNSEL, "HHJ Marlow", False, False),
        (R.DEFENCE, "Hale LLP, at the court", True, False),
    ],
)
def test_a_name_that_reads_like_the_court_is_asked_about(receiver, name, by_unused, asked):
    assert asks_why_not_court(receiver, name, has_unused=by_unused) is asked


@pytest.mark.parametrize(
    "name",
    [
        "HHJ Lane", "Judge Hill", "District Judge (MC) Close", "Mr Justice Row", "HHJ St John",
        "Judges’ Row", "A magistrate, Hill Way", "Oxford County Court, St Aldates",
        "Oxford Crown Court, Street 3", "Oxford Crown Court St Aldates", "St Albans Crown Court",
        "Recorder Smith", "Mr Recorder Smith", "The Recorder of Worcester", "DJ Smith",
        "DDJ Smith", "DJ (MC) Smith", "3 Court Street, HHJ Smith",
        "Old Bailey", "Central Criminal Court, Old Bailey", "HMCTS, Hill Road",
    ],
)  # fmt: skip
def test_a_judge_and_a_court_are_known_whatever_word_for_a_street_is_in_their_name(name):
    assert court_hinted(name)
    assert party_hinted(name, Parties()) is R.COURT


@pytest.mark.parametrize(
    "name",
    [
        "3 Court Street", "A facial mapper, 3 Court St.", "Courthouse Lane, Wrenford",
        "Magistrates Road 5", "Crown Court unit, safe", "Recorder of the shop",
        "The recorder is full", "DJ", "Recorder", "PC DJ Smith", "DC 2841 DJ Smith", "Old Street",
        "Criminal Justice Unit, Wrenford",
    ],
)  # fmt: skip
def test_a_street_a_recorder_that_films_and_an_officer_are_no_court(name):
    assert not court_hinted(name)


@pytest.mark.parametrize("receiver", list(R))
def test_only_somebody_else_is_asked_for_whatever_no_party_may_have(receiver):
    asked = asks_why_no_party(receiver, is_kept_from_parties=True)

    assert asked is (receiver is R.OTHER)
    assert not asks_why_no_party(receiver, is_kept_from_parties=False)


@pytest.mark.parametrize("receiver", list(R))
def test_each_receiver_has_words(receiver):
    assert receiver.words

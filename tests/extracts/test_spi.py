from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.apps import apps

from forthright.cases.models import Case, Defendant, PersonToTell
from forthright.extracts.imports.planning import Readable, plan_import
from forthright.extracts.models import ImportRun
from forthright.extracts.plans import Kind
from forthright.table_files.problems import FileRefused
from tests import given, shared_data
from tests.extracts.files import a_plan, an_area, imported, notes, problems

pytestmark = pytest.mark.django_db
when = import_module("forthright.extracts.migrations.0006_when_defendants_came")
# The schema's own published examples.
EXAMPLES = "data/disclosure/spi-xsd/test/resources/spiInCaseExamples"
MESSAGE = """<?xml version="1.0" encoding="UTF-8"?>
<NewCaseMessage xmlns="http://www.dca.gov.uk/xmlschemas/libra"
    xmlns:b="http://www.govtalk.gov.uk/people/bs7666">
  <Case>
    <PTIURN>{urn}</PTIURN>
    <Defendant>
      <ProsecutorReference>0420AB0000000012345N</ProsecutorReference>
      <PoliceIndividualDefendant><PersonDefendant><BasePersonDetails>
        <PersonName><PersonTitle>Mr</PersonTitle><PersonGivenName1>Alan</PersonGivenName1>
          <PersonFamilyName>Reed</PersonFamilyName></PersonName>
        <Birthdate>1990-03-04</Birthdate>
      </BasePersonDetails></PersonDefendant></PoliceIndividualDefendant>
      <Offence>
        <BaseOffenceDetails><OffenceCode>CJ88001</OffenceCode>
          <OffenceWording>Assault by beating</OffenceWording></BaseOffenceDetails>
        {victim}
      </Offence>
      <Offence>
        <BaseOffenceDetails><OffenceCode>CD71039</OffenceCode></BaseOffenceDetails>
        {victim}
      </Offence>
    </Defendant>
  </Case>
</NewCaseMessage>"""
VICTIM = """<OtherPartyVictim>
  <PersonDetails><PersonGivenName1>Maya</PersonGivenName1>
    <PersonFamilyName>Okafor</PersonFamilyName></PersonDetails>
  <Address><b:PAON>  12 </b:PAON><b:StreetDescription>Mill Lane</b:StreetDescription>
    <b:PostCode>B1 1AA</b:PostCode></Address>
  <TelephoneDetails><TelephoneNumberMobile>07700900111</TelephoneNumberMobile></TelephoneDetails>
  <EmailDetails><EmailAddress1>maya@example.org</EmailAddress1></EmailDetails>
  <Birthdate>2012-01-01</Birthdate>
</OtherPartyVictim>"""


def a_message(path: Path, *, urn: str = "20AB0123426", victim: str = VICTIM) -> Path:
    """Write a new case message of our own."""
    path.write_text(MESSAGE.format(urn=urn, victim=victim))
    return path


def test_a_message_becomes_a_case_its_defendant_and_its_victim_once(tmp_path):
    area = an_area()

    imported(area, a_message(tmp_path / "case.xml"), Kind.SPI, given.a_unit(area=area))

    case, victim = Case.objects.get(), PersonToTell.objects.get()
    defendant = Defendant.objects.get()
    assert (case.urn, case.lead_offence) == ("20AB0123426", "CJ88001: Assault by beating")
    assert (str(defendant), defendant.born_on) == ("Mr Alan Reed", date(1990, 3, 4))
    assert defendant.added_at == ImportRun.objects.get().imported_at
    assert (str(victim), victim.email, victim.is_child) == (
        "Maya Okafor", "maya@example.org", True,
    )  # fmt: skip
    assert victim.address == "12\nMill Lane\nB1 1AA"


def test_a_defendant_in_a_case_that_was_held_came_when_the_file_that_names_it_was_read(tmp_path):
    area = an_area()
    unit = given.a_unit(area=area)
    imported(area, a_message(tmp_path / "case.xml"), Kind.SPI, unit)
    ImportRun.objects.update(imported_at=given.NOON - timedelta(days=9))
    Defendant.objects.update(added_at=None)
    other = a_message(tmp_path / "other.xml")
    other.write_text(other.read_text().replace("Alan", "Brian").replace("12345N", "12346N"))

    imported(area, other, Kind.SPI, unit)

    first, second = Defendant.objects.order_by("pk")
    assert second.added_at == ImportRun.objects.latest("imported_at").imported_at

    # What stood there before anybody kept it is known from the notes of the imports.
    Defendant.objects.update(added_at=None)
    when.say_when(apps, None)
    added = list(Defendant.objects.order_by("pk").values_list("added_at", flat=True))
    assert added == [given.NOON - timedelta(days=9), second.added_at]
    assert first.given_names == "Alan"


@pytest.mark.parametrize("said", ["UTF-8", "UTF-16"])
def test_a_message_carried_as_text_in_its_envelope_is_read(tmp_path, said):
    inside = a_message(tmp_path / "inside.xml").read_text().replace("UTF-8", said)
    written = inside.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    path = tmp_path / "route.xml"
    path.write_text(
        '<RouteData xmlns="http://schemas.cjse.gov.uk/common/operations" '
        'xmlns:e="http://schemas.cjse.gov.uk/common/businessentities"><DataStream>'
        f"<e:DataStreamContent>{written}</e:DataStreamContent></DataStream></RouteData>"
    )
    area = an_area()

    run = imported(area, path, unit=given.a_unit(area=area))

    assert (run.kind, run.records["cases"]) == ("spi", 1)


def test_the_same_message_twice_changes_nothing(tmp_path):
    area = an_area()
    path = a_message(tmp_path / "case.xml")
    imported(area, path, unit=given.a_unit(area=area))

    assert a_plan(area, path).counts.changes_nothing


def test_a_victim_without_a_name_is_noted_and_nobody_is_made_up(tmp_path):
    area = an_area()
    path = a_message(tmp_path / "case.xml", victim="<OtherPartyVictim></OtherPartyVictim>")

    plan = a_plan(area, path, unit=given.a_unit(area=area))

    assert problems(plan) == []
    assert "A victim has no name in the message" in notes(plan)[0]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        pytest.param(VICTIM, "The message names “Maya Okafor” twice in the same case.", id="alike"),
        pytest.param(
            VICTIM.replace("maya@", "other@"),
            "The message says different things of “Maya Okafor”: e-mail",
            id="with another address",
        ),
        pytest.param(
            VICTIM.replace("<Birthdate>2012-01-01</Birthdate>", ""),
            "The message names “Maya Okafor” twice in the same case.",
            id="of whom less is said",
        ),
    ],
)
def test_two_victims_of_one_name_in_a_message_are_asked_about(tmp_path, second, words):
    area = an_area()
    path = a_message(tmp_path / "case.xml", victim=VICTIM + second)

    plan = a_plan(area, path, unit=given.a_unit(area=area))

    [problem] = plan.file.problems()
    assert problem.message.startswith(words)
    assert "hand the case over as an extract, with a reference for each" in problem.mend


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("12345", "it has no letter in it"),
        ("Oka\u202efor", "it holds a mark that turns the writing after it round (U+202E)"),
        ("@okafor", "it begins with “@”"),
    ],
)
def test_what_is_no_name_in_a_spreadsheet_is_none_in_a_message(tmp_path, name, why):
    area, victim = an_area(), VICTIM.replace("Okafor", name)

    plan = a_plan(
        area, a_message(tmp_path / "case.xml", victim=victim), unit=given.a_unit(area=area)
    )

    [(_, element, message)] = problems(plan)
    assert element == "OtherPartyVictim"
    assert message.endswith(f"cannot be a name: {why}.")


def test_a_mark_that_nobody_sees_is_left_out_of_a_name_in_a_message(tmp_path):
    area, victim = an_area(), VICTIM.replace("Okafor", "Oka\u200bfor")

    path = a_message(tmp_path / "case.xml", victim=victim)
    [note] = notes(a_plan(area, path, unit=given.a_unit(area=area)))
    imported(area, path, unit=given.a_unit(area=area))

    assert note.startswith("“Okafor” holds a mark that nobody sees (U+200B)")
    assert PersonToTell.objects.get().family_name == "Okafor"


def test_a_message_without_a_urn_is_refused_by_its_element(tmp_path):
    path = a_message(tmp_path / "case.xml", urn="URN_NUMBER")

    plan = a_plan(an_area(), path)

    assert problems(plan)[0][1] == "PTIURN"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<!DOCTYPE a [<!ENTITY x "lol">]><a>&x;</a>', "document type"),
        (
            '<?xml version="1.0" encoding="UTF-32"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
            "document type",
        ),
        ('<?xml version="1.0"?><a><b></a>', "not whole XML"),
        ('<?xml version="1.0"?><invoice/>', "of another kind (invoice)"),
        ("", "empty"),
    ],
)
def test_xml_that_is_no_message_is_refused_in_words(tmp_path, content, words):
    path = tmp_path / "case.xml"
    path.write_text(content, encoding="UTF-32" if "UTF-32" in content else "UTF-8")

    with pytest.raises(FileRefused) as refused:
        a_plan(an_area(), path)

    assert words in str(refused.value)


def test_the_published_examples_are_read_or_refused_by_their_urn():
    folder = shared_data.find(EXAMPLES)
    if folder is None:
        pytest.skip("the published messages are not beside this copy; one of ours is read above")
    area = an_area()

    plans = {path.name: a_plan_of_example(area, path) for path in folder.glob("*.xml")}

    assert plans == {
        "IndividualDefendantAllfields.xml": "PTIURN",  # it gives the name of the field
        "PoliceCase.xml": "read",
        "SingleDefendantSingeOffence.xml": "read",
    }


def a_plan_of_example(area, path):
    """Say "read", or the element that an example is refused for."""
    readable = Readable(path, path.name, Kind.AUTO, given.a_unit(area=area))
    with TemporaryDirectory() as folder:
        plan = plan_import(area, readable, work=Path(folder) / "plan", now=given.NOON)
        found = problems(plan)
    return found[0][1] if found else "read"


def test_a_name_near_to_one_held_is_asked_about_at_its_element_without_a_column_to_add(tmp_path):
    area = an_area()
    imported(area, a_message(tmp_path / "case.xml"), Kind.SPI, given.a_unit(area=area))
    again = VICTIM.replace("Okafor", "Okafer")

    plan = a_plan(area, a_message(tmp_path / "again.xml", victim=again), Kind.SPI)

    [asked] = [each for each in plan.file.problems() if each.stops]
    assert asked.column == "OtherPartyVictim"
    assert "column" not in asked.mend
    assert "--near-names another" in asked.mend


def test_a_message_of_no_unit_is_told_to_choose_one_and_not_to_add_a_column(tmp_path):
    plan = a_plan(an_area(), a_message(tmp_path / "case.xml"), Kind.SPI)

    [missing] = [each for each in plan.file.problems() if "which unit" in each.message]
    assert missing.column == "Case"
    assert missing.mend.startswith("Choose the unit for such cases")

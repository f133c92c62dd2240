"""A schedule is read as the form whose title it has, however many others its heading speaks of."""

import pytest

from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.naming import form_of, titles_in
from forthright.schedule_files.reading import read_schedules
from tests.schedule_files.files import a_csv, a_pdf_schedule, a_workbook

COLUMNS = ("Item No.", "Description", "Location")
ITEMS = [(str(n), f"Receipt {n} for the hire of a van", "Store") for n in range(1, 5)]
OPEN = "MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL"
REPORT = {"number", "undermines", "copy"}
LISTED = {"number", "description", "location"}


def read(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    return read_schedules(path)


@pytest.mark.parametrize(
    ("line", "form"),
    [
        (OPEN, Form.MG6C),
        (f"{OPEN} (submit with MG6E)", Form.MG6C),
        (f"{OPEN} – sensitive items are on the MG6D", Form.MG6C),
        ("MG6 (D) SENSITIVE MATERIAL", Form.MG6D),
        ("SCHEDULE OF NON - SENSITIVE UNUSED MATERIAL", Form.MG6C),
        ("Schedule of non –sensitive material", Form.MG6C),
        ("POLICE SCHEDULE OF RELEVANT NON-SENSITIVE MATERIAL", Form.MG6C),
        ("DISCLOSURE OFFICER’S REPORT (MG6E) on the items of the MG6C", Form.MG6E),
        ("MG6 SDC Items to be disclosed", Form.SDC),
        ("RESTRICTED MG6D (page 2)", Form.MG6D),
        ("MG6E attached: yes", None),
        ("MG6D: none", None),
        ("RESTRICTED - MG6D held separately", None),
        ("See also MG6E", None),
        ("Digital material (see also MG6E)", None),
        ("Items marked * are on the MG6E", None),
        ("Items below were moved here from the MG6D", None),
        ("R v Marsden", None),
    ],
)
def test_a_line_is_the_title_of_what_it_names_first_and_not_in_passing(line, form):
    assert next(iter(titles_in(line)), None) == form


@pytest.mark.parametrize(
    ("head", "columns", "form", "is_guess"),
    [
        pytest.param([OPEN, "MG6E attached: yes"], LISTED, Form.MG6C, False, id="beside a report"),
        pytest.param(["MG6C SCHEDULE OF NON-", "SENSITIVE UNUSED MATERIAL"], LISTED, Form.MG6C,
                     False, id="a title on two lines"),
        pytest.param(["MG6C SCHEDULE OF NON", "-SENSITIVE MATERIAL"], LISTED, Form.MG6C, False,
                     id="a title broken before its hyphen"),
        pytest.param(["MG6 SDC", "SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL"], LISTED, Form.SDC,
                     False, id="a streamlined certificate"),
        pytest.param(["MG6E", "MG6C enclosed"], REPORT, Form.MG6E, False, id="a report"),
        pytest.param(["MG6E", "for the MG6C"], LISTED, Form.MG6E, False, id="a short report"),
        pytest.param([OPEN, "see MG6E"], REPORT, Form.MG6C, True, id="columns of another form"),
        pytest.param(["MG6C / MG6D / MG6E", "MG6D"], LISTED, Form.MG6D, True, id="two titles"),
        pytest.param(["MG6C / MG6D"], LISTED, Form.MG6D, True, id="one title of two"),
        pytest.param(["MG6C and MG6D schedule"], LISTED, Form.MG6D, True, id="joined by and"),
        pytest.param(["MG6C", "MG6E"], REPORT, Form.MG6E, True, id="two titles, and columns"),
        pytest.param(["R v Hall, see MG6D"], LISTED, Form.MG6D, True, id="only spoken of"),
        pytest.param(["R v Hall, see MG6E"], REPORT, Form.MG6E, False, id="as its columns say"),
        pytest.param([], LISTED, Form.MG6D, True, id="nothing says so"),
    ],
)  # fmt: skip
def test_where_its_heading_names_more_than_one_form_its_title_and_columns_decide(
    head, columns, form, is_guess
):
    found, guess = form_of(head, sheet="", columns=columns, tail=[], file="unused.csv")

    assert (found, bool(guess)) == (form, is_guess)


@pytest.mark.parametrize(
    ("sheet", "tail", "file", "form", "is_guess"),
    [
        pytest.param("MG6D", [], "unused.xlsx", Form.MG6D, False, id="sheet"),
        pytest.param("", ["MG6D (10/2020)"], "unused.pdf", Form.MG6D, False, id="footer"),
        pytest.param("", ["See also MG6E"], "unused.pdf", Form.MG6D, True, id="said in a footer"),
        pytest.param("", ["See also MG6E"], "MG6C.pdf", Form.MG6C, False, id="name of the file"),
        pytest.param("", [], "MG6C_and_MG6D.csv", Form.MG6D, True, id="a name of two forms"),
    ],
)
def test_without_a_title_the_sheet_the_footer_and_the_file_say_it(
    sheet, tail, file, form, is_guess
):
    found, guess = form_of([], sheet=sheet, columns=LISTED, tail=tail, file=file)

    assert (found, bool(guess)) == (form, is_guess)


@pytest.mark.parametrize("line", ["MG6E attached: yes", "(submit with MG6E)", "MG6D: none"])
def test_an_open_schedule_that_speaks_of_another_form_keeps_its_items_to_endorse(tmp_path, line):
    [schedule] = read(tmp_path, a_csv([(OPEN,), (line,), COLUMNS, *ITEMS]), "unused.csv")

    assert (schedule.form, len(schedule.items), schedule.unread) == (Form.MG6C, 4, ())


def test_a_page_whose_top_speaks_of_another_form_goes_on_with_the_list(tmp_path):
    rows = [(OPEN,), COLUMNS, *ITEMS[:2], ("MG6E attached: yes",), COLUMNS, *ITEMS[2:]]

    for content, name in ((a_csv(rows), "unused.csv"), (a_pdf_schedule(rows), "unused.pdf")):
        [schedule] = read(tmp_path, content, name)
        assert (schedule.form, [item.number for item in schedule.items]) == (
            Form.MG6C,
            [1, 2, 3, 4],
        )


def test_which_form_it_is_hides_items_until_somebody_says_so(tmp_path):
    rows = [("MG6C / MG6D",), ("MG6D",), COLUMNS, *ITEMS]

    [schedule] = read(tmp_path, a_workbook(rows), "unused.xlsx")

    [one] = schedule.unread
    assert one.what == "Which form this is"
    assert one.may_hide_items
    assert "names MG6C and MG6D. It counts as an MG6D," in one.why

"""The client that tests use refuses a page that shuts somebody out."""

import pytest

from tests.page_checks import faults_of

GOOD = """<!DOCTYPE html><html lang="en"><head><title>{title}</title></head>
<body><h1>Letters owed</h1>{body}</body></html>"""
ERRORS = (
    '<div class="govuk-error-summary"><ul><li><a href="#name">Enter a name</a></li></ul></div>'
    '<label for="name">Name</label>'
    '<p class="govuk-error-message"><span>Error:</span> Enter a name</p><input id="name" name="n">'
)


def a_page(body="", title="Letters owed - Forthright"):
    return GOOD.format(body=body, title=title)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<p>Words</p>", id="plain words"),
        pytest.param('<label for="a">A</label><input id="a">', id="a labelled field"),
        pytest.param("<label>A <input></label>", id="a field within its label"),
        pytest.param('<input aria-label="A">', id="a field with a name of its own"),
        pytest.param('<input type="hidden" name="a">', id="a hidden field"),
        pytest.param('<img src="a.png" alt="">', id="a picture that is only decoration"),
        pytest.param('<form><button type="submit">Go</button></form>', id="a form that only asks"),
        pytest.param(
            '<svg role="img" aria-labelledby="t"><title id="t">A</title></svg>', id="a drawing"
        ),
        pytest.param(
            '<table><caption>A</caption><tr><th scope="col">A</th></tr></table>', id="a table"
        ),
    ],
)
def test_a_good_page_has_no_faults(body):
    assert faults_of(a_page(body)) == []


def test_a_page_with_matching_errors_has_no_faults():
    assert faults_of(a_page(ERRORS, title="Error: Letters owed - Forthright")) == []


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        pytest.param(a_page().replace(' lang="en"', ""), "which language", id="language"),
        pytest.param(a_page("<h1>Again</h1>"), "2 h1 headings", id="two headings"),
        pytest.param(a_page(title="Forthright"), "does not begin", id="title"),
        pytest.param(a_page('<p id="a"></p><p id="a"></p>'), "stands 2 times", id="repeated id"),
        pytest.param(a_page('<input name="day">'), "day has no label", id="no label"),
        pytest.param(a_page('<label for="a"></label><input id="a">'), "no label", id="empty label"),
        pytest.param(a_page(ERRORS), "“Error: ”", id="title of an error"),
        pytest.param(
            a_page(ERRORS.replace("</ul>", '<li><a href="#name">Enter a day</a></li></ul>')),
            "stands at no field",
            id="an error only in the summary",
        ),
        pytest.param(
            a_page('<p class="govuk-error-message">Enter a day</p>'),
            "not in the error summary",
            id="an error only at the field",
        ),
        pytest.param(
            a_page(ERRORS.replace('href="#name"', 'href="#nowhere"')), "is no field", id="lost link"
        ),
        pytest.param(a_page('<form method="post"></form>'), "no token", id="token"),
        pytest.param(
            a_page(
                '<form method="post"><input type="hidden" name="csrfmiddlewaretoken">'
                '<input type="email" aria-label="a"></form>'
            ),
            "in its own words",
            id="the browser's own checks",
        ),
        pytest.param(a_page('<img src="a.png">'), "no alt", id="alt"),
        pytest.param(a_page("<svg></svg>"), "a drawing has no words", id="drawing"),
        pytest.param(a_page('<a href="/x/"> </a>'), "no words", id="empty link"),
        pytest.param(a_page('<p aria-describedby="x"></p>'), "not there", id="lost pointer"),
        pytest.param(a_page('<a href="#x">x</a>'), "leads to #x", id="lost place"),
        pytest.param(a_page('<p style="color: red">x</p>'), "browsers refuse", id="style"),
        pytest.param(a_page("<script>x()</script>"), "browsers refuse", id="script"),
        pytest.param(a_page('<p onclick="x()">x</p>'), "browsers refuse", id="handler"),
        pytest.param(a_page("<table><tr><th>x</th></tr></table>"), "no caption", id="caption"),
    ],
)  # fmt: skip
def test_a_page_that_shuts_somebody_out_is_refused(markup, fault):
    assert fault in "; ".join(faults_of(markup))

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.urn import NotAUrn, is_urn, read_urn, year_of
from tests.rules.examples import QUICK


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("11AA2222233", "11AA2222233"),
        ("11Z12222233", "11Z12222233"),
        ("11992222233", "11992222233"),
        ("111X2222233", "111X2222233"),
        (" 11aa2222233 ", "11AA2222233"),
        ("45 AA 02098 20", "45AA0209820"),
        ("45/AA/02098/20", "45AA0209820"),
        ("45-AA-02098-20", "45AA0209820"),
        ("45 AA 02098 20 /2", "45AA0209820/2"),
        ("11AA2222233M", "11AA2222233(M)"),
        ("11AA2222233(m)", "11AA2222233(M)"),
        ("11AA2222233S/1", "11AA2222233(S)/1"),
        ("11AA2222233(S)", "11AA2222233(S)"),
        ("11AA2222233/99", "11AA2222233/99"),
        ("11AA2222233/01", "11AA2222233/1"),
    ],
)
def test_a_urn_is_read_as_people_write_it(text, read):
    assert str(read_urn(text)) == read


def test_the_ending_is_kept_apart_from_the_root():
    urn = read_urn("20 ab 01234 26 (m)/3")

    assert (urn.root, urn.suffix, urn.spaced) == ("20AB0123426", "(M)/3", "20 AB 01234 26")
    assert (urn.force, urn.unit, urn.serial, urn.year) == ("20", "AB", "01234", "26")
    assert (urn.is_merged, urn.is_split, urn.number) == (True, False, 3)


@pytest.mark.parametrize(
    ("text", "wrong", "mend"),
    [
        ("", "missing", "11 characters"),
        ("13WD1234520N", "ending that is not known: N", "only M, S, or a slash"),
        ("11AA2222233/222", "ending that is not known: /222", "1 to 99"),
        ("11AA2222233/P", "ending that is not known: /P", "1 to 99"),
        ("11AA2222233/0", "ends in /0", "1 to 99"),
        ("45 AA 2098 20", "6 digits", "if it is 45AA0209820, type that. No digit is added"),
        ("45AAO209820", "letter O, I or L", "if it is 45AA0209820"),
        ("2OAB0123426", "letter O, I or L", "if it is 20AB0123426"),
        ("2oabO1234z6", "shape of a URN", "for example 20AB0123426"),
        ("11AA22222331", "12 characters where 11 belong", "for example 20AB0123426"),
        ("7", "1 character where", "for example 20AB0123426"),
        ("११AA2222233", "shape of a URN", "for example 20AB0123426"),
        ("A1AA2222233", "shape of a URN", "for example 20AB0123426"),
    ],
)
def test_what_is_no_urn_is_refused_with_its_mend(text, wrong, mend):
    with pytest.raises(NotAUrn) as refusal:
        read_urn(text)

    assert wrong in refusal.value.message
    assert mend in refusal.value.mend
    assert not is_urn(text)


@QUICK
@given(
    st.builds(
        "{0:02d}{1}{2:07d}".format,
        st.integers(0, 99),
        st.text("ABXYZ019", min_size=2, max_size=2),
        st.integers(0, 9_999_999),
    ),
    st.sampled_from(["", "(M)", "(S)", "/7", "(M)/12"]),
)
def test_what_is_read_reads_back_the_same_however_it_is_spaced(root, ending):
    urn = read_urn(root + ending)

    assert str(urn) == root + ending
    assert read_urn(str(urn).lower()) == urn
    assert read_urn(urn.spaced + ending) == urn


@QUICK
@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_in_words(text):
    if is_urn(text):
        assert len(read_urn(text).root) == 11
        return
    with pytest.raises(NotAUrn) as refusal:
        read_urn(text)
    assert refusal.value.message
    assert refusal.value.mend


@pytest.mark.parametrize(
    ("root", "year"), [("20AB0001226", 2026), ("20AB0001201", 2001), ("20AB00012", None)]
)
def test_the_year_of_a_case_is_in_its_number(root, year):
    assert year_of(root) == year

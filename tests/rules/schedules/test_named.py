"""Whom a schedule is headed with: one name in its many spellings, and no stranger's."""

import pytest

from forthright.rules.schedules.named import Fit, Named, Person, who_is_named

MARSDEN = Person(1, "Marsden", "Dean Paul")
OBRIEN = Person(2, "O’Brien", "Siân")
SMITH = Person(3, "Smith-Jones", "Ali")
FIRM = Person(4, "Acme Haulage Ltd")
ALL = (MARSDEN, OBRIEN, SMITH, FIRM)


@pytest.mark.parametrize(
    ("heading", "fit", "people"),
    [
        ("Dean MARSDEN", Fit.YES, (1,)),
        ("MARSDEN, Dean", Fit.YES, (1,)),
        ("Mr D. Marsden", Fit.YES, (1,)),
        ("MARSDEN", Fit.YES, (1,)),
        ("Dean MARSDEN Disclosure officer", Fit.YES, (1,)),
        ("SIAN OBRIEN", Fit.YES, (2,)),
        ("Siân O'Brien", Fit.YES, (2,)),
        ("A SMITH JONES", Fit.YES, (3,)),
        ("Acme Haulage Limited", Fit.YES, (4,)),
        ("Dean MARSDEN and Siân O'BRIEN", Fit.YES, (1, 2)),
        ("Darren MARSDEN", Fit.NEAR, (1,)),
        ("Dean MARSDON", Fit.NEAR, (1,)),
        ("A SMITH", Fit.NEAR, (3,)),
        ("Darren OKAFOR", Fit.NO, ()),
        ("Dean OKAFOR", Fit.NO, ()),
        ("", Fit.NO, ()),
    ],
)
def test_who_is_named(heading, fit, people):
    assert who_is_named(heading, ALL) == Named(fit, people)


def test_others_are_said_and_are_no_name():
    assert who_is_named("Marsden and others", ALL) == Named(Fit.YES, (1,), has_others=True)
    assert who_is_named("OKAFOR & ORS", ALL) == Named(Fit.NO, (), has_others=True)

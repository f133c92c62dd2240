"""A template that there was not before is kept only if its letters could go out."""

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letter_templates import selectors, services
from forthright.letter_templates.models import Template, Version
from forthright.letter_templates.selectors import seeing
from tests import given
from tests.letter_templates.wordings import (
    a_maker,
    a_new_block,
    a_new_template,
    a_template,
    an_approver,
)

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()


def approve_all(version, by):
    """Approve a new template after the change of the one that gave its cases up."""
    others = a_template().versions.get(state=Version.State.DRAFT)
    services.approve_template(others, by=by, at=given.NOON)
    return services.approve_template(version, by=by, at=given.NOON)


def test_a_new_template_makes_no_letter_before_it_is_approved():
    draft = a_new_template()

    held = selectors.templates_in_force(draft.template.area, TODAY)

    assert draft.template.code not in held
    assert Event.objects.filter(name="template.drafted", detail__code=draft.template.code).exists()


def test_an_approved_new_template_is_in_force_after_all_others():
    draft = a_new_template()

    approve_all(draft, an_approver())

    held = selectors.templates_in_force(draft.template.area, TODAY)
    assert list(held)[-1] == "stopped_charge_welsh"


def test_nobody_approves_the_template_they_added():
    maker = given.a_person(Role.LEGAL_MANAGER)
    draft = a_new_template(by=maker)

    with pytest.raises(NotAllowed, match="somebody else must approve it"):
        services.approve_template(draft, by=maker, at=given.NOON)


def test_a_prosecutor_adds_no_template():
    with pytest.raises(NotAllowed):
        a_new_template(by=given.a_person(Role.PROSECUTOR))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"title": " "}, "Enter a title", id="no title"),
        pytest.param({"title": "Holding letter"}, "called “Holding letter” already",
                     id="a title there is"),
        pytest.param({"order": []}, "Add at least one block", id="no blocks"),
        pytest.param({"kinds": []}, "at least one kind of letter", id="no kind"),
        pytest.param({"condition": {}}, "is for some of the same cases", id="the same cases"),
        pytest.param({"order": ["address", "date", "facts"]}, "prefers Welsh: ",
                     id="letters a check stops"),
        pytest.param({"order": ["parking"]}, "no block “parking”. Have that block approved first",
                     id="a block that waits"),
        pytest.param({"condition": {"language_in": ["Welsh"], "is_child": False,
                                    "relation_in": ["VICTIM"], "is_late": True}},
                     "no letter could be checked", id="no made-up case"),
    ],
)  # fmt: skip
def test_a_template_that_would_not_do_is_refused_in_words(changes, words):
    a_new_block()
    held = Template.objects.count()

    with pytest.raises(services.ChangeRefused, match=words):
        a_new_template(**changes)

    assert Template.objects.count() == held


def test_a_clash_names_the_template_and_a_case_of_both():
    with pytest.raises(services.ChangeRefused) as refusal:
        a_new_template(condition={})

    said = str(refusal.value)
    assert "“Stopped charge: discontinued” is for some of the same cases (discontinued" in said
    assert "for example “The case is stopped”)" in said


def test_a_change_of_a_template_may_not_take_the_cases_of_another():
    words = services.template_words_of(seeing.template_in_use(a_template("bereaved_family")))
    taken = {key: value for key, value in words.condition.items() if key != "relation_in"}

    with pytest.raises(services.ChangeRefused, match="“Stopped charge: discontinued” is for some"):
        services.draft_template_change(
            a_template("bereaved_family"),
            services.TemplateWords(**{**{n: getattr(words, n) for n in words.__slots__},
                                      "condition": taken}),
            reason="A slip", by=a_maker(), at=given.NOON,
        )  # fmt: skip


def test_two_templates_of_like_titles_have_codes_of_their_own():
    first = a_new_template()
    services.withdraw_change(first, reason="Again", by=first.made_by, at=given.NOON)

    second = a_new_template(title="Stopped charge – Welsh!", by=first.made_by)

    assert second.template.code == "stopped_charge_welsh_2"

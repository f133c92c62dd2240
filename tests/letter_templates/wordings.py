"""Changes of wording, made through the real services."""

from dataclasses import replace
from datetime import date

from forthright.accounts.models import Area, Role, Unit, User
from forthright.letter_templates import services
from forthright.letter_templates.models import Block, BlockVersion, Template, TemplateVersion
from forthright.letter_templates.selectors import seeing
from tests import given

LATER = date(2027, 10, 5)
SORRY = "We are sorry that this letter is hard to read."


def an_area_with_templates(name: str = "Mercia") -> Area:
    """Return the Area with the starter set."""
    area = given.an_area(name)
    services.start_letter_templates(area, by=None, at=given.at("2026-09-01 09:00"))
    return area


def a_block(code: str = "hard_news") -> Block:
    """Return a block of the starter set."""
    return Block.objects.get(area=an_area_with_templates(), code=code)


def a_template(code: str = "discontinued") -> Template:
    """Return a template of the starter set."""
    return Template.objects.get(area=an_area_with_templates(), code=code)


def a_maker() -> User:
    """Return a line manager of the Victim Liaison Unit."""
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))


def an_approver(role: str = Role.SENIOR_MANAGER) -> User:
    """Return somebody who approves changes."""
    return given.a_person(role)


def changed(block: Block, **changes: object) -> services.BlockWords:
    """Return what a block says, with changes and a day of review still to come."""
    in_use = seeing.block_in_use(block)
    return replace(services.words_of(in_use), **{"review_on": LATER, **changes})


def a_draft(block: Block | None = None, *, by: User | None = None, **changes: object):
    """Return a change of a block that waits for approval."""
    block = block or a_block()
    words = changed(block, **(changes or {"wording": SORRY}))
    return services.draft_block_change(
        block, words, reason="Shorter is kinder", by=by or a_maker(), at=given.NOON
    )


def an_approved_change(block: Block | None = None, **changes: object) -> BlockVersion:
    """Return a change of a block that somebody else has approved."""
    return services.approve_block(a_draft(block, **changes), by=an_approver(), at=given.NOON)


def a_template_draft(
    template: Template | None = None, *, by: User | None = None, **changes: object
) -> TemplateVersion:
    """Return a change of a template that waits for approval."""
    template = template or a_template()
    words = services.template_words_of(seeing.template_in_use(template))
    return services.draft_template_change(
        template,
        replace(words, **(changes or {"use": "For an adult."})),
        reason="Plainer",
        by=by or a_maker(),
        at=given.NOON,
    )


def a_new_template(*, by: User | None = None, **changes: object) -> TemplateVersion:
    """Return a template that there was not before and that waits for approval.

    It is for those whose language is Welsh, whom the template for others gives up first.
    """
    others = a_template()
    in_use = services.template_words_of(seeing.template_in_use(others))
    maker = by or a_maker()
    others_only = {**in_use.condition, "not": {"language_in": ["Welsh"]}}
    a_template_draft(others, by=maker, condition=others_only)
    condition = {**in_use.condition, "language_in": ["Welsh"]}
    said = {"title": "Stopped charge: Welsh", "use": "For readers of Welsh.",
            "condition": condition, **changes}  # fmt: skip
    return services.draft_new_template(
        others.area, replace(in_use, **said), reason="Readers ask", by=maker, at=given.NOON
    )


def an_approved_template_change(template: Template) -> TemplateVersion:
    """Return a change of a template that somebody else has approved."""
    return services.approve_template(a_template_draft(template), by=an_approver(), at=given.NOON)


def an_overdue_block(code: str = "complaint") -> BlockVersion:
    """Return a block in use whose day of review was a week ago."""
    block, made_at = a_block(code), given.at("2026-09-02 10:00")
    words = changed(block, review_on=date(2026, 9, 28))
    draft = services.draft_block_change(block, words, reason="Soon", by=a_maker(), at=made_at)
    return services.approve_block(draft, by=an_approver(), at=made_at)


def a_new_block(code: str = "parking", *, by: User | None = None) -> BlockVersion:
    """Return a block that there was not before and that waits for approval."""
    words = changed(
        a_block(),
        title="Parking at the court",
        wording="You can park behind the court.",
        condition={},
    )
    return services.draft_new_block(
        an_area_with_templates(),
        code,
        words,
        reason="Readers ask",
        by=by or a_maker(),
        at=given.NOON,
    )

"""Which other templates are for the same cases, so that nobody could say which one is used."""

from forthright.letter_templates.models import TemplateVersion, Version
from forthright.letter_templates.selectors.trials import examples_of
from forthright.letter_templates.selectors.wordings import rules_template
from forthright.rules.letter_blocks.block import Template
from forthright.rules.letter_blocks.clashes import shared_kinds
from forthright.rules.words import list_words

DRAFT, IN_USE = Version.State.DRAFT, Version.State.APPROVED


def clashes_of(version: TemplateVersion, *, including_drafts: bool) -> list[str]:
    """Return a sentence for each other template that is for a case which this one is for.

    With drafts, a template counts as it would be after the change of it that waits; so one can
    give up cases and another take them on, and both wait together.
    """
    ours = rules_template(version)
    said = []
    for theirs in _others(version, including_drafts=including_drafts):
        if kinds := shared_kinds(ours, theirs):
            named = list_words(sorted(each.value.replace("_", " ").lower() for each in kinds))
            said.append(
                f"“{theirs.title}” is for some of the same cases ({named}{_example(ours, theirs)})."
                " A case has one template. Change “When it is used” here, or have that template"
                " changed first."
            )
    return said


def _others(version: TemplateVersion, *, including_drafts: bool) -> list[Template]:
    states = [IN_USE, DRAFT] if including_drafts else [IN_USE]
    found = TemplateVersion.objects.filter(
        template__area=version.template.area_id, state__in=states
    ).exclude(template=version.template_id)
    # A draft is newer than what is in use, and so takes its place.
    newest = {each.template_id: each for each in found.order_by("number")}
    versions = TemplateVersion.objects.filter(pk__in=[each.pk for each in newest.values()])
    ordered = versions.select_related("template").order_by("template__position")
    return [rules_template(each) for each in ordered]


def _example(ours: Template, theirs: Template) -> str:
    shared = (each.title for each in examples_of(ours) if theirs.serves(each.case))
    title = next(shared, "")
    return f"; for example “{title}”" if title else ""

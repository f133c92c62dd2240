"""The reads that other rooms need of this one."""

from forthright.letter_templates.selectors.wordings import (
    block_versions_in_force,
    blocks_in_force,
    template_for_case,
    template_in_force,
    templates_in_force,
)

__all__ = [
    "block_versions_in_force",
    "blocks_in_force",
    "template_for_case",
    "template_in_force",
    "templates_in_force",
]

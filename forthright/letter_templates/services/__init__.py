"""The acts of the room, gathered so that its pages and other rooms need one import."""

from forthright.letter_templates.services.adding import (
    draft_new_block,
    draft_new_template,
    proposed_new_template,
)
from forthright.letter_templates.services.approving import (
    approve_block,
    approve_template,
    retire_block,
    withdraw_change,
)
from forthright.letter_templates.services.changing import (
    BlockWords,
    ChangeRefused,
    TemplateWords,
    draft_block_change,
    draft_template_change,
    other_waits,
    proposed_block,
    proposed_template,
    take_word_template,
    template_words_of,
    words_of,
)
from forthright.letter_templates.services.starting import start_letter_templates

__all__ = [
    "BlockWords",
    "ChangeRefused",
    "TemplateWords",
    "approve_block",
    "approve_template",
    "draft_block_change",
    "draft_new_block",
    "draft_new_template",
    "draft_template_change",
    "other_waits",
    "proposed_block",
    "proposed_new_template",
    "proposed_template",
    "retire_block",
    "start_letter_templates",
    "take_word_template",
    "template_words_of",
    "withdraw_change",
    "words_of",
]

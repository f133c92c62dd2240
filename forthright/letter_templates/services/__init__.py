"""The acts of the room, gathered so that other rooms need one import."""

from forthright.letter_templates.services.starting import start_letter_templates

__all__ = ["start_letter_templates"]

"""Leads from a page about a letter to the others about the same one."""

from django import template

from forthright.letters.addresses import address_of

register = template.Library()
register.simple_tag(address_of, name="letter_address")

"""Checks the words of a letter against the facts of its case, by rules that are data."""

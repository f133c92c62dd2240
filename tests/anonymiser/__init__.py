"""Tests of the anonymiser."""

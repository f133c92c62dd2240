"""Tests of letters as files."""

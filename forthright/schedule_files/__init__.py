"""Schedules of unused material as files: read out of each form that the police send."""

"""Schedules of unused material: what they hold, what changed in one, and what is wrong in it."""

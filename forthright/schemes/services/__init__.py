"""The writes of the room, gathered so that other rooms need one import."""

from forthright.schemes.services.owing import (
    DutiesRefused,
    Opened,
    Refusal,
    duty_for,
    is_qualifying,
    open_duties,
)
from forthright.schemes.services.stage_times import StageTimes, TimeRefused
from forthright.schemes.services.starting import start_area_scheme

__all__ = [
    "DutiesRefused",
    "Opened",
    "Refusal",
    "StageTimes",
    "TimeRefused",
    "duty_for",
    "is_qualifying",
    "open_duties",
    "start_area_scheme",
]

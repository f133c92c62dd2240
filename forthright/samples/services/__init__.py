"""The acts of the room, gathered so that other rooms need one import."""

from forthright.samples.services.changing import (
    ReasonMissing,
    check_can_be_replaced,
    give_letter,
    record_marked,
    record_told,
    substitute_letter,
)
from forthright.samples.services.checking import hand_out_frame, see_draw, verify_draw
from forthright.samples.services.drawing import (
    AlreadyDrawn,
    NothingOwed,
    PlanIsStopped,
    SampleRefused,
    WeekHasNotEnded,
    WeeklyDraws,
    draw_sample,
    draw_weekly_samples,
)
from forthright.samples.services.planning import (
    PlanHasProblems,
    PlanSettings,
    change_plan,
    check_version,
    make_plan,
    restart_plan,
    settings_problems,
    stop_plan,
)

__all__ = [
    "AlreadyDrawn",
    "NothingOwed",
    "PlanHasProblems",
    "PlanIsStopped",
    "PlanSettings",
    "ReasonMissing",
    "SampleRefused",
    "WeekHasNotEnded",
    "WeeklyDraws",
    "change_plan",
    "check_can_be_replaced",
    "check_version",
    "draw_sample",
    "draw_weekly_samples",
    "give_letter",
    "hand_out_frame",
    "make_plan",
    "record_marked",
    "record_told",
    "restart_plan",
    "see_draw",
    "settings_problems",
    "stop_plan",
    "substitute_letter",
    "verify_draw",
]

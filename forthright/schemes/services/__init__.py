"""The writes of the room, gathered so that other rooms need one import."""

from forthright.schemes.selectors.calendar_reach import DayRefused
from forthright.schemes.services.calendar import (
    NewClosedDay,
    add_closed_day,
    check_day_can_close,
    remove_closed_day,
)
from forthright.schemes.services.calendar_reach import (
    confirm_foretold_days,
    extend_calendar,
    shorten_calendar,
)
from forthright.schemes.services.correcting import correct_decision_time, correct_entitlement
from forthright.schemes.services.handing_over import hand_over_drafting
from forthright.schemes.services.owing import (
    DutiesRefused,
    InCases,
    Opened,
    Refusal,
    duty_for,
    is_qualifying,
    letters_of_new_cases,
    lock_area,
    open_duties,
    record_opened,
)
from forthright.schemes.services.recording import (
    ReasonNeeded,
    StageAnswer,
    answer_stage,
    clear_stage,
    letter_state_of,
    mark_not_required,
    name_drafter,
    record_stage,
    reopen,
    steps_missing,
)
from forthright.schemes.services.recording_many import (
    LetterChange,
    Recorded,
    TimesProblem,
    TimesRefused,
    record_stages_bulk,
)
from forthright.schemes.services.redating import reckon_again
from forthright.schemes.services.rules import change_rule_set
from forthright.schemes.services.saving import count_rows_anew
from forthright.schemes.services.stage_times import STAGES, StageTimes, TimeRefused
from forthright.schemes.services.starting import start_area_scheme

__all__ = [
    "STAGES",
    "DayRefused",
    "DutiesRefused",
    "InCases",
    "LetterChange",
    "NewClosedDay",
    "Opened",
    "ReasonNeeded",
    "Recorded",
    "Refusal",
    "StageAnswer",
    "StageTimes",
    "TimeRefused",
    "TimesProblem",
    "TimesRefused",
    "add_closed_day",
    "answer_stage",
    "change_rule_set",
    "check_day_can_close",
    "clear_stage",
    "confirm_foretold_days",
    "correct_decision_time",
    "correct_entitlement",
    "count_rows_anew",
    "duty_for",
    "extend_calendar",
    "hand_over_drafting",
    "is_qualifying",
    "letter_state_of",
    "letters_of_new_cases",
    "lock_area",
    "mark_not_required",
    "name_drafter",
    "open_duties",
    "reckon_again",
    "record_opened",
    "record_stage",
    "record_stages_bulk",
    "remove_closed_day",
    "reopen",
    "shorten_calendar",
    "start_area_scheme",
    "steps_missing",
]

"""The acts of the room, gathered so that other rooms need one import."""

from forthright.reviews.services.disputing import (
    DisputeRefused,
    accept_dispute,
    acknowledge_feedback,
    dispute_mark,
    freeze_unanswered_disputes,
    levels_instead,
    refuse_dispute,
)
from forthright.reviews.services.finishing import ReviewHasProblems, finish_review, overall_of
from forthright.reviews.services.marking import (
    CHANGED_MEANWHILE,
    WHOLE,
    Answer,
    NotSent,
    Overtaken,
    Saved,
    Summary,
    UrgentActsMissing,
    record_urgent_acts,
    save_marks,
    save_not_sent,
    save_summary,
)
from forthright.reviews.services.opening import NoStandard, open_review, see_letter_to_mark
from forthright.reviews.services.redating import move_dispute_days
from forthright.reviews.services.seeing import (
    see_dispute_list,
    see_feedback_list,
    see_list,
    see_review,
)
from forthright.reviews.services.telling import (
    Telling,
    TellingRefused,
    can_be_told_here,
    dispute_limit,
    record_telling,
    send_feedback_mail,
    tell_drafter,
)

__all__ = [
    "CHANGED_MEANWHILE",
    "WHOLE",
    "Answer",
    "DisputeRefused",
    "NoStandard",
    "NotSent",
    "Overtaken",
    "ReviewHasProblems",
    "Saved",
    "Summary",
    "Telling",
    "TellingRefused",
    "UrgentActsMissing",
    "accept_dispute",
    "acknowledge_feedback",
    "can_be_told_here",
    "dispute_limit",
    "dispute_mark",
    "finish_review",
    "freeze_unanswered_disputes",
    "levels_instead",
    "move_dispute_days",
    "open_review",
    "overall_of",
    "record_telling",
    "record_urgent_acts",
    "refuse_dispute",
    "save_marks",
    "save_not_sent",
    "save_summary",
    "see_dispute_list",
    "see_feedback_list",
    "see_letter_to_mark",
    "see_list",
    "see_review",
    "send_feedback_mail",
    "tell_drafter",
]

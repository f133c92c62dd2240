"""Whether a finding of the panel was answered in time, in words for whoever reads of it."""

from datetime import date

from forthright.rules.words import count_words, day_words


def reply_said(reply_by: date, replied_on: date | None, today: date) -> str:
    """Say by when an answer is due, that it is overdue, or when it came and how many days late.

    Days are days of the calendar. An answer that is awaited follows on who it is awaited from.
    """
    if replied_on is not None:
        if replied_on <= reply_by:
            return f"Answered on {day_words(replied_on)}; it was due by {day_words(reply_by)}."
        late = count_words((replied_on - reply_by).days, "day")
        return (
            f"Answered on {day_words(replied_on)}, {late} late: it was due by "
            f"{day_words(reply_by)}."
        )
    if today <= reply_by:
        return f"is to answer by {day_words(reply_by)}."
    late = count_words((today - reply_by).days, "day")
    return f"was to answer by {day_words(reply_by)}, {late} ago, and has not answered."

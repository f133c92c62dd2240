"""The sections on checks before sending, feedback closed and recurrence."""

from dataclasses import replace
from datetime import date

from forthright.rules.weekly_report.compose import VERSION
from forthright.rules.weekly_report.facts import ReportFacts
from forthright.rules.weekly_report.loop import loop
from forthright.rules.weekly_report.loop_facts import (
    LetterToldFact,
    LoopFacts,
    PartFact,
    PeerCheckFact,
    WatchFact,
)
from forthright.rules.weeks import Week

FACTS = ReportFacts(
    week=Week(2026, 40), as_of=date(2026, 10, 5), rules="time limits version 1", edition=1,
    duties=(), history=(), drawn=(), criteria=(), feedback=(), stages=(),
)  # fmt: skip


def checks(number, faults=0, seconds=240, people=2):
    return tuple(
        PeerCheckFact(
            id=each,
            letter=each,
            found_faults=each <= faults,
            in_time=each > 1,
            seconds=seconds,
            checker=each % people,
        )
        for each in range(1, number + 1)
    )


def found(**changed):
    empty = {
        "checks": (),
        "missed": (),
        "overtaken": (),
        "late": (),
        "waiting": 0,
        "bound": (),
        "waived": (),
        "escaped": (),
        "parts": (),
        "watches": (),
        "letters_told": (),
    }
    rules = {"check_rules": "letters are looked at by peer-checks-2026.1",
             "watch_rules": "the author’s next 5 letters, numbers 2026.1"}  # fmt: skip
    sections, ledger = loop(FACTS, LoopFacts(**{**empty, **rules, **changed}), VERSION)
    return {each.key: each for each in sections}, ledger.figures


def test_a_share_has_its_interval_its_population_and_its_records():
    sections, figures = found(checks=checks(20, faults=5))

    share = figures["peer-checks-changed"]
    assert share.words == "25.0% (5 of 20, 95% interval 11.2% to 46.9%)"
    assert share.population == (
        "checks answered in the week of 28 September 2026, without those overtaken"
    )
    assert (share.records, len(share.counted_from)) == ((1, 2, 3, 4, 5), 20)
    assert share.rules == "letters are looked at by peer-checks-2026.1; weekly report 21"
    said, _ = sections["peer-checks"].sentences
    assert said == "Colleagues looked at 20 letters before they went."


def test_letters_let_go_without_a_required_look_are_counted_of_those_that_had_to_have_one():
    sections, figures = found(bound=(3, 5, 8), waived=(5,))

    waived, required = figures["looks-waived"], figures["looks-required"]
    assert (waived.count, waived.n, waived.records, waived.rate) == (1, 3, (5,), None)
    assert (required.count, required.records) == (3, (3, 5, 8))
    assert waived.population == (
        "letters that went in the week of 28 September 2026 and had to be looked at first"
    )
    assert waived.rules == "letters are looked at by peer-checks-2026.1; weekly report 21"
    assert sections["peer-checks"].sentences[-1] == (
        "Of 3 letters that had to be looked at first and went, 1 was let go without, by name and "
        "with the reason."
    )


def test_few_checks_give_counts_and_no_median():
    _, figures = found(checks=checks(3, faults=1))

    assert figures["peer-checks-changed"].rate is None
    assert figures["peer-checks-minutes"].words == "Too few to say"


def test_many_checks_give_a_median():
    _, figures = found(checks=checks(12))

    assert (
        figures["peer-checks-minutes"].words
        == "4 minutes (of 12; 95% interval 4 minutes to 4 minutes)"
    )


def test_nothing_is_said_of_what_came_of_it_where_one_person_looked_at_all():
    sections, figures = found(checks=checks(12, faults=4, people=1))

    for key in ("changed", "in-time", "minutes"):
        figure = figures[f"peer-checks-{key}"]
        assert figure.words == "Not said: one person looked at all of them"
        assert (figure.count, figure.rate, figure.counted_from) == (12, None, ())
    assert "One person looked at all of them" in sections["peer-checks"].sentences[1]


def test_nor_where_one_person_wrote_all():
    of_one = tuple(replace(each, drafter=7) for each in checks(12, faults=4))
    sections, figures = found(checks=of_one)

    assert figures["peer-checks-changed"].words == "Not said: one person wrote all of them"
    assert "One person wrote all of them" in sections["peer-checks"].sentences[1]
    of_two = (replace(of_one[0], drafter=8), *of_one[1:])
    assert found(checks=of_two)[1]["peer-checks-changed"].rate is not None


def test_nor_of_feedback_where_one_person_was_told_all_of_it():
    told = tuple(
        PartFact(id=n, is_read=n % 2 == 0, is_disputed=n == 2, recipient=7) for n in range(1, 12)
    )
    sections, figures = found(parts=told)

    for key in ("parts-read", "parts-disputed", "parts-decided-in-time"):
        assert figures[key].words == "Not said: one person was told all of it"
    assert "One person was told all of it" in sections["feedback-closed"].sentences[0]
    of_two = (replace(told[0], recipient=8), *told[1:])
    assert found(parts=of_two)[1]["parts-read"].rate is not None


def test_where_one_person_disputed_all_nothing_is_said_of_how_it_was_decided():
    parts = tuple(
        PartFact(id=n, is_read=True, is_disputed=n < 3, recipient=7 + n // 3,
                 is_decided_in_time=n == 1 if n < 3 else None)
        for n in range(1, 13)
    )  # fmt: skip

    _, figures = found(parts=parts)

    assert figures["parts-disputed"].rate is not None
    words = figures["parts-decided-in-time"].words
    assert words == "Not said: one person disputed all of it"


def test_a_letter_that_was_looked_at_again_is_one_letter():
    twice = [replace(each, letter=1) for each in checks(3)[:2]]
    sections, _ = found(checks=(*twice, checks(3)[2]))

    said = sections["peer-checks"].sentences[0]
    assert said == "Colleagues looked at 2 letters, 3 times in all, before they went."


def test_what_is_overtaken_or_late_is_counted_apart():
    sections, figures = found(checks=checks(2), overtaken=(7, 8), late=(9,), waiting=4)

    overtaken, late = figures["peer-checks-overtaken"], figures["peer-checks-late"]
    assert (overtaken.count, overtaken.n, late.count, late.n) == (2, 4, 1, 4)
    assert figures["peer-checks-missed"].count == 0
    assert not any("not taken" in each for each in sections["peer-checks"].sentences)


def test_a_look_that_nobody_took_by_its_hour_is_not_in_time():
    sections, figures = found(checks=checks(12), missed=tuple(range(30, 40)), overtaken=(7,))

    timely, missed = figures["peer-checks-in-time"], figures["peer-checks-missed"]
    assert timely.words == "50.0% (11 of 22, 95% interval 30.7% to 69.3%)"
    assert timely.population == (
        "checks that ended in the week of 28 September 2026, without those overtaken before their "
        "hour"
    )
    assert (figures["peer-checks-changed"].n, figures["peer-checks"].count) == (12, 12)
    assert (missed.count, missed.n, missed.records) == (10, 23, tuple(range(30, 40)))
    assert sections["peer-checks"].sentences[-1] == (
        "10 looks were not taken by their hour, and not at all before the letter changed, went or "
        "was not required."
    )
    sections, _ = found(missed=(30,))
    assert sections["peer-checks"].sentences[-1].startswith("1 look was not taken by its hour,")


def test_feedback_is_read_disputed_and_decided_in_time():
    parts = tuple(
        PartFact(id=each, is_read=each < 10, is_disputed=each < 3,
                 is_decided_in_time=each == 1 if each < 3 else None)
        for each in range(1, 13)
    )  # fmt: skip

    _, figures = found(parts=parts)

    assert figures["parts-read"].count == 9
    assert figures["parts-disputed"].words.startswith("16.7% (2 of 12")
    decided = figures["parts-decided-in-time"]
    assert (decided.count, decided.n) == (1, 2)


def a_watch(duty, *, author=None, **changed):
    said = {"is_complete": True, "is_again": False, **changed}
    return WatchFact(duty=duty, criterion="A6", label="A6 The right to a review",
                     author=author or f"author {duty}", **said)  # fmt: skip


def test_watches_that_share_letters_stand_beside_the_rate_and_open_their_letters():
    watches = [a_watch(each) for each in range(1, 11)]
    watches += [a_watch(each, author="author 1", is_again=True, is_counted=False)
                for each in (11, 12)]  # fmt: skip

    sections, figures = found(watches=tuple(watches))

    rate, again = figures["recurred-A6"], figures["told-again-A6"]
    assert (rate.count, rate.n, again.count, again.n) == (0, 10, 2, 12)
    assert again.records == (11, 12)
    assert "share letters once" in rate.population
    assert sections["recurrence"].tables[0].columns[-1] == "Told again meanwhile"


def test_many_watches_of_few_authors_give_no_rate():
    watches = tuple(a_watch(each, author=f"author {each % 3}") for each in range(1, 31))

    _, figures = found(watches=watches)

    rate = figures["recurred-A6"]
    assert rate.words == "0 of 30 watches, of 3 authors (too few to say)"
    assert (rate.rate, rate.low, rate.high) == (None, None, None)


def test_of_one_author_alone_nothing_is_said_of_what_came_of_it():
    watches = tuple(a_watch(each, author="author 1", is_again=each == 1) for each in (1, 2))

    _, figures = found(watches=watches)

    rate = figures["recurred-A6"]
    assert rate.words == "Not said: all that is complete is one author’s"
    assert (rate.count, rate.n, rate.rate) == (2, 2, None)
    assert (rate.records, rate.counted_from) == ((), (1, 2))


def test_the_repeat_fault_rate_leaves_out_watches_that_are_open():
    watches = tuple(
        a_watch(each, is_complete=each <= 10, is_again=each <= 4) for each in range(1, 16)
    )

    sections, figures = found(watches=watches)

    rate, still = figures["recurred-A6"], figures["watched-A6"]
    assert rate.words == (
        "40.0% (4 of 10 watches, of 10 authors, 95% interval by author 13.9% to 73.3%)"
    )
    assert (still.count, still.n) == (5, 15)
    assert rate.rules.startswith("the author’s next 5 letters")
    assert sections["recurrence"].sentences[0] == (
        "10 watches of a fault are complete, and 5 still open."
    )


def test_without_anything_the_sections_say_so():
    sections, _ = found()

    assert sections["peer-checks"].sentences == ["No letter was looked at before it went."]
    assert sections["feedback-closed"].sentences == ["Nothing was told by a check in these weeks."]
    assert sections["recurrence"].sentences == ["No fault is watched."]


def test_what_its_author_is_to_see_first_stands_beside_the_repeat_fault_rate():
    watches = tuple(a_watch(each, is_again=True, is_shown=each > 2) for each in range(1, 6))

    sections, figures = found(watches=watches)

    rate, first = figures["recurred-A6"], figures["author-first-A6"]
    assert (rate.count, rate.n, first.count, first.n) == (3, 3, 2, 5)
    assert first.records == (1, 2)
    said, few = sections["recurrence"].sentences
    assert "no criterion has as many" in few
    assert said.endswith("and 0 still open. 2 more are for the author to see first.")


def letters_told(number, failed, *, authors=20):
    return tuple(
        LetterToldFact(
            duty=1000 + each, letter=str(each), criterion="A6", author=f"author {each % authors}",
            is_failed=each < failed,
        )
        for each in range(number)
    )  # fmt: skip


def test_beside_what_came_again_stands_what_would_have_by_chance():
    watches = tuple(a_watch(each, is_again=each <= 16, letters=5) for each in range(1, 23))

    sections, figures = found(watches=watches, letters_told=letters_told(89, 26))

    [_, beside] = sections["recurrence"].tables
    [(label, keys)] = beside.rows
    assert (label, keys) == (
        "A6 The right to a review", ("recurred-A6", "failing-A6", "by-chance-A6")
    )  # fmt: skip
    failing, chance = figures["failing-A6"], figures["by-chance-A6"]
    assert failing.words.startswith("29.2% (26 of 89 letters, of 20 authors, 95% interval")
    assert (len(failing.records), len(failing.counted_from)) == (26, 89)
    assert "all authors of the Area" in failing.population
    assert chance.words.startswith("82.2% (18.1 of 22 watches, 95% interval")
    assert chance.words.endswith("; no difference from chance shown")
    assert (chance.records, chance.n) == (tuple(range(1, 23)), 22)
    assert chance.rules == failing.rules == figures["recurred-A6"].rules
    assert len(sections["recurrence"].sentences) == 1


def test_where_far_fewer_came_again_than_by_chance_it_is_said():
    watches = tuple(a_watch(each, is_again=each <= 2, letters=5) for each in range(1, 23))

    _, figures = found(watches=watches, letters_told=letters_told(89, 26))

    assert figures["by-chance-A6"].words.endswith("; fewer came again than expected")


def test_of_few_authors_nothing_is_said_of_chance():
    watches = tuple(a_watch(each, author=f"author {each % 9}", letters=5) for each in range(22))

    sections, figures = found(watches=watches, letters_told=letters_told(89, 26))

    assert not {"failing-A6", "by-chance-A6"} & figures.keys()
    assert len(sections["recurrence"].tables) == 1
    assert "no criterion has as many" in sections["recurrence"].sentences[-1]

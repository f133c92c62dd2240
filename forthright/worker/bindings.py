"""The table of jobs and of the calendar: to add one, add a line."""

from functools import cache
from importlib import import_module

from django.conf import settings

from forthright.worker import files, mornings, steps
from forthright.worker.kinds import Kind, Step, kind
from forthright.worker.schedules import Schedule, week_before

KINDS = [
    kind(
        "accounts.tidy",
        Step("Clear sign-ins that have run out", steps.clear_sessions),
        Step("Refresh the database’s statistics", steps.refresh_statistics),
    ),
    kind("extracts.check", Step("Check the file", steps.check_handed_over, tries=2)),
    kind("extracts.import", Step("Import the file", steps.import_handed_over, tries=2)),
    kind("extracts.undo", Step("Undo the import", steps.undo_import, tries=2)),
    kind("extracts.tidy", Step("Remove files never imported", steps.remove_forgotten_files)),
    kind("audit.verify", Step("Walk the record", steps.verify_record)),
    # A scanner may be down for hours, and a disk may take long to read back.
    kind(
        "hard_media.keep",
        Step("Read it back and keep it", files.keep_file, tries=12, first_wait=2.0, wait_grows=2.5),
        Step("See whether it plays", files.make_playable, tries=3),
        Step("Draw it at a glance", files.draw_at_a_glance, tries=3),
    ),
    kind("hard_media.cut", Step("Make the copy", files.cut_copy, tries=3)),
    kind("hard_media.tell", Step("Send the e-mail", files.tell_party, tries=12)),
    kind("hard_media.find_whole", Step("Look for whole files", files.find_whole_files)),
    kind("cases.follow_units", Step("Look for what is left behind", steps.follow_units)),
    kind("disclosure.count_anew", Step("Count days anew", steps.count_anew)),
    kind("hard_media.look_through", Step("Look through copies", files.look_through_copies)),
    kind("hard_media.decide_anew", Step("Decide how files play", files.decide_anew, tries=3)),
    kind(
        "hard_media.give_up_old",
        Step("Remove old parts", files.give_up_old_files),
        Step("Remove what was counted of links", files.forget_gone_out),
    ),
    kind(
        "morning_lists.ask",
        Step("Remind prosecutors", mornings.remind_prosecutors),
        Step("Ask for the lists by e-mail", mornings.ask_for_digests),
    ),
    # A mail server may be down for hours, as where a party is told of a recording.
    kind("morning_lists.remind", Step("Send the e-mail", mornings.send_reminder, tries=12)),
    kind("morning_lists.digest", Step("Send the e-mail", mornings.send_digest, tries=12)),
    kind("samples.draw", Step("Draw by each plan", steps.draw_samples)),
    kind(
        "reports.weekly",
        Step("Freeze the figures", steps.freeze_report),
        Step("Make the files", steps.make_report_files),
        Step("Say who is to have it", steps.ask_to_send_report),
    ),
    kind(
        "reports.send",
        Step("Find who is waiting", steps.sendings_of_report),
        Step("Send it", steps.send_report_to_one, each_of="Find who is waiting"),
    ),
    kind("reviews.move_days", Step("Count the days anew", steps.move_dispute_days)),
    kind("reviews.tell", Step("Send the e-mail", steps.mail_feedback)),
    # A mail server may be down for hours; the waits grow from seconds to half a day in all.
    kind(
        "letters.send",
        Step("Hand the letter over", steps.send_letter, tries=14, first_wait=5.0, wait_grows=2.0),
    ),
    kind(
        "letters.backtest",
        Step("Find the letters", steps.letters_to_try),
        Step("Check them by both sets", steps.try_letters, each_of="Find the letters"),
        Step("Say that it is done", steps.finish_back_test),
    ),
    kind("letters.ask_notify", Step("Ask what became of each", steps.ask_notify)),
    kind("peer_checks.give", Step("Give letters out evenly", steps.give_peer_checks)),
    kind("peer_checks.tell", Step("Send the e-mail", steps.mail_part)),
    kind("letters.read_bounces", Step("Read the mailbox", steps.read_bounces)),
    kind("panels.search_again", Step("Search their files", steps.search_released_letters)),
    kind("reviews.choose_second", Step("Choose by lot and share out", steps.choose_second_marks)),
    kind("calibration.gold", Step("Choose by lot and hand out", steps.hand_out_gold)),
    kind("calibration.leniency", Step("Work it out", steps.work_out_leniency)),
    kind("calibration.findings", Step("Look for them", steps.look_for_findings)),
    kind("reviews.freeze_disputes", Step("Freeze what nobody decided", steps.freeze_disputes)),
]

SCHEDULES = [
    Schedule(
        "Unanswered disputes",
        "reviews.freeze_disputes",
        "10 0 * * *",
        only_latest=True,
        for_each_area=True,
    ),
    # Each is asked for when a letter is put forward; this finds what was changed or went since.
    Schedule(
        "Letters to be looked at",
        "peer_checks.give",
        "*/15 8-18 * * MON-FRI",
        only_latest=True,
        for_each_area=True,
    ),
    Schedule("Letters at GOV.UK Notify", "letters.ask_notify", "*/15 * * * *", only_latest=True),
    Schedule("Letters that bounced", "letters.read_bounces", "5-59/10 * * * *", only_latest=True),
    Schedule(
        "Morning lists",
        "morning_lists.ask",
        "0,30 6-18 * * MON-FRI",
        only_latest=True,
        for_each_area=True,
    ),
    Schedule("Nightly tidying", "accounts.tidy", "30 2 * * *", only_latest=True),
    Schedule("Nightly removal of files", "extracts.tidy", "45 2 * * *", only_latest=True),
    Schedule(
        "Files that came as a whole", "hard_media.find_whole", "*/5 * * * *", only_latest=True
    ),
    # An import moves what is in its cases itself; this finds what was begun while it did.
    Schedule(
        "Records left with a former unit", "cases.follow_units", "8-58/10 * * * *", only_latest=True
    ),
    Schedule("Days counted anew", "disclosure.count_anew", "4-54/10 * * * *", only_latest=True),
    Schedule("Copies looked through", "hard_media.look_through", "*/10 * * * *", only_latest=True),
    Schedule("Files decided anew", "hard_media.decide_anew", "3-53/10 * * * *", only_latest=True),
    Schedule("Nightly removal of parts", "hard_media.give_up_old", "50 2 * * *", only_latest=True),
    Schedule("Nightly check of the record", "audit.verify", "0 3 * * *", only_latest=True),
    Schedule(
        "Released letters searched again",
        "panels.search_again",
        "20,50 * * * *",
        only_latest=True,
        for_each_area=True,
    ),
    # The page of how far marks agree names the hour. Letters with agreed marks go out with these:
    # what came at another hour would be known to be none of them.
    Schedule(
        "Letters for second marks",
        "reviews.choose_second",
        "30 5 * * MON-FRI",
        only_latest=True,
        for_each_area=True,
    ),
    Schedule(
        "Letters marked before",
        "calibration.gold",
        "35 5 * * MON-FRI",
        only_latest=True,
        for_each_area=True,
    ),
    Schedule(
        "Monday leniency",
        "calibration.leniency",
        "30 6 * * MON",
        only_latest=True,
        for_each_area=True,
    ),
    Schedule(
        "Monday look for faults",
        "calibration.findings",
        "40 6 * * MON",
        only_latest=True,
        for_each_area=True,
    ),
    Schedule(
        "Monday draw of samples",
        "samples.draw",
        "0 6 * * MON",
        arguments=week_before,
        for_each_area=True,
    ),
    Schedule(
        "Monday report",
        "reports.weekly",
        "0 7 * * MON",
        arguments=week_before,
        for_each_area=True,
    ),
]


@cache
def extra_modules() -> list[object]:
    """Return the Area's own modules with further KINDS and SCHEDULES, named in the settings."""
    return [import_module(name) for name in settings.EXTRA_JOBS]


@cache
def all_kinds() -> dict[str, Kind]:
    """Return every sort of job by name."""
    extra = [each for module in extra_modules() for each in getattr(module, "KINDS", [])]
    return {each.name: each for each in [*KINDS, *extra]}


@cache
def all_schedules() -> list[Schedule]:
    """Return everything the calendar asks for."""
    extra = [each for module in extra_modules() for each in getattr(module, "SCHEDULES", [])]
    return [*SCHEDULES, *extra]


def kind_named(name: str) -> Kind | None:
    """Return the sort of job with this name, if we know it."""
    return all_kinds().get(name)

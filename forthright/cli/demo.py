"""`forthright demo`: loads a made-up Area, or a made-up country."""

from typing import Annotated

import typer

from forthright.cli.refusals import WRONG_USE, stop

SCALE_HELP = (
    "area: one Area of about 2,000 cases with samples, marks and reports; half a minute, 10 MB. "
    "national: 14 Areas and about a million letters owed, without their words; on SQLite about "
    "8 minutes of one processor and 1.3 GB of disk."
)


def demo(
    scale: Annotated[str, typer.Option(help=SCALE_HELP)] = "area",
    seed: Annotated[int, typer.Option(help="the same seed and day give the same data")] = 2021,
) -> None:
    """Load made-up people, cases and letters into an empty database."""
    from rich.progress import Progress, TaskID

    from forthright.demo import mornings, recordings
    from forthright.demo.loading import SCALES, NotEmpty, check_is_empty, load_areas
    from forthright.demo.panels import seat_a_panel
    from forthright.demo.past import mark_past_weeks
    from forthright.demo.sampling_disclosure import disclose_and_sample
    from forthright.web import clock

    if scale not in SCALES:
        stop(f"“{scale}” is not a scale. Choose area or national.", WRONG_USE)
    now = clock.now()
    try:
        check_is_empty()
    except NotEmpty as refusal:
        stop(str(refusal))
    # Drawing the bar ten times a second took a tenth of the time.
    with Progress(transient=True, refresh_per_second=2) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(words: str, done: int, whole: int) -> None:
            task = tasks.setdefault(words, bar.add_task(words, total=whole))
            bar.update(task, completed=done)

        for loaded in load_areas(SCALES[scale], seed=seed, until=now, tell=tell):
            if SCALES[scale].has_letters:
                # Before the reports of past weeks, so that the newest tell of recordings.
                recordings.register_recordings(loaded, seed=seed, until=now)
                mark_past_weeks(loaded, seed=seed, until=now, tell=tell)
                for make in (mornings.begin_the_day, disclose_and_sample, seat_a_panel):
                    make(loaded, seed=seed, until=now)
    typer.echo("The demonstration is loaded. Every person and case in it is made up.")

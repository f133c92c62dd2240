"""`forthright due`: when a letter is due, and the arithmetic."""

import json
from datetime import date, datetime
from typing import Annotated

import typer

from forthright.cli.refusals import REFUSED, WRONG_USE, stop
from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.clock_rules import published_clock_rules
from forthright.rules.deadlines import DueDate, letter_due
from forthright.rules.entitlement import Entitlement, NotAnEntitlement, read_entitlement
from forthright.rules.words import LONDON, NoSuchHour, day_words, moment_at

SHIPPED = "the published rules, as they ship"
# The due date, the rules it was counted by, and which of them nobody has confirmed.
Answer = tuple[DueDate, str, tuple[str, ...]]


def due(
    decided: Annotated[
        str,
        typer.Option(
            help="When the decision was made: 2026-04-02T16:55, or 2026-04-02 without its hour."
        ),
    ],
    entitlement: Annotated[str, typer.Option(help="enhanced, standard or unknown.")],
    area: Annotated[str, typer.Option(help="Use this Area's own rules and calendar.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Say when a letter is due, show the arithmetic, and name the rules nobody has confirmed."""
    moment, wanted = _read_moment(decided), _read_entitlement(entitlement)
    try:
        answer, rules, unconfirmed = _answer(moment, wanted, area)
    except LookupError as refusal:  # the calendar is too short, no rules are in force, no Area
        stop(str(refusal), REFUSED)
    *steps, last = answer.arithmetic
    arithmetic = [*steps, *unconfirmed, last]
    if as_json:
        said = {
            "due": answer.day.isoformat(),
            "arithmetic": arithmetic,
            "unconfirmed": list(unconfirmed),
            "rules": rules,
            "source": answer.limit.source,
        }
        typer.echo(json.dumps(said, ensure_ascii=False))
        return
    typer.echo(f"Due {day_words(answer.day)}")
    for sentence in arithmetic:
        typer.echo(f"  {sentence}")
    typer.echo(f"By {rules}. Source: {answer.limit.source}.")


def _answer(moment: datetime, entitlement: Entitlement, area: str) -> Answer:
    """Return the due date by the Area's rules where there are any, else by the published ones."""
    if found := _area_answer(moment, entitlement, area):
        return found
    calendar = published_bank_holidays().calendar
    rules = published_clock_rules()
    answer = letter_due(moment, entitlement=entitlement, rules=rules, calendar=calendar)
    return answer, SHIPPED, rules.unconfirmed_for(entitlement)


def _area_answer(moment: datetime, entitlement: Entitlement, area: str) -> Answer | None:
    """Return the answer of the Area named, or of the only one; None where there is no database.

    :raises LookupError: if the Area has no answer
    :raises typer.BadParameter: if there is no Area of that name, or it is not said which of several
    """
    from django.core.exceptions import ImproperlyConfigured

    try:
        import django

        django.setup()
        return _answer_from_database(moment, entitlement, area)
    except ImproperlyConfigured:
        if area:
            raise LookupError(
                f"There is no database to read the rules of {area} from. Leave out --area to "
                "count by the published rules."
            ) from None
        return None


def _answer_from_database(moment: datetime, entitlement: Entitlement, area: str) -> Answer | None:
    from django.db import DatabaseError

    from forthright.accounts.models import Area
    from forthright.cli.areas import area_among
    from forthright.schemes.selectors.area_clock import area_clock, started_areas

    try:
        areas, started = list(Area.objects.order_by("name")), started_areas()
    except DatabaseError:
        areas = started = []
    if not area and (not areas or (len(areas) == 1 and not started)):
        return None
    named = area_among(areas, area)
    clock = area_clock(named)
    answer, rule_set = clock.due(moment, entitlement)
    unconfirmed = clock.rules_of(rule_set).unconfirmed_for(entitlement)
    return answer, f"the rules of {named}, version {rule_set.version}", unconfirmed


def _read_moment(text: str) -> datetime:
    try:
        return moment_at(date.fromisoformat(text.strip()), None)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        stop(
            f"“{text}” is not a day and time. Write it like 2026-04-02T16:55 (year, month, day, "
            "T, hour, minutes), or 2026-04-02 where the hour is not known.",
            WRONG_USE,
        )
    try:
        here = moment.astimezone(LONDON) if moment.tzinfo else moment
        return moment_at(here.date(), here.time().replace(microsecond=0))
    except NoSuchHour as refusal:
        stop(f"{refusal} {refusal.MEND}", WRONG_USE)
    except OverflowError:
        stop(f"“{text}” is a day outside the years that can be reckoned with.", WRONG_USE)


def _read_entitlement(text: str) -> Entitlement:
    try:
        return read_entitlement(text)
    except NotAnEntitlement as refusal:
        stop(str(refusal), WRONG_USE)

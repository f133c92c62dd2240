"""The page of docs that lists the rules that schedules are checked by."""

from forthright.rules.schedules.rule import ScheduleRule, shipped_schedule_rules
from forthright.rules.schedules.schedule import Form


def schedule_rules_page() -> str:
    """Return the list of rules as Markdown."""
    lines = [
        "# Rules that schedules of unused material are checked by",
        "",
        "Written by the code. [How to use and change them](../how-to/check-a-schedule.md).",
        "",
        "What a rule with a reason of return finds goes to the police, the rest to prosecutors.",
        "",
        "| rule | it wants | level | forms | reason of return | source |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for rule in sorted(shipped_schedule_rules(), key=_order):
        source = f"[{rule.source}]({rule.source_address})" if rule.source_address else rule.source
        unsure = "" if rule.status == "confirmed" else " (to be confirmed)"
        forms = "all" if rule.when.forms == tuple(Form) else ", ".join(rule.when.forms)
        lines.append(
            f"| {rule.id} | {rule.title} | {rule.level} | {forms} | {rule.return_reason or '–'} | "
            f"{source}{unsure} |"
        )
    return "\n".join(lines) + "\n"


def _order(rule: ScheduleRule) -> tuple[int, str]:
    digits = rule.id.strip("Rabcdefghijklmnopqrstuvwxyz")
    return int(digits), rule.id

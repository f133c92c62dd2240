"""The page of docs that lists the rules that ship."""

from forthright.rules.letter_checks.rule import shipped_rules


def rules_page() -> str:
    """Return the list of rules as Markdown."""
    lines = [
        "# Rules that letters are checked by",
        "",
        "Written by the code. [How to change them](../how-to/add-a-letter-rule.md).",
        "",
        "Criterion is the one of the marking standard under which people mark the same thing.",
        "Level is the gravest that a rule has: where it is less sure, it warns instead.",
        "",
        "| rule | it wants | level | criterion | when | source |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for rule in shipped_rules():
        source = f"[{rule.source}]({rule.source_address})" if rule.source_address else rule.source
        unsure = "" if rule.status == "confirmed" else " (to be confirmed)"
        lines.append(
            f"| {rule.id} | {rule.title} | {rule.level} | {rule.criterion} | "
            f"{rule.when.in_words()} | {source}{unsure} |"
        )
    return "\n".join(lines) + "\n"

"""Which words of a Word file are not shown, or stand above the line, by their marks or style."""

from typing import Any

HIDDEN = "hidden"
HIDDEN_ON_THE_WEB = "hidden on the web"
# How the words looked before a change of their looks that nobody has accepted yet.
WAS_HIDDEN = "was hidden"
RAISED = "raised"
PLAIN: frozenset[str] = frozenset()
OFF = ("0", "false", "off")
BASELINE = "baseline"


def child_of(node: Any, ending: str) -> Any:
    """Return the first child whose name ends so, as “}rPr”; None, if there is none or no node."""
    within = () if node is None else node
    return next((each for each in within if str(each.tag).endswith(ending)), None)


def value_of(node: Any, ending: str = "}val") -> str:
    """Return what an attribute says whose name ends so; nothing, if there is none or no node."""
    if node is None:
        return ""
    return next((str(said) for key, said in node.attrib.items() if str(key).endswith(ending)), "")


def is_on(properties: Any, *endings: str) -> bool | None:
    """Say whether one of these marks is set, or set off; None where none of them stands there."""
    if properties is None:
        return None
    found = [each for each in properties if str(each.tag).endswith(endings)]
    return any(value_of(each) not in OFF for each in found) if found else None


def hiding_styles(styles: Any) -> frozenset[str]:
    """Return the ids of the styles that hide words, also by the style that they are based on."""
    own: dict[str, bool | None] = {}
    based: dict[str, str] = {}
    for style in styles.iter():
        if str(style.tag).endswith("}style"):
            name = value_of(style, "}styleId")
            own[name] = is_on(child_of(style, "}rPr"), "}vanish")
            based[name] = value_of(child_of(style, "}basedOn"))
    found = set()
    for name in own:
        above, seen = name, {name}
        while own.get(above) is None and based.get(above, above) not in seen:
            above = based[above]
            seen.add(above)
        if own.get(above):
            found.add(name)
    return frozenset(found)


def is_hidden_by_style(paragraph: Any, hiding: frozenset[str]) -> bool:
    """Say whether the style of a paragraph, or that of its table alone, hides what it says."""
    if not hiding:
        return False
    table = next((e for e in paragraph.iterancestors() if str(e.tag).endswith("}tbl")), None)
    own = value_of(child_of(child_of(paragraph, "}pPr"), "}pStyle"))
    around = value_of(child_of(child_of(table, "}tblPr"), "}tblStyle"))
    # Where both hide, the second takes back what the first does.
    return (own in hiding) != (around in hiding)


def marks_of_run(run: Any, hiding: frozenset[str], *, is_hidden: bool) -> frozenset[str]:
    """Return how a run is hidden or raised; its paragraph's style may hide it already."""
    properties = child_of(run, "}rPr")
    if properties is None:
        return frozenset((HIDDEN,)) if is_hidden else PLAIN
    by_style = is_hidden != (value_of(child_of(properties, "}rStyle")) in hiding)
    own = is_on(properties, "}vanish", "}specVanish")
    marks = {HIDDEN} if (by_style if own is None else own) else set()
    if is_on(properties, "}webHidden"):
        marks.add(HIDDEN_ON_THE_WEB)
    before = child_of(child_of(properties, "}rPrChange"), "}rPr")
    if HIDDEN not in marks and is_on(before, "}vanish", "}specVanish"):
        marks.add(WAS_HIDDEN)
    if value_of(child_of(properties, "}vertAlign")) not in ("", BASELINE):
        marks.add(RAISED)
    return frozenset(marks) if marks else PLAIN

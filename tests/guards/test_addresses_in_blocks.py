"""An address that a page names in one block is not known in another: the link would lead nowhere.

Django forgets at the end of a block what was named in it, and shows nothing where it is used.
"""

import re

import pytest

from tests.guards.tree import HOUSE

TAG = re.compile(r"{%.*?%}|{{.*?}}")
BLOCK = re.compile(r"{% block (\w+) %}")
NAMED = re.compile(r"{% (?:url|letter_address) .* as (\w+) %}")


def unknown_in_blocks(source: str) -> list[str]:
    """Return each name of an address that is used where only a block that ended named it."""
    tags = TAG.findall(source)
    everywhere = {found[1] for tag in tags if (found := NAMED.fullmatch(tag))}
    open_blocks: list[tuple[str, set[str]]] = [("", set())]
    unknown = []
    for tag in tags:
        if begun := BLOCK.fullmatch(tag):
            open_blocks.append((begun[1], set()))
        elif tag.startswith("{% endblock"):
            open_blocks.pop()
        elif named := NAMED.fullmatch(tag):
            open_blocks[-1][1].add(named[1])
        else:
            known = set().union(*(names for _, names in open_blocks))
            unknown += [
                f"{name} in {open_blocks[-1][0]}"
                for name in sorted(everywhere - known)
                if tag == f"{{{{ {name} }}}}" or re.search(rf"={name}\b", tag)
            ]
    return unknown


def test_no_page_uses_an_address_that_another_block_named():
    found = {
        str(file.relative_to(HOUSE)): wrong
        for file in (HOUSE / "templates").rglob("*.html")
        if (wrong := unknown_in_blocks(file.read_text()))
    }

    assert found == {}


@pytest.mark.parametrize(
    ("inside", "wrong"),
    [('<a href="{{ back }}">', ["back in content"]),
     ('{% include "b.html" with cancel=back only %}', ["back in content"]),
     ("{% url 'a' as back %}<a href=\"{{ back }}\">", []),
     ("{% url 'a' as back %}{% block buttons %}<a href=\"{{ back }}\">{% endblock %}", []),
     ("<p>go back to it</p>", [])],
)  # fmt: skip
def test_the_check_finds_what_it_is_for(inside, wrong):
    before = "{% block before %}{% url 'a' as back %}{% endblock %}"
    assert unknown_in_blocks(before + "{% block content %}" + inside + "{% endblock %}") == wrong

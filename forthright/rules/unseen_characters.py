"""Characters that nobody sees, decided once: for letters, for extracts and for what is typed.

They break a word in two for every search and for no reader, or hide in a name.
"""

import re

# Letters and marks that Unicode files among those that are seen, and that show nothing. The blank
# hieroglyphs (U+13441 and U+13442) are not yet assigned in the tables of Python 3.11, but are in
# later ones.
BLANKS = frozenset({
    "\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0", "\ufffc",
    "\U00013441", "\U00013442", "\U00016fe4", "\U0001d159",
    *map(chr, range(0x180B, 0x1810)), *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
})  # fmt: skip
# Those of no width, those that turn writing round, and the tags, which only programs read.
FORMATS = (
    (0xAD, 0xAD), (0x61C, 0x61C), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
    (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0x1D173, 0x1D17A), (0xE0000, 0xE007F),
)  # fmt: skip
UNSEEN = BLANKS.union(*(map(chr, range(first, last + 1)) for first, last in FORMATS))
# The names of people in some scripts are written with these two, which join letters or part them.
JOINERS = frozenset({"\u200c", "\u200d"})
UNSEEN_BUT_JOINERS = re.compile(f"[{''.join(sorted(UNSEEN - JOINERS))}]")
# Those after which writing runs the other way, whatever its letters: "drallop" is read "pollard".
OVERRIDES = frozenset({"\u202d", "\u202e"})

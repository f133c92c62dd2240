"""Barcodes in Code 128 (ISO/IEC 15417), code set B: any text of printable ASCII, as bars."""

# For each value the widths of bar, space, bar, space, bar, space; each is 11 modules wide.
WIDTHS = (
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232",
)  # fmt: skip
STOP = "2331112"
START_B, FIRST, LAST = 104, 32, 126
QUIET = 10  # modules that stay empty on each side, by the standard


class NotInCode128(ValueError):
    """A text has letters that code set B does not have."""


def values_of(text: str) -> list[int]:
    """Return the values of a text, with the start and the check value.

    :raises NotInCode128: if it is empty, or not all of it is printable ASCII
    """
    if not text or not all(FIRST <= ord(letter) <= LAST for letter in text):
        raise NotInCode128("Only printable ASCII can be written in Code 128 here.")
    values = [ord(letter) - FIRST for letter in text]
    check = (START_B + sum(place * value for place, value in enumerate(values, 1))) % 103
    return [START_B, *values, check]


def bars_of(text: str) -> tuple[list[tuple[int, int]], int]:
    """Return each bar of a text as its place and width in modules, and the width of all.

    :raises NotInCode128: if it cannot be written so
    """
    bars, place = [], QUIET
    for pattern in [*(WIDTHS[value] for value in values_of(text)), STOP]:
        for number, width in enumerate(map(int, pattern)):
            if number % 2 == 0:
                bars.append((place, width))
            place += width
    return bars, place + QUIET


def drawing_of(text: str, *, high: int = 40) -> str:
    """Return a text as an SVG picture of its bars.

    :raises NotInCode128: if it cannot be written so
    """
    bars, wide = bars_of(text)
    path = "".join(f"M{place} 0h{width}v{high}h-{width}z" for place, width in bars)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" '
        f'width="{2 * wide}" height="{2 * high}"><path d="{path}"/></svg>'
    )

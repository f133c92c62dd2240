"""Whether each byte of a Word file belongs to a part of it: none lies before, between or behind."""

import zipfile
import zlib

from forthright.letter_files.reading import FileRefused

STRANGE = "Bytes lie in it that belong to none of its parts. Save it again in Word."
PART, LISTED, END = 30, 46, 22
# What a package of 64 bits has between its list of parts and its end.
WIDE_END, WIDE_PLACE = b"PK\x06\x06", b"PK\x06\x07"
WIDE_SIZES = {WIDE_END: 56, WIDE_PLACE: 20}
# After a part that was written as it came there is its own size once more, with or without a mark.
HAS_SIZE_BEHIND, MARK, SIZES_BEHIND = 8, b"PK\x07\x08", (12, 20)
# What programs write beside the name of a part, and how long it can be: sizes of 64 bits, moments
# of a file in the ways of three systems, and who owned it there, by number.
MOST_BESIDE = {0x0001: 28, 0x000A: 32, 0x5455: 13, 0x5855: 12, 0x7855: 4, 0x7875: 11, 0xCAFE: 0}
# Room that Word leaves for a part to grow: a mark and how much, then nothing but noughts.
ROOM, ROOM_MARK = 0xA220, b"\x28\xa0"


def check_nothing_lies_between(content: bytes, package: zipfile.ZipFile) -> None:
    """Refuse bytes that belong to no part: what was taken out of a package may still lie there.

    :raises FileRefused: if there are any before, between or behind its parts, or beside a name
    """
    reached = 0
    for each in sorted(package.infolist(), key=lambda part: part.header_offset):
        head = content[reached : reached + PART]
        if each.header_offset != reached or len(head) < PART:
            raise FileRefused(STRANGE)
        name, beside = (int.from_bytes(head[at : at + 2], "little") for at in (26, 28))
        begins = reached + PART + name + beside
        _check_beside(content[begins - beside : begins])
        _check_beside(each.extra)
        packed = content[begins : begins + each.compress_size]
        _check_is_packed_whole(packed, each.compress_type)
        reached = begins + each.compress_size
        if each.flag_bits & HAS_SIZE_BEHIND:
            reached += _size_behind(content, reached, each.CRC)
    for _ in package.infolist():
        reached = _behind_listed(content, reached)
    for mark, size in WIDE_SIZES.items():
        reached += size if content.startswith(mark, reached) else 0
    _check_ends(content[reached:], len(package.comment))


def _size_behind(content: bytes, at: int, checksum: int) -> int:
    """Return how long the size behind a part is; what follows it is a part or the list of them."""
    marked = len(MARK) if content.startswith(MARK, at) else 0
    if content[at + marked : at + marked + 4] == checksum.to_bytes(4, "little"):
        for size in SIZES_BEHIND:
            if content.startswith((b"PK\x03\x04", b"PK\x01\x02"), at + marked + size):
                return marked + size
    raise FileRefused(STRANGE)


def _behind_listed(content: bytes, at: int) -> int:
    head = content[at : at + LISTED]
    if len(head) < LISTED or not head.startswith(b"PK\x01\x02"):
        raise FileRefused(STRANGE)
    lengths = (head[28:30], head[30:32], head[32:34])
    return at + LISTED + sum(int.from_bytes(each, "little") for each in lengths)


def _check_ends(ending: bytes, comment: int) -> None:
    """Refuse an end that is longer than it says, or names other files that it goes on in."""
    is_one_file = ending[4:8] == bytes(4)
    said = int.from_bytes(ending[END - 2 : END], "little")
    if not is_one_file or said != comment or len(ending) != END + comment:
        raise FileRefused(STRANGE)


def _check_beside(beside: bytes) -> None:
    """Refuse what stands beside the name of a part and is not what programs write there."""
    while beside:
        kind, size = (int.from_bytes(beside[at : at + 2], "little") for at in (0, 2))
        held, is_whole = beside[4 : 4 + size], len(beside) >= 4 + size
        is_room = kind == ROOM and held.startswith(ROOM_MARK) and not held[4:].strip(b"\0")
        if not is_whole or not (is_room or size <= MOST_BESIDE.get(kind, -1)):
            raise FileRefused(
                "Something stands beside the name of one of its parts that Word does not write "
                "there. Save it again in Word."
            )
        beside = beside[4 + size :]


def _check_is_packed_whole(packed: bytes, how: int) -> None:
    if how == zipfile.ZIP_DEFLATED:
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        unpacking.decompress(packed)
        if unpacking.unused_data:
            raise FileRefused(STRANGE)
    elif how != zipfile.ZIP_STORED:
        raise FileRefused("A part of it is packed as Word never does. Save it again in Word.")

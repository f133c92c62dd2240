"""Whether receipts prove that a party opened all that a share gives."""

from forthright.hard_media.models import Playing, PlayingPart, ShareReceipt, ShareRecord
from forthright.rules.media_receipts import Receipt, that_prove

What = ShareReceipt.What


def has_unopened(share: ShareRecord) -> bool:
    """Say whether anything that a share gives was not opened yet; then it is not proved.

    Of a file with several cameras or sounds each that plays here is to be opened, as it is to be
    viewed, or the file is taken out. What was sent twice is one file: it is told by its SHA-256.
    """
    rows = ShareReceipt.objects.filter(share=share).order_by("pk")
    proving = that_prove(
        Receipt(*row) for row in rows.values_list("link", "file", "copy", "part", "what")
    )
    contents = list(share.contents.values_list("file", "copy", "file__sha256"))
    of = {file: sha256 for file, _, sha256 in contents}
    opened = {(of.get(each.file), each.copy, each.what == What.TAKEN_OUT) for each in proving}
    played = {(of.get(each.file), each.part) for each in proving}
    given = {(sha256, copy) for _, copy, sha256 in contents}
    parts = PlayingPart.objects.exclude(how=Playing.How.NOT_AT_ALL).filter(
        playing__sent_file__in=[file for file, copy, _ in contents if copy is None]
    )
    in_part = {
        of[file]
        for file, number in parts.values_list("playing__sent_file", "number")
        if (of[file], number) not in played
    }
    return any(
        (sha256, copy, True) not in opened
        and ((sha256, copy, False) not in opened or (copy is None and sha256 in in_part))
        for sha256, copy in given
    )

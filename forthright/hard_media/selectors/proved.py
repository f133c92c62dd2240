"""Whether receipts prove that a party opened all that a share gives."""

from forthright.hard_media.models import Playing, PlayingPart, ShareReceipt, ShareRecord
from forthright.rules.media_receipts import Receipt, that_prove

What = ShareReceipt.What


def has_unopened(share: ShareRecord) -> bool:
    """Say whether anything that a share gives was not opened yet; then it is not proved.

    Of a file with several cameras or sounds each that plays here is to be opened, as it is to be
    viewed, or the file is taken out.
    """
    rows = ShareReceipt.objects.filter(share=share).order_by("pk")
    proving = that_prove(
        Receipt(*row) for row in rows.values_list("link", "file", "copy", "part", "what")
    )
    opened = {(each.file, each.copy, each.what == What.TAKEN_OUT) for each in proving}
    played = {(each.file, each.part) for each in proving}
    given = set(share.contents.values_list("file", "copy"))
    parts = PlayingPart.objects.exclude(how=Playing.How.NOT_AT_ALL).filter(
        playing__sent_file__in=[file for file, copy in given if copy is None]
    )
    in_part = {
        file
        for file, number in parts.values_list("playing__sent_file", "number")
        if (file, number) not in played
    }
    return any(
        (file, copy, True) not in opened
        and ((file, copy, False) not in opened or (copy is None and file in in_part))
        for file, copy in given
    )

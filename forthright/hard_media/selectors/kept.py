"""Which files are kept and stand for their recording."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from forthright.hard_media.models import Hearing, MediaItem, SentFile, ShareContent
from forthright.rules.media_clock import clock_words

COMPARE = "Part of it may be missing: compare, and ask the police again if it is."


def cut_off_of(hearing: Hearing) -> set[int]:
    """Return of which recordings of a case a file that stands for them lacks its end."""
    rows = files_kept().filter(item__case=hearing.case_id, playing__missing_bytes__gt=0)
    return set(rows.values_list("item", flat=True))


@dataclass(frozen=True, slots=True)
class Short:
    """What is kept of a recording that is notably shorter than the register says.

    :param name: the file, or how many they are
    :param words: how long they last, and what the register says, to follow on the name
    """

    name: str
    is_one: bool
    words: str

    @property
    def sentence(self) -> str:
        """Return all of it, with what to do."""
        return f"{self.name} {self.words}. {COMPARE}"


def too_short(item: MediaItem, files: Iterable[SentFile]) -> Short | None:
    """Say whether the files of a recording last notably less long than the register says.

    One that was cut off while it was copied plays as if all were well. A recorder may write one
    recording into several, so these are taken together, each that came twice once.
    """
    every = {each.sha256: each for each in files if each.kept_at}.values()
    lasting = [each for each in every if hasattr(each, "playing") and each.playing.seconds]
    said, lasts = item.seconds or 0, sum(each.playing.seconds or 0 for each in lasting)
    if not lasting or said - lasts <= max(2, said / 20):
        return None
    register = f"and the register says that the recording lasts {item.length_words}"
    if len(every) == 1:
        return Short(lasting[0].file_name, True, f"lasts {clock_words(lasts)}, {register}")
    unknown = len(every) - len(lasting)
    without = f", without {unknown} of which the length is not known" if unknown else ""
    together = f"together last {clock_words(lasts)}{without}, {register}"
    return Short(f"The {len(every)} files", False, together)


def too_short_of(hearing: Hearing) -> set[int]:
    """Return which recordings of a case are too short as they are kept, by the register."""
    rows = files_kept().filter(item__case=hearing.case_id, item__seconds__isnull=False)
    files: dict[MediaItem, list[SentFile]] = {}
    for each in rows.select_related("playing", "item"):
        files.setdefault(each.item, []).append(each)
    return {item.pk for item, those in files.items() if too_short(item, those)}


def missing_words(item: MediaItem, given: Sequence[ShareContent], files: Sequence[SentFile]) -> str:
    """Say of which files that are given the end is missing, and whether the recording is too short.

    A clip was chosen by what is there.

    :param files: all that may be given of the recording as they came
    """
    shown = {each.file for each in given if each.copy is None or each.copy.is_in_place}
    said = [
        f"The end of {each.file_name} is missing: {each.missing} were not copied. Ask the "
        "police for a whole copy, or share it if this is how it was recorded. "
        for each in sorted(shown, key=lambda each: each.pk)
        if each.missing
    ]
    if shown and (short := too_short(item, files)):
        said.append(f"{short.sentence} ")
    return "".join(said)


def files_kept(until: datetime | None = None) -> "QuerySet[SentFile]":
    """Return the files that are kept and stand for their recording, now or at a moment before."""
    rows = SentFile.objects.filter(state=SentFile.State.KEPT)
    if until is None:
        return rows.filter(superseded_at=None)
    stood = Q(superseded_at=None) | Q(superseded_at__gte=until)
    return rows.filter(stood, kept_at__lt=until)

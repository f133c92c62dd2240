"""Which copies are not right where one is not: what hides by the same parts, and what was cut."""

from collections.abc import Collection, Iterable

from forthright.hard_media.models import CutCopy


def beside(copy: CutCopy) -> list[CutCopy]:
    """Return all copies of the file of a copy, also that itself, but what could not be made."""
    rows = CutCopy.objects.filter(file=copy.file_id).exclude(state=CutCopy.State.REFUSED)
    return list(rows.order_by("pk"))


def built_on(copy: CutCopy, among: Iterable[CutCopy]) -> list[CutCopy]:
    """Return the copies that hide all that a copy hides, by the same parts, and maybe more."""
    return [each for each in among if _is_another(each, copy) and _holds(each, copy)]


def clips_of(copies: Collection[CutCopy], among: Iterable[CutCopy]) -> list[CutCopy]:
    """Return what was cut from some copies."""
    keys = {each.pk for each in copies}
    return [each for each in among if each.of_id in keys]


def gone_with(copy: CutCopy) -> list[CutCopy]:
    """Return what was shut in one act with a copy that was found not right."""
    if copy.wrong_at is None:
        return []
    among = beside(copy)
    built = built_on(copy, among)
    both = [*built, *clips_of([copy, *built], among)]
    return [each for each in both if each.wrong_at == copy.wrong_at]


def alike_in_part(copy: CutCopy, among: Iterable[CutCopy]) -> list[CutCopy]:
    """Return the copies that hide some of what a copy hides, not all, and still may go."""
    return [
        each for each in among
        if _is_another(each, copy) and each.wrong_at is None and not _holds(each, copy)
        and any(part in copy.parts for part in each.parts)
    ]  # fmt: skip


def wrong_beneath(copy: CutCopy) -> list[CutCopy]:
    """Return the copies found not right of which one that may still go hides all that they hide."""
    if copy.wrong_at is not None:
        return []
    return [
        each for each in beside(copy)
        if each.wrong_at is not None and _is_of_one(each, copy)
        and each.what != CutCopy.What.CLIP and _holds(copy, each)
    ]  # fmt: skip


def _is_another(each: CutCopy, copy: CutCopy) -> bool:
    is_clip = CutCopy.What.CLIP in (each.what, copy.what)
    return each.pk != copy.pk and not is_clip and _is_of_one(each, copy)


def _is_of_one(one: CutCopy, other: CutCopy) -> bool:
    return (one.picture, one.sound) == (other.picture, other.sound)


def _holds(copy: CutCopy, other: CutCopy) -> bool:
    return all(part in copy.parts for part in other.parts)

"""What was imported, and what waits to be."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.extracts.models import ImportRun, WaitingFile


def imports_for(user: User) -> QuerySet[ImportRun]:
    """Return the imports that a person may see."""
    if not has_permission(user, Permission.IMPORT_SEE):
        return ImportRun.objects.none()
    runs = ImportRun.objects.filter(area=user.area_id)
    return runs.select_related("imported_by", "undone_by")


def import_for(user: User, run_id: int) -> ImportRun:
    """Return one import, if this person may see it.

    :raises Http404: the same whether it is hidden or absent
    """
    run = imports_for(user).select_related("area").filter(pk=run_id).first()
    if run is None:
        raise Http404
    return run


def waiting_files_for(user: User) -> QuerySet[WaitingFile]:
    """Return the files that wait to be imported, for a person who may import."""
    if not has_permission(user, Permission.IMPORT_RUN):
        return WaitingFile.objects.none()
    files = WaitingFile.objects.filter(area=user.area_id, run=None)
    return files.select_related("handed_over_by", "unit")


def waiting_file_for(user: User, file_id: int) -> WaitingFile:
    """Return one file that was handed over, if this person may import it.

    :raises Http404: the same whether it is hidden or absent
    """
    if not has_permission(user, Permission.IMPORT_RUN):
        raise Http404
    files = WaitingFile.objects.filter(area=user.area_id)
    found = files.select_related("area", "unit", "handed_over_by").filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


def is_still_kept(waiting: WaitingFile) -> bool:
    """Say whether a file that was handed over has not been given up since."""
    return WaitingFile.objects.filter(pk=waiting.pk).exists()


def same_file_before(area: Area, sha256: str) -> ImportRun | None:
    """Return the last import of the very same file that still stands."""
    runs = ImportRun.objects.filter(area=area, sha256=sha256, state=ImportRun.State.DONE)
    return runs.order_by("-imported_at").first()


def forgotten_files(before: datetime) -> QuerySet[WaitingFile]:
    """Return files handed over before a moment and never imported."""
    states = [WaitingFile.State.HANDED_OVER, WaitingFile.State.CHECKED, WaitingFile.State.REFUSED]
    return WaitingFile.objects.filter(handed_over_at__lt=before, state__in=states, run=None)

"""The steps of jobs about the files of recordings."""

from django.conf import settings
from django.urls import reverse

from forthright.hard_media.models import CutCopy, SentFile, ShareLink
from forthright.hard_media.selectors.links import ticket_of
from forthright.hard_media.services import (
    cutting,
    deciding_anew,
    glance,
    going_out,
    links,
    playing,
    receiving,
)
from forthright.media_files.reading import ReadBackDiffers
from forthright.media_playing.programs import DiskFull, ProgramMissing
from forthright.web import clock
from forthright.web.jobs import JobRefused
from forthright.worker.kinds import Work


def keep_file(work: Work) -> str:
    """Read a whole file back and keep it; return what became of it.

    :raises JobRefused: if the disk gives back something else than came, so that somebody looks
    """
    sent = SentFile.objects.get(pk=work.arguments["file"])
    try:
        return receiving.keep_file(sent, by=None, at=clock.now()).state
    except ReadBackDiffers as fault:
        raise JobRefused(str(fault)) from fault


def make_playable(work: Work) -> str:
    """Make the copy of a kept file that plays, where it needs one; return how it plays.

    :raises JobRefused: if this machine stands in the way, so that somebody looks
    """
    sent = SentFile.objects.get(pk=work.arguments["file"])
    if sent.state != SentFile.State.KEPT:
        return ""
    try:
        return playing.make_playable(sent, by=None, at=clock.now()).how
    except (ProgramMissing, DiskFull, ReadBackDiffers) as fault:
        raise JobRefused(str(fault)) from fault


def draw_at_a_glance(work: Work) -> None:
    """Draw the small pictures and the loudness of a kept file that plays.

    :raises JobRefused: if this machine stands in the way, so that somebody looks
    """
    sent = SentFile.objects.get(pk=work.arguments["file"])
    try:
        glance.draw_at_a_glance(sent, by=None, at=clock.now())
    except (ProgramMissing, DiskFull, ReadBackDiffers) as fault:
        raise JobRefused(str(fault)) from fault


def cut_copy(work: Work) -> str:
    """Make a clip or a redaction that was asked for; return what became of it.

    :raises JobRefused: if this machine stands in the way, so that somebody looks
    """
    copy = CutCopy.objects.select_related("file").get(pk=work.arguments["copy"])
    try:
        return cutting.make_copy(copy, by=None, at=clock.now()).state
    except (ProgramMissing, DiskFull, ReadBackDiffers) as fault:
        raise JobRefused(str(fault)) from fault


def tell_party(work: Work) -> None:
    """Send a party the link to what was shared with it, once."""
    link = ShareLink.objects.select_related("area", "representation").get(pk=work.arguments["link"])
    address = settings.SITE_ADDRESS + reverse("hard_media:received", args=[ticket_of(link)])
    links.tell_party(link, address=address, by=None, at=clock.now())


def find_whole_files(work: Work) -> int:
    """Note files that came as a whole though that was cut off; return how many."""
    return receiving.find_whole_files(by=None, at=clock.now())


def give_up_old_files(work: Work) -> int:
    """Give up what was begun long ago and never finished; return how many files that were."""
    return receiving.give_up_old_files(by=None, at=clock.now())


def forget_gone_out(work: Work) -> int:
    """Remove what was counted of the bytes that went out long ago; return how much."""
    return going_out.forget_old(at=clock.now())


def look_through_copies(work: Work) -> int:
    """Look through copies made before that was done for each; return how many are shut now.

    :raises JobRefused: if this machine stands in the way, so that somebody looks
    """
    try:
        return cutting.look_through_copies(by=None, at=clock.now())
    except (ProgramMissing, DiskFull) as fault:
        raise JobRefused(str(fault)) from fault


def decide_anew(work: Work) -> int:
    """Decide anew how files play of which earlier rules did; return how many play otherwise.

    :raises JobRefused: if this machine stands in the way, so that somebody looks
    """
    try:
        return deciding_anew.decide_anew(by=None, at=clock.now())
    except (ProgramMissing, DiskFull, ReadBackDiffers) as fault:
        raise JobRefused(str(fault)) from fault

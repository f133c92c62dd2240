"""Recordings, discs and hearings, gathered for other rooms."""

from forthright.hard_media.models.asked_back import AskedBack, BagAnswer
from forthright.hard_media.models.bags import Bag, Bagged
from forthright.hard_media.models.carriers import (
    Carried,
    Carrier,
    CarrierChange,
    HandOver,
    StockTake,
    StockTakeLine,
    WriteOff,
)
from forthright.hard_media.models.copies import CutCopy
from forthright.hard_media.models.ends import CaseEnd
from forthright.hard_media.models.files import Damage, Playing, PlayingPart, SentFile, Stray
from forthright.hard_media.models.hearings import (
    FormerAddress,
    FormerClosing,
    Hearing,
    HearingMove,
    Representation,
    SentDayChange,
    StartChange,
)
from forthright.hard_media.models.items import (
    AnswerChange,
    ItemChange,
    MediaItem,
    MediaStep,
    PoliceFeedback,
    ShareRecord,
)
from forthright.hard_media.models.links import GoneOut, ShareContent, ShareLink, ShareReceipt
from forthright.hard_media.models.losses import Loss
from forthright.hard_media.models.marks import MediaMark
from forthright.hard_media.models.settings import ForcePartner, MediaRules, UnitMailbox

__all__ = [
    "AnswerChange",
    "AskedBack",
    "Bag",
    "BagAnswer",
    "Bagged",
    "Carried",
    "Carrier",
    "CarrierChange",
    "CaseEnd",
    "CutCopy",
    "Damage",
    "ForcePartner",
    "FormerAddress",
    "FormerClosing",
    "GoneOut",
    "HandOver",
    "Hearing",
    "HearingMove",
    "ItemChange",
    "Loss",
    "MediaItem",
    "MediaMark",
    "MediaRules",
    "MediaStep",
    "Playing",
    "PlayingPart",
    "PoliceFeedback",
    "Representation",
    "SentDayChange",
    "SentFile",
    "ShareContent",
    "ShareLink",
    "ShareReceipt",
    "ShareRecord",
    "StartChange",
    "StockTake",
    "StockTakeLine",
    "Stray",
    "UnitMailbox",
    "WriteOff",
]

"""The duty to disclose, defendant by defendant: schedules, endorsements, service, what follows."""

from forthright.disclosure.models.duties import (
    CourtDate,
    DateChange,
    DisclosureDuty,
    DutyDate,
    LimitEdition,
    RemandChange,
)
from forthright.disclosure.models.earlier_courts import EarlierCourt
from forthright.disclosure.models.entries import UnnumberedEntry
from forthright.disclosure.models.schedules import (
    Approval,
    DeliveredFile,
    Delivery,
    Endorsement,
    HeldWords,
    Item,
    LeftItem,
    Schedule,
    SetAside,
)
from forthright.disclosure.models.serving import (
    WAITING_RETURN,
    AnswersSending,
    DefenceRequest,
    DefenceStatement,
    ManagementDocument,
    PoliceReturn,
    RequestedItem,
    SentAnswer,
    ServedItem,
    Serving,
)
from forthright.disclosure.models.taking_back import TakingBack

__all__ = [
    "WAITING_RETURN",
    "AnswersSending", "Approval", "CourtDate", "DateChange", "DefenceRequest", "DefenceStatement",
    "DeliveredFile", "Delivery", "DisclosureDuty", "DutyDate", "EarlierCourt", "Endorsement",
    "HeldWords", "Item", "LeftItem", "LimitEdition", "ManagementDocument", "PoliceReturn",
    "RemandChange", "RequestedItem", "Schedule", "SentAnswer", "ServedItem", "Serving", "SetAside",
    "TakingBack", "UnnumberedEntry",
]  # fmt: skip

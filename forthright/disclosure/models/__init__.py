"""The duty to disclose, defendant by defendant: schedules, endorsements, service, what follows."""

from forthright.disclosure.models.duties import (
    CourtDate,
    DateChange,
    DisclosureDuty,
    DutyDate,
    LimitEdition,
)
from forthright.disclosure.models.schedules import (
    Approval,
    Delivery,
    Endorsement,
    Item,
    Schedule,
    SetAside,
)
from forthright.disclosure.models.serving import (
    DefenceRequest,
    DefenceStatement,
    ManagementDocument,
    PoliceReturn,
    RequestedItem,
    ServedItem,
    Serving,
)

__all__ = [
    "Approval", "CourtDate", "DateChange", "DefenceRequest", "DefenceStatement", "Delivery",
    "DisclosureDuty", "DutyDate", "Endorsement", "Item", "LimitEdition", "ManagementDocument",
    "PoliceReturn", "RequestedItem", "Schedule", "ServedItem", "Serving", "SetAside",
]  # fmt: skip

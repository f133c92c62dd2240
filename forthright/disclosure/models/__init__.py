"""The duty to disclose, defendant by defendant: schedules, endorsements, service, what follows."""

from forthright.disclosure.models.duties import (
    CourtDate,
    DateChange,
    DisclosureDuty,
    DutyDate,
    LimitEdition,
)
from forthright.disclosure.models.schedules import (
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
    ServedItem,
    Serving,
)

__all__ = [
    "CourtDate", "DateChange", "DefenceRequest", "DefenceStatement", "Delivery", "DisclosureDuty",
    "DutyDate", "Endorsement", "Item", "LimitEdition", "ManagementDocument", "PoliceReturn",
    "Schedule", "ServedItem", "Serving", "SetAside",
]  # fmt: skip

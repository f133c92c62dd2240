"""What a row says of a person's entitlement, and why."""

from forthright.rules.entitlement import Entitlement, VictimFlag, entitlement_from

ENHANCED_BECAUSE = "Enhanced because the file handed over says so."
STANDARD_BECAUSE = "Standard because the file handed over says so."


def entitlement_facts(
    said: Entitlement | None, flags: set[VictimFlag], *, is_child: bool
) -> dict[str, str]:
    """Return what a row says of a person's entitlement, from what is said and their groups."""
    if said is Entitlement.STANDARD:
        return {"entitlement": str(said), "entitlement_because": STANDARD_BECAUSE}
    if is_child:
        flags.add(VictimFlag.UNDER_18)
    if flags:
        finding = entitlement_from(flags, assessed=True)
        because = finding.because[:200]
        return {"entitlement": str(finding.entitlement), "entitlement_because": because}
    if said is Entitlement.ENHANCED:
        return {"entitlement": str(said), "entitlement_because": ENHANCED_BECAUSE}
    return {"entitlement": str(said)} if said else {}

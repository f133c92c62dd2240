"""Tells whether two names of a firm of solicitors are one firm's, however each is written."""

import re

# What says only that it is a firm.
OF_A_FIRM = {"llp", "ltd", "limited", "plc", "solicitor", "solicitors", "and", "co", "the"}
# Where anybody may have an address, and where a firm's own name stands before the "@".
OF_ANYBODY = {
    "aol.com", "btconnect.com", "btinternet.com", "cjsm.net", "gmail.com", "googlemail.com",
    "hotmail.co.uk", "hotmail.com", "icloud.com", "live.co.uk", "live.com", "mail.com", "me.com",
    "msn.com", "ntlworld.com", "outlook.com", "proton.me", "protonmail.com", "sky.com",
    "talktalk.net", "virginmedia.com", "yahoo.co.uk", "yahoo.com",
}  # fmt: skip


def firm_words(name: str) -> list[str]:
    """Return the words of a name, so that "Hale L.L.P." and "hale  llp" are the same."""
    return re.findall(r"\w+", re.sub(r"[.'’]", "", name.casefold()))


def firm_key(name: str) -> str:
    """Return a name without what says only that it is a firm: "Hale & Co LLP" is "hale"."""
    words = firm_words(name)
    return " ".join([each for each in words if each not in OF_A_FIRM] or words)


def may_be_one_firm(name: str, email: str, other_name: str, other_email: str) -> bool:
    """Say whether two firms may be one: the same name, or addresses of one domain of their own.

    Whoever reads what was sent to the one then reads what was sent to the other.
    """
    own, other = _domain(email), _domain(other_email)
    return firm_key(name) == firm_key(other_name) or bool(own and own == other)


def _domain(email: str) -> str:
    domain = email.rpartition("@")[2].strip().casefold() if "@" in email else ""
    return "" if domain in OF_ANYBODY else domain

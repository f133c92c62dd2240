"""GOV.UK Notify, spoken to through its own client."""

from io import BytesIO
from typing import Any

from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from forthright.letters.models import Dispatch

S = Dispatch.State
# What Notify says of an e-mail or a letter, as we say it; the rest is still on its way.
STATES = {
    "delivered": S.DELIVERED,
    "permanent-failure": S.FAILED,
    "temporary-failure": S.FAILED,
    "technical-failure": S.FAILED,
    "validation-failed": S.FAILED,
    "virus-scan-failed": S.FAILED,
    "cancelled": S.FAILED,
}
NEVER = range(400, 429)  # an answer that trying again does not change


class NotifyRefused(ValueError):
    """Notify will never send this; the message says why, without naming anybody."""


class Notify:
    """One service at Notify, by its key and the template that e-mails go out in."""

    def __init__(self, key: str, *, address: str, email_template: str) -> None:
        """Keep how the service is reached."""
        # The client carries no types.
        self.client: Any = NotificationsAPIClient(key, base_url=address)  # type: ignore[no-untyped-call]
        self.email_template = email_template

    def found(self, key: str) -> str:
        """Return Notify's name for what it was given under a key, or nothing if it has none."""
        known = self.client.get_all_notifications(reference=key)["notifications"]
        return str(known[0]["id"]) if known else ""

    def send_email(self, to: str, *, subject: str, body: str, key: str) -> str:
        """Give Notify an e-mail and return its name for it.

        :raises NotifyRefused: if it never will be sent
        """
        words = {"subject": subject, "body": body}
        try:
            answer = self.client.send_email_notification(
                to, self.email_template, personalisation=words, reference=key
            )
        except HTTPError as fault:
            raise _judged(fault) from fault
        return str(answer["id"])

    def send_letter(self, pdf: bytes, *, key: str) -> str:
        """Give Notify a letter to print and return its name for it.

        :raises NotifyRefused: if it never will be sent
        """
        try:
            answer = self.client.send_precompiled_letter_notification(key, BytesIO(pdf))
        except HTTPError as fault:
            raise _judged(fault) from fault
        return str(answer["id"])

    def state_of(self, notify_id: str) -> tuple[str, str]:
        """Return what became of it, if anything did, and Notify's own word for that."""
        said = str(self.client.get_notification_by_id(notify_id)["status"])
        return STATES.get(said, ""), f"GOV.UK Notify says: {said}."


def _judged(fault: HTTPError) -> Exception:
    """Return the fault for another try, or that Notify refuses for good."""
    if fault.status_code in NEVER:
        return NotifyRefused(f"GOV.UK Notify refused it ({fault.status_code}).")
    return fault

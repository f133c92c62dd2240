"""What is written of marks as it may be kept and read: of disclosure, nothing that is sensitive.

What repeats sensitive material is refused when it is written.
"""

from forthright.accounts.models import User
from forthright.disclosure.selectors.secrets import why_not_said
from forthright.samples.models import DrawnLetter

READERS = "people who may not see such material"


def why_not_kept(drawn: DrawnLetter, what: str, words: str, *, by: User) -> str:
    """Say why words about what was drawn are not kept; nothing of letters, where nothing is hidden.

    :param what: what the words are, as "the note for D4"
    """
    if drawn.disclosure is None:
        return ""
    return why_not_said(drawn.disclosure, what, words, readers=READERS, by=by)

"""A gate for tests: each caller may touch what they began; what has come is kept at once."""

from forthright.media_files.tus_words import TusRefusal
from tests.media_files.senders import NOON


class OwnOnly:
    """Callers are names; "nobody" may do nothing."""

    def __init__(self, store):
        self.store = store
        self.receipts, self.gone = [], []

    def begin(self, caller, said, length):
        if caller == "nobody":
            raise TusRefusal(403, "You may not send recordings.")
        return {"by": caller}

    def begun(self, caller, name):
        pass

    def go_on(self, caller, about):
        if caller != about.notes["by"]:
            raise TusRefusal(404, "No such file is arriving or has come. Send it again.")

    def arrived(self, caller, name):
        self.receipts.append(self.store.keep(name, at=NOON))

    def given_up(self, caller, name):
        self.gone.append(name)

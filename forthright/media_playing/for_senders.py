"""What is wrong with a file in words for whoever sent it, where others read what to ask for."""

# What whoever is to have the recording reads, and in its place whoever sends it.
TO_SEND = {
    "ask for that player or for the recording": "send that player with it, or the recording",
    "Ask for the file again, or for it to be repaired": "Send the file again, or have it repaired",
    "Ask for the files that it names": "Send the files that it names",
    "Ask for each": "Send each",
}


def as_sender_reads(words: str) -> str:
    """Return words of a file with what is to be sent, not with what to ask for."""
    for asked, sent in TO_SEND.items():
        words = words.replace(asked, sent)
    return words

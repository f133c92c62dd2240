"""The writes of the room, gathered so that other rooms need one import."""

from forthright.letters.services.words import LONGEST, WordsRefused, keep_words

__all__ = ["LONGEST", "WordsRefused", "keep_words"]

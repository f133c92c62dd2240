"""The wording that letters are made of, and how a letter is put together from it."""

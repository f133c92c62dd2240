"""Letters as files: the words read out of them, and a composed letter written to each form."""

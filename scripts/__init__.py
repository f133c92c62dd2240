"""What the four commands (run, test, check, bench) are made of; standard library only."""

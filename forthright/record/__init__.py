"""The pages on which people read what was done; the record itself is kept by audit."""

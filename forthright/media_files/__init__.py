"""Recordings as files: received so that nothing is lost, kept so that nothing changes."""

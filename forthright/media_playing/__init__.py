"""Recordings made visible: looked into, copied so that they play, cut and hidden; see README.md."""

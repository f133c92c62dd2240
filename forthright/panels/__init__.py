"""The room of the independent panel: anonymised letters, meetings, findings."""

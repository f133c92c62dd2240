"""Reads the files that other systems hand over, and plans what an import would do."""

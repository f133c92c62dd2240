"""The weekly assurance report: from counted facts to figures, tables and sentences."""

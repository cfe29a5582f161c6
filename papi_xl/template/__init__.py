"""The template workbook: its text sources, its sheets, its native formulas."""

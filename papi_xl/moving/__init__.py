"""A workbook's contents, whatever its form, put where the template has their place."""

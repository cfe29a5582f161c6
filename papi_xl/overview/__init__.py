"""What the sheets of the consolidated workbook show, as data in one language."""

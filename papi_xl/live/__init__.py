"""The open workbook, through xlwings: read into raw cells, findings written back."""

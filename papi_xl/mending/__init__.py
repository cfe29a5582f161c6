"""What pasting broke in a workbook of the template: found by comparing, put back, said line by line."""

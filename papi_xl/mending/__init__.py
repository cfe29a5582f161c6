"""What pasting broke in a workbook made from the template: found by comparing, put back, said line by line."""

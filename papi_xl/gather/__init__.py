"""Gathering received workbooks: found in folders, read by many processes, kept for the next run."""

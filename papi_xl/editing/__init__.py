"""Changing an .xlsx package part by part, so that what is not concerned stays byte for byte as it is."""

"""Matching for those who have spreadsheets only: CSV in, CSV and a report out, every fault told by its line."""

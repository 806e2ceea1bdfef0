"""Imports: teams and what colleagues can do, in and out as CSV."""

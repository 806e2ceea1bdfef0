"""The ordered feed of everything that happened, and the live counts that follow from it."""

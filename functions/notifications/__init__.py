"""API: somebody's own notices, and how he wishes to be told."""

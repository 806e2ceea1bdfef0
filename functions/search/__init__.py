"""The function behind /v1/search."""

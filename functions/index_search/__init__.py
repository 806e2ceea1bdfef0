"""The worker that keeps search up to date."""

"""Worker: jobs, by the chunk."""

"""Worker: what lies in the trash for too long, and the rest of what is being erased."""

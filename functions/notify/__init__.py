"""Worker: tells people what happens."""

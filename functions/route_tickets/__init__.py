"""Worker: routing: who of a team gets a ticket."""

"""Records: what an administrator sets, of whatever kind, kept in one way."""

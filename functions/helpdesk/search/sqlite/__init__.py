"""The engine of a laptop and of small desks: SQLite with FTS5."""

"""HTML from strangers: made safe to show, and read as text. Knows nothing of tickets or mail."""

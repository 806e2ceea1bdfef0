"""Search: one service over documents of tickets, people and companies; SQLite or OpenSearch behind one Protocol."""

"""Mail that goes out: what it says, to whom, and how far it has come."""

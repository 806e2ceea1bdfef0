"""What tickets are to each other: links, merges, splits; and side conversations beside a ticket."""

"""Who is calling, and what they may do: one policy for agents, contacts and keys."""

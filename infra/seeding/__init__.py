"""A desk full of believable history: people, conversations and dates for `desk seed`."""

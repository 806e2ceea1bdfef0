"""Worker: the numbers of colleagues, teams, policies and the desk, counted along the feed."""

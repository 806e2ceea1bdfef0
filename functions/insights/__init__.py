"""API: numbers of colleagues, teams, policies and the desk, and the wallboard."""

"""What was done and how quickly, by day: of each colleague, team, SLA policy and the whole desk."""

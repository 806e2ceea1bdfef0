"""What an administrator sets: statuses, priorities, teams, the organisation itself."""

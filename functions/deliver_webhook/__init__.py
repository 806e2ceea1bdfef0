"""A worker: its Lambda entry only; the work is done in `helpdesk`."""

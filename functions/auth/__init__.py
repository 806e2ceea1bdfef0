"""Routes of /v1/auth; the work is done in `helpdesk`."""

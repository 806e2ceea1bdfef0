"""Routes of /v1/tickets; the work is done in `helpdesk`."""

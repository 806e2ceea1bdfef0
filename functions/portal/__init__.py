"""Routes of /v1/portal; the work is done in `helpdesk`."""

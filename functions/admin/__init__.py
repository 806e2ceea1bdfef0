"""Routes of /v1/admin; the work is done in `helpdesk`."""

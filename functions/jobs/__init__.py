"""Routes of /v1/jobs; the work is done in `helpdesk`."""

"""Routes of /v1/people; the work is done in `helpdesk`."""

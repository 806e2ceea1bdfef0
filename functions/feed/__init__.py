"""Routes of /v1/feed; the work is done in `helpdesk`."""

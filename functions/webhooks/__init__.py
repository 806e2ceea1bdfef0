"""Routes of /v1/webhooks; the work is done in `helpdesk`."""

"""Routes of macros and templates; the work is done in `helpdesk`."""

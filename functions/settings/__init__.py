"""Routes of statuses, priorities, topics, fields, forms and tags; the work is done in `helpdesk`."""

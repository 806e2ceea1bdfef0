"""Lambdesk's domain: no Lambda event and no HTTP status in here, but for `web`."""

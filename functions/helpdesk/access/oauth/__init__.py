"""OAuth 2: other people's apps act for a colleague, as far as he lets them, until he takes it back (API-09)."""

"""The engine of large desks: OpenSearch, by HTTP. It is chosen by `SEARCH_ENDPOINT`."""

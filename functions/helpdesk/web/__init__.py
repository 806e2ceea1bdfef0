"""HTTP: routes, errors, actors, paging, ETag, idempotency, limits. The only user of Powertools' event handler."""

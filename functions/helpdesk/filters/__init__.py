"""One filter grammar for lists, views, bulk jobs, rules, webhooks and exports: text, JSON, and what it means."""

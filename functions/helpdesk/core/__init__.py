"""What every domain stands on: config, AWS, tables, errors, ids, time, events. Imports nothing of helpdesk."""

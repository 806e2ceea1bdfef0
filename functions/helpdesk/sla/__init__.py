"""SLA: what is promised to customers, by when, and whether it was kept."""

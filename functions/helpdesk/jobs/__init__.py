"""Jobs: one action on many tickets, item by item, each of them once, as the one who started it may."""

"""Reading tickets in lists: what is asked for, who answers it, and the views that people keep."""

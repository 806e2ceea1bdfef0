"""Worker: the clock: what tickets do by themselves when their time has come."""

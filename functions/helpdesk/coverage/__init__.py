"""Coverage: who is on at which time, out of the shifts and leaves of the colleagues."""

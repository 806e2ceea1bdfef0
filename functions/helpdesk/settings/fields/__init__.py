"""Custom fields and forms: definitions, values, and the one evaluator of who sees, must fill and may change what."""

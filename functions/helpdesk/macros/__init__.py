"""Macros and templates: what an agent does often, in one go and in the customer's language."""

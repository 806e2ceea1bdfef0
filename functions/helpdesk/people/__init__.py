"""Contacts and staff: found or created by address, never twice."""

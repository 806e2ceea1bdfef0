"""Routing: who of a team gets a ticket, why he, and why not the others."""

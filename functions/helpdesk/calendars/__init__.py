"""Calendars: when somebody is there, in whichever zone, and how long that is."""

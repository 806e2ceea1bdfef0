"""Following: who hears of each ticket that comes into a kept view."""

"""All routes of all functions, for the API's description and the tests that sweep over them."""

from __future__ import annotations

import importlib

from helpdesk.web.api import Api, Route

FEATURES = (
    *("tickets", "people", "auth", "admin", "feed", "portal"),
    *("jobs", "search", "simulate", "insights", "webhooks", "notifications"),
)


def apis() -> dict[str, Api]:
    """Each function's routes by its folder's name."""
    return {name: importlib.import_module(f"{name}.handler").api for name in FEATURES}


def routes() -> list[Route]:
    """Every route, in the order of the features."""
    return [route for api in apis().values() for route in api.routes]

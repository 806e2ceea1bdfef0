"""Unit tests know no AWS: a desk's settings are what it comes with."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from helpdesk.core import cache


@pytest.fixture(autouse=True, scope="module")
def _no_stored_settings():
    cache.forget()
    with patch("helpdesk.records.store.list_settings", return_value=[]):
        yield
    cache.forget()

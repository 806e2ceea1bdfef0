"""Answers of the settings of outgoing mail."""

from __future__ import annotations

from typing import Literal

from helpdesk.web.answers.base import Answered


class Suppression(Answered):
    """An address that gets no mail from us, since `at`; `detail` is what the other side or a colleague said."""

    id: str
    address: str
    reason: Literal["bounce", "complaint", "manual"]
    detail: str
    at: str
    released_at: str | None
    released_by: str | None
    version: int

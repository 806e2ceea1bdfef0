"""Bodies that the relations of a ticket take."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from helpdesk.web.fields import Body, Email, Id, Line
from tickets.bodies import Requester, Worded

Files = Annotated[list[Id], Field(max_length=20)]


class NewParticipant(Body):
    """Somebody who shall take part: copies for an address or person, or a colleague who follows (`me` or nobody
    named: oneself).
    """

    role: Literal["cc", "follower"]
    email: Email | None = None
    person_id: Id | None = None

    @model_validator(mode="after")
    def _somebody(self) -> NewParticipant:
        if self.role == "cc" and (self.email is None) == (self.person_id is None):
            raise ValueError("give either email or person_id")
        if self.role == "follower" and self.email is not None:
            raise ValueError("a follower is named by person_id")
        return self


class NewLink(Body):
    """What the other ticket (id or number) is for this one."""

    kind: Literal["parent", "child", "problem", "incident", "duplicate_of", "duplicate", "related"]
    ticket_id: Id


class Merge(Body):
    """The ticket (id or number) into which this one goes, and who of this one gets copies of that one."""

    into: Id
    allow_other_requester: bool = False
    participants: Literal["requester", "all", "none"] = "requester"


class Split(Body):
    """Which messages begin the new ticket, under which subject, and for whom (default: the same requester)."""

    message_ids: Annotated[list[Id], Field(min_length=1, max_length=20)]
    subject: Line
    requester: Requester | None = None


class NewSideMessage(Worded):
    """One more mail to the third parties."""

    attachments: Files | None = None


class NewSideConversation(NewSideMessage):
    """A talk with third parties and its first mail."""

    subject: Line
    to: Annotated[list[Email], Field(min_length=1, max_length=10)]

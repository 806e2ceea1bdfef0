"""What oauthlib asks of us: which codes and grants there are. oauthlib knows the rules of the RFCs.

RFC 6749 (authorization code and refresh), RFC 7636 with S256 alone, RFC 7009, RFC 9207, RFC 9700.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Any

from oauthlib.oauth2 import InvalidGrantError

from helpdesk.access.oauth import grants, store
from helpdesk.access.oauth.clients import Clients
from helpdesk.core import clock
from helpdesk.core.ids import new_id
from helpdesk.core.signing import fingerprint

CODE = timedelta(minutes=1)


class Validator(Clients):
    """The organisation's codes and grants; one object serves one request."""

    def is_pkce_required(self, client_id: str, request: Any) -> bool:
        """Always (RFC 9700 2.1.1)."""
        return True

    def save_authorization_code(self, client_id: str, code: dict[str, str], request: Any, *_: Any) -> None:
        """Keep a code for a minute: for whom, for which app, address and challenge."""
        row = {
            "app_id": client_id,
            "person_id": request.user,
            "scopes": list(request.scopes),
            "redirect_uri": request.redirect_uri,
            "challenge": request.code_challenge,
            "expires_at": clock.epoch(clock.now() + CODE),
        }
        store.put_code(self.org_id, fingerprint(code["code"]), row)

    def validate_code(self, client_id: str, code: str, client: Any, request: Any, *_: Any) -> bool:
        """Whether the code is this app's and fresh; one used before ends what it had given (RFC 6749 4.1.2)."""
        row = store.get_code(self.org_id, fingerprint(code))
        if not row or row["app_id"] != client_id:
            return False
        if row.get("grant_id"):
            self._end(row["person_id"], row["grant_id"])
            return False
        request.user, request.scopes, request.known_code = row["person_id"], row["scopes"], row
        request.grant_id = new_id()
        return bool(row["expires_at"] >= clock.epoch(clock.now()))

    def get_code_challenge(self, code: str, request: Any) -> str:
        """What the verifier must hash to."""
        return str(request.known_code["challenge"])

    def get_code_challenge_method(self, code: str, request: Any) -> str:
        """SHA-256: no other is taken."""
        return "S256"

    def confirm_redirect_uri(
        self, client_id: str, code: str, redirect_uri: str, client: Any, request: Any, *_: Any
    ) -> bool:
        """The address that the code was sent to."""
        return bool(redirect_uri == request.known_code["redirect_uri"])

    def invalidate_authorization_code(self, client_id: str, code: str, request: Any, *_: Any) -> None:
        """Nothing to do: the code was used up with what it gave."""

    def save_bearer_token(self, token: dict[str, Any], request: Any, *_: Any) -> None:
        """Keep a new grant with its code used up, or give a grant its new tokens.

        Raises
        ------
        InvalidGrantError
            when somebody else was quicker with the same code or refresh token.
        """
        tokens = grants.tokens_of(token["access_token"], token["refresh_token"])
        if request.grant_type == "refresh_token":
            row = request.known_grant
            done = store.rotate(row, row | tokens | {"previous": row["refresh"]})
        else:
            done = self._begin(tokens, request)
        if not done:
            raise InvalidGrantError(request=request)

    def validate_refresh_token(self, refresh_token: str, client: Any, request: Any, *_: Any) -> bool:
        """Whether it is this app's and the newest of its grant; an older one ends the grant."""
        found = grants.find(refresh_token)
        if not found or found[1]["app_id"] != client.client_id:
            return False
        person, grant = found
        digest = fingerprint(refresh_token)
        if hmac.compare_digest(grant.get("previous") or "", digest):
            grants.end(person, grant, self.ip)
            return False
        request.user, request.grant_id, request.known_grant = person["id"], grant["id"], grant
        fresh = grant["expires_at"] > clock.epoch(clock.now())
        return fresh and hmac.compare_digest(grant["refresh"], digest)

    def get_original_scopes(self, refresh_token: str, request: Any, *_: Any) -> list[str]:
        """What was granted; less may be asked for, never more."""
        return list(request.known_grant["scopes"])

    def revoke_token(self, token: str, token_type_hint: str, request: Any, *_: Any) -> None:
        """End the grant of a token, which an app may do with its own (RFC 7009 2.1)."""
        found = grants.find(token)
        if found and found[1]["app_id"] == request.client_id:
            digest = fingerprint(token)
            if any(hmac.compare_digest(found[1][name], digest) for name in ("access", "refresh")):
                grants.end(*found, self.ip)

    def _begin(self, tokens: dict[str, Any], request: Any) -> bool:
        grant = tokens | {
            "id": request.grant_id,
            "person_id": request.user,
            "app_id": request.client_id,
            "scopes": request.scopes,
            "created_at": clock.stamp(),
        }
        person = {"org_id": self.org_id, "id": request.user, "kind": "agent", "name": "", "email": ""}
        event = grants.told("grant.given", person, grant, self.ip)
        return store.take_code(self.org_id, fingerprint(request.code), grant, [event])

    def _end(self, person_id: str, grant_id: str) -> None:
        if found := store.get_grant(self.org_id, person_id, grant_id):
            grants.end(*found, self.ip)

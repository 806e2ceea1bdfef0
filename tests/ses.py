"""What SES says of domains and of the account, which moto cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from botocore.stub import Stubber

KNOWN = {
    "IdentityType": "DOMAIN",
    "VerifiedForSendingStatus": True,
    "DkimAttributes": {"SigningEnabled": True, "Status": "SUCCESS", "Tokens": ["t1", "t2", "t3"]},
    "MailFromAttributes": {
        "MailFromDomain": "bounce.acme.test",
        "MailFromDomainStatus": "PENDING",
        "BehaviorOnMxFailure": "USE_DEFAULT_VALUE",
    },
}
QUOTA = {"Max24HourSend": 50_000.0, "MaxSendRate": 14.0, "SentLast24Hours": 12.0}
ACCOUNT = {"ProductionAccessEnabled": True, "SendingEnabled": True, "SendQuota": QUOTA}


def tell_of_the_account() -> None:
    """Let SES say what the account may send, for as long as the clients of this test live."""
    from helpdesk.core.aws import client

    answer = (SimpleNamespace(status_code=200), ACCOUNT)
    client("sesv2").meta.events.register("before-call.sesv2.GetAccount", lambda **_: answer)


@contextmanager
def answering() -> Iterator[Stubber]:
    """SES answers what is put into the stub, in that order."""
    from helpdesk.core.aws import client

    with Stubber(client("sesv2")) as stubbed:
        yield stubbed


@contextmanager
def knowing_acme() -> Iterator[None]:
    """SES knows the domain acme.test, once asked."""
    with answering() as stubbed:
        stubbed.add_response("get_email_identity", KNOWN, {"EmailIdentity": "acme.test"})
        stubbed.add_response("get_account", ACCOUNT)
        yield

"""The template's tables in whatever plays DynamoDB, and an environment to go with them: for tests and benchmarks."""

from __future__ import annotations

from typing import Any

from infra import ROOT
from infra.local.translate import read_yaml

TABLES = ("Tickets", "People", "Settings", "Deliveries", "Idempotency")
_WANTED = ("BillingMode", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes")


def create_tables(dynamodb: Any, *, streams: bool = True) -> None:
    """Make every table of infra/data.yaml under its logical name, with its indexes and, if wanted, its stream."""
    resources = read_yaml(ROOT / "infra/data.yaml")["Resources"]
    for name in TABLES:
        properties = resources[name]["Properties"]
        request = {key: properties[key] for key in _WANTED if key in properties}
        if streams and "StreamSpecification" in properties:
            request["StreamSpecification"] = {"StreamEnabled": True, **properties["StreamSpecification"]}
        dynamodb.create_table(TableName=name, **request)


def environment(**given: str) -> dict[str, str]:
    """What the functions read, with the tables of `create_tables` and harmless values for the rest."""
    return {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "ORG_ID": "acme",
        "STAGE": "local",
        "MAIL_BUCKET": "mail",
        "ATTACHMENTS_BUCKET": "attachments",
        "ARCHIVE_BUCKET": "archive",
        "BUS_NAME": "desk",
        "OUTBOUND_QUEUE_URL": "http://127.0.0.1/queue",
        "JOBS_QUEUE_URL": "http://127.0.0.1/jobs",
        "SEARCH_QUEUE_URL": "http://127.0.0.1/search",
        "WEBHOOK_QUEUE_URL": "http://127.0.0.1/webhooks",
        "WEBHOOK_TARGETS_ALLOWED": "127.0.0.1:*",
        "SECRET_ARN": "signing",
        "EDGE_PROOF_ARN": "edge-proof",
        "STAFF_POOL_ID": "pool",
        "STAFF_CLIENT_ID": "client",
        "ORIGIN": "http://127.0.0.1:8080",
        "CONFIGURATION_SET": "desk",
        "SUPPORT_ADDRESS": "support@acme.test",
        "SEND_GRACE_SECONDS": "900",
        "JOB_ITEMS_PER_SECOND": "100",
        "SEARCH_BUCKET": "search",
        "SEARCH_PATH": "search",
        "SEARCH_ENDPOINT": "",
        "POWERTOOLS_SERVICE_NAME": "test",
        "POWERTOOLS_LOG_LEVEL": "WARNING",
        **{f"{name.upper()}_TABLE": name for name in TABLES},
        **given,
    }

"""AWS as moto plays it, with the tables of the real template, and a pump that carries events to the workers."""

from __future__ import annotations

import importlib
import json
import os
import tempfile
import threading
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import boto3
import botocore.client
from moto import mock_aws

from infra.schema import create_tables, environment
from tests.quick_moto import quicken

REGION = "us-east-1"
ORG = "acme"
SUPPORT = "support@acme.test"
ENVIRONMENT = environment(AWS_ACCOUNT_ID_ENDPOINT_MODE="disabled")


_OF_TICKETS = {"detail": {"subject": {"kind": ["ticket"]}, "via": [{"anything-but": ["import"]}]}}
_ROUTED = (
    *("ticket.created", "ticket.assigned", "ticket.team_changed", "ticket.status_changed", "ticket.trashed"),
    *("ticket.restored", "ticket.merged", "ticket.unmerged", "ticket.released"),
    *("person.changed", "setting.created", "setting.changed", "setting.deleted"),
)


@dataclass
class Cloud:
    """The mocked account; `pump` moves what streams, bus and queues hold until nothing moves."""

    mock: Any
    queue_url: str
    stream_arn: str
    sequence: str | None = None
    _told: int = field(default=0)

    def pump(self, rounds: int = 10) -> None:
        """Stream -> ticket_stream -> bus -> outbound queue -> outbound_mail -> SES events -> mail_feedback."""
        for _ in range(rounds):
            moved = self.run_stream() + self.run_outbound() + self.run_feedback()
            moved += (
                self.run_queue("jobs", "run_job")
                + self.run_queue("rules", "run_rules")
                + self.run_queue("purge", "purge")
                + self.run_routing()
                + self.run_search()
                + self.run_webhooks()
            )
            if not moved:
                return

    def pump_events(self) -> None:
        """The stream to the feed and the bus, no further."""
        while self.run_stream():
            pass

    def stream_records(self) -> list[dict[str, Any]]:
        """The records that the stream function has not taken yet."""
        streams = _client("dynamodbstreams")
        shard = streams.describe_stream(StreamArn=self.stream_arn)["StreamDescription"]["Shards"][0]
        start = (
            {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": self.sequence}
            if self.sequence
            else {"ShardIteratorType": "TRIM_HORIZON"}
        )
        iterator = streams.get_shard_iterator(StreamArn=self.stream_arn, ShardId=shard["ShardId"], **start)
        return list(streams.get_records(ShardIterator=iterator["ShardIterator"], Limit=1000)["Records"])

    def run_stream(self) -> int:
        """One batch through ticket_stream; what failed comes again."""
        from ticket_stream.handler import handler

        records = self.stream_records()
        if not records:
            return 0
        answer = handler({"Records": records}, None)
        failed = {one["itemIdentifier"] for one in answer["batchItemFailures"]}
        numbers = [record["dynamodb"]["SequenceNumber"] for record in records]
        taken = next((index for index, number in enumerate(numbers) if number in failed), len(numbers))
        if taken:
            self.sequence = numbers[taken - 1]
        return taken

    def run_outbound(self) -> int:
        """The outbound queue through outbound_mail; what failed stays."""
        return self.run_queue("outbound", "outbound_mail")

    def run_queue(self, queue: str, worker: str) -> int:
        """Ten messages of a queue through its worker; what failed stays."""
        handler = importlib.import_module(f"{worker}.handler").handler
        sqs, url = _client("sqs"), self.queue_url.replace("outbound", queue)
        answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
        messages = answer.get("Messages", [])
        if not messages:
            return 0
        event = {"Records": [{"messageId": one["MessageId"], "body": one["Body"]} for one in messages]}
        failed = {one["itemIdentifier"] for one in handler(event, None)["batchItemFailures"]}
        done = [one for one in messages if one["MessageId"] not in failed]
        for one in done:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
        return len(done)

    def run_webhooks(self) -> int:
        """What is due in the webhook queue through deliver_webhook; what failed stays."""
        return self.run_queue("webhooks", "deliver_webhook")

    def run_notify(self) -> int:
        """What colleagues are to be told of through notify; not pumped, for few tests ask who is told."""
        return self.run_queue("notify", "notify")

    def tick(self) -> None:
        """A minute of notify's clock."""
        from notify.handler import handler

        answer = handler({"Records": [{"messageId": "tick", "body": json.dumps({"kind": "tick"})}]}, None)
        assert not answer["batchItemFailures"]

    def run_routing(self) -> int:
        """The routing queue through route_tickets; what failed stays."""
        return self.run_queue("routing", "route_tickets")

    def pump_routing(self) -> None:
        """The stream to the owners of tickets."""
        while self.run_stream() + self.run_routing():
            pass

    def run_search(self) -> int:
        """The search queue through index_search; what failed stays."""
        return self.run_queue("search", "index_search")

    def pump_search(self) -> None:
        """The stream to the search index."""
        while self.run_stream() + self.run_search():
            pass

    def run_feedback(self) -> int:
        """SES's Send event for each mail that it took since the last time."""
        from email import message_from_bytes

        from mail_feedback.handler import handler

        sent = self.sent()
        fresh = sent[self._told :]
        self._told = len(sent)
        for ses_id, raw in fresh:
            tag = message_from_bytes(raw)["X-SES-MESSAGE-TAGS"].partition("=")[2]
            event = {"eventType": "Send", "mail": {"messageId": ses_id, "tags": {"delivery": [tag]}}}
            handler({"Records": [{"messageId": ses_id, "body": json.dumps(event)}]}, None)
        return len(fresh)

    def sent(self) -> list[tuple[str, bytes]]:
        """`(SES id, raw mail)` of all that SES took."""
        from moto.ses.models import ses_backends

        backend = ses_backends["123456789012"][REGION]
        return [
            (one.id, one.raw_data.encode() if isinstance(one.raw_data, str) else one.raw_data)
            for one in backend.sent_messages
        ]


@cache
def _client(name: str) -> Any:
    """A client of a test's own, made once: making one takes longer than its calls."""
    return boto3.client(name, region_name=REGION)


_one_at_a_time = threading.RLock()


def _serialise_moto() -> None:
    """Moto copies whole tables in a transaction and is not thread-safe: one call at a time, as DynamoDB orders them."""
    original = botocore.client.BaseClient._make_api_call  # type: ignore[attr-defined]
    if getattr(original, "serialised", False):
        return

    def call(self: Any, operation: str, params: Any) -> Any:
        with _one_at_a_time:
            return original(self, operation, params)

    call.serialised = True  # type: ignore[attr-defined]
    botocore.client.BaseClient._make_api_call = call  # type: ignore[attr-defined]


def start() -> Cloud:
    """Mock AWS and make what the template would."""
    os.environ.update(ENVIRONMENT)
    _serialise_moto()
    quicken()
    mock = mock_aws()
    mock.start()
    dynamodb = boto3.client("dynamodb")
    create_tables(dynamodb)
    stream_arn = dynamodb.describe_table(TableName="Tickets")["Table"]["LatestStreamArn"]
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="mail")
    s3.create_bucket(Bucket="attachments")
    s3.create_bucket(Bucket="search")
    s3.create_bucket(Bucket="archive")
    queue_url = _bus_and_queue()
    _pool()
    boto3.client("ses").verify_domain_identity(Domain="acme.test")
    secret = boto3.client("secretsmanager").create_secret(Name="signing", SecretString="x" * 64)
    os.environ |= {"OUTBOUND_QUEUE_URL": queue_url, "SECRET_ARN": secret["ARN"]}
    os.environ["SEARCH_PATH"] = tempfile.mkdtemp(prefix="desk-search-")
    forget_everything()
    return Cloud(mock, queue_url, stream_arn)


def forget_everything() -> None:
    """Make the process a cold container again."""
    from helpdesk.access import sessions
    from helpdesk.core import aws, cache, config, signing
    from helpdesk.search import choice
    from helpdesk.web import limits

    assert sessions
    for cached in (aws.client, config.config, signing.key, signing._secret, _client):
        cached.cache_clear()
    cache.forget()
    choice.forget()
    limits.forget()


def _bus_and_queue() -> str:
    boto3.client("events").create_event_bus(Name="desk")
    os.environ["JOBS_QUEUE_URL"] = _queue("jobs", "job.started")
    _queue("purge", "ticket.purged")
    _queue_behind("rules", _OF_TICKETS)
    _queue_behind("notify", _OF_TICKETS)
    os.environ["WEBHOOK_QUEUE_URL"] = _queue_behind("webhooks", {"source": ["lambdesk"]})
    kinds = ["ticket", "person", "company", "field"]
    _queue("routing", *_ROUTED)
    os.environ["SEARCH_QUEUE_URL"] = _queue_behind("search", {"detail": {"subject": {"kind": kinds}}})
    told = ("side_conversation.message_sent", "mail.rejected", "mail.too_large")
    return _queue("outbound", "message.sent", "message.resent", "message.held", "ticket.created", *told)


def _queue(name: str, *types: str) -> str:
    """A queue, and the rule that puts events of these types into it."""
    return _queue_behind(name, {"detail-type": list(types)})


def _queue_behind(name: str, pattern: dict[str, Any]) -> str:
    events, sqs = boto3.client("events"), boto3.client("sqs")
    queue_url = str(sqs.create_queue(QueueName=name)["QueueUrl"])
    arn = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name=name, EventBusName="desk", EventPattern=json.dumps(pattern))
    events.put_targets(Rule=name, EventBusName="desk", Targets=[{"Id": "queue", "Arn": arn}])
    return queue_url


def _pool() -> None:
    cognito = boto3.client("cognito-idp")
    pool_id = cognito.create_user_pool(PoolName="staff", UsernameAttributes=["email"])["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id, ClientName="desk", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]
    os.environ |= {"STAFF_POOL_ID": pool_id, "STAFF_CLIENT_ID": client["ClientId"]}

"""A storm of mail against the laptop stack: nothing lost, and the API as quick as before (issue: 10,000 in 60 s)."""

from __future__ import annotations

import json
import statistics
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from unittest.mock import patch

import boto3

from bench import desk, dynoxide, laptop
from bench.laptop import Client
from bench.meter import metered
from helpdesk.core import clock
from helpdesk.core.table import query_all

LONGEST = 280  # seconds until the measurement ends, whatever is still in the queue
SENDERS = 400  # of the storm; half of the mails come from one
READS = 60


def measure(stack: dict[str, Any], count: int = 10_000, clients: int = 8) -> dict[str, Any]:
    """`count` mails by SMTP as fast as the door takes them; reads beside them; what became of each."""
    client = Client(stack)
    quiet = _reads(client, READS)
    batches = [_mails(one, count // clients) for one in range(clients)]
    began, during = time.perf_counter(), list[float]()
    with ThreadPoolExecutor(clients) as pool:
        sent = [pool.submit(laptop.send, stack, batch) for batch in batches]
        while not all(map(Future.done, sent)):
            during += _reads(client, 1)
        accepted = time.perf_counter() - began
        for one in sent:
            one.result()
    total = clients * (count // clients)
    while (waiting := _waiting(stack)) and time.perf_counter() - began < LONGEST:
        during += _reads(client, 10)
        time.sleep(1)
    seconds = time.perf_counter() - began
    found = _outcomes(client)
    known = sum(found.values())
    return {
        "mails": total,
        "accepted_in_s": round(accepted, 1),
        "worked_in_s": round(seconds, 1),
        "still_queued": waiting,
        "lost": max(0, total - known - waiting),
        "mails_per_s": round(known / seconds, 1),
        "outcomes": found,
        "api_p95_before_ms": round(_p95(quiet), 1),
        "api_p95_during_ms": round(_p95(during), 1),
    }


def _mails(batch: int, count: int) -> list[Any]:
    """Every second one of one and the same sender, so that his bucket runs dry."""
    mails = []
    for number in range(count):
        mail = laptop.new_mail(f"Storm {batch} {number}")
        who = f"s{(batch * count + number) % SENDERS}" if number % 2 else "flood"
        del mail["From"]
        mail["From"] = f"{who}@customer.test"
        mails.append(mail)
    return mails


def _reads(client: Client, times: int) -> list[float]:
    """Milliseconds of reading a list of tickets, each."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        client.call("GET", "/v1/tickets?category=open&limit=50")
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _waiting(stack: dict[str, Any]) -> int:
    """Mails in the inbound queue, being worked on or not; those of its dead-letter queue are lost."""
    names_only = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
    sqs = boto3.client("sqs", endpoint_url=stack["aws_endpoint"], **names_only)
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = 0
    for url in sqs.list_queues()["QueueUrls"]:
        if "InboundQueue" in url:
            attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
            found += sum(int(attributes[name]) for name in names)
    return found


def _outcomes(client: Client) -> dict[str, int]:
    """How many mails of the ledger ended how."""
    found: dict[str, int] = {}
    cursor = ""
    while True:
        page = client.call("GET", f"/v1/mail?limit=100{cursor}")
        for row in page["data"]:
            name = row["cause"] or row["outcome"]
            found[name] = found.get(name, 0) + 1
        if not page["next_cursor"]:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def worker(mails: int = 500, batch: int = 10) -> dict[str, Any]:
    """`inbound_mail` alone, in one process on tables played by Dynoxide: mails per second of one core, calls a mail.

    The raw mails lie in memory; the process waits for the tables' process, which has a core of its own.
    """
    from helpdesk.core import blobs
    from helpdesk.settings.service import set_up_organisation
    from inbound_mail.handler import handler

    raws = {f"inbound/{number}": laptop.new_mail(f"Storm {number}").as_bytes() for number in range(mails + batch)}
    with dynoxide.tables(), patch.object(blobs, "get", lambda _bucket, key: raws[key]):
        desk.be_signed()
        set_up_organisation("acme", "Acme", "support@acme.test")
        bodies = [_notification(key) for key in raws]
        batches = [bodies[start : start + batch] for start in range(0, len(bodies), batch)]
        handler(_event(batches[0]), None)
        began, processor = time.perf_counter(), time.process_time()
        with metered() as meter:
            failed = [one for some in batches[1:] for one in handler(_event(some), None)["batchItemFailures"]]
        seconds, used = time.perf_counter() - began, time.process_time() - processor
        known = sum(1 for _ in query_all("Deliveries", "acme#MAIL")) - batch
    desk.be_cold()
    return {
        "mails": mails,
        "failed": len(failed),
        "lost": mails - known,
        "per_second": round(mails / seconds, 1),
        "per_second_of_one_core": round(mails / used, 1),
        "dynamodb_calls_a_mail": round(meter.round_trips / mails, 2),
        "write_units_a_mail": round(meter.write_units / mails, 1),
    }


def _event(bodies: list[str]) -> dict[str, Any]:
    return {"Records": [{"messageId": str(number), "body": body} for number, body in enumerate(bodies)]}


def _notification(key: str) -> str:
    verdicts = {f"{name}Verdict": {"status": "PASS"} for name in ("spam", "virus", "spf", "dkim", "dmarc")}
    receipt = {"timestamp": clock.stamp(), "recipients": ["support@acme.test"], "action": {"objectKey": key}}
    return json.dumps({"mail": {"source": "bench@customer.test"}, "receipt": receipt | verdicts})

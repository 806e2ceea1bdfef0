"""The environment of a function, validated once; the only reader of `os.environ`."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from functools import cache

_DEFAULTS = {
    "STAGE": "prod",
    "SEARCH_ENDPOINT": "",
    "SEND_GRACE_SECONDS": "900",
    "JOB_ITEMS_PER_SECOND": "100",
    "AWS_REGION": "us-east-1",
    "WEBHOOK_TARGETS_ALLOWED": "",
}


@dataclass(frozen=True)
class Config:
    """What the template tells every function; each name has one meaning in the whole template."""

    org_id: str
    stage: str
    tickets_table: str
    people_table: str
    settings_table: str
    deliveries_table: str
    idempotency_table: str
    mail_bucket: str
    attachments_bucket: str
    archive_bucket: str
    bus_name: str
    outbound_queue_url: str
    jobs_queue_url: str
    webhook_queue_url: str
    search_queue_url: str
    secret_arn: str
    edge_proof_arn: str
    origin: str
    staff_pool_id: str
    staff_client_id: str
    configuration_set: str
    support_address: str
    send_grace_seconds: str
    job_items_per_second: str
    search_bucket: str
    search_path: str
    search_endpoint: str
    webhook_targets_allowed: str  # private host:port that webhooks may reach; the laptop alone gives it
    aws_region: str

    @property
    def local(self) -> bool:
        """True on the laptop stack, where the origin is plain http."""
        return self.stage == "local"


@cache
def config() -> Config:
    """Read and check the environment.

    Raises
    ------
    RuntimeError
        naming every variable that is missing.
    """
    names = [field.name.upper() for field in fields(Config)]
    found = {name: os.environ.get(name, _DEFAULTS.get(name)) for name in names}
    missing = [name for name, value in found.items() if value is None]
    if missing:
        raise RuntimeError(f"environment lacks {', '.join(missing)}")
    return Config(**{name.lower(): str(value) for name, value in found.items()})

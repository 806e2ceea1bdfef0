"""The screens on AWS: the files of portal_static into their bucket, and the distribution told of it."""

from __future__ import annotations

import hashlib
import mimetypes
import time
from pathlib import Path
from typing import Any

from infra import ROOT

STATIC = ROOT / "portal_static"
BESIDE = {"docs/openapi.json": ROOT / "docs/openapi.json"}  # served with the screens, kept elsewhere
# Browsers ask again each time (CloudFront answers 304); CloudFront keeps a file until the next deployment.
CACHE = "public, max-age=0, s-maxage=31536000, must-revalidate"
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".webmanifest": "application/manifest+json"}


def sync(bucket: str) -> tuple[int, int]:
    """Upload what changed and remove what is gone; how many of each."""
    import boto3

    s3: Any = boto3.client("s3")
    there = _etags(s3, bucket)
    files = {path.relative_to(STATIC).as_posix(): path for path in STATIC.rglob("*") if path.is_file()} | BESIDE
    changed = [key for key, path in files.items() if there.get(key) != _etag(path)]
    for key in changed:
        s3.upload_file(str(files[key]), bucket, key, ExtraArgs=_headers(files[key]))
    gone = sorted(set(there) - set(files))
    for key in gone:
        s3.delete_object(Bucket=bucket, Key=key)
    return len(changed), len(gone)


def invalidate(distribution: str) -> None:
    """Make CloudFront forget all files (one path of the thousand that are free in a month)."""
    import boto3

    cloudfront: Any = boto3.client("cloudfront")
    batch = {"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": str(time.time_ns())}
    cloudfront.create_invalidation(DistributionId=distribution, InvalidationBatch=batch)


def _etags(s3: Any, bucket: str) -> dict[str, str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return {it["Key"]: it["ETag"].strip('"') for page in pages for it in page.get("Contents", [])}


def _etag(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def _headers(path: Path) -> dict[str, str]:
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith(("json", "xml"))
    return {"ContentType": f"{kind}; charset=utf-8" if text else kind, "CacheControl": CACHE}

"""Objects in S3: raw mail, attachments, long bodies; and the short links to them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from helpdesk.core.aws import client
from helpdesk.core.errors import NotFound, Unavailable

LINK_SECONDS = 300
_ERASED_AT_ONCE = 1000  # AWS limit of DeleteObjects


def put(bucket: str, key: str, content: bytes, content_type: str = "application/octet-stream") -> None:
    """Store the bytes, replacing what is there; one round trip."""
    client("s3").put_object(Bucket=bucket, Key=key, Body=content, ContentType=content_type)


def get(bucket: str, key: str) -> bytes:
    """The bytes of an object.

    Raises
    ------
    NotFound
        when there is no such object.
    """
    s3 = client("s3")
    try:
        return s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    except s3.exceptions.NoSuchKey as failure:
        raise NotFound("the stored object is gone") from failure


def put_file(bucket: str, key: str, path: Path) -> None:
    """Store a file of any size, in parts, without holding it in memory."""
    client("s3").upload_file(str(path), bucket, key)


def get_file(bucket: str, key: str, path: Path) -> None:
    """Write an object into a file, in parts side by side.

    Raises
    ------
    NotFound
        when there is no such object.
    """
    from botocore.exceptions import ClientError

    try:
        client("s3").download_file(bucket, key, str(path))
    except ClientError as failure:
        if failure.response.get("Error", {}).get("Code") in {"404", "NoSuchKey", "NotFound"}:
            raise NotFound("the stored object is gone") from failure
        raise


def get_tagged(bucket: str, key: str) -> tuple[bytes, str]:
    """The bytes of an object and the tag of this version of it; raises as `get`."""
    s3 = client("s3")
    try:
        found = s3.get_object(Bucket=bucket, Key=key)
    except s3.exceptions.NoSuchKey as failure:
        raise NotFound("the stored object is gone") from failure
    return found["Body"].read(), str(found["ETag"])


def replace(bucket: str, key: str, content: bytes, tag: str, content_type: str) -> None:
    """Store the bytes in place of the version with this tag.

    Raises
    ------
    Unavailable
        when another writer was quicker.
    """
    from botocore.exceptions import ClientError

    try:
        client("s3").put_object(Bucket=bucket, Key=key, Body=content, ContentType=content_type, IfMatch=tag)
    except ClientError as failure:
        if failure.response.get("Error", {}).get("Code") in {"PreconditionFailed", "ConditionalRequestConflict"}:
            raise Unavailable("another writer has changed the object meanwhile") from failure
        raise


def erase_older(bucket: str, key: str) -> None:
    """Remove every version of an object but the present one."""
    s3: Any = client("s3")
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=key):
        for one in page.get("Versions", ()):
            if one["Key"] == key and not one["IsLatest"]:
                s3.delete_object(Bucket=bucket, Key=key, VersionId=one["VersionId"])


def delete(bucket: str, key: str) -> None:
    """Remove an object; harmless when there is none."""
    client("s3").delete_object(Bucket=bucket, Key=key)


def size(bucket: str, key: str) -> int | None:
    """Bytes that an object has, or None when there is none."""
    from botocore.exceptions import ClientError

    try:
        return int(client("s3").head_object(Bucket=bucket, Key=key)["ContentLength"])
    except ClientError as failure:
        if failure.response.get("Error", {}).get("Code") in {"404", "NoSuchKey", "NotFound"}:
            return None
        raise


def download_link(bucket: str, key: str, *, filename: str, content_type: str, inline: bool) -> str:
    """A link that works for five minutes, for one object, with a name and type that we decide."""
    from urllib.parse import quote

    disposition = f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(filename, safe='')}"
    return client("s3").generate_presigned_url(
        "get_object",
        Params={
            "Bucket": bucket,
            "Key": key,
            "ResponseContentDisposition": disposition,
            "ResponseContentType": content_type,
        },
        ExpiresIn=LINK_SECONDS,
    )


def upload_form(bucket: str, key: str, *, content_type: str, most: int) -> dict[str, Any]:
    """A form `{url, fields}` that lets a browser post one object of at most `most` bytes, for five minutes.

    S3 itself refuses a larger file (content-length-range of the POST policy).
    """
    return client("s3").generate_presigned_post(
        bucket,
        key,
        Fields={"Content-Type": content_type},
        Conditions=[{"Content-Type": content_type}, ["content-length-range", 0, most]],
        ExpiresIn=LINK_SECONDS,
    )


def erase(bucket: str, prefix: str, *, exactly: bool = True, before: datetime | None = None) -> bool:
    """Remove an object, or with `exactly=False` all under a prefix, in every version that the bucket keeps.

    With `before`, False and nothing removed if a version is younger than that: somebody may be about to use it.
    """
    s3: Any = client("s3")
    found: list[dict[str, Any]] = []
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=prefix):
        versions = [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
        found += [one for one in versions if one["Key"] == prefix or not exactly]
    if before and any(one["LastModified"] > before for one in found):
        return False
    for start in range(0, len(found), _ERASED_AT_ONCE):
        batch = found[start : start + _ERASED_AT_ONCE]
        keys = [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in batch]
        answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})
        if answer.get("Errors"):
            raise Unavailable("S3 did not remove all versions of an object")
    return True

"""The response headers of `infra/edge.yaml`, read from there: laptop and CloudFront cannot differ."""

from __future__ import annotations

from typing import Any

from infra import ROOT
from infra.local.translate import read_yaml


def security_headers(attachment_origins: str) -> dict[str, str]:
    """Header name -> value of the distribution's response headers policy."""
    resources = read_yaml(ROOT / "infra" / "edge.yaml")["Resources"]
    policy = resources["SecurityHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    config = policy["SecurityHeadersConfig"]
    headers = {
        "Content-Security-Policy": _csp(config["ContentSecurityPolicy"], attachment_origins),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": config["FrameOptions"]["FrameOption"],
        "Referrer-Policy": config["ReferrerPolicy"]["ReferrerPolicy"],
        "Strict-Transport-Security": f"max-age={config['StrictTransportSecurity']['AccessControlMaxAgeSec']}",
    }
    return headers | {it["Header"]: it["Value"] for it in policy["CustomHeadersConfig"]["Items"]}


def _csp(setting: dict[str, Any], attachment_origins: str) -> str:
    separator, parts = setting["ContentSecurityPolicy"]["Fn::Join"]
    plain = [part["Fn::Sub"] if isinstance(part, dict) else part for part in parts]
    return str(separator.join(plain)).replace("${AttachmentOrigins}", attachment_origins)

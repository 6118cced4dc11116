"""No input gives a 500: anything at any address, and the answer is still one the document knows."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

IDS = st.sampled_from(
    ["job_" + "a" * 26, "pat_" + "b" * 26, "whd_" + "c" * 26, "dev_" + "d" * 26, "x", "%00", "..%2f..", "🧶"]
)
PATHS = st.one_of(
    st.sampled_from(
        ["/", "/p/x", "/api/v1/jobs", "/api/v1/makers", "/api/v1/check", "/generate", "/api/docs", "/metrics"]
    ),
    IDS.map("/api/v1/jobs/{}".format),
    IDS.map("/api/v1/jobs/{}/events".format),
    IDS.map("/api/v1/jobs/{}/cancel".format),
    IDS.map("/api/v1/jobs/{}/retry".format),
    IDS.map("/api/v1/patterns/{}".format),
    IDS.map("/api/v1/patterns/{}.svg".format),
    IDS.map("/api/v1/patterns/{}/progress".format),
    IDS.map("/api/v1/patterns/{}/reports".format),
    st.sampled_from(["/api/v1/webhooks/test", "/api/v1/webhooks/secret", "/api/v1/webhooks/secret/rotate"]),
    IDS.map("/api/v1/devices/{}".format),
    st.sampled_from(["/api/v1/devices", "/api/v1/devices/links", "/api/v1/devices/redeem", "/api/v1/devices/recovery"]),
    st.sampled_from(["/api/v1/me", "/api/v1/me/export"]),
    IDS.map("/api/v1/deliveries/{}".format),
    IDS.map("/api/v1/deliveries/{}/redeliver".format),
    st.text(max_size=20).map(lambda text: "/" + quote(text, safe="%")),
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
WISH = st.fixed_dictionaries(
    {"prompt": ANY | st.text(max_size=30)},
    optional={
        "options": ANY,
        "metadata": ANY,
        "text": ANY,
        "webhook": ANY,
        "url": ANY,
        "code": ANY,
        "secret": ANY,
        "title": ANY,
        "colours": ANY,
    },
)
BODY = st.binary(max_size=80) | (WISH | ANY).map(lambda value: json.dumps(value).encode())
LATIN = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            *("Accept", "Authorization", "Cookie", "If-None-Match", "Last-Event-ID", "Origin", "X-Request-Id", "Range"),
            *("Idempotency-Key", "If-Match", "X-Forwarded-For", "Host", "Content-Encoding", "Sec-Fetch-Site"),
        ]
    ),
    LATIN
    | st.sampled_from(["application/json", "text/html", "Bearer kn_" + "a" * 43, "knotty=kn_" + "a" * 43, '"x"', "*"]),
    max_size=3,
)
QUERY = st.text(max_size=20) | st.sampled_from(
    ["limit=1", "cursor=AA", "after=-1", "after=9", "status=x", "piece=p9", "upto=%00"]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"]),
    path=PATHS,
    query=QUERY,
    headers=HEADERS,
    body=BODY,
    kind=st.sampled_from(["application/json", "text/plain", "application/json; charset=utf-8", "", "x"]),
)
def test_no_input_gives_a_500(client: FlaskClient, **sent: Any) -> None:
    reply = client.open(
        f"{quote(sent['path'], safe='/%')}?{quote(sent['query'], safe='%=&')}",
        method=sent["method"],
        headers=sent["headers"],
        data=sent["body"],
        content_type=sent["kind"],
    )

    assert reply.status_code < 500
    assert reply.headers["X-Request-Id"]
    if reply.status_code >= 400 and sent["method"] != "HEAD":
        assert reply.mimetype == "application/problem+json"
        assert reply.json["status"] == reply.status_code

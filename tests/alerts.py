"""What each alert is asked: series under which it fires, and the quiet ones beside them. promtool judges.

Series are in promtool's own notation: `0+6x60` rises by six a minute for an hour.
"""

from __future__ import annotations

from typing import Any, TypedDict

REQUESTS = 'knotty_http_request_duration_seconds_count{status="%s",url_rule="/"}'
BUCKET = 'knotty_http_request_duration_seconds_bucket{status="200",url_rule="/",le="%s"}'
HELD = BUCKET.replace('url_rule="/"', 'url_rule="/api/v1/jobs held"')
FIRST = 'knotty_job_first_row_seconds_bucket{le="%s"}'
FINISHED = 'knotty_jobs_finished_total{status="%s"}'
PATTERNS = 'knotty_patterns_total{verdict="%s"}'


class Case(TypedDict):
    """Two worlds, each {series: values}, and the minute at which they are looked at."""

    fires: dict[str, str]
    quiet: dict[str, str]
    at: int


CASES: dict[str, Case] = {
    "ApiErrorsFast": {
        "fires": {REQUESTS % 200: "0+600x120", REQUESTS % 500: "0+12x120"},  # 2 % of requests
        "quiet": {REQUESTS % 200: "0+600x120", REQUESTS % 500: "0+1x120"},
        "at": 90,
    },
    "ApiErrorsSlow": {
        "fires": {REQUESTS % 200: "0+600x480", REQUESTS % 500: "0+6x480"},  # 1 %
        "quiet": {REQUESTS % 200: "0+600x480", REQUESTS % 500: "0+2x480"},
        "at": 420,
    },
    "ApiSlow": {
        "fires": {BUCKET % "0.3": "0+0x60", BUCKET % "1": "0+60x60", BUCKET % "+Inf": "0+60x60"},
        "quiet": {  # who waits on purpose is not slow
            **{BUCKET % le: "0+60x60" for le in ("0.3", "1", "+Inf")},
            **{HELD % le: f"0+{n}x60" for le, n in (("0.3", 0), ("1", 0), ("+Inf", 600))},
        },
        "at": 40,
    },
    "JobsFailing": {
        "fires": {FINISHED % "succeeded": "0+2x60", FINISHED % "failed": "0+1x60"},
        "quiet": {FINISHED % "succeeded": "0+2x60", FINISHED % "failed": "0+0x60"},
        "at": 40,
    },
    "QueueStuck": {
        "fires": {
            "knotty_oldest_queued_seconds": "0+60x60",
            'knotty_job_attempts_total{end="finished"}': "7+0x60",
            'knotty_jobs{status="running"}': "0+0x60",
        },
        "quiet": {  # a long queue, but it moves
            "knotty_oldest_queued_seconds": "0+60x60",
            'knotty_job_attempts_total{end="finished"}': "7+1x60",
            'knotty_jobs{status="running"}': "1+0x60",
        },
        "at": 20,
    },
    "FirstRowSlow": {
        "fires": {FIRST % "30": "0+0x60", FIRST % "60": "0+6x60", FIRST % "+Inf": "0+6x60"},
        "quiet": {FIRST % "30": "0+6x60", FIRST % "60": "0+6x60", FIRST % "+Inf": "0+6x60"},
        "at": 50,
    },
    "PatternsUnproven": {
        "fires": {PATTERNS % "ok": "0+2x90", PATTERNS % "unchecked": "0+1x90"},
        "quiet": {PATTERNS % "ok": "0+2x90", PATTERNS % "unchecked": "0+0x90"},
        "at": 80,
    },
    "LeasesOverdue": {
        "fires": {"knotty_leases_expired": "0x5 3x20"},
        "quiet": {"knotty_leases_expired": "0+0x25"},
        "at": 15,
    },
    "SweepAway": {
        "fires": {'knotty_store_up{store="postgres"}': "1x5 _x20"},
        "quiet": {'knotty_store_up{store="postgres"}': "1+0x25"},
        "at": 15,
    },
    "ApiAway": {
        "fires": {'knotty_streams_open{kind="wait"}': "0x5 _x20"},
        "quiet": {'knotty_streams_open{kind="wait"}': "0+0x25"},
        "at": 15,
    },
    "StoreDown": {
        "fires": {'knotty_store_up{store="redis"}': "1x5 0x20"},
        "quiet": {'knotty_store_up{store="redis"}': "1+0x25"},
        "at": 15,
    },
    "ModelDown": {
        "fires": {
            'knotty_model_up{model="knotty"}': "0+0x40",
            'knotty_model_up{model="knotty-mini"}': "1+0x40",  # who steps in hides nothing
            'knotty_jobs{status="queued"}': "1+0x40",
            'knotty_jobs{status="running"}': "0+0x40",
        },
        "quiet": {  # at rest, scaled to nothing: nobody asks
            'knotty_model_up{model="knotty"}': "0+0x40",
            'knotty_jobs{status="queued"}': "0+0x40",
            'knotty_jobs{status="running"}': "0+0x40",
        },
        "at": 30,
    },
    "ModelNotLoaded": {
        "fires": {
            'knotty_model_up{model="knotty"}': "1+0x40",
            'knotty_model_loaded{model="knotty"}': "0+0x40",
            'knotty_jobs{status="queued"}': "1+0x40",
            'knotty_jobs{status="running"}': "0+0x40",
        },
        "quiet": {  # a load takes its time
            'knotty_model_up{model="knotty"}': "1+0x40",
            'knotty_model_loaded{model="knotty"}': "0x8 1x32",
            'knotty_jobs{status="queued"}': "1+0x40",
            'knotty_jobs{status="running"}': "0+0x40",
        },
        "at": 30,
    },
    "ProofLost": {
        "fires": {'knotty_rechecks_total{result="lost"}': "0x10 1x60"},
        "quiet": {'knotty_rechecks_total{result="lost"}': "0+0x70", 'knotty_rechecks_total{result="gained"}': "0+1x70"},
        "at": 30,
    },
    "WebhookGivenUp": {
        "fires": {'knotty_webhook_attempts_total{result="given_up"}': "0x10 1x60"},
        "quiet": {'knotty_webhook_attempts_total{result="given_up"}': "1+0x70"},
        "at": 30,
    },
    "WebhooksLate": {
        "fires": {"knotty_webhook_oldest_due_seconds": "0+60x60"},
        "quiet": {"knotty_webhook_oldest_due_seconds": "30+0x60"},
        "at": 30,
    },
}
# Without any traffic nothing is known and nobody is woken; only who is not there at all is told.
SILENT = set(CASES) - {"ApiAway", "SweepAway"}


def document(rules: str) -> dict[str, Any]:
    """promtool's test file: each alert where it must fire, where it must not, and where there is nothing at all."""
    tests = []
    for name, case in CASES.items():
        for world, fires in ((case["fires"], True), (case["quiet"], False), ({}, name not in SILENT)):
            firing = f'count(ALERTS{{alertname="{name}",alertstate="firing"}}) or vector(0)'
            tests.append(
                {
                    "name": f"{name} {'fires' if fires else 'is quiet'}",
                    "interval": "1m",
                    "input_series": [{"series": series, "values": values} for series, values in world.items()],
                    "promql_expr_test": [
                        {
                            "expr": firing,
                            "eval_time": f"{case['at']}m",
                            "exp_samples": [{"labels": "{}", "value": int(fires)}],
                        }
                    ],
                }
            )
    return {"rule_files": [rules], "evaluation_interval": "1m", "tests": tests}

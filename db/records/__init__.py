"""Records: what can be done with the store. A verb is one short transaction.

Views are plain dicts in the shape the API shows, less links. A job:

    {id, maker_id, status, phase, attempt, version, created_at, started_at, finished_at, prompt, options,
     progress: {queue_position, seconds_left, rows_written, rows_proven, rows_expected},
     pattern: {id, title}, model, usage, error, metadata, webhook}

`version` is the number of its last event. A pattern is the document with its pieces and rows; see `patterns.py`.
"""

from db.records.basket import patterns_of
from db.records.belongings import belongings, forget_maker
from db.records.counting import Backlog, Ended, backlog, count_ended
from db.records.devices import devices_of, revoke_device
from db.records.edits import delete_pattern, edit_pattern
from db.records.errors import (
    AlreadyFinished,
    AlreadyOpened,
    BadCursor,
    Gone,
    KeyReused,
    NoSuchColour,
    NoSuchDelivery,
    NoSuchDevice,
    NoSuchJob,
    NoSuchLink,
    NoSuchPattern,
    NoSuchRow,
    NotFound,
    NotRetryable,
    QueueFull,
    QuotaSpent,
    Revoked,
    Stale,
    TakenDown,
)
from db.records.jobs import cancel, events, job, job_as, jobs_of, news
from db.records.keeping import forget_creations, forget_deliveries, forget_jobs, forget_makers, forget_secrets
from db.records.keys import server_key
from db.records.links import open_link, open_recovery, recovery_of, redeem, revoke_recovery
from db.records.makers import Bearer, bearer_of, mint_maker
from db.records.opening import Key, open_job
from db.records.operators import put_back, reported_patterns, ring_again, stuck_jobs, take_down
from db.records.patterns import pattern
from db.records.posting import Errand, Outcome, claim_deliveries, keep_outcome
from db.records.progress import merge_notes, merge_progress, progress
from db.records.quotas import HOUR, Quota
from db.records.rechecks import Kept, keep_recheck, take_recheck
from db.records.reports import report, reports_of
from db.records.retries import retry_job
from db.records.rounds import mark_rung, reap, to_ring
from db.records.samples import Sample, absent_samples, keep_sample
from db.records.turns import alone
from db.records.webhooks import (
    deliveries_of,
    delivery,
    endpoints,
    ping_webhook,
    redeliver,
    rotate_webhook_secret,
    webhook_secret,
)
from db.records.writing import (
    Claim,
    add_row,
    beat,
    claim,
    fail,
    finish,
    hand_back,
    phase,
    rewritten,
    set_head,
)

__all__ = [
    "HOUR",
    "AlreadyFinished",
    "AlreadyOpened",
    "Backlog",
    "BadCursor",
    "Bearer",
    "Claim",
    "Ended",
    "Errand",
    "Gone",
    "Kept",
    "Key",
    "KeyReused",
    "NoSuchColour",
    "NoSuchDelivery",
    "NoSuchDevice",
    "NoSuchJob",
    "NoSuchLink",
    "NoSuchPattern",
    "NoSuchRow",
    "NotFound",
    "NotRetryable",
    "Outcome",
    "QueueFull",
    "Quota",
    "QuotaSpent",
    "Revoked",
    "Sample",
    "Stale",
    "TakenDown",
    "absent_samples",
    "add_row",
    "alone",
    "backlog",
    "bearer_of",
    "beat",
    "belongings",
    "cancel",
    "claim",
    "claim_deliveries",
    "count_ended",
    "delete_pattern",
    "deliveries_of",
    "delivery",
    "devices_of",
    "edit_pattern",
    "endpoints",
    "events",
    "fail",
    "finish",
    "forget_creations",
    "forget_deliveries",
    "forget_jobs",
    "forget_maker",
    "forget_makers",
    "forget_secrets",
    "hand_back",
    "job",
    "job_as",
    "jobs_of",
    "keep_outcome",
    "keep_recheck",
    "keep_sample",
    "mark_rung",
    "merge_notes",
    "merge_progress",
    "mint_maker",
    "news",
    "open_job",
    "open_link",
    "open_recovery",
    "pattern",
    "patterns_of",
    "phase",
    "ping_webhook",
    "progress",
    "put_back",
    "reap",
    "recovery_of",
    "redeem",
    "redeliver",
    "report",
    "reported_patterns",
    "reports_of",
    "retry_job",
    "revoke_device",
    "revoke_recovery",
    "rewritten",
    "ring_again",
    "rotate_webhook_secret",
    "server_key",
    "set_head",
    "stuck_jobs",
    "take_down",
    "take_recheck",
    "to_ring",
    "webhook_secret",
]

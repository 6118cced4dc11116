"""Settings: everything an operator can set, read once from the environment at a door."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, Self, get_args, get_type_hints


class BadSetting(ValueError):
    """A setting in the environment that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One frozen set of settings. Each field is the environment variable of the same name in capitals.

    Only doors read it (app factory, worker, sweep, migrations, model server); everything below is handed what it
    needs. Times are seconds.
    """

    database_url: str = "postgresql+psycopg://localhost/knotty"
    redis_url: str = "redis://localhost:6379/0"
    # To Postgres, of one process each. More do not make it faster: one of the api's runs one thread's Python at a time.
    api_connections: int = 12
    worker_connections: int = 4  # the row that is kept, the heartbeat, the turn to wake a model
    sweep_connections: int = 10  # its loops and who reads its metrics, beside one for each of `webhook_senders`
    public_url: str = ""  # where people reach us; empty: links are relative to the host that was asked
    web_dist: str = "web/dist"  # the built page; empty: the API alone
    trusted_hosts: str = ""  # comma separated; empty: any
    proxies: int = 0  # hops whose X-Forwarded-* are believed

    model_url: str = "http://127.0.0.1:11434"
    model_name: str = "knotty-mini"
    model_api: Literal["ollama", "openai"] = "ollama"  # openai: the completions of vLLM and llama-server
    model_key: str = field(default="", repr=False)  # sent as a bearer token; empty: none
    model_prompt: Literal["plain", "llama3"] = "plain"  # what the model was taught to read
    model_examples: int = (
        0  # sheets shown with every llama3 prompt, 2 at most: for a model that was never trained on any
    )
    fallback_model_url: str = ""  # a model that writes while the first is away; empty: none
    fallback_model_name: str = "knotty-mini"
    fallback_model_api: Literal["ollama", "openai"] = "ollama"
    fallback_model_prompt: Literal["plain", "llama3"] = "plain"
    fallback_after: float = 20.0  # for how long the first must have been away
    model_wait: float = 900.0  # how long a job waits for a model that is away
    model_connect_timeout: float = 3.05
    model_first_byte_timeout: float = 120.0
    model_read_timeout: float = 30.0
    # A job's writing time, waiting for the model not counted. Above what a big model may write (240 s) and above the
    # tries of a silent one (120 s each) before it counts as away.
    job_seconds: float = 600.0

    lease_seconds: float = 30.0
    heartbeat_seconds: float = 5.0
    lease_lost_seconds: float = 25.0  # a worker that could not renew for this long stops writing
    max_crashes: int = 3
    ring_seconds: float = 1.0  # the sweep looks at least this often for jobs to ring
    ring_again_seconds: float = 15.0  # rung, but nobody claimed it: ring again
    reap_seconds: float = 2.0
    stop_seconds: float = 10.0  # a worker told to stop hands its job back within this

    webhook_allow: str = ""  # receivers that the address guard would refuse: origins, comma separated; no port: any
    webhook_pauses: str = "5,300,1800,7200,18000,36000,36000"  # before the second try, the third ..., each +-20 %
    webhook_seconds: float = 15.0  # one try in all, from the name to the end of the answer
    webhook_connect_seconds: float = 3.0
    webhook_lease_seconds: float = 30.0  # a deliverer that has not come back from a try by then has died
    webhook_senders: int = 8  # tries at once
    webhook_host_minute: int = 60  # tries a minute that one host gets, over all makers
    webhook_give_up_seconds: float = 5 * 86400.0  # a receiver that has failed for so long is given up

    keep_days: float = 30.0  # jobs that have ended, with their events and idempotency keys; deliveries that have ended
    keep_makers_days: float = 30.0  # makers who have nothing, since they were last seen

    max_body_bytes: int = 64 * 1024
    # For a server on the internet. `./knotty up` lifts them: a person on their own machine never meets one.
    unfinished_a_maker: int = 5
    creations_an_hour: int = 10  # jobs, of one address; IPv6 by its /64
    reads_a_minute: int = 120  # of one address, in each process
    writes_a_minute: int = 60
    unknown_ids_a_minute: int = 60
    held_a_maker: int = 6  # streams and waits of one maker, or of one address without credentials
    queue_seconds: float = 600.0  # work that may wait; beyond it a wish is refused for now
    sse_seconds: float = 60.0
    sse_ping_seconds: float = 15.0
    metrics_port: int = 0  # a port of its own for /metrics; 0: none
    metrics_host: str = "127.0.0.1"  # where that port listens
    metrics_public: int = 0  # 1: the api has /metrics on its public port too, for whoever asks
    log_level: str = "INFO"

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Self:
        """Reads the environment; unset names keep their default. Raises BadSetting with all that is wrong."""
        env = os.environ if env is None else env
        values: dict[str, object] = {}
        faults: list[str] = []
        kinds = get_type_hints(cls)
        for each in fields(cls):
            name, kind = each.name.upper(), kinds[each.name]
            if (text := env.get(name)) is None:
                continue
            try:
                values[each.name] = text if get_args(kind) else kind(text)
            except ValueError:
                faults.append(f"{name}={text!r} is not a number")
            if get_args(kind) and text not in get_args(kind):
                faults.append(f"{name}={text!r} is not one of: {', '.join(get_args(kind))}")
        if faults:
            raise BadSetting("; ".join(faults))
        return cls(**values)  # type: ignore[arg-type]

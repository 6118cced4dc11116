"""The stack: `./knotty up` and `./knotty dev`. Embedded servers, migrations, then every process of the Procfile.

`DATABASE_URL`, `REDIS_URL` or `MODEL_URL` set: that part is somebody else's and is not started here.
"""

from __future__ import annotations

import functools
import itertools
import os
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from embedded import children, home, page, ports, postgres, prometheus, valkey
from embedded.children import CannotStart
from embedded.home import ROOT
from embedded.supervisor import Child, Start, Supervisor

# The order in which they are stopped.
STAGES = ["page", "prometheus", "api", "worker", "sweep", "llm", "valkey", "postgres"]
GRACE = {"api": 8.0, "worker": 15.0, "postgres": 30.0}
# What they get when we are killed. A worker would try to hand its job back to a Postgres that ends in the same moment;
# its lease runs out just as well.
DEATH = {"worker": signal.SIGKILL, "sweep": signal.SIGKILL}
# A person on their own machine never meets a limit; what the environment says goes before it.
LIFTED = {
    "UNFINISHED_A_MAKER": "10000",
    "CREATIONS_AN_HOUR": "1000000",
    "READS_A_MINUTE": "1000000",
    "WRITES_A_MINUTE": "1000000",
    "UNKNOWN_IDS_A_MINUTE": "1000000",
    "HELD_A_MAKER": "96",
    "QUEUE_SECONDS": "1000000",
    "WEBHOOK_HOST_MINUTE": "1000000",
}
# Webhook receivers on one's own machine: nobody else can name them there.
LOOPBACK = ",".join(f"{way}://{host}" for way in ("http", "https") for host in ("localhost", "127.0.0.1", "[::1]"))
# What a change in a package means for the processes, while developing.
WATCHED = {
    "api": ("api",),
    "jobs": ("api", "worker", "sweep"),
    "db": ("api", "worker", "sweep"),
    "crochet": ("api", "worker", "sweep", "llm"),
    "llm": ("llm",),
}


def say(text: str = "") -> None:
    """A line for the one at the keyboard."""
    print(text, flush=True)


def up(dev: bool = False, monitoring: bool = False) -> int:
    """Starts everything and stays until Ctrl-C. A second one only says where the first is."""
    place = home.folder()
    lock = home.lock(place)
    if lock is None:
        return attach(place)
    for number in (signal.SIGTERM, signal.SIGHUP):  # until the supervisor listens: leave as by Ctrl-C
        signal.signal(number, lambda *_: signal.raise_signal(signal.SIGINT))
    stack = Stack(place, dev, monitoring)
    try:
        stack.run()
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        stack.supervisor.stop()
        home.note(place, None)
        os.close(lock)
    return 0


def attach(place: Path) -> int:
    """Says where the running Knotty is, once it is ready."""
    end, told = time.monotonic() + 180, False
    while time.monotonic() < end:
        found = home.running(place)
        if found and found.ready:
            say(f"Knotty is already running: {found.url}")
            return 0
        if not told:
            say("Knotty is being started elsewhere. Waiting for it ...")
            told = True
        time.sleep(0.2)
    say(f"Another process holds {place} and does not get ready. Its words are in its own terminal.")
    return 1


@dataclass
class Stack:
    """One run: where its data are, what it gives its processes, and their supervisor."""

    place: Path
    dev: bool
    monitoring: bool = False
    env: dict[str, str] = field(default_factory=dict)
    ready: bool = False

    def __post_init__(self) -> None:
        self.supervisor = Supervisor(sys.stdout.buffer, colour=sys.stdout.isatty(), changed=self._note)
        self.began = time.monotonic()
        self.url = ""
        self.door = ""  # where the api itself answers
        self.metrics: dict[str, int] = {}  # which process tells Prometheus what it counts, and on which port
        self.seen: dict[Path, int] = {}
        self.looked = 0.0

    def run(self) -> None:
        """From nothing to running, and on until somebody asks to stop."""
        home.end_leftovers(self.place)
        self._choose_addresses()
        dist = page.DIST if self.dev else page.ensure_built(say)
        if self.dev:
            page.ensure_packages(say)
        (self.place / "log").mkdir(exist_ok=True)
        self.env |= {"WEB_DIST": str(dist)}
        self.env.pop("PROMETHEUS_MULTIPROC_DIR", None)  # of the api alone: what the sweep counts would be told twice
        self._start_servers()
        self._migrate()
        say("Starting Knotty ...")
        for child in [*self._processes(), *self._prometheus()]:
            self.supervisor.add(child)
        self.supervisor.run(self._tick)
        say("Stopped. Everything is kept.")

    def _choose_addresses(self) -> None:
        port = ports.choose(say)
        self.url = os.environ.get("PUBLIC_URL") or f"http://localhost:{port}"
        api_port = ports.free() if self.dev else port
        bind = os.environ.get("BIND", "127.0.0.1").partition(":")[0]
        self.door = f"http://{'127.0.0.1' if bind in ('', '0.0.0.0') else bind}:{api_port}"
        self.env = {
            **LIFTED,
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "BIND": bind,
            "PORT": str(api_port),
            "PAGE_PORT": str(port),
            "WEBHOOK_ALLOW": os.environ.get("WEBHOOK_ALLOW", LOOPBACK),
            "LOG_LEVEL": os.environ.get("LOG_LEVEL", "INFO" if self.dev else "WARNING"),
        }
        if "MODEL_URL" not in os.environ:
            model_port = ports.free()
            self.env |= {"MODEL_PORT": str(model_port), "MODEL_URL": f"http://127.0.0.1:{model_port}"}

    def _start_servers(self) -> None:
        """The database and the queue, unless their URLs say that they are elsewhere."""
        logs = self.place / "log"
        if given := os.environ.get("DATABASE_URL"):
            self.env["DATABASE_URL"] = with_driver(given)
        else:
            say("Starting Postgres ...")
            database = postgres.prepare(self.place)
            log = fresh_log(logs / "postgres.log")
            child = self._child("postgres", lambda _: database.spawn(log), postgres.STOP)
            self.supervisor.add(child)
            assert child.process is not None
            database.wait(child.process, log)
            database.make_database()
            self.env["DATABASE_URL"] = database.url()
        if given := os.environ.get("REDIS_URL"):
            self.env["REDIS_URL"] = given
        else:
            say("Starting Valkey ...")
            queue = valkey.prepare(self.place)
            log = fresh_log(logs / "valkey.log")
            child = self._child("valkey", lambda _: queue.spawn(log), valkey.STOP)
            self.supervisor.add(child)
            assert child.process is not None
            queue.wait(child.process, log)
            self.env["REDIS_URL"] = queue.url

    def _migrate(self) -> None:
        say("Bringing the tables up to date ...")
        try:
            children.run([sys.executable, "-m", "alembic", "upgrade", "head"], env=self.env, cwd=ROOT)
        except CannotStart as fault:
            end = "\n".join(str(fault).splitlines()[-6:])
            raise CannotStart(f"The tables could not be brought up to date, so nothing was started:\n{end}") from None

    def _processes(self) -> list[Child]:
        """Every process of the Procfile; of the workers as many as there are cores, four at most."""
        made = []
        self.metrics = {"api": ports.free(), "sweep": ports.free()}
        for name, command in procfile().items():
            if name == "llm" and "MODEL_URL" in os.environ:
                continue
            names = [f"worker.{i + 1}" for i in range(worker_count())] if name == "worker" else [name]
            env = self.env | {"METRICS_PORT": str(self.metrics.get(name, 0))}
            if name == "api":
                env["PROMETHEUS_MULTIPROC_DIR"] = str(self.place / "metrics")
            start = functools.partial(self._spawn, command, env=env, death=DEATH.get(name, signal.SIGTERM))
            made += [self._child(each, start) for each in names]
        if self.dev:
            vite = [page.node(), page.WEB / "node_modules" / "vite" / "bin" / "vite.js", "--strictPort"]
            command = [str(word) for word in (*vite, "--port", self.env["PAGE_PORT"])]
            env = page.environment() | {"KNOTTY_API": self.door}
            made.append(self._child("page", functools.partial(self._spawn, command, cwd=page.WEB, env=env)))
        return made

    def _prometheus(self) -> list[Child]:
        """With `--monitoring`: a Prometheus that scrapes what runs here, under the rules of the cluster."""
        if not self.monitoring:
            return []
        program, port = prometheus.ensure(self.place, say), ports.free()
        config = prometheus.configure(self.place, self.metrics)
        words = prometheus.command(program, self.place, config, port)
        (self.place / prometheus.ADDRESS).write_text(f"http://127.0.0.1:{port}\n")
        say(f"Prometheus: http://127.0.0.1:{port}  (alerts: /alerts; its figures here: ./knotty panels)")
        return [self._child("prometheus", functools.partial(self._spawn, words), prometheus.STOP)]

    def _child(self, name: str, start: Start, how: signal.Signals = signal.SIGTERM) -> Child:
        kind = name.partition(".")[0]
        stage = STAGES.index(kind) if kind in STAGES else STAGES.index("llm")
        return Child(name, start, stage, how, GRACE.get(kind, 5.0))

    def _spawn(
        self,
        command: list[str],
        out: int,
        *,
        cwd: Path = ROOT,
        env: dict[str, str] | None = None,
        death: signal.Signals = signal.SIGTERM,
    ) -> subprocess.Popen[bytes]:
        return children.spawn(command, env=env or self.env, cwd=cwd, out=out, death=death)

    def _tick(self) -> None:
        """Between two looks at the children: says once when all is ready; while developing, looks for changes."""
        if not self.ready and ports.answers(f"{self.door}/readyz") and (not self.dev or ports.answers(self.url)):
            self.ready = True
            self._note([kid.process.pid for kid in self.supervisor.kids if kid.process])
            say(f"\nKnotty is ready after {time.monotonic() - self.began:.0f} s:  {self.url}   (Ctrl-C stops it)\n")
        if self.dev and time.monotonic() - self.looked > 1:
            self.looked = time.monotonic()
            self._restart_changed()

    def _restart_changed(self) -> None:
        now = {file: file.stat().st_mtime_ns for name in WATCHED for file in (ROOT / name).rglob("*.py")}
        changed = {file.relative_to(ROOT).parts[0] for file, at in now.items() if self.seen.get(file, at) != at}
        self.seen = now
        for name in sorted(changed):
            say(f"{name} changed")
            self.supervisor.restart(*WATCHED[name])

    def _note(self, pids: list[int]) -> None:
        if pids:
            home.note(self.place, home.me(self.url, pids, self.ready))


def procfile() -> dict[str, list[str]]:
    """The Procfile's processes as words to start. Python programs are run by this Python, wherever .venv was moved."""
    found = {}
    for line in (ROOT / "Procfile").read_text().splitlines():
        name, colon, command = line.partition(":")
        if not colon or line.startswith("#"):
            continue
        words = shlex.split(command)
        if words[0] == "env":  # which port is whose is ours to say here
            words = list(itertools.dropwhile(lambda word: "=" in word, words[1:]))
        python = {"python": [sys.executable], "gunicorn": [sys.executable, "-m", "gunicorn"]}
        found[name.strip()] = python.get(words[0], words[:1]) + words[1:]
    return found


def worker_count() -> int:
    """How many workers: `KNOTTY_WORKERS`, else as many as cores, from two to four."""
    if given := os.environ.get("KNOTTY_WORKERS"):
        return int(given)
    return min(max(len(os.sched_getaffinity(0)), 2), 4)


def with_driver(url: str) -> str:
    """postgres:// and postgresql:// as hosting companies write them, with the driver that is installed."""
    scheme, mark, rest = url.partition("://")
    return f"postgresql+psycopg{mark}{rest}" if scheme in ("postgres", "postgresql") else url


def fresh_log(log: Path) -> Path:
    """A new log; the one of the last run is kept beside it."""
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    log.touch()
    return log

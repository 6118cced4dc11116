"""Session: the one way to the store. Doors bind it to a database; verbs open short transactions with it."""

from __future__ import annotations

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import sessionmaker

from settings import Settings

# Stands on the ground floor, unbound, so that models and records need no app to be imported.
Session = sessionmaker(expire_on_commit=False)

# A request must not hang on a store that went silent. Milliseconds.
_LIMITS = "-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=15000"


def make_engine(settings: Settings, connections: int = 10) -> Engine:
    """An engine whose connections are tried before use and which gives up on a silent server."""
    return create_engine(
        settings.database_url,
        hide_parameters=True,  # else an error in the log would hold what a maker wrote
        pool_size=connections,
        max_overflow=connections,
        pool_timeout=5,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": 5,
            "options": _LIMITS,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 2,
            "tcp_user_timeout": 5000,
        },
    )


def bind(settings: Settings, connections: int = 10) -> Engine:
    """Binds the process's Session to the store that the settings name; gives the engine, to dispose of at the end."""
    engine = make_engine(settings, connections)
    Session.configure(bind=engine)
    return engine

"""Serving: gunicorn with threads, and the ticking scheduler beside the site or in a process of its own."""

from __future__ import annotations

import gc
import signal
import socket
import sys
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from sqlalchemy.exc import SQLAlchemyError

from engine import database, mail, procedures, scheduler
from engine.errors import Invalid

from . import create_app

if TYPE_CHECKING:
    from .configuration import Configuration


def check_port(configuration: Configuration) -> None:
    """Raise Invalid where somebody else serves there; gunicorn would try again and again."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((configuration.host, configuration.port))
        except OSError as error:
            place = f"port {configuration.port} of {configuration.host}"
            raise Invalid(
                {"port": f"Cannot serve on {place}: {error.strerror}. Choose another with PORT=8001 make run, or --port."}
            ) from error


def serve(configuration: Configuration, *, ticking: bool) -> None:
    """Serve the site until the process is stopped; with the scheduler beside it, where nobody else runs one."""
    Server(configuration, ticking=ticking).run()


def work(configuration: Configuration, sessions: database.Sessions) -> None:
    """Do what is due until the process is stopped; what is being done then is finished first."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    ticking = scheduler.Ticking(sessions, transport(configuration), base_url=configuration.base_url)
    stop.wait()
    ticking.shutdown()


def transport(configuration: Configuration) -> mail.Transport | None:
    """The way letters leave; None where no mail server is configured."""
    if not configuration.smtp_host:
        return None
    return mail.Smtp(
        host=configuration.smtp_host,
        port=configuration.smtp_port,
        security=configuration.smtp_security,
        user=configuration.smtp_user,
        password=configuration.smtp_password,
        sender=configuration.smtp_from,
    )


def _get_ready(sessions: database.Sessions) -> None:
    """Read what is deployed before the first visitor comes, and have the search for garbage pass it over: it is kept for good.

    Each search through all of it would let whoever is there wait for a tenth of a second.
    """
    with suppress(SQLAlchemyError), database.transaction(sessions, reading=True) as session:
        procedures.all_deployed(session)
    gc.collect()
    gc.freeze()


class Server(BaseApplication):
    """Gunicorn, told everything here instead of in a file of its own."""

    def __init__(self, configuration: Configuration, *, ticking: bool) -> None:
        self.configuration = configuration
        self.ticking = ticking
        self.scheduler: Any = None
        super().__init__()

    def load_config(self) -> None:
        """Gunicorn asks for its settings."""
        settings = {
            "bind": f"{self.configuration.host}:{self.configuration.port}",
            "worker_class": "gthread",
            "workers": self.configuration.processes,
            "threads": self.configuration.threads,
            "loglevel": "warning",
            # It would open one in the home of whoever runs it.
            "control_socket_disable": True,
            "when_ready": self._say_where,
            "worker_exit": self._stop_ticking,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Gunicorn asks for the site, in each process that serves it: connections and threads do not survive a fork."""
        app = create_app(self.configuration)
        sessions = app.extensions["casework"].sessions
        _get_ready(sessions)
        if self.ticking:
            self.scheduler = scheduler.Ticking(sessions, transport(self.configuration), base_url=self.configuration.base_url)
        return app

    def _say_where(self, _server: Any) -> None:
        sys.stderr.write(f"Casework is on {self.configuration.base_url} (Ctrl-C stops it)\n")

    def _stop_ticking(self, _server: Any, _worker: Any) -> None:
        if self.scheduler is not None:
            self.scheduler.shutdown()

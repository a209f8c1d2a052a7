"""A Streamlit server of the tests' own: started on a free port, waited for, ended by its process."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 300


@dataclass(frozen=True)
class Server:
    """A running Streamlit server.

    Parameters
    ----------
    url : str
        Its address, without a slash at the end.
    log : Path
        What it has printed.
    pid : int
        Its process.
    """

    url: str
    log: Path
    pid: int = 0

    def owns(self, url: str) -> bool:
        """Whether a request to this address stays inside the app."""
        parts = urlsplit(url)
        return parts.scheme in {"data", "blob", "about"} or parts.netloc == urlsplit(self.url).netloc

    def printed(self) -> str:
        """Return the log so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def running_server(script: Path, log: Path) -> Iterator[Server]:
    """Serve ``script`` with the project's own settings until the block ends."""
    port = _free_port()
    options = (f"--server.port={port}", "--server.headless=true")
    command = [sys.executable, "-m", "streamlit", "run", str(script), *options]
    with log.open("wb") as sink, subprocess.Popen(command, cwd=ROOT, stdout=sink, stderr=subprocess.STDOUT) as process:
        server = Server(f"http://127.0.0.1:{port}", log, process.pid)
        try:
            _wait_until_healthy(server, process)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _is_healthy(server.url):
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with code {process.returncode}. It printed:\n{server.printed()}")
        if time.monotonic() > deadline:
            raise RuntimeError(f"No answer from the server in {START_SECONDS} s. It printed:\n{server.printed()}")
        time.sleep(0.05)


def _is_healthy(url: str) -> bool:
    try:
        with urlopen(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False

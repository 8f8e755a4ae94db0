"""A real Ray cluster of one machine on loopback, started and ended by a test: `ray start`."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port

_COMMAND = Path(sys.executable).with_name("ray")
_PATIENCE_SECONDS = 120.0
_STORE_BYTES = 100 * 1024**2


@contextmanager
def ray_run(folder: Path, *, cpus: int = 2) -> Iterator[str]:
    """Its address. What it writes goes into the folder, whose path should be short: Ray makes
    sockets in it."""
    port, log = free_port(), folder / "ray.log"
    options = {
        "--port": port,
        "--node-ip-address": "127.0.0.1",
        "--num-cpus": cpus,
        "--object-store-memory": _STORE_BYTES,
        "--include-dashboard": "false",
        "--temp-dir": folder,
        "--ray-client-server-port": free_port(),
    }
    command = [str(_COMMAND), "start", "--head", "--block", "--disable-usage-stats"]
    command += [f"{name}={value}" for name, value in options.items()]
    with log.open("wb") as told:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=told, stderr=told, env=os.environ
        )
    try:
        until = time.monotonic() + _PATIENCE_SECONDS
        while b"Ray runtime started" not in log.read_bytes():
            assert process.poll() is None, log.read_text(errors="replace")
            assert time.monotonic() < until, "Ray does not start"
            time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)

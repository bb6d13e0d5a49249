"""A JupyterLab for the tests alone: nothing of the user's is touched."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
SECONDS = 60
# Where Jupyter and IPython would look into the user's home.
FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}
# On a first visit Lab asks whether it may fetch news; here it may not.
NEWS = "settings/@jupyterlab/apputils-extension/"
NEWS += "notification.jupyterlab-settings"
SILENT = {"fetchNews": "false", "checkForUpdates": False}


def environment(folder: Path) -> dict[str, str]:
    """The variables of a process that keeps to this folder."""
    kept = {k: v for k, v in os.environ.items() if k[:7] != "JUPYTER"}
    own = {name: str(folder / place) for name, place in FOLDERS.items()}
    return {
        **kept,
        **own,
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PYTHONPATH": str(ROOT),
        # A warning about frozen modules, which nobody debugs here.
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


def command(notebooks: Path, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={notebooks}",
        # So that a test can give Lab's own commands.
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.extension_manager=readonly",
    ]


def wait_for(address: str, server: subprocess.Popen, log: Path):
    """Return when the server answers; fail with what it said."""
    last = time.monotonic() + SECONDS
    while server.poll() is None and time.monotonic() < last:
        try:
            return urlopen(f"{address}/api/status", timeout=1).close()
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.05)
    raise RuntimeError(f"no JupyterLab:\n{log.read_text('utf8')[-3000:]}")


@contextmanager
def started(folder: Path, notebooks: Path):
    """The address of a running Lab that shows the folder of notebooks."""
    news = folder / NEWS
    news.parent.mkdir(parents=True)
    news.write_text(json.dumps(SILENT), "utf8")
    port, log = free_port(), folder / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            command(notebooks, port),
            env=environment(folder),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        # Asked to end, it ends its kernels first.
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()

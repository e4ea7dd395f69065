"""A whole hub in a folder of its own, started with `diogel up` and ended by its process id."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import tomllib

import grpc

BOARD = "cwm-derwen"
PATIENCE = 60


class Hub:
    """Starts when it is made; `stop` ends it and removes the folder."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="diogel-python-"))
        self.log = open(self.folder / "log", "w+", encoding="utf-8")
        command = [os.environ["DIOGEL_BIN"], "up", "--hub", str(self.folder / "hub")]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT
        )
        try:
            self._wait()
            with open(self.folder / "hub/hub.toml", "rb") as file:
                self.addresses = tomllib.load(file)
        except BaseException:
            self.stop()
            raise

    def _wait(self):
        until = time.monotonic() + PATIENCE
        while "ready" not in self.said():
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the hub did not start:\n{self.said()}")
            time.sleep(0.05)

    def said(self):
        return (self.folder / "log").read_text(encoding="utf-8")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder)

    def credentials(self, agency):
        """Those of the agency's own case system."""
        pki = self.folder / "hub/pki"
        return grpc.ssl_channel_credentials(
            root_certificates=(pki / "ca.pem").read_bytes(),
            private_key=(pki / f"certs/{agency}-system-case.key").read_bytes(),
            certificate_chain=(pki / f"certs/{agency}-system-case.pem").read_bytes(),
        )

    def agency(self, agency, caller=None):
        """A channel to an agency's service."""
        address = self.addresses["agencies"][agency]
        return grpc.secure_channel(address, self.credentials(caller or agency))

    def projection(self, agency):
        """A channel to the projection, as this agency."""
        return grpc.secure_channel(self.addresses["projection"], self.credentials(agency))

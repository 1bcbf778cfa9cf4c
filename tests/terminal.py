"""A command in a real pseudo-terminal, for tests that type keys."""

import os
import pty
import select
import signal
import sys
import termios
import time
from struct import pack


class Terminal:
    """A command in a real pseudo-terminal: wait for what it prints, type keys."""

    def __init__(self, arguments: list[str]) -> None:
        self.seen = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:  # pragma: no cover - the child
            # A run in the background ignores Ctrl-C, and so would its child.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.environ.update(NO_COLOR="1", GIT_AUTHOR_NAME="李四", PYTHONUTF8="1", TERM="xterm", COLUMNS="160")
            os.execv(sys.executable, [sys.executable, "-c", "from cli.app import main; main()", *arguments])
        import fcntl

        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, pack("HHHH", 50, 160, 0, 0))

    def expect(self, words: str, seconds: float = 30) -> str:
        """Wait until the words stand in what was printed since the last wait; return that."""
        until = time.monotonic() + seconds
        while words not in self.seen:
            ready = select.select([self.fd], [], [], max(0.0, until - time.monotonic()))[0]
            try:
                read = os.read(self.fd, 65536) if ready else b""
            except OSError:
                read = b""
            assert read, f"{words!r} was not printed; this was: {self.seen[-2000:]}"
            self.seen += read.decode("utf-8", "replace")
        shown, _, self.seen = self.seen.partition(words)
        return shown

    def send(self, keys: str) -> None:
        """Type keys."""
        os.write(self.fd, keys.encode())

    def end(self) -> int:
        """Wait for the end; return the exit code."""
        while True:
            try:
                if not os.read(self.fd, 65536):
                    break
            except OSError:
                break
        os.close(self.fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

"""The command as one who is bound by the rights of files, which root is not."""

from __future__ import annotations

import subprocess
import sys


def bound_by_rights(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as one who may not go where the rights of a folder forbid it: root may, until it lets that go.

    What it lets go are the capabilities CAP_DAC_OVERRIDE (1) and CAP_DAC_READ_SEARCH (2), for what is executed next.
    """
    code = (
        "import ctypes, os, sys\n"
        "if os.geteuid() == 0:\n"
        "    drop = 24  # PR_CAPBSET_DROP\n"
        "    assert not any(ctypes.CDLL(None).prctl(drop, right, 0, 0, 0) for right in (1, 2))\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'stilted', *sys.argv[1:]])"
    )
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)

"""What a disk does to a file, for people: where it happened, and the mend."""

from __future__ import annotations

import errno
import os

from archive.errors import StorageFailed

_FREE = "Free space on its disk and run again"
_RIGHTS = "Make it writable for this user"
_MENDS = {
    errno.ENOSPC: _FREE,
    errno.EDQUOT: _FREE,
    errno.EFBIG: "Let this user write longer files (ulimit -f) and run again",
    errno.EROFS: _RIGHTS,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EIO: "Check its disk, then run 'tocsin verify'",
}


def disk_failed(error: OSError, thing: str = "a file that it writes") -> StorageFailed | None:
    """What happened, with the file where the error names one, else ``thing``; None for an error of another kind than a disk's."""
    if error.errno not in _MENDS:
        return None
    return StorageFailed(
        os.strerror(error.errno), thing=str(error.filename or thing), mend=_MENDS[error.errno]
    )

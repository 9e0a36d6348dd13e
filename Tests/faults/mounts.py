"""File systems of our own: tmpfs and loop images, in a mount namespace that takes them along when it ends."""

import contextlib
import ctypes
import os
import tempfile

from harness import WORK, run

CLONE_NEWNS = 0x00020000


def enter_namespace():
    """Moves this process into a mount namespace of its own; False where that is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() != 0 or libc.unshare(CLONE_NEWNS) != 0:
        return False
    return run(["mount", "--make-rprivate", "/"]).status == 0


def _do(*argv):
    ran = run(list(argv))
    if ran.status != 0:
        raise AssertionError(f"{' '.join(argv)}: {ran.err.decode()}")


@contextlib.contextmanager
def mounted(kind, options, source="none"):
    folder = tempfile.mkdtemp(dir=WORK)
    _do("mount", "-t", kind, "-o", options, source, folder)
    try:
        yield folder
    finally:
        unmount(folder)


def unmount(folder):
    if run(["umount", folder]).status != 0:
        run(["umount", "-l", folder])


def make_image(kind, megabytes, path):
    with open(path, "wb") as file:
        file.truncate(megabytes << 20)
    if kind == "ext4":
        _do("mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=0", path)
    else:
        _do("mkfs.xfs", "-q", "-f", path)


@contextlib.contextmanager
def loop_image(kind, megabytes, image=None, make=True):
    """A file system in a file; without an image's path the image goes with it."""
    path = image or tempfile.mktemp(dir=WORK, suffix=f".{kind}")
    if make:
        make_image(kind, megabytes, path)
    with mounted(kind, "loop", path) as folder:
        yield folder
    if not image:
        os.unlink(path)

"""Where a file lies: on a disk of this computer, or on another's that the network brings."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

# As Linux, macOS and Windows call them; the last ones lend a virtual machine the disk of its host.
_REMOTE = (
    {"nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "afs", "ncpfs"}
    | {"webdav", "davfs", "9p", "ceph", "glusterfs", "lustre", "gpfs", "ocfs2", "gfs2", "beegfs"}
    | {"sshfs", "macfuse", "osxfuse"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.glusterfs"}
    | {"fuse.ceph", "fuse.s3fs", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.afp"}
    | {"vboxsf", "prl_fs", "vmhgfs", "fuse.vmhgfs-fuse"}
)


def file_id(path: Path) -> tuple[int, int] | None:
    """Tell a file from every other, by its disk and its number on that; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_remote(path: Path) -> bool:
    """Tell whether a file lies on another computer; where nobody knows, it does not."""
    try:
        place = path.resolve()
        if place.drive.startswith("\\\\"):
            return True
        # The number of its device is another one when something else is mounted there.
        return _is_remote(place.parent, place.stat().st_dev)
    except OSError:
        return False  # whoever opens the file hears what is wrong with it


@lru_cache(maxsize=8)
def _is_remote(folder: Path, _device: int) -> bool:
    import psutil

    mounted = {Path(each.mountpoint): each for each in psutil.disk_partitions(all=True)}
    for above in (folder, *folder.parents):
        if above in mounted:
            return mounted[above].fstype.lower() in _REMOTE or "remote" in mounted[above].opts.split(",")
    return False

"""Files that went through the chats."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class File:
    """A file as Telegram keeps it. `path` is what getFile answers and the download asks for."""

    id: str
    unique_id: str
    path: str
    name: str
    mime: str
    content: bytes

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)


class Files:
    """All files, by the id the bot knows and by the path it downloads."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}
        self._by_path: dict[str, File] = {}

    def keep(self, kind: str, name: str, mime: str, content: bytes) -> File:
        """Stores a file. The same content always gets the same unique id, and each upload an id of its own."""
        number = len(self._by_id)
        unique_id = sha256(content).hexdigest()[:16]
        ending = "." + name.rpartition(".")[2] if "." in name else ""
        file = File(f"{kind}-{number}-{unique_id}", unique_id, f"{kind}s/file_{number}{ending}", name, mime, content)
        self._by_id[file.id] = self._by_path[file.path] = file
        return file

    def find(self, file_id: str) -> File | None:
        """The file of this id, if there is one."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> File | None:
        """The file at this download path, if there is one."""
        return self._by_path.get(path)

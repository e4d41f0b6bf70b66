"""Compile the catalogues of translations without GNU gettext, which a fresh machine may not have."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folders: list[Path]) -> list[Path]:
    """Compile each catalogue that changed since it was last compiled, and list what was written."""
    written: list[Path] = []
    for folder in folders:
        for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
                continue
            with source.open("rb") as stream:
                catalogue = read_po(stream, locale=source.parent.parent.name, abort_invalid=True)
            # Written beside and moved into place, because a running process may read the old one right now.
            part = target.with_suffix(".part")
            with part.open("wb") as stream:
                write_mo(stream, catalogue)
            part.replace(target)
            written.append(target)
    return written

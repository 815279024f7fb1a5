# SPDX-License-Identifier: Apache-2.0
"""The file of a workbook: is it one, can it be opened, and no more of it in memory than it may take."""

from __future__ import annotations

import io
import lzma
import os
import struct
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any, Callable, Iterator, Union
from xml.parsers import expat

from ..errors import NtmError, Status
from .places import failure

Source = Union[str, "os.PathLike[str]", IO[bytes]]

FILE_MAX = 512 * 2**20
PART_MAX = 512 * 2**20
PARTS_MAX = 20_000
_CHUNK = 2**18
_DAMAGE = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What Python says of bytes that are not what they should be; attributes that are no numbers are ValueErrors too."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def lock_file(path: str) -> str | None:
    """The file by which Excel or LibreOffice say that they have a workbook open; None when there is none."""
    folder, name = os.path.split(path)
    for owner in (f"~${name}", f"~${name[2:]}", f".~lock.{name}#"):
        if owner != name and os.path.exists(os.path.join(folder, owner)):
            return owner
    return None


def refused(path: str, error: OSError) -> NtmError:
    """What to say when the operating system does not open a file."""
    if isinstance(error, PermissionError):
        what = (
            "cannot be opened: another program (Excel?) has it open, or you may not read it; "
            "close it there and try again"
        )
    elif isinstance(error, FileNotFoundError):
        what = "there is no such file"
    else:
        what = f"cannot be opened: {error.strerror or error}"
    return failure(Status.IO, path, what)


def _bytes_of(source: Source) -> tuple[str, bytes]:
    if isinstance(source, (str, os.PathLike)):
        path = os.fspath(source)
        if not isinstance(path, str):
            raise TypeError("the path of a workbook has to be text")
        try:
            if os.path.isfile(path) and os.path.getsize(path) > FILE_MAX:
                raise failure(Status.LIMIT, path, f"larger than {FILE_MAX // 2**20} MB: split the workbook")
            contents = Path(path).read_bytes()
        except OSError as error:
            if isinstance(error, NtmError):
                raise
            raise refused(path, error) from None
        owner = lock_file(path)
        if owner is not None:
            what = f"{path} is open in another program ({owner}): what was not saved there yet is not read"
            warnings.warn(what, UserWarning, stacklevel=4)
        return path, contents
    if not hasattr(source, "read"):
        raise TypeError(f"a workbook is a path or an open binary file, not {type(source).__name__}")
    name = str(getattr(source, "name", "") or "workbook")
    contents = source.read(FILE_MAX + 1)
    if not isinstance(contents, bytes):
        raise TypeError("open the workbook as a binary file: open(path, 'rb')")
    if len(contents) > FILE_MAX:
        raise failure(Status.LIMIT, name, f"larger than {FILE_MAX // 2**20} MB: split the workbook")
    return name, contents


def _check_kind(path: str, contents: bytes) -> None:
    if contents.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in contents:
            raise failure(
                Status.UNSUPPORTED,
                path,
                "protected by a password: open it in Excel, take the password away "
                "(File > Info > Protect Workbook > Encrypt with Password), save, and try again",
            )
        raise failure(
            Status.UNSUPPORTED,
            path,
            "an old workbook of Excel 97-2003 (.xls): open it in Excel and save it as " "Excel Workbook (.xlsx)",
        )
    if not contents:
        raise failure(Status.SYNTAX, path, "the file is empty")
    if not contents.startswith(b"PK"):
        text = b"\0" not in contents[:4096]
        hint = "it looks like text, a CSV or a web page named .xlsx" if text else "its contents are of another kind"
        raise failure(Status.SYNTAX, path, f"not an Excel workbook: {hint}; open it in Excel and save it as .xlsx")


class Package:
    """An .xlsx file, opened. Parts are found whatever the case of their names."""

    def __init__(self, source: Source) -> None:
        self.path, contents = _bytes_of(source)
        _check_kind(self.path, contents)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(contents))
        except _DAMAGE:
            raise self._broken() from None
        infos = self._zip.infolist()
        if len(infos) > PARTS_MAX:
            raise failure(Status.LIMIT, self.path, f"more than {PARTS_MAX} parts: no workbook that people made")
        self._parts = {info.filename.lstrip("/").lower(): info for info in infos}
        self._check_parts()

    def _check_parts(self) -> None:
        if "xl/workbook.xml" in self._parts:
            return
        if "xl/workbook.bin" in self._parts:
            raise failure(Status.UNSUPPORTED, self.path, "a binary workbook (.xlsb): save it as Excel Workbook (.xlsx)")
        if "content.xml" in self._parts:
            raise failure(
                Status.UNSUPPORTED, self.path, "an OpenDocument sheet (.ods): save it as Excel Workbook (.xlsx)"
            )
        if "[content_types].xml" not in self._parts:
            raise failure(Status.SYNTAX, self.path, "a zip file, and no Excel workbook")

    def _broken(self) -> NtmError:
        return failure(
            Status.SYNTAX,
            self.path,
            "the workbook is damaged: open it in Excel, let it be repaired, save it "
            "under another name; or fetch the file again",
        )

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._parts

    def _chunks(self, part: str) -> Iterator[bytes]:
        info = self._parts[part.lower()]
        if info.flag_bits & 1:
            raise failure(Status.UNSUPPORTED, self.path, "its parts are encrypted: save it in Excel without a password")
        too_large = failure(
            Status.LIMIT,
            self.path,
            f"unpacks to more than {PART_MAX // 2**20} MB ({part}): delete the "
            "empty rows below the table in Excel, or split the workbook",
        )
        if info.file_size > PART_MAX:
            raise too_large
        read = 0
        with self._zip.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                read += len(chunk)
                if read > PART_MAX:
                    raise too_large
                yield chunk

    def parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Walks through a part with handlers that get the names of elements with their prefix, as they are written.

        Raises:
            TextError: the part is not there, is damaged, or is no XML.
            LimitError: it is larger than what a workbook may take.
        """
        if part not in self:
            raise self._broken()
        parser: Any = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = self._no_doctype
        try:
            for chunk in self._chunks(part):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except NtmError:
            raise
        except _DAMAGE:
            raise self._broken() from None

    def _no_doctype(self, *_: object) -> None:
        raise failure(Status.SYNTAX, self.path, "declares XML entities, which no workbook does: it is not read")

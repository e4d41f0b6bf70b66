"""What each kind of file must look like inside, whatever its name says."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

from allies.kit.refusals import Refused

MB = 1_000_000
MOST_PIXELS = 40_000_000
MOST_PARTS = 2_000
MOST_UNPACKED = 100 * MB
MOST_RATIO = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file that people may hand in."""

    label: str | Promise
    suffixes: tuple[str, ...]
    media_type: str
    signature: bytes
    most_bytes: int
    check: Callable[[bytes], bytes]


def checked(kind: str, content: bytes) -> bytes:
    """Give the content as it may be kept; Refused when it is not what its name claims or could do harm."""
    facts = KINDS[kind]
    if not content.startswith(facts.signature):
        raise Refused(
            _("The name says %(kind)s but the content is something else. Please save it again in that format.")
            % {"kind": str(facts.label)}
        )
    return facts.check(content)


# PDF: names may be written with #xx escapes, and objects may hide in compressed object streams.
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|EmbeddedFiles?|XFA|SubmitForm|ImportData|GoToE|Movie|Sound)\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")


def _names(content: bytes) -> bytes:
    return _ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), content)


def _pdf(content: bytes) -> bytes:
    unreadable = Refused(
        _("This PDF can't be read: it may be damaged or protected. Please save it again without a password.")
    )
    if b"%%EOF" not in content[-2048:]:
        raise unreadable
    outside, at, budget = [], 0, MOST_UNPACKED
    for found in _STREAM.finditer(content):
        if found.start() < at:
            continue
        outside.append(content[at : found.start()])
        end = content.find(b"endstream", found.end())
        end = len(content) if end < 0 else end
        header = _names(outside[-1][-4096:])
        if b"/ObjStm" in header[header.rfind(b" obj") :]:
            unpacked = _inflate(content[found.end() : end], budget)
            if unpacked is None:
                raise unreadable
            budget -= len(unpacked)
            outside.append(unpacked)
        at = end
    outside.append(content[at:])
    text = _names(b"\n".join(outside))
    if b"/Encrypt" in text:
        raise unreadable
    if _ACTIVE.search(text):
        raise Refused(
            _("This PDF contains scripts, forms or attached files. Please print it to a new PDF and hand that in.")
        )
    return content


def _inflate(packed: bytes, most: int) -> bytes | None:
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(packed, max(most, 1))
    except zlib.error:
        return None
    return None if unpacker.unconsumed_tail else plain


def _docx(content: bytes) -> bytes:
    unreadable = Refused(_("This Word document can't be read. Please save it again as .docx."))
    active = Refused(_("This Word document contains macros or links to other files. Please save it without them."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise unreadable
            for part in parts:
                squeezed = part.file_size > MB and part.file_size > MOST_RATIO * max(part.compress_size, 1)
                outside = part.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", part.filename)
                if squeezed or outside or part.flag_bits & 1:
                    raise unreadable
            if len(names) != len(parts) or not {"[Content_Types].xml", "word/document.xml"} <= names:
                raise unreadable
            if any(re.search(r"vbaProject|activeX/", name, re.IGNORECASE) for name in names):
                raise active
            types = package.read("[Content_Types].xml")
            links = b"".join(package.read(name) for name in sorted(names) if name.endswith("settings.xml.rels"))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise unreadable from None
    if not types.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise unreadable
    if b"macroEnabled" in types or b"attachedTemplate" in links:
        raise active
    return content


def _image(format_: str) -> Callable[[bytes], bytes]:
    def check(content: bytes) -> bytes:
        """Draw the picture anew: what is not picture (place, camera, hidden data) is left behind."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(content), formats=[format_]) as picture:
                    if picture.width * picture.height > MOST_PIXELS:
                        raise Refused(
                            _("This picture is too large: at most 40 million pixels. Please make it smaller.")
                        )
                    upright = ImageOps.exif_transpose(picture)
                    clean = upright.convert("RGB" if format_ == "JPEG" else "RGBA")
        except (
            UnidentifiedImageError,
            Image.DecompressionBombError,
            Image.DecompressionBombWarning,
            OSError,
            SyntaxError,
            ValueError,
        ):
            raise Refused(_("This picture can't be read. Please save it again and try once more.")) from None
        bare = Image.new(clean.mode, clean.size)
        bare.paste(clean)
        out = io.BytesIO()
        options = {"quality": 88, "optimize": True} if format_ == "JPEG" else {"optimize": True}
        bare.save(out, format_, **options)
        return out.getvalue()

    return check


def _csv(content: bytes) -> bytes:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("This file is not written in UTF-8. Please save it again as “CSV UTF-8”.")) from None
    if "\0" in text:
        raise Refused(_("This file is not a table of text. Please save it again as “CSV UTF-8”."))
    return content


KINDS = {
    "pdf": Kind(gettext_lazy("PDF"), (".pdf",), "application/pdf", b"%PDF-", 15 * MB, _pdf),
    "docx": Kind(
        gettext_lazy("Word (.docx)"),
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        b"PK\x03\x04",
        15 * MB,
        _docx,
    ),
    "png": Kind(gettext_lazy("PNG"), (".png",), "image/png", b"\x89PNG\r\n\x1a\n", 10 * MB, _image("PNG")),
    "jpeg": Kind(gettext_lazy("JPEG"), (".jpg", ".jpeg"), "image/jpeg", b"\xff\xd8\xff", 10 * MB, _image("JPEG")),
    "csv": Kind(gettext_lazy("CSV"), (".csv",), "text/csv; charset=utf-8", b"", 60 * MB, _csv),
}

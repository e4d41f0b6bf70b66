"""Files: what they are inside decides, not what they are called; nobody's browser runs them here."""

import io
import zipfile
import zlib
from contextlib import closing
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from allies.kit import file_kinds, files
from allies.kit.models import StoredFile
from allies.kit.refusals import Refused
from tests import factories as make


def pdf(body=b"1 0 obj<</Type/Catalog>>endobj", stream=b""):
    return b"%PDF-1.7\n" + body + b"\n" + stream + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def packed(inner, kind=b"/Type/ObjStm"):
    return b"2 0 obj<<" + kind + b"/Filter/FlateDecode>>stream\n" + zlib.compress(inner) + b"\nendstream endobj"


def docx(extra=(), types=b"<Types/>", document=b"<w:document/>"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("word/document.xml", document)
        for name, content in extra:
            package.writestr(name, content)
    return out.getvalue()


def image(format_="JPEG", size=(20, 10), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, format_, **options)
    return out.getvalue()


def store(name, content, **options):
    return files.store(SimpleUploadedFile(name, content), by=options.pop("by", make.UserFactory()), **options)


def named(value):
    """Name a case by its words; a file's bytes carry the time, which would differ between workers."""
    return None if isinstance(value, str) else "bytes"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Plan.PDF", pdf(), "pdf"),
        ("plan.docx", docx(), "docx"),
        ("photo.png", image("PNG"), "png"),
        ("photo.jpeg", image(), "jpeg"),
        ("photo.JPG", image(), "jpeg"),
    ],
    ids=named,
)
def test_a_sound_file_is_kept_under_a_random_name(db, name, content, kind):
    stored = store(name, content)
    place = stored.file.name
    assert (stored.kind, stored.size, len(stored.sha256)) == (kind, stored.file.size, 64)
    assert place.startswith("files/")
    assert "plan" not in place.lower()
    assert "photo" not in place.lower()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<html>"),
        ("drawing.svg", b"<svg/>"),
        ("program.exe", b"MZ"),
        ("plan.pdf.exe", pdf()),
        ("plan", pdf()),
        ("plan.pdf", b"<html>not a pdf"),
        ("plan.pdf", image("PNG")),
        ("plan.pdf", b"%PDF-1.7 cut short"),
        ("plan.docx", pdf()),
        ("plan.docx", b"PK\x03\x04 not a zip"),
        ("photo.png", image("JPEG")),
        ("photo.jpg", b"\xff\xd8\xff not a picture"),
        ("photo.jpg", image()[:200]),
        ("plan.pdf", b""),
    ],
    ids=named,
)
def test_a_file_that_is_not_what_it_says_is_refused_and_leaves_nothing(db, name, content):
    with pytest.raises(Refused):
        store(name, content)
    assert not StoredFile.objects.exists()


def test_only_the_kinds_that_were_asked_for_are_taken(db):
    with pytest.raises(Refused, match="PNG, JPEG"):
        store("plan.pdf", pdf(), kinds=("png", "jpeg"))


def test_a_file_that_is_too_large_is_refused_with_the_limit(db, monkeypatch):
    upload = SimpleUploadedFile("plan.pdf", pdf())
    upload.size = 15_000_001
    with pytest.raises(Refused, match="at most 15 MB"):
        files.store(upload, by=None)


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"),
        pdf(b"1 0 obj<</S/#4aavaScript>>endobj"),
        pdf(b"1 0 obj<</AA<</O<</S/Launch/F(cmd)>>>>>>endobj"),
        pdf(b"1 0 obj<</Names<</EmbeddedFiles 3 0 R>>>>endobj"),
        pdf(stream=packed(b"<</S/JavaScript>>")),
        pdf(stream=packed(b"<</S/JavaScript>>", kind=b"/Type/Obj#53tm")),
        pdf(b"1 0 obj<</Encrypt 4 0 R>>endobj"),
        pdf(stream=b"2 0 obj<</Type/ObjStm/Filter/LZWDecode>>stream\nxyz\nendstream endobj"),
    ],
    ids=named,
)
def test_a_pdf_that_acts_hides_or_carries_files_is_refused(db, content):
    with pytest.raises(Refused):
        store("plan.pdf", content)


def test_a_pdf_may_speak_of_scripts_in_its_text_and_jump_to_a_page(db):
    content = pdf(b"1 0 obj<</OpenAction[3 0 R/Fit]>>endobj", packed(b"(/JavaScript) Tj", kind=b"/Length 9"))
    assert store("plan.pdf", content).kind == "pdf"


def test_an_object_stream_that_unpacks_to_too_much_is_refused(db, monkeypatch):
    monkeypatch.setattr(file_kinds, "MOST_UNPACKED", 10_000)
    with pytest.raises(Refused):
        store("plan.pdf", pdf(stream=packed(b" " * 20_000)))


@pytest.mark.parametrize(
    "content",
    [
        docx([("word/vbaProject.bin", b"x")]),
        docx([("../evil", b"x")]),
        docx([("/evil", b"x")]),
        docx([("word/activeX/activeX1.xml", b"x")]),
        docx(
            [("word/_rels/settings.xml.rels", b'<Relationship Type="x/attachedTemplate" Target="http://a.example"/>')]
        ),
        docx(types=b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'),
        docx(types="<Types/>".encode("utf-16")),
        docx([("bomb", b"0" * 3_000_000)]),
        docx([(f"part{number}", b"") for number in range(2001)]),
        b"PK\x03\x04" + docx()[4:60],
    ],
    ids=named,
)
def test_a_word_document_that_acts_or_bursts_is_refused(db, content):
    with pytest.raises(Refused):
        store("plan.docx", content)


def test_a_picture_is_drawn_anew_without_what_the_camera_wrote(db):
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "Secret camera", 6
    stored = store("photo.jpg", image(exif=exif.tobytes(), comment=b"hidden"))
    with stored.file.open("rb") as opened:
        content = opened.read()
    with Image.open(io.BytesIO(content)) as clean:
        assert (dict(clean.getexif()), clean.size) == ({}, (10, 20))  # turned upright
    assert b"Secret" not in content
    assert b"hidden" not in content


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(db, monkeypatch):
    monkeypatch.setattr(file_kinds, "MOST_PIXELS", 150)
    with pytest.raises(Refused, match="too large"):
        store("photo.png", image("PNG"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (r"C:\Users\ana\Plan.pdf", "Plan.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("évaluation finale.PDF", "évaluation finale.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        (".pdf", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_is_cleaned(given, kept):
    assert files.clean_name(given, ".pdf") == kept


def test_a_file_is_served_as_a_download_that_nothing_runs(db):
    stored = store("évaluation.pdf", pdf())
    with closing(files.serve(stored)) as response:
        assert b"".join(response.streaming_content) == pdf()
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9valuation.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "no-store, private"


def test_the_content_goes_only_once_it_is_certain(db, django_capture_on_commit_callbacks):
    stored = store("plan.pdf", pdf())
    name = stored.file.name
    with django_capture_on_commit_callbacks(execute=True):
        files.discard(stored)
        assert default_storage.exists(name)
    assert not default_storage.exists(name)


def test_a_row_that_cannot_be_written_leaves_no_content(db, monkeypatch):
    monkeypatch.setattr(files.uuid, "uuid4", lambda: "fixed")
    with pytest.raises(IntegrityError), transaction.atomic():
        files.keep(b"", kind="pdf", name="plan.pdf", by=None)
    assert not default_storage.exists("files/fi/fixed.pdf")


def test_the_sweeper_takes_only_what_nothing_points_to_for_a_week(db, django_capture_on_commit_callbacks):
    used, unused, new = (store("photo.png", image("PNG")) for _ in range(3))
    make.StoryFactory(photo=used)
    StoredFile.objects.exclude(pk=new.pk).update(created_at=timezone.now() - timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        assert files.sweep() == 1
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {used.pk, new.pk}
    assert [default_storage.exists(f.file.name) for f in (used, unused, new)] == [True, False, True]


def test_stored_files_lie_outside_what_is_served_as_static(settings):
    assert settings.STATIC_ROOT not in settings.MEDIA_ROOT.parents
    assert settings.MEDIA_ROOT != settings.STATIC_ROOT
    assert not settings.MEDIA_URL or settings.MEDIA_URL == "/"

"""PDF files set by typst: tagged, so that a screen reader reads them, and the same on every machine.

What people are called and what programmes are called is handed over as values and never written into the source:
a name can't become a command. The fonts are those that come with typst.
"""

from collections.abc import Mapping

import typst
from django.conf import settings

MEDIA_TYPE = "application/pdf"


def draw(template: str, values: Mapping[str, str]) -> bytes:
    """Set a document from templates/<template>.typ, which reads the values as `sys.inputs`."""
    source = (settings.BASE_DIR / "templates" / f"{template}.typ").read_bytes()
    drawn: bytes = typst.compile(
        source,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs=dict(values),
        pdf_standards=["ua-1"],
    )
    return drawn

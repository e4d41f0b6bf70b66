"""Make the register of personal data."""

from allies.kit.management.commands._document import DocumentCommand
from allies.kit.register import privacy_register


class Command(DocumentCommand):
    """Print or write the register of personal data."""

    help = "Print the register of personal data, or write it to docs/privacy.md."
    place = "docs/privacy.md"
    make = staticmethod(privacy_register)

"""Make the data dictionary."""

from allies.kit.management.commands._document import DocumentCommand
from allies.kit.register import data_dictionary


class Command(DocumentCommand):
    """Print or write the data dictionary."""

    help = "Print the data dictionary, or write it to docs/data-dictionary.md."
    place = "docs/data-dictionary.md"
    make = staticmethod(data_dictionary)

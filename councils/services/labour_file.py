"""Reading the full-table CSV files of Statistics Canada, in their English and their French form."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TextIO

from django.utils.translation import gettext as _

from councils.models import Place, Province
from councils.queries.occupations import fold
from councils.services.sheets import RowError, RowErrors

# Symbols that stand where there is no number to show: not available, not applicable, confidential, too unreliable,
# and "use with caution", which a public page must not show without its warning.
WITHHELD = frozenset({"..", "...", "x", "F", "E"})

_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?|/(?:[0-9]{2}|[0-9]{4}))?")
_NUMBERS = {"en": re.compile(r"-?[0-9]+(\.[0-9]+)?"), "fr": re.compile(r"-?[0-9]+([,.][0-9]+)?")}
_WIDEST = Decimal(10) ** 14
# How the columns that we read are headed, folded; the dimensions stand between the geography and the unit.
_PERIODS = {"ref_date": "en", "periode de reference": "fr"}
_UNITS = {"uom", "unite de mesure", "unites de mesure"}
_VALUES = {"value", "valeur"}
_STATUSES = {"status", "statut"}
_LIMITS = {"geography": 120, "category": 160, "unit": 60, "status": 8}


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a table, checked; `line` is where it stands in the file."""

    line: int
    place: str | None
    geography: str
    period: date
    categories: list[str]
    unit: str
    value: Decimal | None
    status: str


class LabourFile:
    """A file being read: its language, and its cells one after the other; faults gather in `errors`."""

    def __init__(self, text: TextIO, name: str) -> None:
        self.name = name
        self.errors: list[RowError] = []
        self.text = text
        first = self._first_line()
        self.language, separator = self._form(first)
        self.header = next(csv.reader([first], delimiter=separator), [])
        self._find_columns()
        self.reader = csv.reader(self.text, delimiter=separator, strict=True)
        self.places = Geography()

    def cells(self) -> Iterator[Cell]:
        """Give the good cells; the faults of the others are in `errors`."""
        try:
            for row in self.reader:
                line = self.reader.line_num + 1
                if not row:
                    continue
                if len(row) != len(self.header):
                    told = _("This row has %(found)d cells and the headings %(expected)d: download the file again.")
                    self._fault(line, "", told % {"found": len(row), "expected": len(self.header)})
                    continue
                before = len(self.errors)
                cell = self._cell(line, [text.strip() for text in row])
                if len(self.errors) == before:
                    yield cell
        except UnicodeDecodeError:
            self._fault(self.reader.line_num + 2, "", _("This is not UTF-8: take the file as it was downloaded."))
        except csv.Error as fault:
            told = _("This row cannot be read as CSV (%(fault)s).") % {"fault": fault}
            self._fault(self.reader.line_num + 1, "", told)

    def _first_line(self) -> str:
        try:
            return self.text.readline().rstrip("\r\n")
        except UnicodeDecodeError:
            told = _("This is not UTF-8: take the file as it was downloaded.")
            raise RowErrors([RowError(self.name, 1, "", told)]) from None

    def _form(self, first: str) -> tuple[str, str]:
        for separator in (",", ";"):
            columns = next(csv.reader([first], delimiter=separator), [])
            if columns and (language := _PERIODS.get(fold(columns[0]))):
                return language, separator
        told = _("The first column is neither REF_DATE nor PÉRIODE DE RÉFÉRENCE: choose the full-table CSV file.")
        raise RowErrors([RowError(self.name, 1, "", told)])

    def _find_columns(self) -> None:
        heads = [fold(name) for name in self.header]
        found = {
            name: next((i for i, head in enumerate(heads) if head in known), -1)
            for name, known in (("UOM", _UNITS), ("VALUE", _VALUES), ("STATUS", _STATUSES), ("GEO", {"geo"}))
        }
        if missing := [name for name, at in found.items() if at < 0]:
            told = _("This column is missing: choose the full-table CSV file.")
            raise RowErrors([RowError(self.name, 1, name, told) for name in missing])
        self.unit, self.value, self.status, self.geo = found["UOM"], found["VALUE"], found["STATUS"], found["GEO"]
        self.dguid = heads.index("dguid") if "dguid" in heads else -1
        # UOM, UOM_ID, SCALAR_FACTOR and SCALAR_ID follow each other in both languages.
        self.scalar = self.unit + 3
        self.dimensions = list(range(max(self.geo, self.dguid) + 1, self.unit))

    def _fault(self, line: int, column: str, told: str) -> None:
        self.errors.append(RowError(self.name, line, column, told))

    def _cell(self, line: int, row: list[str]) -> Cell:
        value, status = self._value(line, row)
        dguid = row[self.dguid] if self.dguid >= 0 else ""
        return Cell(
            line=line,
            place=self.places.find(row[self.geo], dguid),
            geography=self._text(line, row, self.geo, "geography"),
            period=self._period(line, row[0]),
            categories=[self._text(line, row, at, "category") for at in self.dimensions],
            unit=self._text(line, row, self.unit, "unit"),
            value=value,
            status=status,
        )

    def _text(self, line: int, row: list[str], at: int, kind: str) -> str:
        text = row[at]
        if not text or len(text) > _LIMITS[kind] or "\x00" in text:
            told = _("Write a text of 1 to %(most)d characters.") % {"most": _LIMITS[kind]}
            self._fault(line, self.header[at], told)
        return text

    def _period(self, line: int, text: str) -> date:
        found = _PERIOD.fullmatch(text)
        try:
            if found:
                return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
        except ValueError:
            pass
        self._fault(line, self.header[0], _("Write a period like 2011, 2011-05 or 2011/2012."))
        return date.min

    def _value(self, line: int, row: list[str]) -> tuple[Decimal | None, str]:
        text, status = row[self.value].replace("\u00a0", "").replace("\u202f", "").replace(" ", ""), row[self.status]
        if text in WITHHELD:
            text, status = "", text
        if len(status) > _LIMITS["status"]:
            self._fault(line, self.header[self.status], _("This is not a symbol of Statistics Canada."))
            return None, ".."
        if status in WITHHELD:
            return None, status
        if not text:
            if not status:
                self._fault(
                    line, self.header[self.value], _("Write a number, or a symbol that says why there is none.")
                )
            return None, status
        if not _NUMBERS[self.language].fullmatch(text):
            told = _("“%(text)s” is not a number.") % {"text": text[:40]}
            self._fault(line, self.header[self.value], told)
            return None, ".."
        value = Decimal(text.replace(",", ".")) * self._scale(line, row)
        if abs(value) >= _WIDEST:
            self._fault(line, self.header[self.value], _("This number is too large to be true."))
        return value, status

    def _scale(self, line: int, row: list[str]) -> Decimal:
        text = row[self.scalar] or "0"
        if len(text) == 1 and text.isdecimal():
            return Decimal(10) ** int(text)
        self._fault(line, self.header[self.scalar], _("Write a power of ten from 0 to 9."))
        return Decimal(1)


class Geography:
    """Finds our place for a geography as Statistics Canada writes it, by its code, or by its name and province."""

    _CMA = re.compile(r"[0-9]{4}S0503([0-9]{3})")
    _AREA = re.compile(r"[0-9]{4}S050[34][0-9]{3}")

    def __init__(self) -> None:
        places = Place.objects.select_related("province")
        self.by_cma = {place.cma: place.pk for place in places if place.cma}
        self.by_name: dict[tuple[str, str], str] = {}
        self.names: dict[str, str] = {}
        for place in places:
            for name in (place.name_en, place.name_fr):
                self.names[_plain(name)] = place.pk
                for province in (place.province.name_en, place.province.name_fr, place.province_id):
                    self.by_name[_plain(name), _plain(province)] = place.pk
        self.provinces = {_plain(n) for p in Province.objects.all() for n in (p.name_en, p.name_fr)}
        self.known: dict[tuple[str, str], str | None] = {}

    def find(self, geography: str, dguid: str) -> str | None:
        """Give the code of our place, or None where the geography is not one of ours."""
        key = (geography, dguid)
        if key not in self.known:
            self.known[key] = self._look_up(geography, dguid)
        return self.known[key]

    def _look_up(self, geography: str, dguid: str) -> str | None:
        if found := self._CMA.fullmatch(dguid):
            return self.by_cma.get(found[1])
        if dguid and not self._AREA.fullmatch(dguid):
            # A country, a province, part of an area: none of them is a city, whatever its name.
            return None
        name, *where = [part.strip() for part in geography.split(",")]
        if not where:
            return None if _plain(name) in self.provinces else self.names.get(_plain(name))
        pairs = ((n, p) for n in name.split("/") for p in ",".join(where).split("/"))
        return next((self.by_name[pair] for n, p in pairs if (pair := (_plain(n), _plain(p))) in self.by_name), None)


def _plain(name: str) -> str:
    """A name without accents, dashes, points or a remark in brackets."""
    bare = re.sub(r"\([^)]*\)", " ", fold(name))
    return " ".join(re.sub(r"[-–—.'’]", " ", bare).split())

"""Cards for address books (vCard 3.0, the version that phones take), only of people who agreed."""

from collections.abc import Iterable
from typing import cast

import vobject

from councils.addresses import tag, whole
from councils.models import Council, Membership


def _one_line(text: str) -> str:
    return " ".join(text.split())


def card(term: Membership) -> str:
    """Write the card of a person in office at a council."""
    person, council = term.person, cast("Council", term.council)
    name = _one_line(person.name)
    given, _blank, family = name.rpartition(" ")
    written = vobject.vCard()
    written.add("n").value = vobject.vcard.Name(family=family, given=given)
    written.add("fn").value = name
    written.add("org").value = [council.name]
    written.add("title").value = _one_line(term.title)
    email = written.add("email")
    email.value = person.email
    email.type_param = ["INTERNET", "WORK"]
    if council.contact_phone:
        phone = written.add("tel")
        phone.value = _one_line(council.contact_phone)
        phone.type_param = ["WORK", "VOICE"]
    address = written.add("adr")
    address.value = vobject.vcard.Address(city=council.place.name, region=council.province.name, country="Canada")
    address.type_param = "WORK"
    written.add("url").value = whole(council.get_absolute_url())
    written.add("uid").value = tag("person", person.pk)
    return str(written.serialize())


def cards(terms: Iterable[Membership]) -> str:
    """Write one card after the other."""
    return "".join(card(term) for term in terms)

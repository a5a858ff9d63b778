"""Objects of a PDF as what they should be; what is missing or of another kind is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, NullObject

if TYPE_CHECKING:
    from pypdf.generic import PdfObject


def entry(dictionary: DictionaryObject, name: str) -> PdfObject:
    """Return what a dictionary holds under a name."""
    found = dictionary.get(name, NullObject())
    return found.get_object() or NullObject()


def dictionary(found: PdfObject | None) -> DictionaryObject:
    """Return a dictionary, or a stream with the dictionary that it has."""
    found = found.get_object() if found is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def array(found: PdfObject | None) -> ArrayObject:
    """Return an array."""
    found = found.get_object() if found is not None else None
    return found if isinstance(found, ArrayObject) else ArrayObject()

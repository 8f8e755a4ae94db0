"""The ChatMember objects for a status, and the updates when a status changes."""

from .people import Bot, User
from .table import Field, ObjectType, Table
from .validation import Json

OUTSIDE = frozenset({"left", "kicked"})
ADMINISTRATORS = frozenset({"creator", "administrator"})
NOT_BY_DEFAULT = frozenset({"is_anonymous", "can_be_edited"})


def member(table: Table, user: User | Bot, status: str) -> Json:
    """A ChatMember of that status: an administrator with every right, a restricted one with none,
    for ever."""
    kinds = (table.types[name] for name in table.types["ChatMember"].subtypes)
    kind = next(kind for kind in kinds if kind.fields["status"].constant == status)
    required = (field for field in kind.fields.values() if field.required)
    values = {field.name: _value(field, kind, user) for field in required}
    return {**values, "status": status}


def _value(field: Field, kind: ObjectType, user: User | Bot) -> object:
    match field.types[0].name:
        case "User":
            return user.to_api()
        case "Boolean":
            restricted = kind.fields["status"].constant == "restricted"
            if restricted:
                return field.name == "is_member"
            return field.name not in NOT_BY_DEFAULT
    return 0  # until_date: for ever

from .. import table
from ..table import Expected


def test_all_of_bot_api_10_is_there() -> None:
    facts = table.load()
    assert (facts.version, len(facts.methods), len(facts.types)) == ("10.0", 176, 303)
    assert "👀" in facts.reactions


def test_a_type_is_read_with_its_depth() -> None:
    expected = Expected.from_text("Array of Array of InlineKeyboardButton")
    assert expected == Expected("InlineKeyboardButton", 2)
    assert str(expected) == "Array of Array of InlineKeyboardButton"


def test_methods_are_found_in_any_case() -> None:
    method = table.load().method("SENDmessage")
    assert method is not None
    assert method.name == "sendMessage"


def test_every_type_that_is_named_exists() -> None:
    facts = table.load()
    scalars = {"String", "Integer", "Float", "Boolean"}
    fields = [f for method in facts.methods.values() for f in method.parameters.values()]
    fields += [f for kind in facts.types.values() for f in kind.fields.values()]
    named = {expected.name for field in fields for expected in field.types}
    named |= {e.name for method in facts.methods.values() for e in method.returns}
    named |= {name for kind in facts.types.values() for name in kind.subtypes}
    assert named - scalars <= set(facts.types)


def test_kinds_of_updates_are_the_fields_of_update() -> None:
    kinds = table.load().update_kinds
    assert "message" in kinds
    assert "update_id" not in kinds

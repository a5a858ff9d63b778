"""The JSON Schema of a kind of file, by which editors complete and check it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

    from examgen.yaml_files.located_yaml import Strict


class _OfFiles(GenerateJsonSchema):
    """A generator for files: a key that has nothing to say is left out, and never null."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - pydantic's
        return False


def json_schema(model: type[Strict]) -> dict[str, object]:
    """Return the JSON Schema of the files that a model reads."""
    generated = model.model_json_schema(schema_generator=_OfFiles)
    return {"$schema": _OfFiles.schema_dialect, **generated}

"""The JSON Schema of a file, for editors. It comes from the same classes as the reading."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema


class _EditorSchema(GenerateJsonSchema):
    """Optional keys are left out and never `null`, which the reader would take as the word."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        generated = super().default_schema(schema)
        if generated.get("default", "") is None:
            del generated["default"]
        return generated


def editor_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a file, for editors that complete, explain and check its keys."""
    schema = model.model_json_schema(by_alias=True, schema_generator=_EditorSchema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}

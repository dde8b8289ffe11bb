"""Write the OpenAPI 3.1 document of the API's unary calls, as the Connect protocol has them: JSON by POST.

It is written from the protos with the stubs, since what servers have of the
protos at run time lacks the comments. Streams are not in it: OpenAPI has no
words for messages with a prefix, one after another in both directions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    MethodDescriptorProto,
    MethodOptions,
)

Json = dict[str, Any]

_PACKAGE: Final = "quikstate.v1"
_VERSION: Final = "v1"
_DESCRIPTION: Final = """\
Unary calls of quikstate over plain HTTP, by the [Connect protocol](https://connectrpc.com/docs/protocol): a
POST of JSON each, or a GET for calls without side effects. The server answers them where its setting
`transport` is `http`. Fields may be left out; they have the default value of their type then. Streams are
called by gRPC, gRPC-Web or Connect's `application/connect+json`, and are not described here."""
_CODES: Final = (
    *("canceled", "unknown", "invalid_argument", "deadline_exceeded", "not_found", "already_exists"),
    *("permission_denied", "resource_exhausted", "failed_precondition", "aborted", "out_of_range"),
    *("unimplemented", "internal", "unavailable", "data_loss", "unauthenticated"),
)
_F = FieldDescriptorProto
_SCALARS: Final[Mapping[int, Json]] = {
    _F.TYPE_BOOL: {"type": "boolean"},
    _F.TYPE_STRING: {"type": "string"},
    _F.TYPE_BYTES: {"type": "string", "contentEncoding": "base64"},
    _F.TYPE_DOUBLE: {"type": "number", "format": "double"},
    _F.TYPE_FLOAT: {"type": "number", "format": "float"},
    _F.TYPE_INT32: {"type": "integer", "format": "int32"},
    _F.TYPE_UINT32: {"type": "integer", "minimum": 0, "maximum": 2**32 - 1},
    # JavaScript's numbers are too small: requests may have a number too, responses have text.
    _F.TYPE_INT64: {"type": ["string", "integer"], "format": "int64"},
    _F.TYPE_UINT64: {"type": ["string", "integer"], "format": "uint64"},
}
_WELL_KNOWN: Final[Mapping[str, Json]] = {
    ".google.protobuf.Timestamp": {"type": "string", "format": "date-time"},
    ".google.protobuf.Duration": {
        "type": "string",
        "pattern": r"^-?\d+(\.\d{1,9})?s$",
        "examples": ["1.5s"],
    },
}
_ERROR: Final[Json] = {
    "type": "object",
    "description": "What a failed call returns. Decide by `code` and by the reason in google.rpc.ErrorInfo.",
    "required": ["code"],
    "properties": {
        "code": {"type": "string", "enum": _CODES},
        "message": {"type": "string", "description": "For people. It may change."},
        "details": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "value"],
                "properties": {
                    "type": {
                        "type": "string",
                        "description": "google.rpc.ErrorInfo, BadRequest or RetryInfo, with the package.",
                    },
                    "value": {"type": "string", "contentEncoding": "base64", "description": "The protobuf."},
                    "debug": {"type": "object", "description": "The same as JSON, for people."},
                },
            },
        },
    },
}
_TIMEOUT: Final[Json] = {
    "name": "Connect-Timeout-Ms",
    "in": "header",
    "description": "Deadline of the call, in milliseconds. Default: none.",
    "schema": {"type": "integer", "minimum": 0, "maximum": 9_999_999_999},
}


def document(files: Iterable[FileDescriptorProto]) -> str:
    """The document, as text. The files need their comments."""
    return json.dumps(_Writer(list(files)).document(), indent=1, ensure_ascii=False) + "\n"


class _Writer:
    """Writes the paths, and then the schemas that they refer to."""

    def __init__(self, files: Sequence[FileDescriptorProto]) -> None:
        self._files = files
        self._comments = {file.name: dict(_comments(file)) for file in files}
        self._types: dict[str, tuple[DescriptorProto | EnumDescriptorProto, str]] = {}
        self._wanted: list[str] = []
        for file in files:
            self._add_types(file, f".{file.package}", file.message_type, file.enum_type)

    def _add_types(
        self,
        file: FileDescriptorProto,
        scope: str,
        messages: Iterable[DescriptorProto],
        enums: Iterable[EnumDescriptorProto],
    ) -> None:
        for enum in enums:
            self._types[f"{scope}.{enum.name}"] = enum, file.name
        for message in messages:
            self._types[f"{scope}.{message.name}"] = message, file.name
            self._add_types(file, f"{scope}.{message.name}", message.nested_type, message.enum_type)

    def document(self) -> Json:
        services = [(file, service) for file in self._files for service in file.service]
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "quikstate",
                "version": _PACKAGE.rpartition(".")[2],
                "description": _DESCRIPTION,
            },
            "tags": [
                {"name": service.name, "description": self._comment(file.name, service.name)}
                for file, service in services
            ],
            "paths": {
                f"/{file.package}.{service.name}/{method.name}": self._operations(file, service.name, method)
                for file, service in services
                for method in service.method
                if not (method.client_streaming or method.server_streaming)
            },
            "components": {
                "schemas": {"Error": _ERROR} | self._schemas(),
                "parameters": {"Timeout": _TIMEOUT},
                "responses": {"Error": _content("The call failed.", {"$ref": "#/components/schemas/Error"})},
            },
        }

    def _operations(self, file: FileDescriptorProto, service: str, method: MethodDescriptorProto) -> Json:
        common = {
            "tags": [service],
            "description": self._comment(file.name, f"{service}.{method.name}"),
            "parameters": [{"$ref": "#/components/parameters/Timeout"}],
            "responses": {
                "200": _content("The response.", self._reference(method.output_type)),
                "default": {"$ref": "#/components/responses/Error"},
            },
        }
        request = self._reference(method.input_type)
        body = {"required": True, "content": {"application/json": {"schema": request}}}
        operations = {"post": {"operationId": f"{service}_{method.name}"} | common | {"requestBody": body}}
        if method.options.idempotency_level == MethodOptions.NO_SIDE_EFFECTS:
            query = {"parameters": [*_query(request), *common["parameters"]]}
            operations["get"] = {"operationId": f"{service}_{method.name}_get"} | common | query
        return operations

    def _schemas(self) -> Json:
        """The schemas of all types that are referred to; each may refer to more."""
        schemas: Json = {}
        while self._wanted:
            name = self._wanted.pop()
            if _short(name) not in schemas:
                described, file = self._types[name]
                if isinstance(described, EnumDescriptorProto):
                    schemas[_short(name)] = self._enum(name, described, file)
                else:
                    schemas[_short(name)] = self._message(name, described, file)
        return dict(sorted(schemas.items()))

    def _message(self, name: str, message: DescriptorProto, file: str) -> Json:
        texts = [self._comment(file, _short(name)), *_choices(message)]
        return _described("\n\n".join(filter(None, texts))) | {
            "type": "object",
            "properties": {field.json_name: self._field(name, field, file) for field in message.field},
        }

    def _enum(self, name: str, enum: EnumDescriptorProto, file: str) -> Json:
        comments = [self._comment(file, f"{_short(name)}.{value.name}") for value in enum.value]
        values = "\n".join(
            f"- `{value.name}`: {' '.join(comment.split())}"
            for value, comment in zip(enum.value, comments, strict=True)
            if comment
        )
        texts = [self._comment(file, _short(name)), values]
        return _described("\n\n".join(filter(None, texts))) | {
            "type": "string",
            "enum": [value.name for value in enum.value],
        }

    def _field(self, message: str, field: FieldDescriptorProto, file: str) -> Json:
        deprecated = {"deprecated": True} if field.options.deprecated else {}
        comment = self._comment(file, f"{_short(message)}.{field.name}")
        return _described(comment) | self._field_type(field) | deprecated

    def _field_type(self, field: FieldDescriptorProto) -> Json:
        if field.type in _SCALARS:
            single = dict(_SCALARS[field.type])
        elif entry := self._map_entry(field):
            return {"type": "object", "additionalProperties": self._field_type(entry.field[1])}
        else:
            single = self._reference(field.type_name)
        return {"type": "array", "items": single} if field.label == _F.LABEL_REPEATED else single

    def _map_entry(self, field: FieldDescriptorProto) -> DescriptorProto | None:
        described, _ = self._types.get(field.type_name, (None, ""))
        is_map = isinstance(described, DescriptorProto) and described.options.map_entry
        return described if is_map and isinstance(described, DescriptorProto) else None

    def _reference(self, name: str) -> Json:
        if name in _WELL_KNOWN:
            return dict(_WELL_KNOWN[name])
        self._wanted.append(name)
        return {"$ref": f"#/components/schemas/{_short(name)}"}

    def _comment(self, file: str, path: str) -> str:
        return self._comments[file].get(path, "")


def _short(name: str) -> str:
    return name.removeprefix(f".{_PACKAGE}.")


def _described(text: str) -> Json:
    return {"description": text} if text else {}


def _choices(message: DescriptorProto) -> Iterator[str]:
    """What OpenAPI would need a schema a combination for."""
    for index, choice in enumerate(message.oneof_decl):
        names = [f"`{field.json_name}`" for field in message.field if _is_in(field, index)]
        if names:
            yield f"At most one of {', '.join(names)} ({choice.name}) is set."


def _is_in(field: FieldDescriptorProto, index: int) -> bool:
    return field.HasField("oneof_index") and field.oneof_index == index and not field.proto3_optional


def _content(description: str, schema: Json) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _query(request: Json) -> Sequence[Json]:
    """The parameters of a GET."""
    encoding = {"name": "encoding", "in": "query", "required": True, "schema": {"const": "json"}}
    content = {"application/json": {"schema": request}}
    message = {"name": "message", "in": "query", "required": True, "content": content}
    version = {"name": "connect", "in": "query", "schema": {"const": "v1"}}
    return [encoding, message, version]


def _comments(file: FileDescriptorProto) -> Iterator[tuple[str, str]]:
    """The comments by the path of names of what they stand at, such as `LockService.GetLock`."""
    for location in file.source_code_info.location:
        comment = location.leading_comments or location.trailing_comments
        if comment and (path := _names(file, location.path)):
            yield path, "\n".join(line.removeprefix(" ").rstrip() for line in comment.splitlines()).strip()


def _names(file: FileDescriptorProto, path: Sequence[int]) -> str:
    """The names on a path of field numbers and indices; "" if it leads to what has none."""
    names: list[str] = []
    at: Any = file
    if len(path) % 2:
        return ""
    for number, index in zip(path[::2], path[1::2], strict=True):
        listed = getattr(at, at.DESCRIPTOR.fields_by_number[number].name)
        if not hasattr(listed, "append") or not hasattr(listed[index], "name"):
            return ""
        at = listed[index]
        names.append(at.name)
    return ".".join(names)

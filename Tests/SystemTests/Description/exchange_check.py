"""Holds answers against a description in docs/api, and the description's own examples against its schemas.

usage: exchange_check.py EXCHANGES.json DOCUMENT: a list of {method, path, status, headers, body}.

Stricter than the description must be for clients: a member it does not name is a fault of the description.
"""

import json
import pathlib
import re
import sys

import yaml
from jsonschema import Draft202012Validator, FormatChecker

ROOT = pathlib.Path(__file__).resolve().parents[3]
DOCUMENT = yaml.safe_load((ROOT / "docs/api" / sys.argv[2]).read_text(encoding="utf-8"))
faults = []


def resolved(value):
    while isinstance(value, dict) and "$ref" in value:
        target = DOCUMENT
        for part in value["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        value = target
    return value


def strict(schema, closed=True):
    """The schema without references, refusing members that it does not name."""
    schema = dict(resolved(schema))
    for several in ("allOf", "anyOf", "oneOf"):
        if several in schema:
            schema[several] = [strict(part, closed and several != "allOf") for part in schema[several]]
    if "properties" in schema:
        schema["properties"] = {name: strict(part) for name, part in schema["properties"].items()}
    for other in ("items", "additionalProperties"):
        if isinstance(schema.get(other), dict):
            schema[other] = strict(schema[other])
    if closed and ("properties" in schema or "allOf" in schema):
        schema["unevaluatedProperties"] = False
    return schema


def check(value, schema, place):
    for error in Draft202012Validator(strict(schema), format_checker=FormatChecker()).iter_errors(value):
        causes = "; ".join(cause.message for cause in error.context or [])
        faults.append(f"{place}: {error.json_path}: {error.message} {causes}")


def operation(path, method):
    """The description's path item and operation for a request; None where it has none."""
    for template, item in DOCUMENT["paths"].items():
        if re.fullmatch(re.sub(r"\\\{[^/]*\\\}", "[^/]+", re.escape(template)), path.split("?")[0]):
            return item, item.get(method.lower(), item.get("get") if method == "HEAD" else None)
    return None, None


def check_headers(response, headers, place):
    for name, header in response.get("headers", {}).items():
        header = resolved(header)
        text = headers.get(name.lower())
        if text is None:
            if header.get("required"):
                faults.append(f"{place}: no {name}")
            continue
        is_number = header["schema"].get("type") == "integer"
        check(int(text) if is_number and text.isdigit() else text, header["schema"], f"{place} {name}")


def check_exchange(exchange):
    place = f"{exchange['method']} {exchange['path']} {exchange['status']}"
    item, described = operation(exchange["path"], exchange["method"])
    if described is None:
        if exchange["method"] == "OPTIONS" and item is not None and exchange["status"] == 204:
            return
        if exchange["status"] != 404:
            faults.append(f"{place}: nothing describes it")
        described = {"responses": {"404": {"$ref": "#/components/responses/NotFound"}}}
    response = resolved(described["responses"].get(str(exchange["status"])))
    if response is None:
        faults.append(f"{place}: the status is not described")
        return
    check_headers(response, exchange["headers"], place)
    content = response.get("content", {})
    kind = exchange["headers"].get("content-type", "").split(";")[0]
    if not content:
        if exchange["body"]:
            faults.append(f"{place}: a body is not described")
    elif kind not in content:
        faults.append(f"{place}: {kind} is not described")
    elif kind == "application/json":
        check(json.loads(exchange["body"]), content[kind]["schema"], place)


def check_examples():
    count = 0
    for path, item in DOCUMENT["paths"].items():
        for method, described in item.items():
            bodies = [(status, resolved(response)) for status, response in described["responses"].items()]
            if "requestBody" in described:
                bodies.append(("request", described["requestBody"]))
            for name, body in bodies:
                for kind, content in body.get("content", {}).items():
                    examples = [example["value"] for example in content.get("examples", {}).values()]
                    if "example" in content:
                        examples.append(content["example"])
                    if not examples:
                        faults.append(f"{method} {path} {name}: no example")
                    for example in examples:
                        count += 1
                        check(example, content["schema"], f"the example of {method} {path} {name}")
    return count


exchanges = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
for exchange in exchanges:
    check_exchange(exchange)
examples = check_examples()
for fault in faults:
    print(fault)
if not exchanges:
    sys.exit("there was nothing to check")
print(f"{len(exchanges)} answers and {examples} examples checked")
sys.exit(1 if faults else 0)

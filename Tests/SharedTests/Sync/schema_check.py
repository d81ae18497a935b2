"""Holds site documents against the published schema. usage: schema_check.py SCHEMA DOCUMENTS: [{name, document, isValid}]"""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator, FormatChecker

schema = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema, format_checker=FormatChecker(formats=["date-time"]))
entries = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
wrong = 0
for entry in entries:
    problems = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(entry["document"])]
    if (not problems) != entry["isValid"]:
        wrong += 1
        print(f"{entry['name']}: should be {'valid' if entry['isValid'] else 'refused'}: {problems}")
print(f"{len(entries)} documents checked")
sys.exit(1 if wrong else 0)

"""The published schema is made from the definition that reads the files."""

import json

import jsonschema
import yaml

from tests.codebook.test_yaml_file import SMALL
from tests.conftest import ROOT
from wenma.codebook.schema import json_schema
from wenma.shipped import shipped


def test_the_schema_beside_the_codebooks_is_the_one_the_program_makes():
    written = (ROOT / "codebooks" / "codebook.schema.json").read_text(encoding="utf-8")
    assert written == json_schema(), "run: wenma check --schema > codebooks/codebook.schema.json"


def test_every_shipped_codebook_fits_the_schema_and_a_misspelt_key_does_not():
    judge = jsonschema.Draft202012Validator(json.loads(json_schema()))
    for path in shipped("codebooks").glob("*.yaml"):
        judge.validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    judge.validate(yaml.safe_load(SMALL))
    assert not judge.is_valid(yaml.safe_load(SMALL.replace("terms", "term")))

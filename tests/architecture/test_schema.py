"""What the exported schema promises, and which layer may know which."""

import subprocess
import sys
from pathlib import Path

from factories.bank import built_schema
from graphql import is_enum_type, is_input_object_type, is_interface_type, is_object_type

ROOT = Path(__file__).parents[2]


def test_the_exported_schema_is_the_declared_one():
    from api.commands.schema import FILE, exported

    assert FILE.read_text(encoding="utf-8") == exported(), "./ketu schema writes it anew; read the difference"


def test_everything_is_described():
    missing: list[str] = []
    for name, type_ in built_schema().schema.type_map.items():
        if name.startswith("__"):
            continue
        missing += [] if type_.description else [name]
        if is_enum_type(type_):
            missing += [f"{name}.{value}" for value, enum in type_.values.items() if not enum.description]
        if is_object_type(type_) or is_interface_type(type_) or is_input_object_type(type_):
            missing += [f"{name}.{field}" for field, known in type_.fields.items() if not known.description]
        if is_object_type(type_) or is_interface_type(type_):
            for field, known in type_.fields.items():
                missing += [f"{name}.{field}({arg})" for arg, given in known.args.items() if not given.description]
    built_in = {"String", "Int", "Float", "Boolean", "ID"}
    assert set(missing) - built_in == set()


def test_layers_import_downwards_only():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout

"""Tests about the code. Each says how to comply."""

import ast
import importlib
import inspect
import os
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.source import ROOT, imports, named, product_files, python_files, tracked, tree

pytestmark = pytest.mark.once

FACES = {"staff", "portal", "api"}
VAGUE = {"services", "helpers", "utils", "util", "managers", "common", "core", "base", "misc"}
OUR_APPS = [config for config in apps.get_app_configs() if config.name.startswith("regulars.")]
OUR_MODELS = [model for config in OUR_APPS for model in config.get_models()]


def test_no_module_has_a_name_that_says_nothing():
    vague = [path for path in python_files() if path.stem in VAGUE or path.parent.name in VAGUE]
    assert not vague, f"Name these for what they are about:\n{named(vague)}"


def test_no_file_is_longer_than_300_lines():
    code = [p for p in tracked() if p.suffix in {".py", ".css", ".js", ".html"}]
    own = [p for p in code if "vendor" not in p.parts and "migrations" not in p.parts]
    long = [path for path in own if len(path.read_text(encoding="utf-8").splitlines()) > 300]
    assert not long, f"Split these by what they are about:\n{named(long)}"


def test_no_script_of_the_browser_is_longer_than_100_lines():
    own = [p for p in tracked() if p.suffix == ".js" and "vendor" not in p.parts]
    long = [path for path in own if len(path.read_text(encoding="utf-8").splitlines()) > 100]
    assert not long, f"One custom element a file, under 100 lines:\n{named(long)}"


def test_only_faces_know_http():
    http = {"django.http", "django.shortcuts"}
    allowed = {"organization/audience.py", "organization/security.py"}  # they guard the faces
    guilty = [
        path
        for path in product_files()
        if http & imports(path)
        and not FACES & set(path.parts)
        and path.relative_to(ROOT / "regulars").as_posix() not in allowed
    ]
    assert not guilty, (
        "Rules raise named exceptions; only staff/, portal/ and api/ modules speak HTTP:\n"
        + named(guilty)
    )


@pytest.mark.parametrize("config", OUR_APPS, ids=lambda config: config.label)
def test_every_function_of_a_front_door_says_what_it_does(config):
    if not (Path(config.path) / "public.py").exists():
        return
    door = importlib.import_module(f"{config.name}.public")
    assert door.__doc__, f"{door.__name__} needs a docstring."
    assert hasattr(door, "__all__"), f"{door.__name__} must list its names in __all__."
    silent = [
        name
        for name in door.__all__
        if inspect.isroutine(value := getattr(door, name)) and not inspect.getdoc(value)
    ]
    assert not silent, f"{door.__name__}: one imperative sentence each, please: {silent}"


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_instants_end_in_at_and_dates_in_on(model):
    for field in model._meta.local_fields:
        if isinstance(field, models.DateTimeField):
            theirs = {"last_login"}  # named by Django
            assert field.name.endswith("_at") or field.name in {"at", *theirs}, f"{field}: _at"
        elif isinstance(field, models.DateField):
            assert field.name.endswith("_on"), f"{field} is a date: _on"


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_into_other_apps_leave_no_trace_there(model):
    for field in model._meta.local_fields:
        if field.is_relation and field.related_model._meta.app_label != model._meta.app_label:
            assert field.remote_field.hidden, f'{field}: related_name="+", please'


def _views(path: Path) -> list[ast.FunctionDef]:
    functions = [node for node in tree(path).body if isinstance(node, ast.FunctionDef)]
    return [f for f in functions if f.args.args and f.args.args[0].arg == "request"]


def test_views_translate_and_do_no_more():
    long = [
        f"{path.relative_to(ROOT)}:{view.lineno} {view.name}"
        for path in product_files()
        if FACES & set(path.parts)
        for view in _views(path)
        if view.body[-1].end_lineno - view.body[0].lineno >= 30
    ]
    assert not long, "Fetch, one domain call, respond, in about 25 lines:\n" + "\n".join(long)


def test_work_left_to_do_carries_the_number_of_an_issue():
    marker = re.compile(r"\b(TODO|FIXME|XXX)\b(?! ?\(?#\d+)")
    guilty = [
        path
        for path in python_files()
        if path != Path(__file__) and marker.search(path.read_text(encoding="utf-8"))
    ]
    assert not guilty, f"Write TODO #12, or do it:\n{named(guilty)}"


def test_pages_carry_no_script_and_no_style_of_their_own():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\bhx-on|\son[a-z]+=|<style|\sstyle="
    )
    pages = [p for p in tracked() if p.suffix == ".html" and (ROOT / "regulars") in p.parents]
    guilty = [path for path in pages if inline.search(path.read_text(encoding="utf-8"))]
    assert not guilty, (
        "The content security policy is strict: scripts are custom elements in files, "
        f"styles are classes and data- attributes:\n{named(guilty)}"
    )


def test_every_variable_of_the_environment_is_documented():
    documented = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    source = (ROOT / "regulars/config/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    assert read, "settings.py reads no variable: this test looks in the wrong place."
    missing = sorted(name for name in read if f"`{name}`" not in documented)
    assert not missing, f"Describe these in docs/settings.md: {missing}"


def test_only_the_settings_read_the_environment():
    allowed = {"config/env.py", "config/settings.py", "config/wsgi.py", "cli/main.py"}
    guilty = [
        path
        for path in product_files()
        if re.search(r"\bos\.environ\b(?!\.setdefault)|\bos\.getenv\b", path.read_text("utf-8"))
        and path.relative_to(ROOT / "regulars").as_posix() not in allowed
    ]
    assert not guilty, f"Read it in settings.py, and from there:\n{named(guilty)}"


def test_scripts_can_be_run():
    scripts = [p for p in tracked() if p.parent.name == "bin" or p.match(".ci/run")]
    assert scripts
    assert all(os.access(path, os.X_OK) for path in scripts), named(scripts)


def test_locks_record_no_address():
    locks = [path for path in tracked() if path.suffix == ".lock"]
    assert len(locks) >= 3
    assert not [p for p in locks if "://" in p.read_text(encoding="utf-8")], "Use bin/lock."


def test_the_two_readmes_have_the_same_sections():
    def shape(name: str) -> list[int]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return [len(line) - len(line.lstrip("#")) for line in lines if line.startswith("#")]

    assert shape("README.md") == shape("README.zh-CN.md")

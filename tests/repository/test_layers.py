"""The two laws: calls point down (import-linter), and so do foreign keys, which imports cannot show."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
FLOORS = {"kit": 0, "councils": 1, "employers": 2, "mentoring": 3, "grants": 3}
OURS = [config for config in apps.get_app_configs() if config.label in FLOORS]


@pytest.mark.parametrize("config", OURS, ids=lambda config: config.label)
def test_relations_point_down(config) -> None:
    upward = []
    for model in config.get_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not target or field.auto_created or target._meta.label == settings.AUTH_USER_MODEL:
                continue
            label = target._meta.app_label
            if label != config.label and FLOORS.get(label, -1) >= FLOORS[config.label]:
                upward.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert upward == []


def test_imports_keep_to_the_contracts() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("layer", ["services", "queries", "policies", "models", "states"])
def test_the_inner_layers_know_nothing_of_http(layer) -> None:
    found = []
    for app in ("councils", "employers", "mentoring", "grants"):
        for file in [*ROOT.glob(f"{app}/{layer}.py"), *ROOT.glob(f"{app}/{layer}/**/*.py")]:
            text = file.read_text()
            found += [f"{file.name}: {word}" for word in ("HttpRequest", "django.http", "request.user") if word in text]
    assert found == []

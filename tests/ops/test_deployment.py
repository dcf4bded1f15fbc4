"""What can be checked without a Docker engine: it parses, its variables exist, its commands start."""

import ast
import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from jkreeft.ops import demo
from jkreeft.ops.gates import development_environment
from jkreeft.ops.machine import ROOT, VENV

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ["prepare", "web", "worker", "beat"]
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text()
PRODUCTION = (ROOT / "docs" / "production.md").read_text()
# Read by libraries from the environment, not by our settings: boto3 (storage) and gunicorn.
OF_LIBRARIES = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "WEB_CONCURRENCY"}
OF_COMMANDS = {"PORT", "FRESH", "JKREEFT_DEMO_HOME", "PYTHON", "CHROMIUM"}


def read_by_settings() -> set[str]:
    """Every name given to `env.something(...)` in the settings."""
    tree = ast.parse((ROOT / "jkreeft" / "settings.py").read_text())
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def documented() -> set[str]:
    rows = re.findall(r"^\| (`[A-Z].*?) \|", CONFIGURATION, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z0-9_]+)`", row)}


def test_every_variable_is_documented_and_no_other() -> None:
    assert read_by_settings() | OF_LIBRARIES | OF_COMMANDS == documented()


def test_the_compose_file_describes_the_whole_site() -> None:
    assert set(SERVICES) == {*OURS, "database", "redis", "store", "nginx"}


@pytest.mark.parametrize("service", OURS)
def test_compose_sets_variables_that_exist(service: str) -> None:
    assert set(SERVICES[service]["environment"]) <= read_by_settings() | OF_LIBRARIES


def test_compose_leaves_no_required_variable_unsaid() -> None:
    """What has no default is set by compose itself or written down in the steps as the owner's to set."""
    tree = ast.parse((ROOT / "jkreeft" / "settings.py").read_text())
    required = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") == "env"
        and isinstance(node.args[0], ast.Constant)
        and not node.keywords
    }
    from_keys = {"SECRET_KEY", "DIGEST_KEYS", "ENCRYPTION_KEYS", "IMAGE_PROOF_KEY"}
    said = set(re.findall(r"`([A-Z_]+)[`=]", PRODUCTION.split("Without Docker")[0]))
    assert required - set(SERVICES["web"]["environment"]) - from_keys <= said


def test_the_owner_is_told_each_variable_of_composes_own() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert asked == {"SITE_NAME", "POSTGRES_PASSWORD", "STORE_PASSWORD"}
    assert all(f"`{name}`" in PRODUCTION for name in asked)


def test_every_file_that_compose_mounts_exists() -> None:
    mounts = [str(volume).split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])]
    files = [mount for mount in mounts if mount.startswith("./deploy")]
    assert files
    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_there_is_one_beat_and_nothing_depends_on_a_service_that_is_not_there() -> None:
    assert sum("beat" in str(service.get("command")).split() for service in SERVICES.values()) == 1
    named = {name for service in SERVICES.values() for name in service.get("depends_on", {})}
    assert named <= set(SERVICES)


def run(command: list[str], folder: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    env = development_environment(folder) | {"PATH": f"{VENV / 'bin'}:{os.environ['PATH']}"} | extra
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60)


def test_the_web_server_of_compose_accepts_its_command(tmp_path: Path) -> None:
    done = run([*shlex.split(SERVICES["web"]["command"]), "--check-config"], tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_web_server_of_the_image_accepts_its_command(tmp_path: Path) -> None:
    command = re.findall(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    done = run([*yaml.safe_load(command[0]), "--check-config"], tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("service", ["worker", "beat"])
def test_celery_accepts_its_command(service: str, tmp_path: Path) -> None:
    done = run([*shlex.split(SERVICES[service]["command"]), "--help"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert run([*shlex.split(SERVICES[service]["command"]), "--odd", "--help"], tmp_path).returncode != 0


def test_each_step_of_prepare_is_a_command_that_exists(tmp_path: Path) -> None:
    script = shlex.split(SERVICES["prepare"]["command"])[2]
    for step in script.split(" && "):
        done = run([*shlex.split(step), "--help"], tmp_path)
        assert done.returncode == 0, done.stderr


def test_the_commands_without_docker_are_the_same() -> None:
    plain = re.sub(r"127\.0\.0\.1:8000|/var/lib/jkreeft/beat", "", PRODUCTION)
    for service in ("web", "worker", "beat"):
        command = SERVICES[service]["command"]
        assert re.sub(r"0\.0\.0\.0:8000|/data/beat", "", command) in plain


def test_the_demo_starts_the_same_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    class Notes:
        def start(self, _name: str, command: list[object], **_options: object) -> None:
            started.append(" ".join(str(part) for part in command[1:]).removeprefix("-m "))

    demo.start_site(Notes(), {}, [])  # type: ignore[arg-type]
    wholes = [SERVICES[service]["command"] for service in ("web", "worker", "beat")]
    # Up to where sizes and places begin, they are word for word the same.
    assert [re.split(" --workers| --pool| --schedule", line)[0] for line in started] == [
        re.split(" --workers| --concurrency| --schedule", whole)[0] for whole in wholes
    ]


def test_a_wrong_configuration_is_one_sentence(tmp_path: Path) -> None:
    done = run([str(VENV / "bin" / "python"), "manage.py", "check"], tmp_path, JKREEFT_ENVIRONMENT="odd")
    assert done.stderr == "Bad configuration: JKREEFT_ENVIRONMENT must be demo, test or production.\n"


def test_the_image_is_built_from_the_lock_and_runs_as_nobody_special() -> None:
    text = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes --only-binary :all: --requirement requirements/runtime.lock" in text
    assert re.findall(r"^USER (\w+)$", text, re.MULTILINE) == ["jkreeft"]
    assert {".venv", "var", ".git"} <= set((ROOT / ".dockerignore").read_text().split())

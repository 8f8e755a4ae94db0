"""What compose.scale.yaml and nginx.scale.conf name is there, and nginx does what is meant."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.balancing import PATH
from footnote.bot.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.scale.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
CONFIGURATION = (ROOT / "nginx.scale.conf").read_text()
REPLICAS = {"replica-1", "replica-2", "replica-3"}
OF_FOOTNOTE = REPLICAS | {"indexer"}


def test_there_are_both_engines_an_indexer_three_replicas_and_a_balancer() -> None:
    assert SERVICES.keys() == OF_FOOTNOTE | {"postgres", "chroma", "balancer"}


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_looked_after(name: str) -> None:
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    assert {"test", "interval", "timeout", "retries"} <= service["healthcheck"].keys()
    volumes = {volume.partition(":")[0] for volume in service["volumes"]}
    assert {volume for volume in volumes if not volume.startswith("./")} <= COMPOSE[
        "volumes"
    ].keys()
    assert all((ROOT / volume).exists() for volume in volumes if volume.startswith("./"))
    assert set(service.get("depends_on", ())) <= SERVICES.keys()


def test_every_volume_is_used_by_somebody() -> None:
    used = {v.partition(":")[0] for service in SERVICES.values() for v in service["volumes"]}
    assert COMPOSE["volumes"].keys() <= used


@pytest.mark.parametrize("name", sorted(OF_FOOTNOTE))
def test_footnote_is_told_by_settings_that_exist_and_waits_for_the_engines(name: str) -> None:
    service = SERVICES[name]
    own = {n.removeprefix(PREFIX) for n in service["environment"] if n.startswith(PREFIX)}
    assert own <= {field.upper() for field in Settings.model_fields}
    Settings(
        _env_file=None,
        process=service["environment"]["FOOTNOTE_PROCESS"],
        chroma_url=service["environment"]["FOOTNOTE_CHROMA_URL"],
        database_url=re.sub(r"\$\{[^}]*\}", "s", service["environment"]["FOOTNOTE_DATABASE_URL"]),
    )
    assert service["depends_on"] == {
        engine: {"condition": "service_healthy"} for engine in ("postgres", "chroma")
    }
    assert service["environment"]["FOOTNOTE_PROCESS"] == name.partition("-")[0]


def test_each_process_has_a_home_of_its_own_and_one_writes_what_they_share() -> None:
    homes = [v for n in OF_FOOTNOTE for v in SERVICES[n]["volumes"] if v.endswith("footnote/data")]
    assert len(set(homes)) == len(OF_FOOTNOTE)
    writers = [name for name in OF_FOOTNOTE if "shared:/shared" in SERVICES[name]["volumes"]]
    readers = [name for name in OF_FOOTNOTE if "shared:/shared:ro" in SERVICES[name]["volumes"]]
    assert (writers, set(readers)) == (["indexer"], REPLICAS)


def test_the_server_of_chroma_has_the_version_of_its_client() -> None:
    [version] = re.findall(r"(?m)^chromadb==(\S+)", (ROOT / "constraints.txt").read_text())
    assert SERVICES["chroma"]["image"] == f"chromadb/chroma:{version}"


def test_nginx_knows_every_replica_by_its_name_and_port() -> None:
    port = SERVICES["replica-1"]["environment"]["FOOTNOTE_WEBHOOK_PORT"]
    blocks = re.findall(r"upstream \w+ \{([^}]*)\}", CONFIGURATION)
    assert len(blocks) == 2
    for block in blocks:
        assert set(re.findall(r"server (\S+) ", block)) == {f"{name}:{port}" for name in REPLICAS}
    assert f"location = {PATH} {{" in CONFIGURATION
    assert f"and {PATH} into" in SERVICES["replica-1"]["environment"]["FOOTNOTE_WEBHOOK_URL"]
    [(published, _, inside)] = [p.rpartition(":") for p in SERVICES["balancer"]["ports"]]
    assert published.startswith("127.0.0.1:")
    assert f"listen {inside};" in CONFIGURATION


@pytest.mark.parametrize("name", ["compose.yaml", "compose.scale.yaml"])
def test_a_compose_file_is_of_the_form_that_docker_reads(name: str, tmp_path: Path) -> None:
    """By the schema of the Compose specification, of which a copy is in check-jsonschema."""
    assert _faults_of_form(ROOT / name) == ""
    wrong = tmp_path / name
    wrong.write_text((ROOT / name).read_text().replace("restart:", "restrat:"))
    assert "'restrat' was unexpected" in _faults_of_form(wrong)


def _faults_of_form(file: Path) -> str:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    told = subprocess.run([*check, str(file)], capture_output=True, text=True, check=False)
    assert told.stderr == ""
    return told.stdout if told.returncode else ""

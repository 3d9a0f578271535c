"""The manifests for Kubernetes render, keep the schemas of their kinds, and fit image, settings and gateway.

What is not shown: that a cluster with KEDA runs them.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from cli.app import app as command_line
from gateway.routes.overview import Overview
from gateway.settings import GatewaySettings
from worker.service.settings import WorkerSettings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "kubernetes"
VERSION = "1.37"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text(encoding="utf-8"))


def read(name):
    return [each for each in yaml.safe_load_all((FOLDER / name).read_text(encoding="utf-8")) if each]


OBJECTS = {f"{each['kind']} {each['metadata']['name']}": each for n in KUSTOMIZATION["resources"] for each in read(n)}
PODS = {name: each["spec"]["template"]["spec"] for name, each in OBJECTS.items() if "template" in each.get("spec", {})}
CONTAINERS = {name: pod["containers"][0] for name, pod in PODS.items()}


def test_every_file_is_listed():
    files = {path.name for path in FOLDER.glob("*.yaml")}
    assert files == {*KUSTOMIZATION["resources"], "kustomization.yaml"}


def test_kustomize_renders_them_all_into_one_namespace():
    if shutil.which("kubectl") is None:
        pytest.skip("kubectl is not installed")
    done = subprocess.run(["kubectl", "kustomize", str(FOLDER)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rendered = list(yaml.safe_load_all(done.stdout))
    assert len(rendered) == len(OBJECTS)
    assert {each["metadata"].get("namespace", each["metadata"]["name"]) for each in rendered} == {"depesche"}
    images = set(re.findall(r"image: (\S+)", done.stdout))
    assert images == {"redis:7.2-bookworm", "registry.example/depesche:0.1.0"}


@pytest.mark.parametrize("name", [name for name, each in OBJECTS.items() if "keda" not in each["apiVersion"]])
def test_object_keeps_the_schema_of_its_kind(name):
    validate = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is not installed")
    validate.validate(OBJECTS[name], VERSION, strict=True)


def test_the_schemas_refuse_a_slip():
    """A validation that lets everything pass would show nothing."""
    validate = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is not installed")
    broken = json.loads(json.dumps(OBJECTS["Deployment worker"]))
    broken["spec"]["template"]["spec"]["containers"][0]["livenesProbe"] = {}
    with pytest.raises(validate.ValidationError):
        validate.validate(broken, VERSION, strict=True)


@pytest.mark.parametrize("name", PODS)
def test_pod_has_no_rights(name):
    pod, container = PODS[name], CONTAINERS[name]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not pod["automountServiceAccountToken"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]
    assert {mount["name"] for mount in container["volumeMounts"]} <= {
        *(volume["name"] for volume in pod["volumes"]),
        *(claim["metadata"]["name"] for claim in OBJECTS[name]["spec"].get("volumeClaimTemplates", ())),
    }


@pytest.mark.parametrize("name", PODS)
def test_selectors_meet_their_labels(name):
    spec = OBJECTS[name]["spec"]
    labels = spec["template"]["metadata"]["labels"]
    assert spec["selector"]["matchLabels"] == labels
    service = OBJECTS.get(f"Service {OBJECTS[name]['metadata']['name']}")
    if service is not None:
        assert service["spec"]["selector"] == labels
        ports = {port["name"] for port in CONTAINERS[name]["ports"]}
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports


def test_settings_are_settings():
    known = {f"DEPESCHE_{name.upper()}" for name in GatewaySettings.model_fields | WorkerSettings.model_fields}
    named = set(OBJECTS["ConfigMap depesche"]["data"])
    named |= {each["name"] for container in CONTAINERS.values() for each in container.get("env", ())}
    assert named <= known


def test_images_run_commands_that_there_are():
    commands = {each.name or each.callback.__name__ for each in command_line.registered_commands}
    assert {CONTAINERS[name]["args"][0] for name in ("Deployment gateway", "Deployment worker")} <= commands


def test_redis_may_lose_nothing():
    words = " ".join(CONTAINERS["StatefulSet redis"]["args"])
    assert "--appendonly yes" in words
    assert "--maxmemory-policy noeviction" in words


def test_workers_have_time_to_stop():
    patience = WorkerSettings.model_fields["stop_patience_s"].default
    assert PODS["Deployment worker"]["terminationGracePeriodSeconds"] >= patience + 40


def test_worker_has_a_core_for_each_process():
    worker = CONTAINERS["Deployment worker"]
    assert {"name": "DEPESCHE_CONCURRENCY", "value": worker["resources"]["requests"]["cpu"]} in worker["env"]


def test_keda_reads_a_number_that_the_gateway_reports():
    """The address, the field and the token's place are the gateway's; the rest is as KEDA documents it."""
    [trigger] = OBJECTS["ScaledObject worker"]["spec"]["triggers"]
    metadata = trigger["metadata"]
    assert trigger["type"] == "metrics-api"
    assert metadata["url"] == "http://gateway.depesche.svc/v1/overview"
    assert OBJECTS["Service gateway"]["spec"]["ports"][0]["port"] == 80
    assert metadata["valueLocation"] in Overview.model_fields
    assert all(isinstance(value, str) for value in metadata.values())
    [reference] = OBJECTS["TriggerAuthentication gateway"]["spec"]["secretTargetRef"]
    assert (reference["parameter"], metadata["authMode"]) == ("token", "bearer")
    assert OBJECTS["ScaledObject worker"]["spec"]["scaleTargetRef"]["name"] == "worker"
    assert "replicas" not in OBJECTS["Deployment worker"]["spec"]

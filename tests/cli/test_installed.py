"""The package as pip installs it: everything is in it, and works from any folder without the checkout."""

import re
import subprocess
import sys
import sysconfig

import requests

from tests.cli.test_serving import free_port, running
from tests.support.stores import ROOT, surroundings


def test_an_installed_catalog_works_from_any_folder(tmp_path):
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, ROOT], check=True)
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python, catalog = environment / "bin" / "python", environment / "bin" / "catalog"
    (wheel,) = tmp_path.glob("*.whl")
    subprocess.run([*pip, "--python", python, "install", "--no-deps", "--no-index", wheel], check=True)
    # What it depends on is there already: only the package itself is installed anew.
    packages = next((environment / "lib").glob("python*/site-packages"))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    folder = tmp_path / "anywhere"
    folder.mkdir()
    (folder / "app.py").write_text("raise RuntimeError('this is somebody else')\n")

    def run(*words):
        done = subprocess.run(words, cwd=folder, env=surroundings(), capture_output=True, text=True, check=True)
        return done.stdout

    where = run(python, "-I", "-c", "import app, catalog; print(app.__file__, catalog.__file__)")
    assert [path.startswith(str(packages)) for path in where.split()] == [True, True]
    assert run(catalog, "db", "upgrade").startswith("The store is now at ")
    assert run(catalog, "demo").startswith("Sign in as alice with the password ")
    assert run(catalog, "check").count("ok  ") == 7
    assert sorted(path.name for path in folder.iterdir()) == ["app.py", "instance"]
    port = free_port()
    with running([catalog, "serve", "--port", str(port), "--workers", "1"], port, folder, surroundings()) as server:
        _, address, _ = server
        assert len(requests.get(f"{address}/datasets", timeout=10).json()["data"]) > 0
        page = requests.get(f"{address}/datasets", headers={"Accept": "text/html"}, timeout=10)
        assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        sheets = re.findall(r'<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"', page.text)
        kinds = {
            requests.get(f"{address}{sheet}", timeout=10).headers["Content-Type"].split(";")[0] for sheet in sheets
        }
        assert kinds == {"text/css"}

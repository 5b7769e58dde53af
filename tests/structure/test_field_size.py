"""A phone in a valley downloads the app once: it must be small."""

import gzip
import re
from pathlib import Path

import pytest

BUILT = Path(__file__).resolve().parents[2] / "field" / "dist" / "field"
MOST_BYTES = 400_000  # compressed, without the scanner's decoder, which comes after it
IMAGES = {".png"}


def download(folder: Path) -> int:
    """Bytes that the app takes on the wire, without WebAssembly: what its service worker lists, and the worker itself."""
    worker = (folder / "worker.js").read_text(encoding="utf-8")
    names = {"worker.js", *re.findall(r'"url":"([^"]+)"', worker)}
    files = [folder / name for name in sorted(names) if not name.endswith(".wasm")]
    return sum(len(each.read_bytes() if each.suffix in IMAGES else gzip.compress(each.read_bytes())) for each in files)


@pytest.fixture
def built() -> Path:
    """The built app; `make test` builds it before."""
    if not (BUILT / "worker.js").exists():
        pytest.fail("The field app is not built. Type: make field")
    return BUILT


def test_the_app_is_small_to_download(built: Path):
    assert 20_000 < download(built) <= MOST_BYTES


def test_a_file_that_is_too_large_is_noticed(tmp_path: Path):
    (tmp_path / "worker.js").write_text('[{"revision":"1","url":"large.png"},{"revision":"2","url":"decoder.wasm"}]')
    (tmp_path / "large.png").write_bytes(bytes(MOST_BYTES))
    (tmp_path / "decoder.wasm").write_bytes(bytes(MOST_BYTES))

    assert MOST_BYTES < download(tmp_path) < MOST_BYTES + 1_000

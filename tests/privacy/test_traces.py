"""The search for planted details finds them however they are written, and nothing where there is nothing."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
import zlib

import pyarrow
import pytest
from pyarrow import parquet

from benchmarks.traces.search import Needles

DETAIL, OTHER = "Katarina Wolfsberg", "sk-proj-Ab12Cd34Ef56"
TEXT = f"My name is {DETAIL}, and I keep bees."


def zipped(raw):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", raw)
    return made.getvalue()


WRITTEN = {
    "UTF-8": TEXT.encode(),
    "lower case": TEXT.lower().encode(),
    "eight letters": b"..a Wolfsb..",
    "UTF-16": TEXT.encode("utf-16-le"),
    "UTF-16, the other way round": b"x" + TEXT.encode("utf-16-be"),
    "hex": b"f" + TEXT.encode().hex().encode(),
    "base64": base64.b64encode(b"x" + TEXT.encode()),
    "base64 for addresses": base64.urlsafe_b64encode(b"xx" + TEXT.encode()),
    "zlib": b"head" + zlib.compress(TEXT.encode(), 9) + b"tail",
    "gzip": gzip.compress(TEXT.encode()),
    "zip": zipped(TEXT),
    "base64 in a zip in zlib": zlib.compress(zipped(base64.b64encode(TEXT.encode()))),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_however_it_is_written(tmp_path, way):
    """Plain or encoded, packed or twice packed, at any place in the file: found, and only what is there."""
    needles = Needles([DETAIL, OTHER])
    (tmp_path / "file").write_bytes(b"\x00\xff" + WRITTEN[way] + b"\x00")
    assert needles.in_folder(tmp_path) == {DETAIL: ["file"]}


def test_in_a_parquet_file(tmp_path):
    """Milvus keeps its rows in Parquet, with pages packed by codecs of its own: they are opened."""
    parquet.write_table(pyarrow.table({"text": [TEXT] * 9}), tmp_path / "rows", compression="zstd")
    assert Needles([DETAIL, OTHER]).in_folder(tmp_path) == {DETAIL: ["rows"]}


def test_what_was_never_there(tmp_path):
    """Seven letters of a detail are no hit, and neither is noise."""
    (tmp_path / "file").write_bytes(b"a Wolfsx" + bytes(range(256)) * 4000)
    assert Needles([DETAIL, OTHER]).in_folder(tmp_path) == {}

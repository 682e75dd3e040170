"""What Office is strict about in the packages it opens: one thing wrong, and it offers a repair."""

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package by their names; no name may stand twice, in any case."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = package.namelist()
        assert len({name.lower() for name in names}) == len(names)
        return {name: package.read(name) for name in names}


def relations(parts: dict[str, bytes], name: str) -> dict[str, str]:
    """Return where a part's relations lead, by their ids; each must be there."""
    folder, _, file = name.rpartition("/")
    listed = parts.get(posixpath.join(folder, "_rels", f"{file}.rels"))
    if listed is None:
        return {}
    found = {}
    for relation in etree.fromstring(listed).iter(f"{RELATIONS}Relationship"):
        assert relation.get("TargetMode") != "External", name
        target = relation.get("Target")
        whole = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        assert relation.get("Id") not in found
        found[relation.get("Id")] = posixpath.normpath(whole)
        assert found[relation.get("Id")] in parts, (name, target)
    return found


def check_package(content: bytes) -> dict[str, bytes]:
    """Return a package's parts; each is typed, reached, and refers only to what is there."""
    parts = parts_of(content)
    _check_types(parts)
    reached, waiting = set(), [""]
    while waiting:
        name = waiting.pop()
        known = relations(parts, name)
        waiting += [target for target in known.values() if target not in reached]
        reached |= set(known.values())
        if name.endswith(".xml"):
            root = etree.fromstring(parts[name])
            asked = {v for e in root.iter() for k, v in e.attrib.items() if k.startswith(R)}
            assert asked <= known.keys(), name
    loose = {n for n in parts if not n.endswith(".rels") and n != "[Content_Types].xml"} - reached
    assert not loose
    owners = {n.replace("_rels/", "").removesuffix(".rels") for n in parts if n.endswith(".rels")}
    assert owners <= reached | {""}
    return parts


def _check_types(parts: dict[str, bytes]) -> None:
    root = etree.fromstring(parts["[Content_Types].xml"])
    endings = [e.get("Extension").lower() for e in root.iter(f"{TYPES}Default")]
    names = [e.get("PartName") for e in root.iter(f"{TYPES}Override")]
    assert len(set(endings)) == len(endings)
    assert len(set(names)) == len(names)
    assert {name[1:] for name in names} <= parts.keys()
    for name in parts.keys() - {"[Content_Types].xml"}:
        assert f"/{name}" in names or name.rpartition(".")[2].lower() in endings, name
        if name.endswith(".xml"):  # the plain type of XML says nothing of what a part is
            assert f"/{name}" in names, name


def elements(parts: dict[str, bytes], start: str) -> Iterator[tuple[str, etree._Element]]:
    """Yield the XML parts whose name starts so, parsed."""
    for name, content in parts.items():
        if name.startswith(start) and name.endswith(".xml"):
            yield name, etree.fromstring(content)

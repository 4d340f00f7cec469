"""Takes Microsoft's Bicep types out of the Azure MCP server on PyPI. Used once, by `setup`:

    arm_types.py WHEEL OUT.zip

They are what Microsoft's own tools check a Bicep file against: every resource type, every api-version, every property
with its type, its flags and its allowed values. The server carries them as resources (raw deflate) of one of the .NET
assemblies inside its single-file executable. OUT.zip holds `index.json` and the files that the index points to.
"""
import struct
import sys
import zipfile
import zlib

import dnfile

# precedes every single-file executable's table of contents: SHA-256 of ".net core bundle\n"
MARK = bytes.fromhex("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae")


def bundled(image):
    """(offset, size) of each file in a .NET single-file executable"""
    mark = image.find(MARK)
    if mark < 0:
        sys.exit("arm_types: this is no .NET single-file executable")
    (at,) = struct.unpack_from("<q", image, mark - 8)
    major, _, count = struct.unpack_from("<IIi", image, at)
    if major != 6:
        sys.exit(f"arm_types: bundle version {major}, 6 is known")
    at = skip_string(image, at + 12) + 16 + 16 + 8  # id; places of two settings files; flags
    for _ in range(count):
        offset, size, packed = struct.unpack_from("<qqq", image, at)
        at = skip_string(image, at + 25)
        if not packed:
            yield offset, size


def skip_string(image, at):
    length = shift = 0
    while True:
        byte = image[at]
        at += 1
        length |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return at + length


def main(wheel, out):
    with zipfile.ZipFile(wheel) as z:
        image = z.read(next(n for n in z.namelist() if n.endswith("/bin/azmcp")))
    wanted = b"\0index.json.deflated\0"
    for offset, size in bundled(image):
        assembly = image[offset : offset + size]
        if wanted not in assembly:
            continue
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
            for resource in dnfile.dnPE(data=assembly, clr_lazy_load=True).net.resources:
                name = str(resource.name)
                if name.endswith(".deflated"):
                    z.writestr(name.removesuffix(".deflated"), zlib.decompress(resource.data, -15))
            print(f"{len(z.namelist())} files of Azure resource types")
        return
    sys.exit("arm_types: no assembly carries the types")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Writes and reads safetensors files with nothing but struct and json.

    python3 plain.py write all_types.safetensors     # the golden file
    python3 plain.py read  FILE                      # prints {key: [dtype, shape, values]} as JSON
"""

import json
import struct
import sys

CODES = {"F64": "d", "F32": "f", "F16": "e", "I64": "q", "I32": "i", "I16": "h", "I8": "b", "U8": "B", "BOOL": "?"}


def bfloat_bytes(value):
    return struct.pack("<f", value)[2:]  # cut off: the values used here are exact


def pack(dtype, values):
    if dtype == "BF16":
        return b"".join(bfloat_bytes(v) for v in values)
    return struct.pack("<%d%s" % (len(values), CODES[dtype]), *values)


def unpack(dtype, data):
    if dtype == "BF16":
        return [struct.unpack("<f", b"\0\0" + data[i : i + 2])[0] for i in range(0, len(data), 2)]
    size = struct.calcsize("<" + CODES[dtype])
    return list(struct.unpack("<%d%s" % (len(data) // size, CODES[dtype]), data))


TENSORS = {
    "f64": ("F64", [2], [0.1, -1e300]),
    "i64": ("I64", [3], [-(2**62), 0, 7]),
    "f32/kernel": ("F32", [2, 3], [1.5, -2.25, 0.0, 3e38, 1e-40, -0.0]),
    "i32": ("I32", [2], [-(2**31), 2**31 - 1]),
    "f16": ("F16", [4], [1.0, -0.5, 65504.0, 6e-08]),
    "bf16": ("BF16", [2, 1], [1.0, -3.5]),
    "i16": ("I16", [2], [-32768, 32767]),
    "i8": ("I8", [2], [-128, 127]),
    "u8": ("U8", [3], [0, 128, 255]),
    "bool": ("BOOL", [2], [True, False]),
    "scalar": ("F32", [], [42.0]),
    "empty": ("F32", [0, 5], []),
    "größe": ("U8", [1], [9]),
}


def write(path):
    head, data = {"__metadata__": {"made_by": "plain.py"}}, b""
    for name, (dtype, shape, values) in TENSORS.items():
        packed = pack(dtype, values)
        head[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(packed)]}
        data += packed
    text = json.dumps(head).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def read(path):
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        assert size % 8 == 0, "the header is not aligned"
        head = json.loads(file.read(size))
        data = file.read()
    metadata = head.pop("__metadata__", None)
    end = 0
    result = {}
    for name, entry in sorted(head.items(), key=lambda e: e[1]["data_offsets"]):
        begin, stop = entry["data_offsets"]
        assert begin == end, "gap before " + name
        end = stop
        result[name] = [entry["dtype"], entry["shape"], unpack(entry["dtype"], data[begin:stop])]
    assert end == len(data)
    print(json.dumps({"metadata": metadata, "tensors": result}))


{"write": write, "read": read}[sys.argv[1]](sys.argv[2])

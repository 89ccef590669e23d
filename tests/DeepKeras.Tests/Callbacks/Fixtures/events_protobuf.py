"""Events as TensorBoard reads them, by Google's protobuf and crc32c instead of our own code.

    python3 events_protobuf.py events.tfevents      writes what EventFileTests compares bytes with
    python3 events_protobuf.py --read FILE                   checks every sum of a file and lists what is in it

Needs protobuf (3.21.12), crc32c (2.3) and NumPy. Field numbers are those of tensorboard/compat/proto: event, summary, tensor, tensor_shape.
"""

import struct
import sys

import crc32c
import numpy
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

TYPES = descriptor_pb2.FieldDescriptorProto
SCHEMA = {
    "Event": [("wall_time", 1, TYPES.TYPE_DOUBLE), ("step", 2, TYPES.TYPE_INT64), ("file_version", 3, TYPES.TYPE_STRING), ("summary", 5, "Summary")],
    "Summary": [("value", 1, "*Value")],
    "Value": [("tag", 1, TYPES.TYPE_STRING), ("tensor", 8, "Tensor"), ("metadata", 9, "Metadata")],
    "Metadata": [("plugin_data", 1, "PluginData"), ("data_class", 4, TYPES.TYPE_INT32)],
    "PluginData": [("plugin_name", 1, TYPES.TYPE_STRING), ("content", 2, TYPES.TYPE_BYTES)],
    "Tensor": [("dtype", 1, TYPES.TYPE_INT32), ("tensor_shape", 2, "Shape"), ("tensor_content", 4, TYPES.TYPE_BYTES), ("string_val", 8, "*bytes")],
    "Shape": [("dim", 2, "*Dim")],
    "Dim": [("size", 1, TYPES.TYPE_INT64)],
}


def messages():
    file = descriptor_pb2.FileDescriptorProto(name="events.proto", package="e", syntax="proto3")
    for name, fields in SCHEMA.items():
        message = file.message_type.add(name=name)
        for field, number, kind in fields:
            repeated = isinstance(kind, str) and kind.startswith("*")
            label = TYPES.LABEL_REPEATED if repeated else TYPES.LABEL_OPTIONAL
            entry = message.field.add(name=field, number=number, label=label)
            if kind == "*bytes":
                entry.type = TYPES.TYPE_BYTES
            elif isinstance(kind, str):
                entry.type, entry.type_name = TYPES.TYPE_MESSAGE, ".e." + kind.lstrip("*")
            else:
                entry.type = kind
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    factory = message_factory.MessageFactory(pool)
    return {name: factory.GetPrototype(pool.FindMessageTypeByName("e." + name)) for name in SCHEMA}


M = messages()


def masked(data):
    crc = crc32c.crc32c(data)
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def frame(message):
    data = message.SerializeToString(deterministic=True)
    length = struct.pack("<Q", len(data))
    return length + struct.pack("<I", masked(length)) + data + struct.pack("<I", masked(data))


def event(tag, step, dtype, shape, plugin, data_class, content=b"", strings=(), tensor=b""):
    value = M["Event"](wall_time=1700000000.5, step=step)
    entry = value.summary.value.add(tag=tag)
    entry.tensor.dtype = dtype
    entry.tensor.tensor_shape.SetInParent()
    for size in shape:
        entry.tensor.tensor_shape.dim.add(size=size)
    entry.tensor.tensor_content = tensor
    entry.tensor.string_val.extend(strings)
    entry.metadata.plugin_data.plugin_name = plugin
    entry.metadata.plugin_data.content = content
    entry.metadata.data_class = data_class
    return value


def buckets(values, count=30):
    """Equal widths from the least value to the greatest, which belongs to the last bucket."""
    counts, edges = numpy.histogram(values, count)
    return numpy.stack([edges[:-1], edges[1:], counts], 1).astype("<f8")


def write(path):
    spread = buckets(numpy.arange(64, dtype=numpy.float64) ** 2 / 64)
    with open(path, "wb") as file:
        file.write(frame(M["Event"](wall_time=1700000000.5, file_version="brain.Event:2")))
        file.write(frame(event("epoch_loss", 0, 1, [], "scalars", 1, tensor=struct.pack("<f", 0.25))))
        file.write(frame(event("epoch_loss", 300, 1, [], "scalars", 1, tensor=struct.pack("<f", float("inf")))))
        file.write(frame(event("dense/kernel/histogram", 7, 2, spread.shape, "histograms", 2, tensor=spread.tobytes())))
        file.write(frame(event("dense/bias/histogram", 7, 2, [1, 3], "histograms", 2, tensor=struct.pack("<3d", -0.5, 0.5, 4))))
        file.write(frame(event("keras", 0, 7, [], "graph_keras_model", 0, content=b"1", strings=['{"name": "Modell ä"}'.encode()])))


def read(path):
    data = open(path, "rb").read()
    at = 0
    while at < len(data):
        (length,), (head,) = struct.unpack_from("<Q", data, at), struct.unpack_from("<I", data, at + 8)
        body = data[at + 12 : at + 12 + length]
        (tail,) = struct.unpack_from("<I", data, at + 12 + length)
        assert head == masked(data[at : at + 8]) and tail == masked(body) and len(body) == length, f"damaged at {at}"
        at += 16 + length
        value = M["Event"].FromString(body)
        assert M["Event"]().ByteSize() == 0 and value.SerializeToString(deterministic=True) == body, "unknown fields"
        for entry in value.summary.value:
            tensor, shape = entry.tensor, [d.size for d in entry.tensor.tensor_shape.dim]
            kind = {1: "<f4", 2: "<f8"}.get(tensor.dtype)
            shown = numpy.frombuffer(tensor.tensor_content, kind).reshape(shape) if kind else [s[:60] for s in tensor.string_val]
            print(value.step, entry.tag, entry.metadata.plugin_data.plugin_name, entry.metadata.data_class, shape, shown if numpy.size(shown) < 9 else "…")
        if value.file_version:
            print(value.file_version)


if __name__ == "__main__":
    read(sys.argv[2]) if sys.argv[1] == "--read" else write(sys.argv[1])

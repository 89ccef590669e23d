"""Writes HDF5 files of every kind that is read, of Keras 1 and 2, and such as must be refused.

    python make_hdf5_files.py      # made with h5py 3.7.0 (HDF5 1.10.8)

types.weights.h5 holds one array of 0, 1 … 5 (as 2 × 3) per element type and layout, in the places where Keras 3 keeps weights.
applications.h5 and vgg.h5 are laid out as the weight files of keras.applications are, keras2.h5 as model.save("x.h5") of Keras 2.4 with its JSON;
their numbers are those of the formulas below.
"""

import json
import os

import h5py
import numpy as np

OUT = os.path.dirname(os.path.abspath(__file__))


def file(name, **options):
    return h5py.File(os.path.join(OUT, name), "w", **options)


def ramp(*shape):
    count = int(np.prod(shape))
    return ((np.arange(count) % 11 - 5) / 8).astype("float32").reshape(shape)


def types():
    values = np.arange(6).reshape(2, 3)
    with file("types.weights.h5") as f:
        f.create_group("vars")
        arrays = {
            "float16": {"dtype": "<f2"}, "float16_big": {"dtype": ">f2"}, "float32": {"dtype": "<f4"}, "float32_big": {"dtype": ">f4"},
            "float64": {"dtype": "<f8"}, "float64_big": {"dtype": ">f8"}, "uint8": {"dtype": "u1"}, "int8": {"dtype": "i1"}, "int16_big": {"dtype": ">i2"},
            "uint16": {"dtype": "<u2"}, "int32": {"dtype": "<i4"}, "uint32_big": {"dtype": ">u4"}, "int64_big": {"dtype": ">i8"}, "uint64": {"dtype": "<u8"},
            "chunked": {"dtype": "<f4", "chunks": (1, 2)}, "gzip": {"dtype": "<f4", "chunks": (2, 2), "compression": "gzip", "compression_opts": 9},
            "shuffled": {"dtype": ">f8", "chunks": (2, 3), "compression": "gzip", "shuffle": True, "fletcher32": True},
        }
        for name, options in arrays.items():
            f.create_dataset(f"layers/{name}/vars/0", data=values, **options)
        f.create_dataset("layers/scalar/vars/0", data=np.float32(2.5))
        f.create_dataset("layers/empty/vars/0", data=np.zeros((0, 3), "float32"))
        f.create_dataset("layers/words/vars/0", data=np.array([b"a", b"bc"]))
        f.create_dataset("layers/dropout/seed_generator/seed_generator_state", data=np.array([1, 2], "uint32"))
    with file("latest.weights.h5", libver="latest") as f:
        f.create_group("vars")
        f.create_dataset("layers/float32/vars/0", data=values.astype("float32"))


def group(parent, name, weights, **text):
    g = parent.create_group(name)
    g.attrs["weight_names"] = np.array([n.encode() for n in weights])
    for key, value in weights.items():
        g.create_dataset(key, data=value)
    return g


CONVOLUTIONS = [("block1_conv1", 3, 4), ("block1_conv2", 4, 4)]


def applications():
    """Two convolutions and a pooling layer; names of fixed length, as Keras 1 and 2 wrote them under Python 3, and :0 behind the weights."""
    with file("applications.h5") as f:
        f.attrs["layer_names"] = np.array([b"input_1", b"block1_conv1", b"block1_conv2", b"block1_pool"])
        f.attrs["backend"] = b"tensorflow"
        f.attrs["keras_version"] = b"2.0.6"
        group(f, "input_1", {})
        for name, i, o in CONVOLUTIONS:
            group(f, name, {f"{name}/kernel:0": ramp(3, 3, i, o), f"{name}/bias:0": ramp(o)})
        group(f, "block1_pool", {})
    with file("vgg.h5") as f:
        # VGG with three blocks of few filters, for images of 32 by 40.
        shapes = {
            "block1_conv1": (3, 3, 3, 4), "block2_conv1": (3, 3, 4, 6), "block2_conv2": (3, 3, 6, 6), "block3_conv1": (3, 3, 6, 8),
            "fc1": (7 * 7 * 8, 12), "fc2": (12, 12), "predictions": (12, 5),
        }
        f.attrs["layer_names"] = np.array([n.encode() for n in ["input_1", "block1_conv1", "block1_pool", "block2_conv1", "block2_conv2", "block2_pool", "block3_conv1", "block3_pool", "flatten", "fc1", "fc2", "predictions"]])
        f.attrs["backend"] = b"tensorflow"
        f.attrs["keras_version"] = b"2.0.6"
        for name in f.attrs["layer_names"]:
            name = name.decode()
            group(f, name, {f"{name}/kernel:0": ramp(*shapes[name]), f"{name}/bias:0": ramp(shapes[name][-1])} if name in shapes else {})
    with file("keras1.h5") as f:
        # The list of names in parts, as Keras splits what is too long for one attribute, and the weights' names of Keras 1.
        f.attrs["layer_names0"] = np.array([b"block1_conv1"])
        f.attrs["layer_names1"] = np.array([b"block1_conv2"])
        for name, i, o in CONVOLUTIONS:
            group(f, name, {f"{name}_W_1:0": ramp(3, 3, i, o), f"{name}_b_1:0": ramp(o)})
    with file("theano.h5") as f:
        f.attrs["layer_names"] = np.array([b"block1_conv1"])
        f.attrs["backend"] = b"theano"
        group(f, "block1_conv1", {"block1_conv1_W": ramp(3, 3, 3, 4), "block1_conv1_b": ramp(4)})


def layer(class_name, name, inbound, **config):
    entry = {"class_name": class_name, "config": {"name": name, "trainable": True, "dtype": "float32", **config}}
    if inbound is not None:
        entry["name"] = name
        entry["inbound_nodes"] = inbound
    return entry


def old(class_name, /, **config):
    return {"class_name": class_name, "config": config}


def keras2():
    glorot, zeros, ones = old("GlorotUniform", seed=None), old("Zeros"), old("Ones")
    kernel = {"kernel_initializer": glorot, "bias_initializer": zeros, "kernel_regularizer": None, "bias_regularizer": None, "activity_regularizer": None, "kernel_constraint": None, "bias_constraint": None}
    conv = {"kernel_size": [3, 3], "strides": [1, 1], "padding": "same", "data_format": "channels_last", "dilation_rate": [1, 1], "groups": 1, "use_bias": True, **kernel}
    depthwise = {**conv, "depth_multiplier": 1, "depthwise_initializer": glorot, "depthwise_regularizer": None, "depthwise_constraint": None}
    norm = {"axis": [3], "momentum": 0.99, "epsilon": 0.001, "center": True, "scale": True, "beta_initializer": zeros, "gamma_initializer": ones, "moving_mean_initializer": zeros, "moving_variance_initializer": ones, "beta_regularizer": None, "gamma_regularizer": None, "beta_constraint": None, "gamma_constraint": None}
    image = {"batch_input_shape": [None, 5, 5, 2], "dtype": "float32", "sparse": False, "ragged": False, "name": "input_1"}
    tower = {"name": "tower", "layers": [
        {"class_name": "InputLayer", "config": {**image, "name": "maps"}, "name": "maps", "inbound_nodes": []},
        layer("Conv2D", "conv_b", [[["maps", 0, 0, {}]]], filters=2, activation="relu", **conv),
        layer("BatchNormalization", "bn_b", [[["conv_b", 0, 0, {}]]], **norm),
    ], "input_layers": [["maps", 0, 0]], "output_layers": [["bn_b", 0, 0]]}
    model = {"class_name": "Functional", "config": {"name": "functional_1", "layers": [
        {"class_name": "InputLayer", "config": image, "name": "input_1", "inbound_nodes": []},
        layer("Conv2D", "conv_a", [[["input_1", 0, 0, {}]]], filters=2, activation="linear", **conv),
        {"class_name": "Functional", "config": tower, "name": "tower", "inbound_nodes": [[["conv_a", 0, 0, {}]]]},
        layer("LeakyReLU", "leaky", [[["tower", 1, 0, {}]]], alpha=0.25),
        layer("DepthwiseConv2D", "depthwise", [[["leaky", 0, 0, {}]]], activation="linear", **depthwise),
        layer("Add", "sum", [[["conv_a", 0, 0, {}], ["depthwise", 0, 0, {}]]]),
        layer("Flatten", "flat", [[["sum", 0, 0, {}]]], data_format="channels_last"),
        layer("Dense", "top", [[["flat", 0, 0, {}]]], units=3, activation="softmax", use_bias=True, **kernel),
    ], "input_layers": [["input_1", 0, 0]], "output_layers": [["top", 0, 0]]}}
    training = {
        "loss": old("CategoricalCrossentropy", reduction="auto", name="categorical_crossentropy", from_logits=False, label_smoothing=0.125),
        "metrics": [[old("MeanMetricWrapper", name="accuracy", dtype="float32", fn="categorical_accuracy")]],
        "weighted_metrics": None,
        "loss_weights": None,
        "optimizer_config": old("Adam", name="Adam", learning_rate=0.25, decay=0.0, beta_1=0.9, beta_2=0.999, epsilon=1e-07, amsgrad=False),
    }
    weights = {
        "conv_a": {"conv_a/kernel:0": ramp(3, 3, 2, 2), "conv_a/bias:0": ramp(2)},
        "tower": {
            "conv_b/kernel:0": -ramp(3, 3, 2, 2), "conv_b/bias:0": ramp(2) + 1, "bn_b/gamma:0": ramp(2) + 2, "bn_b/beta:0": ramp(2) + 3,
            "bn_b/moving_mean:0": ramp(2) + 0.5, "bn_b/moving_variance:0": ramp(2) + 1.5,
        },
        "depthwise": {"depthwise/depthwise_kernel:0": ramp(3, 3, 2, 1), "depthwise/bias:0": ramp(2)},
        "top": {"top/kernel:0": ramp(50, 3), "top/bias:0": ramp(3)},
    }
    with file("keras2.h5") as f:
        f.attrs["keras_version"] = b"2.4.0"
        f.attrs["backend"] = b"tensorflow"
        f.attrs["model_config"] = json.dumps(model).encode()
        f.attrs["training_config"] = json.dumps(training).encode()
        inside = f.create_group("model_weights")
        inside.attrs["layer_names"] = np.array([l["config"]["name"].encode() for l in model["config"]["layers"]])
        inside.attrs["keras_version"] = b"2.4.0"
        inside.attrs["backend"] = b"tensorflow"
        for l in model["config"]["layers"]:
            group(inside, l["config"]["name"], weights.get(l["config"]["name"], {}))
        # Step count, then all means, then all means of squares.
        trained = [v for layer_weights in weights.values() for n, v in layer_weights.items() if "moving" not in n]
        names = {"training/Adam/iter:0": np.int64(7)}
        names.update({f"training/Adam/m{i}:0": v * 0 + i for i, v in enumerate(trained)})
        names.update({f"training/Adam/v{i}:0": v * 0 + 100 + i for i, v in enumerate(trained)})
        group(f, "optimizer_weights", names)


def hostile():
    with file("soft_link.h5") as f:
        f.create_group("vars")
        f["layers"] = h5py.SoftLink("/vars")
    with file("external_link.h5") as f:
        f.create_group("vars")
        f["layers"] = h5py.ExternalLink("types.weights.h5", "/layers")
    with file("external_data.h5") as f:
        f.create_dataset("layers/dense/vars/0", shape=(4,), dtype="u1", external=[("make_hdf5_files.py", 0, 4)])
    with file("virtual.h5", libver="latest") as f:
        layout = h5py.VirtualLayout(shape=(2, 3), dtype="f4")
        layout[:] = h5py.VirtualSource("types.weights.h5", "layers/float32/vars/0", shape=(2, 3))
        f.create_virtual_dataset("layers/dense/vars/0", layout)
    with file("loop.h5") as f:
        f.create_group("layers/dense/vars")
        f["layers/dense/vars/again"] = f["layers"]
    with file("never_written.h5") as f:
        f.create_dataset("layers/dense/vars/0", shape=(1 << 20, 1 << 18), dtype="f4", chunks=(1024, 1024))
    with file("too_large.h5") as f:
        f.create_dataset("layers/dense/vars/0", shape=(1 << 40, 1 << 20), dtype="f4", chunks=(1024, 1024))
    with file("no_keras.h5") as f:
        f.create_dataset("table", data=np.arange(3))
    with file("listed_only.h5") as f:
        f.attrs["layer_names"] = np.array([b"dense"])
        f.create_group("dense").attrs["weight_names"] = np.array([b"dense/kernel:0"])
    with file("numbers_for_names.h5") as f:
        f.attrs["layer_names"] = np.array([1.0, 2.0])


if __name__ == "__main__":
    types()
    applications()
    keras2()
    hostile()

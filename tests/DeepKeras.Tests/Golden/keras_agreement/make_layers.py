"""Every layer of Keras with every option that changes numbers: outputs and gradients in float64, on drawn inputs and weights.

    KERAS_BACKEND=torch python make_layers.py      # made with Keras 3.16.0, torch backend

One file per family; a list of cases each: the layer as Keras serializes it, inputs, masks, arguments of the call, weights in Keras's order, outputs, gradients of
sum(output * coefficients) with respect to inputs and trainable weights, weights after the call in training mode. keras_layers.json names all layer classes of Keras.
"""

import functools
import inspect
import json
import os

import numpy as np

import keras
from keras import layers as L

from layer_cases import OUT, Family, fixed, gaps, real, whole

keras.config.set_floatx("float64")
FIRST = "channels_first"
ACTIVATIONS = (
    "celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu linear log_sigmoid log_softmax mish relu relu6 selu sigmoid silu "
    "soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid sparsemax squareplus tanh tanh_shrink"
).split()


def core():
    add = Family("core")
    add("Dense", real(3, 4), units=2)
    add("Dense", real(2, 3, 4), units=5, activation="tanh")
    add("Dense", real(3, 4), units=3, use_bias=False, activation="softmax")
    add("Dense", real(2, 2, 3, 4), units=2, activation="gelu")
    add("TernaryDense", real(3, 4), units=2)
    add("TernaryDense", real(2, 3, 4), units=3, threshold=0.3, activation="tanh", use_bias=False)
    add("EinsumDense", real(3, 4), equation="ab,bc->ac", output_shape=5, bias_axes="c")
    add("EinsumDense", real(2, 3, 4), equation="abc,cd->abd", output_shape=(None, 5), activation="relu")
    add("EinsumDense", real(2, 3, 4), equation="abc,cde->abde", output_shape=(None, 2, 3), bias_axes="de", activation="tanh")
    add("EinsumDense", real(2, 3, 4), equation="...x,xy->...y", output_shape=5, bias_axes="y")
    add("EinsumDense", real(2, 3, 4), equation="abc,bcd->ad", output_shape=3)
    add("EinsumDense", real(2, 3, 4), equation="abc,bd->adc", output_shape=(5, None), bias_axes="d")
    add("EinsumDense", real(2, 3, 2, 2), equation="abcd,cde->abe", output_shape=(None, 2), bias_axes="e")
    add("EinsumDense", real(2, 3, 2), equation="...ab,bc->...ac", output_shape=(None, 3), bias_axes="c")
    add("EinsumDense", real(2, 3, 2), equation="ab...,bc->ac...", output_shape=2, bias_axes="c")
    add("EinsumDense", real(2, 3, 2), equation="abc,bc->abc", output_shape=(3, 2), bias_axes="bc")
    add("EinsumDense", real(2, 2, 2), equation="abc,cde->abde", output_shape=(None, 2, 3), bias_axes="e")
    add("Embedding", whole(6, 2, 4), input_dim=6, output_dim=3)
    add("Embedding", whole(4, 2, 5), input_dim=4, output_dim=2, mask_zero=True, mask_out=True)
    add("Embedding", fixed([[0.0, 2.0], [1.0, 1.0]]), input_dim=3, output_dim=2)
    add("Embedding", whole(6, 3), input_dim=6, output_dim=2)
    add("ReversibleEmbedding", whole(6, 2, 4), input_dim=6, output_dim=3)
    add("ReversibleEmbedding", real(2, 4, 3), input_dim=6, output_dim=3, call={"reverse": True})
    add("ReversibleEmbedding", real(2, 4, 3), input_dim=6, output_dim=3, logit_soft_cap=0.5, call={"reverse": True})
    add("ReversibleEmbedding", real(2, 4, 3), input_dim=6, output_dim=3, tie_weights=False, call={"reverse": True})
    add("ReversibleEmbedding", whole(4, 2, 4), input_dim=6, output_dim=3, tie_weights=False, mask_zero=True, mask_out=True)
    add("Identity", real(2, 3))
    add("Masking", fixed([[[1, 2], [0, 0], [0, 1]], [[0, 0], [3, -1], [0, 0]]]), mask_out=True)
    add("Masking", fixed([[[1, 2], [0, 0], [2, 1]], [[2, 2], [3, -1], [0, 2]]]), mask_value=2.0, mask_out=True)
    add.write()


def activations():
    add = Family("activations")
    for name in ACTIVATIONS:
        add("Activation", real(2, 4, low=-4, high=4), activation=name)
    add("Activation", real(2, 3, 4, low=-2, high=2), activation="softmax")
    add("Activation", real(2, 3, 4, low=-2, high=2), activation="log_softmax")
    add("Activation", real(2, 3, 4, low=-2, high=2), activation="sparsemax")
    add("ELU", real(2, 5, low=-3, high=3))
    add("ELU", real(2, 5, low=-3, high=3), alpha=0.4)
    add("LeakyReLU", real(2, 5, low=-3, high=3))
    add("LeakyReLU", real(2, 5, low=-3, high=3), negative_slope=0.1)
    add("PReLU", real(2, 3, 4))
    add("PReLU", real(2, 3, 4), shared_axes=[1])
    add("PReLU", real(2, 3, 2, 4), shared_axes=[1, 2])
    add("PReLU", real(2, 3, 2, 4), shared_axes=[3])
    add("ReLU", real(2, 8, low=-4, high=4))
    add("ReLU", real(2, 8, low=-4, high=4), max_value=2.0)
    add("ReLU", real(2, 8, low=-4, high=4), negative_slope=0.2)
    add("ReLU", real(2, 8, low=-4, high=4), threshold=1.0)
    add("ReLU", real(2, 12, low=-4, high=4), max_value=2.5, negative_slope=0.2, threshold=0.5)
    add("Softmax", real(2, 3, 4))
    add("Softmax", real(2, 3, 4), axis=1)
    add("Softmax", real(2, 3, 4), axis=[1, 2])
    add("Softmax", real(2, 3, 4), masks=[gaps("1101", "0111").reshape(2, 1, 4)])
    add("Softmax", real(2, 4), masks=[gaps("0000", "0110")], title="nothing counts")
    add("Softmax", real(2, 4), masks=[gaps("1101", "0110")])
    add("Softmax", real(2, 3, 4), axis=[1, 2], masks=[gaps("1101", "0110", "1111", "1000", "0011", "0101").reshape(2, 3, 4)])
    add.write()


def convolutions():
    add = Family("conv1d")
    x = real(1, 7, 2)
    add("Conv1D", real(2, 7, 3), filters=4, kernel_size=3)
    add("Conv1D", x, filters=4, kernel_size=3, padding="same", activation="relu")
    add("Conv1D", x, filters=2, kernel_size=2, padding="same")
    add("Conv1D", x, filters=2, kernel_size=3, padding="causal")
    add("Conv1D", x, filters=2, kernel_size=2, padding="causal", dilation_rate=3)
    add("Conv1D", x, filters=2, kernel_size=3, padding="causal", strides=2)
    add("Conv1D", x, filters=2, kernel_size=3, strides=2)
    add("Conv1D", x, filters=2, kernel_size=4, strides=3, padding="same")
    add("Conv1D", x, filters=2, kernel_size=2, strides=3, padding="same", use_bias=False)
    add("Conv1D", x, filters=2, kernel_size=3, dilation_rate=2)
    add("Conv1D", x, filters=2, kernel_size=3, dilation_rate=3, padding="same")
    add("Conv1D", real(2, 6, 4), filters=4, kernel_size=3, groups=2)
    add("Conv1D", real(2, 6, 3), filters=6, kernel_size=2, groups=3, padding="same", strides=2)
    add("Conv1D", real(2, 3, 7), filters=4, kernel_size=3, data_format=FIRST)
    add("Conv1D", real(1, 3, 7), filters=2, kernel_size=2, data_format=FIRST, padding="same", strides=2, activation="sigmoid")
    add("Conv1D", real(1, 3, 7), filters=2, kernel_size=2, data_format=FIRST, padding="causal", dilation_rate=2)
    add.write()

    add = Family("conv1d_transposed")
    add("Conv1DTranspose", real(2, 4, 3), filters=2, kernel_size=3)
    add("Conv1DTranspose", real(1, 4, 2), filters=2, kernel_size=3, strides=2)
    add("Conv1DTranspose", real(1, 4, 2), filters=2, kernel_size=2, strides=3, activation="tanh")
    add("Conv1DTranspose", real(1, 4, 2), filters=2, kernel_size=3, padding="same")
    add("Conv1DTranspose", real(1, 4, 2), filters=2, kernel_size=4, strides=2, padding="same", use_bias=False)
    add("Conv1DTranspose", real(1, 4, 2), filters=2, kernel_size=2, strides=3, padding="same")
    add("Conv1DTranspose", real(1, 4, 2), filters=2, kernel_size=3, strides=2, output_padding=1)
    add("Conv1DTranspose", real(1, 4, 2), filters=2, kernel_size=3, strides=2, output_padding=0, padding="same")
    add("Conv1DTranspose", real(1, 4, 2), filters=2, kernel_size=3, strides=2, output_padding=1, padding="same")
    add("Conv1DTranspose", real(1, 4, 2), filters=2, kernel_size=3, dilation_rate=2)
    add("Conv1DTranspose", real(1, 4, 2), filters=2, kernel_size=3, dilation_rate=2, padding="same")
    for strides, size, extra in ((3, 2, None), (3, 4, 2), (2, 1, None)):
        add("Conv1DTranspose", real(1, 3, 1), filters=1, kernel_size=size, strides=strides, output_padding=extra)
    for strides, size, extra in ((2, 5, None), (3, 4, 2), (3, 4, 0), (4, 3, 1), (3, 1, 1)):
        add("Conv1DTranspose", real(1, 3, 1), filters=1, kernel_size=size, strides=strides, output_padding=extra, padding="same")
    add("Conv1DTranspose", real(1, 3, 1), filters=1, kernel_size=2, dilation_rate=3)
    add("Conv1DTranspose", real(1, 3, 4), filters=2, kernel_size=3, strides=2, data_format=FIRST)
    add("Conv1DTranspose", real(1, 3, 4), filters=2, kernel_size=3, strides=2, padding="same", data_format=FIRST)
    add.write()

    add = Family("conv1d_separable")
    x = real(1, 6, 2)
    add("DepthwiseConv1D", real(2, 6, 3), kernel_size=3)
    add("DepthwiseConv1D", x, kernel_size=2, padding="same", strides=2, activation="relu")
    add("DepthwiseConv1D", x, kernel_size=3, depth_multiplier=2)
    add("DepthwiseConv1D", x, kernel_size=2, dilation_rate=2, use_bias=False)
    add("DepthwiseConv1D", x, kernel_size=3, dilation_rate=2, padding="same", depth_multiplier=2)
    add("DepthwiseConv1D", real(2, 3, 6), kernel_size=2, depth_multiplier=2, data_format=FIRST)
    add("SeparableConv1D", real(2, 6, 3), filters=4, kernel_size=3)
    add("SeparableConv1D", x, filters=4, kernel_size=2, padding="same", strides=2, activation="relu")
    add("SeparableConv1D", x, filters=2, kernel_size=3, depth_multiplier=2, use_bias=False)
    add("SeparableConv1D", x, filters=2, kernel_size=3, dilation_rate=2, padding="same")
    add("SeparableConv1D", real(2, 2, 6), filters=3, kernel_size=2, depth_multiplier=2, data_format=FIRST)
    add.write()

    add = Family("conv2d")
    x = real(1, 5, 4, 2)
    add("Conv2D", real(2, 5, 4, 2), filters=2, kernel_size=3)
    add("Conv2D", x, filters=2, kernel_size=(2, 3), padding="same", activation="relu")
    add("Conv2D", x, filters=2, kernel_size=3, strides=2)
    add("Conv2D", x, filters=2, kernel_size=3, strides=2, padding="same")
    add("Conv2D", x, filters=2, kernel_size=(3, 2), strides=(2, 1), padding="same", use_bias=False)
    add("Conv2D", x, filters=2, kernel_size=1)
    add("Conv2D", x, filters=2, kernel_size=1, strides=2)
    add("Conv2D", x, filters=2, kernel_size=2, strides=3, padding="same")
    add("Conv2D", x, filters=2, kernel_size=2, dilation_rate=2)
    add("Conv2D", x, filters=2, kernel_size=(3, 2), dilation_rate=(2, 1), padding="same")
    add("Conv2D", real(1, 4, 3, 4), filters=4, kernel_size=2, groups=2)
    add("Conv2D", real(1, 4, 3, 4), filters=4, kernel_size=2, groups=4, padding="same", strides=2)
    add("Conv2D", real(1, 2, 5, 4), filters=2, kernel_size=3, data_format=FIRST)
    add("Conv2D", real(1, 2, 5, 4), filters=2, kernel_size=3, strides=2, padding="same", data_format=FIRST, activation="tanh")
    add.write()

    add = Family("conv2d_transposed")
    x = real(1, 3, 2, 2)
    add("Conv2DTranspose", real(2, 3, 2, 2), filters=2, kernel_size=2)
    add("Conv2DTranspose", x, filters=3, kernel_size=3, strides=2, activation="relu")
    add("Conv2DTranspose", x, filters=2, kernel_size=3, strides=2, padding="same")
    add("Conv2DTranspose", x, filters=2, kernel_size=(2, 3), strides=(1, 3), padding="same", use_bias=False)
    add("Conv2DTranspose", x, filters=2, kernel_size=4, strides=2, padding="same")
    add("Conv2DTranspose", x, filters=1, kernel_size=3, strides=2, output_padding=1)
    add("Conv2DTranspose", x, filters=1, kernel_size=3, strides=2, output_padding=1, padding="same")
    add("Conv2DTranspose", x, filters=1, kernel_size=3, strides=2, output_padding=(0, 1), padding="same")
    add("Conv2DTranspose", x, filters=2, kernel_size=2, dilation_rate=2)
    add("Conv2DTranspose", x, filters=2, kernel_size=(3, 2), dilation_rate=(2, 1), padding="same")
    add("Conv2DTranspose", real(1, 2, 3, 2), filters=2, kernel_size=3, strides=2, padding="same", data_format=FIRST)
    add("Conv2DTranspose", real(1, 2, 3, 2), filters=2, kernel_size=3, data_format=FIRST)
    add.write()

    add = Family("conv2d_separable")
    x = real(1, 4, 5, 2)
    add("DepthwiseConv2D", real(2, 4, 5, 2), kernel_size=3)
    add("DepthwiseConv2D", x, kernel_size=(2, 3), padding="same", depth_multiplier=2)
    add("DepthwiseConv2D", x, kernel_size=3, strides=2, padding="same", activation="relu")
    add("DepthwiseConv2D", x, kernel_size=2, strides=2, use_bias=False)
    add("DepthwiseConv2D", x, kernel_size=2, dilation_rate=2)
    add("DepthwiseConv2D", x, kernel_size=2, dilation_rate=(1, 2), padding="same", depth_multiplier=2)
    add("DepthwiseConv2D", real(1, 2, 4, 5), kernel_size=3, depth_multiplier=2, data_format=FIRST)
    add("DepthwiseConv2D", real(1, 2, 4, 5), kernel_size=2, strides=2, padding="same", data_format=FIRST)
    add("SeparableConv2D", x, filters=3, kernel_size=3)
    add("SeparableConv2D", x, filters=3, kernel_size=(2, 3), padding="same", depth_multiplier=2, activation="tanh")
    add("SeparableConv2D", x, filters=2, kernel_size=3, strides=2, padding="same")
    add("SeparableConv2D", x, filters=2, kernel_size=2, dilation_rate=2, use_bias=False)
    add("SeparableConv2D", x, filters=2, kernel_size=2, dilation_rate=2, padding="same")
    add("SeparableConv2D", real(1, 2, 4, 5), filters=2, kernel_size=2, depth_multiplier=2, data_format=FIRST)
    add.write()

    add = Family("conv3d")
    x = real(1, 3, 4, 3, 2)
    add("Conv3D", x, filters=2, kernel_size=2)
    add("Conv3D", x, filters=2, kernel_size=(2, 3, 1), padding="same", activation="relu")
    add("Conv3D", x, filters=1, kernel_size=2, strides=2, padding="same")
    add("Conv3D", x, filters=1, kernel_size=(1, 2, 2), strides=(1, 2, 1), use_bias=False)
    add("Conv3D", x, filters=1, kernel_size=(2, 2, 1), dilation_rate=(1, 2, 1))
    add("Conv3D", x, filters=1, kernel_size=2, dilation_rate=2, padding="same")
    add("Conv3D", x, filters=4, kernel_size=(1, 2, 2), groups=2)
    add("Conv3D", real(1, 2, 3, 4, 3), filters=1, kernel_size=2, data_format=FIRST)
    add("Conv3D", real(1, 2, 3, 4, 3), filters=1, kernel_size=2, strides=2, padding="same", data_format=FIRST)
    x = real(1, 2, 2, 3, 2)
    add("Conv3DTranspose", x, filters=1, kernel_size=2)
    add("Conv3DTranspose", x, filters=1, kernel_size=(1, 3, 2), strides=(1, 2, 1), padding="same", activation="tanh")
    add("Conv3DTranspose", x, filters=1, kernel_size=2, strides=2)
    add("Conv3DTranspose", x, filters=1, kernel_size=(3, 2, 1), strides=(2, 1, 1), output_padding=(1, 0, 0), use_bias=False)
    add("Conv3DTranspose", real(1, 2, 1, 2, 2), filters=1, kernel_size=(3, 3, 2), strides=2, output_padding=1, padding="same")
    add("Conv3DTranspose", x, filters=1, kernel_size=(2, 1, 2), dilation_rate=(2, 1, 1))
    add("Conv3DTranspose", real(1, 2, 2, 2, 3), filters=1, kernel_size=2, strides=(1, 2, 1), padding="same", data_format=FIRST)
    add("Conv3DTranspose", real(1, 2, 2, 2, 3), filters=1, kernel_size=2, data_format=FIRST)
    add.write()


def pooling():
    add = Family("pooling")
    for kind in ("Max", "Average"):
        name = kind + "Pooling"
        add(name + "1D", real(2, 7, 2), pool_size=2)
        add(name + "1D", real(1, 7, 2), pool_size=3, strides=2, padding="same")
        add(name + "1D", real(1, 7, 2), pool_size=2, strides=3, padding="same")
        add(name + "1D", real(1, 7, 2), pool_size=3, strides=1)
        add(name + "1D", real(1, 2, 7), pool_size=3, strides=2, padding="same", data_format=FIRST)
        add(name + "2D", real(2, 5, 4, 2), pool_size=2)
        add(name + "2D", real(1, 5, 4, 2), pool_size=3, strides=2, padding="same")
        add(name + "2D", real(1, 5, 4, 2), pool_size=(2, 3), strides=(1, 2), padding="same")
        add(name + "2D", real(1, 5, 4, 2), pool_size=3, strides=1)
        add(name + "2D", real(1, 2, 5, 4), pool_size=3, strides=2, padding="same", data_format=FIRST)
        add(name + "2D", real(1, 2, 5, 4), pool_size=(2, 1), data_format=FIRST)
        add(name + "3D", real(1, 3, 4, 5, 1), pool_size=2)
        add(name + "3D", real(1, 3, 4, 5, 1), pool_size=2, strides=(1, 2, 2), padding="same")
        add(name + "3D", real(1, 3, 4, 5, 1), pool_size=(3, 1, 2), strides=(2, 1, 3), padding="same")
        add(name + "3D", real(1, 1, 3, 4, 5), pool_size=2, padding="same", data_format=FIRST)
        add(f"Adaptive{name}1D", real(1, 7, 2), output_size=3)
        add(f"Adaptive{name}1D", real(2, 2, 7), output_size=4, data_format=FIRST)
        add(f"Adaptive{name}2D", real(1, 5, 4, 2), output_size=3)
        add(f"Adaptive{name}2D", real(1, 5, 4, 2), output_size=(2, 1))
        add(f"Adaptive{name}2D", real(1, 2, 5, 4), output_size=(2, 3), data_format=FIRST)
        add(f"Adaptive{name}3D", real(1, 3, 4, 5, 1), output_size=2)
        add(f"Adaptive{name}3D", real(1, 1, 3, 4, 5), output_size=(1, 3, 2), data_format=FIRST)
    add.write()

    add = Family("global_pooling")
    shapes = ((2, 4, 3), (2, 3, 2, 2), (2, 2, 3, 2, 2))
    for kind in ("Max", "Average"):
        for rank, shape in enumerate(shapes, 1):
            name = f"Global{kind}Pooling{rank}D"
            add(name, real(*shape))
            add(name, real(*shape), keepdims=True)
            add(name, real(*shape), data_format=FIRST)
            add(name, real(*shape), data_format=FIRST, keepdims=True)
    add("GlobalAveragePooling1D", real(2, 4, 3), masks=[gaps("1101", "0110")])
    add("GlobalAveragePooling1D", real(2, 4, 3), keepdims=True, masks=[gaps("1101", "0110")])
    add("GlobalAveragePooling1D", real(2, 3, 4), data_format=FIRST, masks=[gaps("1101", "0110")])
    add.write()


def layer_normalized(*axes):
    """Keras 3.16's own formula, as it has it for backends that give no layer normalization of their own, over the right axes."""
    def through(layer, inputs):
        x = inputs[0]
        mean, variance = keras.ops.moments(x, axes=list(axes), keepdims=True)
        shape = [e if i in axes else 1 for i, e in enumerate(x.shape)]
        y = (x - mean) / keras.ops.sqrt(variance + layer.epsilon)
        if layer.gamma is not None:
            y = y * keras.ops.reshape(layer.gamma, shape)
        return y if layer.beta is None else y + keras.ops.reshape(layer.beta, shape)
    return through


def rms_normalized(*axes):
    def through(layer, inputs):
        x = inputs[0]
        shape = [e if i in axes else 1 for i, e in enumerate(x.shape)]
        y = x * keras.ops.rsqrt(keras.ops.mean(keras.ops.square(x), axis=list(axes), keepdims=True) + layer.epsilon)
        return y * keras.ops.reshape(layer.scale, shape)
    return through


def normalization():
    add = Family("batch_normalization")
    for training in (False, True):
        add("BatchNormalization", real(4, 3), training=training)
        add("BatchNormalization", real(3, 2, 2, 3), training=training, momentum=0.8, epsilon=0.01)
        add("BatchNormalization", real(3, 3, 2, 2), training=training, axis=1)
        add("BatchNormalization", real(3, 3, 2, 2), training=training, axis=2, center=False)
        add("BatchNormalization", real(4, 3), training=training, scale=False)
        add("BatchNormalization", real(4, 2, 3), training=training, center=False, scale=False, momentum=0.6)
        add("BatchNormalization", real(2, 2, 2, 2, 2), training=training)
        add("BatchNormalization", real(2, 4, 3), training=training, masks=[gaps("1101", "0110")])
        add("BatchNormalization", real(3, 2, 3), training=training, trainable=False)
        add("BatchNormalization", real(4, 3), training=training, calls=2, momentum=0.7)
    add.write()

    add = Family("normalization")
    wrong = "Keras 3.16 itself normalises the last axes on the torch backend, whatever axis is given; computed by its formula for other backends"
    add("LayerNormalization", real(2, 3, 4))
    add("LayerNormalization", real(2, 3, 4), epsilon=0.1)
    add("LayerNormalization", real(2, 3, 4), center=False)
    add("LayerNormalization", real(2, 3, 4), scale=False)
    add("LayerNormalization", real(2, 3, 4), center=False, scale=False)
    add("LayerNormalization", real(2, 3, 4), axis=[1, 2])
    add("LayerNormalization", real(2, 3, 2, 3), axis=[-2, -1])
    add("LayerNormalization", real(2, 3, 3), axis=1, through=layer_normalized(1), note=wrong)
    add("LayerNormalization", real(2, 3, 2, 3), axis=[1, 3], through=layer_normalized(1, 3), note=wrong)
    add("RMSNormalization", real(2, 3, 4))
    add("RMSNormalization", real(2, 3, 4), epsilon=0.1)
    add("RMSNormalization", real(2, 3, 4), axis=[1, 2])
    add("RMSNormalization", real(2, 3, 3), axis=1, through=rms_normalized(1), note=wrong)
    add("GroupNormalization", real(2, 3, 6), groups=2)
    add("GroupNormalization", real(2, 3, 2, 4), groups=4, epsilon=0.05)
    add("GroupNormalization", real(2, 3, 4), groups=1, center=False)
    add("GroupNormalization", real(2, 3, 4), groups=-1, scale=False)
    add("GroupNormalization", real(2, 4, 3, 2), groups=2, axis=1)
    add("GroupNormalization", real(2, 4, 3), groups=2, axis=1, center=False, scale=False)
    add("GroupNormalization", real(3, 4), groups=2)
    add("GroupNormalization", real(2, 2, 4), groups=2, scale=False)
    add("GroupNormalization", real(2, 4, 2, 2), groups=4, axis=-3, scale=False)
    add("GroupNormalization", real(1, 2, 1, 2, 4), groups=2)
    add("UnitNormalization", real(2, 3, 4))
    add("UnitNormalization", real(2, 3, 4), axis=1)
    add("UnitNormalization", real(2, 3, 4), axis=[1, 2])
    for training in (False, True):
        add("SpectralNormalization", real(3, 4), layer=L.Dense(3), training=training)
        add("SpectralNormalization", real(1, 4, 3, 2), layer=L.Conv2D(2, 2), power_iterations=3, training=training)
        add("SpectralNormalization", real(2, 4, 2), layer=L.Conv1D(2, 2, use_bias=False), training=training)
    rounded = "Keras 3.16 itself rounds the answer to the whole numbers of its inputs"
    add("SpectralNormalization", whole(5, 2, 3), layer=L.Embedding(5, 3), through=lambda layer, inputs: layer.layer(inputs[0]), note=rounded)
    add.write()


def recurrent():
    mask = [gaps("1101", "0110")]
    for name, states in (("SimpleRNN", 1), ("LSTM", 2), ("GRU", 1)):
        add = Family(name.lower())
        x = real(2, 4, 2)
        start = [real(2, 2) for _ in range(states)]
        add(name, x, units=2)
        add(name, x, units=2, return_sequences=True)
        add(name, x, units=2, return_sequences=True, return_state=True, go_backwards=True)
        add(name, x, *start, units=2)
        add(name, x, *start, units=2, return_sequences=True, return_state=True)
        add(name, x, units=2, use_bias=False, return_sequences=True)
        add(name, x, units=2, activation="relu", return_sequences=True)
        add(name, x, units=2, masks=mask)
        add(name, x, units=2, masks=mask, return_sequences=True, return_state=True)
        add(name, x, units=2, masks=mask, return_sequences=True, zero_output_for_mask=True)
        add(name, x, units=2, masks=mask, return_sequences=True, return_state=True, go_backwards=True)
        add(name, x, *start, units=2, masks=mask, return_sequences=True)
        add(name, x, *start, units=2, masks=[gaps("0011", "1000")], return_state=True, activation="sigmoid")
        add(name, x, units=1, masks=[gaps("0000", "0010")], return_sequences=True, return_state=True, title="nothing counts")
        add(name, x, units=2, unroll=True, masks=mask, return_sequences=True, return_state=True)
        add(name, x, units=2, stateful=True, calls=2, return_state=True, gradients=False)
        add(name, x, units=2, dropout=0.5, recurrent_dropout=0.5)
        if states == 2:
            add(name, x, units=2, unit_forget_bias=False)
        if name != "SimpleRNN":
            add(name, x, units=2, recurrent_activation="hard_sigmoid", return_sequences=True)
            add(name, x, units=2, recurrent_activation="tanh", activation="softsign", masks=mask, return_sequences=True)
        if name == "GRU":
            add(name, x, units=2, reset_after=False, return_sequences=True)
            add(name, x, units=2, reset_after=False, masks=mask, return_state=True)
            add(name, x, units=2, reset_after=False, use_bias=False, go_backwards=True)
            add(name, x, *start, units=2, reset_after=False, return_sequences=True, return_state=True)
        add.write()

    add = Family("cells")
    for name, states in (("SimpleRNN", 1), ("LSTM", 2), ("GRU", 1)):
        start = [real(2, 2) for _ in range(states)]
        add(name + "Cell", real(2, 3), *start, units=2)
        add(name + "Cell", real(2, 3), *start, units=2, use_bias=False, activation="relu")
        add("RNN", real(2, 4, 2), cell=getattr(L, name + "Cell")(2), return_sequences=True, return_state=True)
    add("LSTMCell", real(2, 3), real(2, 2), real(2, 2), units=2, recurrent_activation="hard_sigmoid", unit_forget_bias=False)
    add("GRUCell", real(2, 3), real(2, 2), units=2, reset_after=False)
    add("GRUCell", real(2, 3), real(2, 2), units=2, reset_after=False, use_bias=False, recurrent_activation="tanh")
    add("StackedRNNCells", real(2, 3), real(2, 2), real(2, 2), real(2, 1), cells=[L.LSTMCell(2), L.GRUCell(1)])
    add("RNN", real(2, 4, 2), cell=L.StackedRNNCells([L.GRUCell(3), L.SimpleRNNCell(2)]), return_state=True)
    add("RNN", real(2, 4, 2), cell=L.StackedRNNCells([L.LSTMCell(2), L.LSTMCell(2)]), masks=mask, return_sequences=True, return_state=True, go_backwards=True)
    add("RNN", real(2, 3, 2), real(2, 1), real(2, 1), real(2, 1), cell=L.StackedRNNCells([L.LSTMCell(1), L.GRUCell(1)]), return_state=True)
    add("RNN", real(2, 4, 3), real(2, 2), cell=L.GRUCell(2), unroll=True, return_state=True)
    add.write()

    add = Family("bidirectional")
    x = real(2, 4, 2)
    add("Bidirectional", x, layer=L.SimpleRNN(2), merge_mode=None)
    for mode in ("concat", "sum", "mul", "ave", None):
        add("Bidirectional", x, layer=L.SimpleRNN(2, return_sequences=True), merge_mode=mode)
    add("Bidirectional", x, layer=L.GRU(2, return_sequences=True, return_state=True), title="return_state")
    add("Bidirectional", x, layer=L.SimpleRNN(2, return_sequences=True), masks=mask)
    add("Bidirectional", x, layer=L.LSTM(2, return_sequences=True), masks=mask)
    add("Bidirectional", x, layer=L.LSTM(1), masks=mask)
    add("Bidirectional", x, real(2, 2), real(2, 2), layer=L.GRU(2, return_state=True))
    add("Bidirectional", x, *[real(2, 1) for _ in range(4)], layer=L.LSTM(1, return_sequences=True), masks=mask)
    add("Bidirectional", x, layer=L.SimpleRNN(1, return_sequences=True, return_state=True), masks=[gaps("0000", "0110")])
    add("Bidirectional", x, layer=L.SimpleRNN(1, stateful=True, return_state=True), calls=2, gradients=False)
    add("Bidirectional", x, layer=L.LSTM(2, return_sequences=True), backward_layer=L.GRU(3, return_sequences=True, go_backwards=True))
    add("Bidirectional", x, layer=L.GRU(2), backward_layer=L.GRU(2, go_backwards=True, activation="relu"), merge_mode="sum")
    add.write()

    add = Family("time_distributed")
    add("TimeDistributed", real(2, 3, 4), layer=L.Dense(2, activation="tanh"))
    add("TimeDistributed", real(1, 3, 3, 3, 2), layer=L.Conv2D(2, 2))
    add("TimeDistributed", real(2, 3, 2, 2), layer=L.Flatten())
    add("TimeDistributed", real(2, 3, 4), layer=L.BatchNormalization(), training=True)
    add("TimeDistributed", real(2, 3, 4, 2), layer=L.LSTM(2))
    add("TimeDistributed", real(2, 3, 4, 1), layer=L.GRU(1), masks=[np.stack([gaps("1101", "0110", "1111"), gaps("0011", "1000", "1110")])])
    add("TimeDistributed", real(3, 2, 2), layer=L.BatchNormalization(), masks=[gaps("11", "01", "11")], training=True)
    add("TimeDistributed", real(2, 3, 2), layer=L.Dense(1), masks=[gaps("110", "011")])
    add.write()

    add = Family("conv_lstm")
    x = real(1, 3, 4, 1)
    add("ConvLSTM1D", x, filters=2, kernel_size=2)
    add("ConvLSTM1D", x, filters=1, kernel_size=3, padding="same", return_sequences=True)
    add("ConvLSTM1D", x, filters=1, kernel_size=2, strides=2, return_state=True)
    add("ConvLSTM1D", x, filters=1, kernel_size=2, dilation_rate=2, use_bias=False)
    add("ConvLSTM1D", x, filters=1, kernel_size=2, go_backwards=True, activation="relu", recurrent_activation="hard_sigmoid")
    add("ConvLSTM1D", real(2, 4, 3, 2), filters=1, kernel_size=2, masks=mask, return_sequences=True)
    add("ConvLSTM1D", real(1, 3, 2, 4), filters=1, kernel_size=2, data_format=FIRST)
    add("ConvLSTM1D", x, real(1, 3, 1), real(1, 3, 1), filters=1, kernel_size=2, return_state=True)
    x = real(1, 3, 3, 4, 1)
    add("ConvLSTM2D", x, filters=1, kernel_size=2)
    add("ConvLSTM2D", x, filters=1, kernel_size=(2, 3), padding="same", return_sequences=True)
    add("ConvLSTM2D", x, filters=1, kernel_size=2, strides=2, padding="same", return_state=True)
    add("ConvLSTM2D", real(2, 4, 2, 2, 1), filters=1, kernel_size=2, padding="same", masks=mask, return_sequences=True, return_state=True)
    add("ConvLSTM2D", real(1, 2, 2, 3, 3), filters=1, kernel_size=2, data_format=FIRST, padding="same", go_backwards=True)
    add("ConvLSTM2D", x, filters=1, kernel_size=2, dilation_rate=(1, 2))
    add("ConvLSTM3D", real(1, 2, 2, 3, 2, 1), filters=1, kernel_size=2)
    add("ConvLSTM3D", real(1, 2, 2, 2, 2, 2), filters=1, kernel_size=(1, 2, 2), padding="same", return_sequences=True)
    add("ConvLSTM3D", real(1, 2, 2, 2, 2, 2), filters=1, kernel_size=2, strides=2, padding="same", data_format=FIRST, return_state=True)
    add.write()


def attention():
    add = Family("attention")
    q, v, k = real(2, 3, 2), real(2, 4, 1), real(2, 4, 2)
    seen = [gaps("110", "101"), gaps("1101", "0110")]
    scores, causal = {"return_attention_scores": True}, {"use_causal_mask": True}
    kinds = [("Attention", {}), ("Attention", {"use_scale": True}), ("Attention", {"score_mode": "concat"})]
    kinds += [("Attention", {"score_mode": "concat", "use_scale": True}), ("AdditiveAttention", {}), ("AdditiveAttention", {"use_scale": False})]
    for name, options in kinds:
        add(name, q, v, k, **options)
        add(name, q, v, k, call=scores, masks=[*seen, None], **options)
        add(name, q, k, call=causal, **options)
        add(name, q, k, call={**causal, **scores}, masks=[None, gaps("1101", "1011")], **options)
        add(name, q, k, masks=[seen[0], None], title="query only", **options)
    add("Attention", q, v, k, dropout=0.5)
    add.write()

    allowed = gaps(*["1101", "0110", "1011", "1111", "0001", "1000"]).reshape(2, 3, 4)
    shared = ({"use_bias": False}, {"use_gate": True})
    own = ({"value_dim": 3}, {"output_shape": 5}, {"output_shape": (2, 3)}, {"use_gate": True, "value_dim": 3}, {"dropout": 0.5})
    for name, plain, variants in (
        ("MultiHeadAttention", {"num_heads": 2, "key_dim": 2}, shared + own),
        ("GroupQueryAttention", {"head_dim": 2, "num_query_heads": 4, "num_key_value_heads": 2}, shared),
    ):
        add = Family("multi_head_attention" if name.startswith("Multi") else "group_query_attention")
        q, v, k = real(2, 3, 2), real(2, 4, 2), real(2, 4, 2)
        add(name, q, v, **plain)
        add(name, q, v, k, **plain)
        for options in variants:
            add(name, q, v, k, **plain, **options)
        add.write()
        add = Family(add.name + "_masks")
        plain = {"num_heads": 2, "key_dim": 1} if name.startswith("Multi") else {"head_dim": 1, "num_query_heads": 2, "num_key_value_heads": 1}
        add(name, q, v, call=scores, **plain)
        add(name, q, q, call=causal, **plain)
        add(name, q, v, call={**scores, **causal}, **plain)
        add(name, q, v, k, masks=[*seen, None], **plain)
        add(name, q, v, k, masks=[None, None, seen[1]], title="key", **plain)
        add(name, q, v, masks=[seen[0], None], title="query", **plain)
        add(name, q, v, v, fixed(allowed, "bool"), title="attention_mask", **plain)
        add(name, q, v, k, fixed(allowed, "bool"), call=scores, masks=[*seen, None, None], title="attention_mask", **plain)
        add(name, q, q, masks=[gaps("110", "011")] * 2, call=causal, title="both", **plain)
        add(name, q, v, v, fixed(allowed[:, None], "bool"), title="attention_mask", **plain)
        add(name, real(2, 4, 2), real(2, 4, 2), sliding_window=2, **plain)
        add(name, real(2, 4, 2), real(2, 4, 2), sliding_window=3, call={**scores, **causal}, **plain)
        if name.startswith("Group"):
            add(name, q, v, head_dim=2, num_query_heads=2, num_key_value_heads=2)
            add(name, q, v, head_dim=2, num_query_heads=3, num_key_value_heads=1, call=scores)
        else:
            add(name, real(1, 2, 3, 2), real(1, 2, 3, 2), num_heads=2, key_dim=2)
            add(name, real(2, 2, 3, 2), real(2, 2, 4, 2), num_heads=2, key_dim=2, attention_axes=2)
            add(name, real(2, 2, 2, 3), real(2, 3, 2, 3), num_heads=1, key_dim=2, attention_axes=(1,), call=scores)
            add(name, real(1, 2, 3, 2), real(1, 2, 3, 2), num_heads=2, key_dim=2, attention_axes=(1, 2), use_gate=True)
        add.write()


def merging():
    add = Family("merging")
    a, b, c = real(2, 3, 2), real(2, 3, 2), real(2, 3, 2)
    for name in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"):
        add(name, a, b)
        add(name, a, real(2, 1, 2), title="broadcast")
        if name != "Subtract":
            add(name, a, b, c, title="three")
            add(name, a, real(2, 2), title="ranks")
    for axis in (-1, 1, -2, 2):
        add("Concatenate", a, b, axis=axis)
    add("Concatenate", a, real(2, 3, 1), c, axis=2, title="three")
    add("Concatenate", a, b, axis=1, masks=[gaps("110", "011"), gaps("001", "101")], mask_out=True)
    add("Concatenate", a, b, masks=[gaps("110", "011"), gaps("101", "011")], mask_out=True)
    add("Concatenate", a, b, masks=[gaps("110", "011"), None], mask_out=True, title="one")
    add("Add", a, b, masks=[gaps("110", "011"), gaps("101", "001")], mask_out=True)
    add("Maximum", a, b, masks=[gaps("110", "011"), gaps("101", "001")], mask_out=True)
    for normalize in (False, True):
        add("Dot", real(2, 4), real(2, 4), axes=1, normalize=normalize)
        add("Dot", a, real(2, 4, 2), axes=2, normalize=normalize)
        add("Dot", a, real(2, 2, 4), axes=(2, 1), normalize=normalize)
        add("Dot", a, real(2, 3, 4), axes=1, normalize=normalize, title="matrices")
        add("Dot", a, real(2, 2), axes=-1, normalize=normalize)
        add("Dot", real(2, 2, 2, 3), real(2, 3, 2), axes=(3, 1), normalize=normalize)
    add.write()


def reshaping():
    add = Family("reshaping")
    sequence, image, volume = real(2, 5, 2), real(2, 4, 3, 2), real(1, 3, 4, 3, 1)
    add("Cropping1D", sequence)
    add("Cropping1D", sequence, cropping=(0, 2))
    add("Cropping1D", sequence, cropping=2)
    add("Cropping2D", image, cropping=1)
    add("Cropping2D", image, cropping=(1, 0))
    add("Cropping2D", image, cropping=((1, 2), (0, 1)))
    add("Cropping2D", real(2, 2, 4, 3), cropping=((1, 2), (0, 1)), data_format=FIRST)
    add("Cropping3D", real(1, 4, 4, 3, 1))
    add("Cropping3D", volume, cropping=((1, 0), (0, 2), (1, 1)))
    add("Cropping3D", volume, cropping=(1, 1, 0))
    add("Cropping3D", real(1, 2, 3, 4, 3), cropping=((1, 0), (0, 2), (1, 1)), data_format=FIRST)
    add("Flatten", image)
    add("Flatten", image, data_format=FIRST)
    add("Flatten", sequence, data_format=FIRST)
    add("Flatten", real(3))
    add("Permute", sequence, dims=(2, 1))
    add("Permute", image, dims=(3, 1, 2))
    add("RepeatVector", real(2, 3), n=4)
    add("Reshape", sequence, target_shape=(2, 5))
    add("Reshape", image, target_shape=(-1, 6))
    add("Reshape", image, target_shape=(24,))
    add("UpSampling1D", sequence)
    add("UpSampling1D", sequence, size=3)
    add("UpSampling2D", image)
    add("UpSampling2D", real(2, 2, 3, 2), size=(3, 2), data_format=FIRST)
    for interpolation in ("bilinear", "bicubic"):
        add("UpSampling2D", real(1, 3, 2, 2), size=(2, 3), interpolation=interpolation)
        add("UpSampling2D", real(1, 2, 3, 2), size=2, interpolation=interpolation, data_format=FIRST)
    add("UpSampling3D", real(1, 2, 2, 3, 1))
    add("UpSampling3D", real(1, 1, 2, 2, 2), size=(1, 2, 3), data_format=FIRST)
    add("ZeroPadding1D", sequence)
    add("ZeroPadding1D", sequence, padding=(0, 2))
    add("ZeroPadding1D", real(2, 2, 5), padding=(1, 2), data_format=FIRST)
    add("ZeroPadding2D", real(1, 2, 3, 2))
    add("ZeroPadding2D", real(1, 2, 3, 2), padding=(1, 2))
    add("ZeroPadding2D", real(1, 2, 3, 2), padding=((0, 1), (2, 0)))
    add("ZeroPadding2D", real(1, 2, 3, 2), padding=((0, 1), (2, 0)), data_format=FIRST)
    add("ZeroPadding3D", real(1, 2, 2, 2, 1), padding=((0, 1), (1, 0), (1, 1)))
    add("ZeroPadding3D", real(1, 2, 2, 2, 1))
    add("ZeroPadding3D", real(1, 1, 2, 2, 2), padding=(1, 0, 1), data_format=FIRST)
    add.write()


def regularization():
    add = Family("regularization")
    x = real(2, 4, 3)
    for training in (False, True):
        add("ActivityRegularization", x, l1=0.1, l2=0.2, training=training)
        add("Dropout", x, rate=0.0, training=training)
        add("AlphaDropout", x, rate=0.0, training=training)
        add("GaussianDropout", x, rate=0.0, training=training)
        add("GaussianNoise", x, stddev=0.0, training=training)
    add("Dropout", x, rate=0.5, noise_shape=(None, 1, 3))
    add("AlphaDropout", x, rate=0.3)
    add("GaussianDropout", x, rate=0.3)
    add("GaussianNoise", x, stddev=0.3)
    add("SpatialDropout1D", x, rate=0.3)
    add("SpatialDropout2D", real(2, 2, 3, 2), rate=0.3)
    add("SpatialDropout3D", real(1, 2, 3, 2, 2), rate=0.3)
    add.write()


def mel_of_wide_filters(layer, inputs):
    filters = layer.linear_to_mel_weight_matrix
    layer.linear_to_mel_weight_matrix = functools.partial(filters, dtype="float64")
    return layer(inputs[0])


def preprocessing():
    add = Family("preprocessing")
    add("Rescaling", real(2, 3), scale=0.5)
    add("Rescaling", real(2, 3), scale=1 / 127.5, offset=-1.0)
    add("Rescaling", whole(255, 2, 3), scale=1 / 255.0, offset=0.5)
    add("Rescaling", real(2, 2, 3), scale=[0.5, 2.0, 3.0], offset=[0.1, -0.2, 0.3])
    add("Normalization", real(2, 3), mean=0.3, variance=2.0, axis=None)
    add("Normalization", real(2, 3), mean=[0.1, 0.2, -0.3], variance=[1.5, 0.5, 2.0])
    add("Normalization", real(2, 3), mean=[0.1, 0.2, -0.3], variance=[1.5, 0.5, 2.0], invert=True)
    add("Normalization", real(2, 3, 2), mean=[0.1, 0.2, -0.3], variance=[1.5, 0.5, 2.0], axis=1)
    add("Normalization", real(2, 3, 2), mean=[[0.1, 0.2], [-0.3, 0.4], [0.5, 0.6]], variance=[[1.5, 0.5], [2.0, 1.0], [0.3, 0.7]], axis=(1, 2))
    add("Normalization", real(2, 3))
    add("Normalization", real(2, 3, 2), axis=1, invert=True)
    add("Normalization", real(2, 3, 2), axis=None)
    add("Normalization", real(2, 3, 2), mean=[0.1, 0.2], variance=[1.5, 0.5], axis=(1, 2))
    add("Discretization", real(2, 6, low=-2, high=2), bin_boundaries=[-1.0, 0.0, 0.5])
    add("Discretization", fixed([[-1.0, 0.0, 0.5, 0.4999, -1.5, 7]]), bin_boundaries=[-1.0, 0.0, 0.5])
    for mode in ("one_hot", "multi_hot", "count"):
        add("Discretization", real(2, 4, low=-2, high=2), bin_boundaries=[-1.0, 0.0, 0.5], output_mode=mode)
        add("CategoryEncoding", whole(5, 2, 3), num_tokens=5, output_mode=mode)
    add("CategoryEncoding", whole(4, 5), num_tokens=4, output_mode="multi_hot")
    add("CategoryEncoding", whole(4, 2, 3, 2), num_tokens=4, output_mode="multi_hot")
    add("CategoryEncoding", fixed([[0.0, 2.0], [1.0, 1.0]]), num_tokens=3)
    add("CategoryEncoding", whole(5, 3, 1), num_tokens=5, output_mode="one_hot")
    add.write()

    add = Family("spectrograms")
    wave = real(1, 24, 1)
    # Its lowest and its highest frequency are far from 0, where the angle of a real number is either 0 or pi.
    steady = fixed(np.round(2 + 0.5 * (-1.0) ** np.arange(24) + np.random.default_rng(7).uniform(-0.2, 0.2, 24), 4).reshape(1, 24, 1))
    for mode in ("log", "magnitude", "psd", "real", "imag", "angle", "stft"):
        add("STFTSpectrogram", steady if mode == "angle" else wave, mode=mode, frame_length=8, frame_step=4)
    add("STFTSpectrogram", wave, mode="psd", frame_length=6, frame_step=5, fft_length=8, window="hamming", scaling="spectrum")
    add("STFTSpectrogram", wave, mode="magnitude", frame_length=8, frame_step=6, padding="same", scaling=None, periodic=True)
    add("STFTSpectrogram", real(1, 16, 2), mode="magnitude", frame_length=8, expand_dims=True, window=None)
    add("STFTSpectrogram", real(1, 2, 16), mode="magnitude", frame_length=8, expand_dims=True, data_format=FIRST)
    mel = {"fft_length": 32, "sequence_stride": 16, "sampling_rate": 8000, "num_mel_bins": 4}
    wave = real(1, 64)
    mel |= {"through": mel_of_wide_filters, "note": "Keras itself has its filters in float32, whatever it computes in"}
    add("MelSpectrogram", wave, **mel)
    add("MelSpectrogram", wave, power_to_db=False, **mel)
    add("MelSpectrogram", wave, sequence_length=24, window="hamming", mag_exp=1.0, **mel)
    add("MelSpectrogram", wave, min_freq=100.0, max_freq=3000.0, top_db=20.0, ref_power=0.5, min_power=1e-5, **mel)
    add.write()


def images():
    add = Family("images")
    picture = real(1, 4, 5, 3, low=0, high=255)
    add("MaxNumBoundingBoxes", picture, max_number=3)
    add("CenterCrop", picture, height=2, width=3)
    add("CenterCrop", real(1, 5, 4, 1, low=0, high=255), height=2, width=3)
    add("CenterCrop", real(1, 3, 4, 1, low=0, high=255), height=4, width=6)
    add("CenterCrop", real(1, 3, 4, 5, low=0, high=255), height=2, width=3, data_format=FIRST)
    small = real(1, 4, 6, 1, low=0, high=255)
    for interpolation in ("nearest", "bilinear", "bicubic"):
        add("Resizing", small, height=3, width=4, interpolation=interpolation)
        add("Resizing", small, height=7, width=9, interpolation=interpolation)
    add("Resizing", small, height=3, width=3, crop_to_aspect_ratio=True)
    add("Resizing", small, height=5, width=4, pad_to_aspect_ratio=True)
    add("Resizing", small, height=5, width=4, pad_to_aspect_ratio=True, fill_value=7.0)
    add("Resizing", real(1, 2, 5, 3, low=0, high=9), height=2, width=4, interpolation="bicubic", crop_to_aspect_ratio=True, data_format=FIRST)
    add("Resizing", real(1, 2, 7, 1, low=0, high=9), height=6, width=3, pad_to_aspect_ratio=True, fill_value=2.0)
    add("Resizing", real(1, 2, 4, 3, low=0, high=255), height=3, width=5, data_format=FIRST)
    add("AutoContrast", real(2, 3, 3, 2, low=20, high=200))
    add("AutoContrast", real(1, 3, 3, 2, low=0.2, high=0.8), value_range=(0, 1))
    add("Equalization", fixed([[[[3], [9], [9]], [[200], [201], [3]], [[40], [40], [255]]]]))
    add("Equalization", real(1, 4, 4, 1, low=0, high=1), value_range=(0, 1), bins=8)
    add("ContrastLimitedAdaptiveHistogramEqualization", real(1, 8, 8, 1, low=0, high=255), tile_grid_size=(2, 2), clip_limit=32.0, narrow=True)
    # On the torch backend Keras rounds the limit, clip_limit times the pixels of a tile / 256, down; here it is whole.
    add("ContrastLimitedAdaptiveHistogramEqualization", real(1, 7, 6, 1, low=0, high=1), value_range=(0, 1), tile_grid_size=(2, 3), clip_limit=32.0, narrow=True)
    # Outside training Keras 3.16 leaves images as they are, though its documentation and its output shape say that they are cropped; no difference at the size itself.
    add("RandomCrop", picture, height=4, width=5)
    for name, options in (
        ("AugMix", {}), ("CutMix", {}), ("MixUp", {}), ("RandAugment", {}), ("RandomBrightness", {"factor": 0.2}), ("RandomColorDegeneration", {"factor": 0.5}),
        ("RandomColorJitter", {"brightness_factor": 0.2}), ("RandomContrast", {"factor": 0.2}), ("RandomElasticTransform", {}), ("RandomErasing", {}), ("RandomFlip", {}),
        ("RandomGaussianBlur", {}), ("RandomGrayscale", {}), ("RandomHue", {"factor": 0.3}), ("RandomInvert", {}), ("RandomPerspective", {}),
        ("RandomPosterization", {"factor": 4}), ("RandomRotation", {"factor": 0.2}), ("RandomSaturation", {"factor": 0.5}), ("RandomSharpness", {"factor": 0.5}),
        ("RandomShear", {"x_factor": 0.2, "y_factor": 0.2}), ("RandomTranslation", {"height_factor": 0.2, "width_factor": 0.2}), ("RandomZoom", {"height_factor": 0.2}),
        ("Solarization", {}),
    ):
        add(name, real(1, 2, 2, 3, low=0, high=255), **options)
    add("Pipeline", real(1, 4, 4, 1, low=0, high=255), layers=[L.CenterCrop(2, 3), L.Rescaling(0.5)])
    add.write()


def images_in_training():
    """
    Augmentations whose range is one number: nothing is left to chance. Without gradients, as some work in place in Keras, and in the float32 of its draws.
    RandomSharpness and RandomGaussianBlur are missing: Keras darkens the edges of images, which is not wanted here.
    """
    add = functools.partial(Family("images_training"), training=True, gradients=False, narrow=True)
    picture, small = real(2, 2, 2, 3, low=0, high=255), real(1, 4, 5, 1, low=0, high=255)
    for low in (0.3, -0.2):
        add("RandomBrightness", picture, factor=(low, low))
        add("RandomColorDegeneration", picture, factor=(low, low))
        add("RandomRotation", small, factor=(low, low))
        add("RandomTranslation", small, height_factor=(low, low), width_factor=(0.3, 0.3))
        add("RandomZoom", small, height_factor=(low, low))
    for factor in (-0.2, 0.3, 0.5, 0.8):
        # On another range Keras keeps the saturation within the range of the values instead of 0 to 1, and pixels fall below 0.
        add("RandomSaturation", real(1, 2, 2, 3, low=0, high=1), factor=(factor, factor), value_range=(0, 1))
    add("RandomBrightness", real(1, 2, 2, 3, low=0, high=1), factor=(0.2, 0.2), value_range=(0, 1))
    # Half a turn is the same in both directions, of which one is drawn.
    add("RandomHue", real(1, 2, 2, 3, low=0, high=1), factor=(1, 1), value_range=(0, 1))
    add("RandomPosterization", picture, factor=(3, 3))
    add("RandomGrayscale", picture, factor=1.0)
    add("RandomInvert", picture, factor=(1.0, 1.0))
    add("Solarization", picture)
    for fill in ("constant", "nearest", "wrap", "reflect"):
        add("RandomRotation", small, factor=(0.1, 0.1), fill_mode=fill, fill_value=3.0)
        add("RandomTranslation", small, height_factor=(0.3, 0.3), width_factor=(-0.4, -0.4), fill_mode=fill, fill_value=3.0)
        add("RandomZoom", small, height_factor=(0.4, 0.4), width_factor=(-0.3, -0.3), fill_mode=fill, fill_value=3.0)
    add("RandomRotation", small, factor=(0.1, 0.1), interpolation="nearest")
    add("RandomZoom", small, height_factor=(-0.3, -0.3), interpolation="nearest")
    add("RandomTranslation", real(1, 2, 3, 4, low=0, high=255), height_factor=(0.5, 0.5), width_factor=(0.25, 0.25), data_format=FIRST)
    add.func.write()


if __name__ == "__main__":
    families = (core, activations, convolutions, pooling, normalization, recurrent, attention, merging, reshaping, regularization, preprocessing, images, images_in_training)
    for family in families:
        family()
    names = sorted(n for n, c in vars(L).items() if inspect.isclass(c) and issubclass(c, L.Layer))
    with open(os.path.join(OUT, "keras_layers.json"), "w", encoding="utf-8") as file:
        json.dump(names, file)
        file.write("\n")

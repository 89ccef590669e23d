using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>The settings of a <see cref="ConvLSTMCell"/>; every list has one entry per spatial axis.</summary>
internal sealed record ConvLSTMOptions(
    long Filters,
    long[] KernelSize,
    long[] Strides,
    Padding Padding,
    DataFormat DataFormat,
    long[] DilationRate,
    ActivationFunction Activation,
    ActivationFunction RecurrentActivation,
    bool UseBias,
    Initializer KernelInitializer,
    Initializer RecurrentInitializer,
    Initializer BiasInitializer,
    bool UnitForgetBias,
    Regularizer? KernelRegularizer,
    Regularizer? RecurrentRegularizer,
    Regularizer? BiasRegularizer,
    Constraint? KernelConstraint,
    Constraint? RecurrentConstraint,
    Constraint? BiasConstraint,
    double Dropout,
    double RecurrentDropout,
    int? Seed);

using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>The options that every attention with projected heads has.</summary>
internal sealed record HeadOptions(
    double Dropout,
    bool UseBias,
    long? SlidingWindow,
    bool? FlashAttention,
    Initializer? KernelInitializer,
    Initializer? BiasInitializer,
    Regularizer? KernelRegularizer,
    Regularizer? BiasRegularizer,
    Regularizer? ActivityRegularizer,
    Constraint? KernelConstraint,
    Constraint? BiasConstraint,
    bool UseGate,
    int? Seed,
    bool ReturnAttentionScores,
    bool UseCausalMask,
    string? Name);

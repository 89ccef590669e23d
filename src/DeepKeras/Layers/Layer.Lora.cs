using DeepKeras.Initializers;

namespace DeepKeras.Layers;

/// <content>Low-rank adaptation.</content>
public abstract partial class Layer
{
    /// <summary>Freezes a weight for good, and adds two narrow matrices that are trained in its place.</summary>
    private protected void AddLora(Weight? weight, long rank, double? alpha, Initializer? first, Initializer? second)
    {
        if (weight is null) throw Throw.NotBuilt(this);
        if (rank < 1) throw Throw.BadArgument(Where, nameof(rank), "a positive number", rank, "Usual are 4, 8 or 16; the smaller, the fewer numbers are trained.");
        if (weight.Constraint is not null) throw Throw.LoraConstraint(this, weight);
        if (weight.Change is not null) throw Throw.LoraTwice(this, weight);
        var a = AddWeight($"lora_{weight.Name}_a", new([.. weight.Shape[..^1], rank]), first ?? new HeUniform(), regularizer: weight.Regularizer);
        var b = AddWeight($"lora_{weight.Name}_b", new(rank, weight.Shape[^1]), second ?? new Zeros(), regularizer: weight.Regularizer);
        weight.Change = new(a, b, (alpha ?? rank) / rank);
        Interlocked.Increment(ref s_trainableVersion);
    }
}

using DeepKeras.Layers;
using DeepKeras.Regularizers;

namespace DeepKeras;

/// <summary>One thing that a <see cref="Plan"/> does: it runs a layer, or several fused ones, from slots to slots.</summary>
/// <param name="layer">Who runs; the first of several.</param>
/// <param name="inputs">The slots it reads.</param>
/// <param name="outputs">The slots it fills.</param>
/// <param name="training">Whether the layer is in training.</param>
internal sealed class PlanStep(Layer layer, int[] inputs, int[] outputs, bool training)
{
    public Layer Layer { get; } = layer;

    /// <summary>The layer, or what calls it in the plan's precision.</summary>
    public Layer Runner { get; set; } = layer;

    public int[] Inputs { get; set; } = inputs;

    public int[] Outputs { get; set; } = outputs;

    /// <summary>The penalty on what the layer computes.</summary>
    public Regularizer? Penalty { get; } = layer.ActivityRegularizer;

    /// <summary>What it has to do with masks; null for most.</summary>
    public StepMasks? Masks
    {
        get;
        set
        {
            field = value;
            // Nothing else may run in the place of a layer that looks at masks.
            if (value is { AreConsumed: true }) Fused = null;
        }
    }

    /// <summary>What runs in the layer's place; the layer itself, where it can be finished in place.</summary>
    public IInPlaceFinish? Fused { get; set; } = Fresh(layer, inputs.Length);

    /// <summary>What is done to the result in its own memory.</summary>
    public Func<Tensor, Tensor>? Finish { get; set; }

    /// <summary>Whether the layer's own Forward is all there is to do.</summary>
    public bool IsPlain => Finish is null && Fused is null or Layers.Layer;

    /// <summary>Whether the layers are in training.</summary>
    public bool Training { get; } = training;

    /// <summary>The slots whose values nobody needs after this step.</summary>
    public int[] Free { get; set; } = [];

    /// <summary>The values of the input slots.</summary>
    public Tensor[] Gather(Tensor?[] slots)
    {
        var from = new Tensor[Inputs.Length];
        for (var i = 0; i < from.Length; i++) from[i] = slots[Inputs[i]]!;
        return from;
    }

    private static IInPlaceFinish? Fresh(Layer layer, int inputs) =>
        layer is IInPlaceFinish { HasFreshResult: true } fresh && (inputs > 1 || layer is not MergeLayer) ? fresh : null;
}

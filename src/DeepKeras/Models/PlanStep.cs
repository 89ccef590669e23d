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
    private readonly int _input = inputs[0];

    public Layer Layer { get; } = layer;

    public int[] Inputs { get; } = inputs;

    public int[] Outputs { get; set; } = outputs;

    /// <summary>The penalty on what the layer computes.</summary>
    public Regularizer? Penalty { get; } = layer.ActivityRegularizer;

    /// <summary>What runs in the layer's place; the layer itself, where it can be finished in place.</summary>
    public IInPlaceFinish? Fused { get; set; } = Fresh(layer, inputs.Length);

    /// <summary>What is done to the result in its own memory.</summary>
    public Func<Tensor, Tensor>? Finish { get; set; }

    /// <summary>The slots whose values nobody needs after this step.</summary>
    public int[] Free { get; set; } = [];

    /// <summary>Runs the step inside a dispose scope of its own; what it puts into its slots leaves that scope, all else ends with it.</summary>
    public void Run(Tensor?[] slots, List<Tensor>? penalties)
    {
        using var scope = torch.NewDisposeScope();
        if (Outputs.Length > 1)
        {
            var to = Layer.ForwardMany(Gather(slots), training);
            for (var i = 0; i < Outputs.Length; i++) slots[Outputs[i]] = scope.MoveToOuter(to[i]);
        }
        else
        {
            var output = Finish is not null || Fused is not (null or Layers.Layer) ? Fused!.Forward(Gather(slots), training, Finish ?? Unchanged)
                : Inputs.Length == 1 ? Layer.Forward(slots[_input]!, training)
                : Layer.Forward(Gather(slots), training);
            slots[Outputs[0]] = scope.MoveToOuter(output);
        }
        if (Penalty is null || penalties is null) return;
        var first = slots[Outputs[0]]!;
        penalties.Add(scope.MoveToOuter(Penalty.Penalty(first).div(first.shape[0])));
    }

    private static Tensor Unchanged(Tensor x) => x;

    private static IInPlaceFinish? Fresh(Layer layer, int inputs) =>
        layer is IInPlaceFinish { HasFreshResult: true } fresh && (inputs > 1 || layer is not MergeLayer) ? fresh : null;

    private Tensor[] Gather(Tensor?[] slots)
    {
        var from = new Tensor[Inputs.Length];
        for (var i = 0; i < from.Length; i++) from[i] = slots[Inputs[i]]!;
        return from;
    }
}

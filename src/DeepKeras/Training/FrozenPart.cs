using DeepKeras.Layers;

namespace DeepKeras.Training;

/// <summary>Finds how far from its inputs a model computes the same in every epoch: layers without weights that learn and without chance.</summary>
internal static class FrozenPart
{
    /// <summary>The tensors where the part ends; none that is no input where nothing is frozen.</summary>
    public static IReadOnlyList<KerasTensor> Boundary(Model model)
    {
        if (!model.Weights.Any(w => w.Trainable)) throw Throw.AllFrozen(model);
        var constant = model.Inputs.ToHashSet();
        var boundary = new List<KerasTensor>();
        foreach (var node in model.Graph.Nodes.Where(n => n.Inputs.Count > 0 && !n.Outputs.All(constant.Contains)))
        {
            if (IsConstant(node.Layer) && node.Inputs.All(constant.Contains))
            {
                constant.UnionWith(node.Outputs);
                continue;
            }
            boundary.AddRange(node.Inputs.Where(t => constant.Contains(t) && !boundary.Contains(t)));
        }
        boundary.AddRange(model.Outputs.Where(t => constant.Contains(t) && !boundary.Contains(t)));
        return boundary;
    }

    // Dropout, noise and augmentation do something in training only; a layer of one's own may do so, too, when it has weights.
    private static bool IsConstant(Layer layer)
    {
        if (layer.ActivityRegularizer is not null || layer is IRandomLayer { Draws: true } || layer is RecurrentLayer { Stateful: true } || (layer.IsIdentityAtInference && layer is not Identity)) return false;
        // A mask cannot be kept beside the values: what begins one runs with the rest.
        if (layer is IMaskProducer producer && producer.ProducesMask(new bool[layer.Nodes.Count > 0 ? layer.Nodes[0].Inputs.Count : 1])) return false;
        if (layer.Sublayers.Count > 0) return layer.Sublayers.All(IsConstant);
        return layer.Weights.Count == 0 || !layer.Trainable;
    }
}

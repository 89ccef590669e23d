namespace DeepKeras.Layers;

/// <content>Weights as a whole: reading, writing, counting.</content>
public abstract partial class Layer
{
    /// <summary>The weights that training changes now.</summary>
    public IReadOnlyList<Weight> TrainableWeights => [.. Weights.Where(w => w.Trainable)];

    /// <summary>The weights that training leaves alone.</summary>
    public IReadOnlyList<Weight> NonTrainableWeights => [.. Weights.Where(w => !w.Trainable)];

    /// <summary>Copies of all weights, in the order of <see cref="Weights"/> and in Keras's layout, on the CPU.</summary>
    public IReadOnlyList<Tensor> GetWeights() => [.. Weights.Select(w => w.ToTensor())];

    /// <summary>Overwrites all weights.</summary>
    /// <param name="values">As many tensors as <see cref="Weights"/>, in that order and in Keras's layout.</param>
    /// <exception cref="KerasException">A number or a shape differs; nothing is changed then.</exception>
    public void SetWeights(IReadOnlyList<Tensor> values)
    {
        var weights = Weights;
        if (!IsBuilt) throw Throw.NotBuilt(this);
        if (weights.Count != values.Count) throw Throw.WeightCount(this, weights.Count, values.Count);
        for (var i = 0; i < weights.Count; i++)
        {
            if (!weights[i].Shape.Accepts(values[i].shape)) throw Throw.WeightShape(weights[i], values[i].shape);
        }
        for (var i = 0; i < weights.Count; i++) weights[i].Assign(values[i]);
    }

    /// <summary>How many numbers all weights hold together.</summary>
    public long CountParams() => Weights.Sum(w => w.ElementCount);
}

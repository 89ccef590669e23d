using DeepKeras.Layers;

namespace DeepKeras.Tests.Conformance;

/// <summary>What every layer must keep to. A check says what is wrong with a sample, or <see langword="null"/>.</summary>
internal static class LayerChecks
{
    /// <summary>The promised shape is the real one, for several batch sizes and for an unknown one; the element type is the layer's.</summary>
    public static string? Shapes(LayerSample sample)
    {
        foreach (var batch in (long[])[1, 3])
        {
            var layer = sample.Create();
            var unknown = layer.ComputeOutputShapes(sample.Shapes(null));
            var known = layer.ComputeOutputShapes(sample.Shapes(batch));
            var output = Call(layer, sample.Tensors(batch), training: false);
            if (known[0] != Shape.Of(output)) return $"promises {known[0]} but gives {Shape.Of(output)}";
            if (!unknown[0].Accepts(output.shape)) return $"promises {unknown[0]} for an unknown batch but gives {Shape.Of(output)}";
            if (layer.ComputeOutputShapes(sample.Shapes(batch))[0] != known[0]) return "promises another shape once it is built";
            if (output.dtype != layer.OutputDtype) return $"gives {output.dtype} instead of {layer.OutputDtype}";
        }
        return null;
    }

    /// <summary>Asking for a shape builds nothing, keeps nothing and always answers the same.</summary>
    public static string? Purity(LayerSample sample)
    {
        var layer = sample.Create();
        var (wasBuilt, weights) = (layer.IsBuilt, layer.Weights.Count);
        var first = layer.ComputeOutputShapes(sample.Shapes(null))[0];
        if (layer.IsBuilt != wasBuilt || layer.Weights.Count != weights) return "ComputeOutputShapes builds the layer";
        var alive = Tensor.TotalCount;
        var second = layer.ComputeOutputShapes(sample.Shapes(null))[0];
        if (first != second) return $"answers {first}, then {second}";
        return Tensor.TotalCount <= alive ? null : "ComputeOutputShapes leaves tensors behind";
    }

    /// <summary>A layer made from another's properties, or from its JSON, computes the same once it has its weights.</summary>
    public static string? Copies(LayerSample sample) => Copies(sample, l => (Layer)SampleArguments.Copy(l)) ?? Copies(sample, SampleArguments.CopyThroughJson);

    public static string? Copies(LayerSample sample, Func<Layer, Layer> copying)
    {
        var layer = sample.Create();
        var inputs = sample.Tensors(2);
        var expected = Call(layer, inputs, training: false);
        var copy = copying(layer);
        if (copy.Name != layer.Name) return $"the copy is called {copy.Name} instead of {layer.Name}";
        _ = Call(copy, inputs, training: false);
        copy.SetWeights(layer.GetWeights());
        return Difference(Numbers(Call(copy, inputs, training: false)), Numbers(expected), 0, 0) is { } difference ? $"the copy computes something else: {difference}" : null;
    }

    /// <summary>A model's weight file fills a fresh model, and its model file comes back as it was.</summary>
    public static string? Files(LayerSample sample)
    {
        // An InputLayer starts a graph of its own.
        if (sample.Create() is InputLayer) return null;
        using var folder = new TemporaryFolder();
        var inputs = sample.Tensors(2);
        var model = Wrap();
        var expected = Numbers(model.PredictOnBatch(inputs.ToList()).Single);
        foreach (var name in new[] { "w.safetensors", "w.weights.h5" })
        {
            model.SaveWeights(folder.File(name));
            var fresh = Wrap();
            _ = fresh.LoadWeights(folder.File(name));
            if (Difference(Numbers(fresh.PredictOnBatch(inputs.ToList()).Single), expected, 0, 0) is { } weights) return $"after loading {name}: {weights}";
        }
        if (SampleArguments.HoldsCode(sample.Create().GetType())) return null;
        foreach (var name in new[] { "m.dkeras", "m.keras" })
        {
            model.Save(folder.File(name));
            if (Difference(Numbers(Keras.LoadModel(folder.File(name)).PredictOnBatch(inputs.ToList()).Single), expected, 0, 0) is { } whole) return $"after loading {name}: {whole}";
        }
        return null;

        Model Wrap()
        {
            Keras.ClearSession();
            KerasTensor[] symbolic = [.. sample.Inputs.Select(s => Keras.Input(s, dtype: sample.Dtype))];
            return new Model(symbolic, sample.Create().Apply(symbolic));
        }
    }

    /// <summary>backward() agrees with finite differences for the inputs and all trained weights.</summary>
    public static string? Gradient(LayerSample sample, bool training)
    {
        var layer = sample.Create();
        // Categories, and what is looked up in a table, change in steps.
        // A ternary kernel hands its gradient on as if it made no steps (AdaptedLayerCaseTests hold it against Keras's).
        if (layer is TernaryDense) return null;
        if (layer is CategoryLayer or ContrastLimitedAdaptiveHistogramEqualization) return Call(layer, sample.Tensors(2), training).requires_grad ? "gives steps a gradient" : null;
        if (training && (layer is IRandomLayer { Draws: true } || layer.Sublayers.Any(l => l is IRandomLayer { Draws: true }))) return null;
        var inputs = sample.Tensors(2);
        var probe = Call(layer, inputs, training);
        if (training && Numbers(probe).SequenceEqual(Numbers(Call(layer, inputs, training: false)))) return null;
        var factors = Sample(ScalarType.Float64, probe.shape);
        Tensor[] leaves = [.. inputs, .. layer.TrainableWeights.Select(w => w.Value)];
        foreach (var leaf in leaves) leaf.requires_grad = true;
        return Gradients.Failure(() => Call(layer, inputs, training).mul(factors).sum(), leaves, tolerance: 2e-5, most: 5);
    }

    /// <summary>The same seed gives the same weights and the same noise.</summary>
    public static string? Seed(LayerSample sample)
    {
        var inputs = sample.Tensors(2);
        var first = Numbers(Run(seed: 5));
        if (Difference(Numbers(Run(seed: 5)), first, 0, 0) is { } difference) return $"the same seed gives other numbers: {difference}";
        var layer = sample.Create();
        if (layer is not IRandomLayer { Draws: true }) return null;
        var once = Numbers(Call(layer, inputs, training: true));
        // Few numbers may agree by chance, but not ten times in a row.
        return Enumerable.Range(0, 10).All(_ => once.SequenceEqual(Numbers(Call(layer, inputs, training: true)))) ? "gives the same noise again and again" : null;

        Tensor Run(int seed)
        {
            Keras.ClearSession();
            Keras.SetRandomSeed(seed);
            return Call(sample.Create(), inputs, training: true);
        }
    }

    /// <summary>Nothing of 50 training and 50 inference calls stays alive.</summary>
    public static string? Leak(LayerSample sample)
    {
        var layer = sample.Create();
        var inputs = sample.Tensors(2);
        foreach (var training in (bool[])[false, true])
        {
            var left = Leaks.Count(() =>
            {
                using var scope = torch.NewDisposeScope();
                var output = Call(layer, inputs, training);
                if (output.requires_grad) output.sum().backward();
            });
            if (left != 0) return $"{left} tensors stay alive after 50 calls (training: {training})";
        }
        return null;
    }

    /// <summary>A training step leaves a frozen layer alone, moving averages included, and changes every trained weight once it is thawed.</summary>
    public static string? Freezing(LayerSample sample)
    {
        var layer = sample.Create();
        KerasTensor[] inputs = [.. sample.Inputs.Select(s => Keras.Input(s, dtype: sample.Dtype))];
        var output = new Dense(2, "sigmoid").Apply(new Flatten().Apply(layer.Apply(inputs)));
        var model = new Model(inputs, output);
        model.Compile(new SGD(0.5), "mse");
        if (layer.Weights.Count == 0) return null;
        var x = sample.Tensors(4);
        var y = Sample(ScalarType.Float32, 4, 2);
        layer.Trainable = false;
        var before = layer.GetWeights();
        _ = Train();
        if (Changed(layer, before).ToList() is { Count: > 0 } changed) return $"a frozen layer's {string.Join(", ", changed)} changed";
        layer.Trainable = true;
        _ = Train();
        // A bias of the keys adds the same to all scores of a query, which a softmax does not see; reverse embeddings serve the way back alone; what stands
        // before the zeros of a low-rank change learns from the second step on.
        var expected = layer.TrainableWeights.Where(w => w.Name is not ("key/bias" or "reverse_embeddings" or "lora_kernel_a" or "lora_embeddings_a")).Select(w => w.Path).ToList();
        var unchanged = expected.Except(Changed(layer, before)).ToList();
        return unchanged.Count > 0 ? $"{string.Join(", ", unchanged)} did not change after thawing" : null;

        Score Train() => x.Length == 1 ? model.TrainOnBatch(x[0], y) : model.TrainOnBatch(x.ToList(), y);
    }

    /// <summary>For every rank, the layer either computes what it promises or refuses with an error that names it; so does a call with other channels once it is built.</summary>
    public static string? BadInput(LayerSample sample)
    {
        for (var rank = 1; rank <= 6; rank++)
        {
            long[] shape = [2, .. Enumerable.Repeat(4L, rank - 1)];
            if (Refusal(sample.Create(), [.. sample.Inputs.Select(_ => torch.ones(shape, Keras.FloatType))]) is { } wrong) return $"rank {rank}: {wrong}";
        }
        var built = sample.Create();
        _ = Call(built, sample.Tensors(2), training: false);
        foreach (var axis in Enumerable.Range(1, sample.Inputs[0].Rank))
        {
            long[][] shapes = [.. sample.Shapes(2).Select(s => axis < s.Rank ? s.With(axis, s[axis] + 1).ToArray() : s.ToArray())];
            if (Refusal(built, [.. shapes.Select(s => torch.ones(s, Keras.FloatType))]) is { } wrong) return $"axis {axis} longer than built for: {wrong}";
        }
        return null;
    }

    public static Tensor Call(Layer layer, IReadOnlyList<Tensor> inputs, bool training) =>
        inputs.Count == 1 ? layer.Call(inputs[0], training) : layer.Call(inputs, training);

    private static string? Refusal(Layer layer, Tensor[] inputs)
    {
        try
        {
            var promised = layer.ComputeOutputShapes([.. inputs.Select(Shape.Of)])[0];
            var output = Call(layer, inputs, training: false);
            return promised == Shape.Of(output) ? null : $"promises {promised} but gives {Shape.Of(output)}";
        }
        catch (KerasException refusal)
        {
            return refusal.Message.Contains($"'{layer.Name}'", StringComparison.Ordinal) ? null : $"the error does not name the layer: {refusal.Message}";
        }
#pragma warning disable CA1031 // Any other exception is what the check is looking for.
        catch (Exception other)
        {
            return $"{other.GetType().Name} instead of a KerasException for {Shape.Of(inputs[0])}: {other.Message.Split('\n')[0]}";
        }
#pragma warning restore CA1031
    }

    private static IEnumerable<string> Changed(Layer layer, IReadOnlyList<Tensor> before) =>
        layer.Weights.Zip(before).Where(p => !Numbers(p.First.ToTensor()).SequenceEqual(Numbers(p.Second))).Select(p => p.First.Path);
}

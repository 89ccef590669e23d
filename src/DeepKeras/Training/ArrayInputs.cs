using DeepKeras.Data;

namespace DeepKeras.Training;

/// <summary>Tensors read from what the user passed, in the model's order, checked against each other before anything runs.</summary>
internal sealed class ArrayInputs
{
    private readonly bool _weighsClasses;

    private ArrayInputs(Tensor[] inputs, Tensor[] targets, Tensor?[]? weights, bool weighsClasses) => (Inputs, Targets, Weights, _weighsClasses) = (inputs, targets, weights, weighsClasses);

    public Tensor[] Inputs { get; }

    public Tensor[] Targets { get; }

    public Tensor?[]? Weights { get; }

    public static ArrayInputs Read(Model model, TensorData x, TensorData y, TensorData? sampleWeight, ClassWeight? classWeight, bool checkFinite, Compiled compiled)
    {
        var inputs = ReadInputs(model, x);
        var targets = y.InOrder(model.OutputNames, "target");
        if (classWeight is not null && sampleWeight is not null) throw Throw.BothWeights();
        var weights = sampleWeight?.InOrderOrNull(model.OutputNames, "sampleWeight") ?? classWeight?.ToSampleWeights(model, targets);
        CheckCounts(model, inputs, targets, weights);
        if (checkFinite)
        {
            for (var i = 0; i < inputs.Length; i++) CheckFinite($"Input '{model.Inputs[i].Name}'", inputs[i]);
            for (var i = 0; i < targets.Length; i++) CheckFinite($"Target '{model.OutputNames[i]}'", targets[i]);
        }
        compiled.CheckTargets(targets);
        return new(inputs, targets, weights, classWeight is not null);
    }

    public static Tensor[] ReadInputs(Model model, TensorData x)
    {
        if (!model.IsBuilt)
        {
            var first = x.InOrder(["x"], "input")[0];
            if (first.ndim == 0) throw Throw.EmptyData("x");
            model.EnsureBuilt([Shape.Of(first).With(0, null)]);
        }
        var inputs = x.InOrder(model.InputNames, "input");
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].ndim == 0 || inputs[i].size(0) == 0) throw Throw.EmptyData($"input '{model.Inputs[i].Name}'");
        }
        return inputs;
    }

    /// <summary>All samples in order.</summary>
    public ArraySource Source(int batchSize) => new(Inputs, Targets, Weights, batchSize, shuffle: false);

    /// <summary>Training samples, and the last fraction of all samples for validation.</summary>
    public (ArraySource Training, ArraySource? Validation) Split(int batchSize, Shuffling shuffle, double fraction, int validationBatchSize)
    {
        if (fraction == 0) return (new(Inputs, Targets, Weights, batchSize, shuffle), null);
        var samples = Inputs[0].shape[0];
        var cut = (long)Math.Floor(samples * (1 - fraction));
        if (!(fraction is > 0 and < 1) || cut <= 0 || cut >= samples) throw Throw.BadSplit(fraction, samples);
        // Class weights are for training alone; weights of samples belong to their samples wherever these go.
        return (new(Inputs, Targets, Weights, batchSize, shuffle, 0, cut), new(Inputs, Targets, _weighsClasses ? null : Weights, validationBatchSize, shuffle: false, cut));
    }

    private static void CheckCounts(Model model, Tensor[] inputs, Tensor[] targets, Tensor?[]? weights)
    {
        var counts = inputs.Select((t, i) => ($"input '{model.Inputs[i].Name}'", t.shape[0]))
            .Concat(targets.Select((t, i) => ($"target '{model.OutputNames[i]}'", t.ndim == 0 ? 0 : t.shape[0])))
            .Concat((weights ?? []).Select((t, i) => (Tensor: t, Name: $"sampleWeight '{model.OutputNames[i]}'")).Where(w => w.Tensor is not null).Select(w => (w.Name, w.Tensor!.ndim == 0 ? 0 : w.Tensor.shape[0])))
            .ToList();
        if (counts.Exists(c => c.Item2 != counts[0].Item2)) throw Throw.SampleCounts(counts);
    }

    private static void CheckFinite(string what, Tensor values)
    {
        if (values.dtype is not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64)) return;
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var perSample = torch.isfinite(values).reshape(values.shape[0], -1).all(1);
        if (perSample.all().cpu().item<bool>()) return;
        throw Throw.NotFinite(what, perSample.to_type(ScalarType.Int32).argmin(0).cpu().item<long>());
    }
}

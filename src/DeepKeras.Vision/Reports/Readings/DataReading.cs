using DeepKeras.Data;
using DeepKeras.Inspection;
using DeepKeras.Layers;

namespace DeepKeras.Vision.Reports;

/// <summary>One pass of a model over data. It keeps counts, and the few samples that are shown; never the data.</summary>
internal sealed class DataReading
{
    private readonly Model _model;
    private readonly ReportOptions _options;
    private readonly OutputReading?[] _outputs;
    private readonly LayerReader _reader;
    private readonly Reservoir<HiddenVector> _vectors;
    private readonly List<ShownSample> _shown = [];
    private readonly Dictionary<int, int> _shownPerClass = [];

    private DataReading(Model model, ReportOptions options)
    {
        (_model, _options) = (model, options);
        Pictures = InputPictures.Of(model);
        HiddenLayer = HiddenOf(model);
        _reader = HiddenLayer is null ? new(model) : new(model, HiddenLayer);
        _outputs = new OutputReading?[model.Outputs.Count];
        _vectors = new(options.Points);
    }

    /// <summary>How many samples there were.</summary>
    public long Samples { get; private set; }

    /// <summary>How the model's image input is drawn, where it has one.</summary>
    public InputPictures? Pictures { get; }

    /// <summary>The outputs of one or two axes that have targets.</summary>
    public IReadOnlyList<OutputReading> Outputs => [.. _outputs.OfType<OutputReading>()];

    /// <summary>Whether the model's first output chooses classes.</summary>
    public bool FirstOutputIsClasses => _outputs[0]?.Classes is not null;

    /// <summary>The samples whose maps are drawn.</summary>
    public IReadOnlyList<ShownSample> Shown => _shown;

    /// <summary>The layer whose output is <see cref="Vectors"/>.</summary>
    public Layer? HiddenLayer { get; }

    /// <summary>What the last hidden layer gave for some of the samples.</summary>
    public IReadOnlyList<HiddenVector> Vectors => _vectors.Items;

    /// <summary>Reads all data once. The shown samples belong to the dispose scope around the call.</summary>
    public static DataReading Read(Model model, Dataset<Batch> data, ReportOptions options)
    {
        if (!model.IsBuilt) Build(model, data);
        var reading = new DataReading(model, options);
        using var gradients = torch.no_grad();
        using var batches = data.Elements().GetEnumerator();
        while (true)
        {
            // Whatever a batch was made of is freed with it.
            using var scope = torch.NewDisposeScope();
            if (!batches.MoveNext()) break;
            reading.Take(InOrder(model, batches.Current));
        }
        return reading.Samples > 0 ? reading : throw Throw.ReportWithoutSamples();
    }

    private static void Build(Model model, Dataset<Batch> data)
    {
        using var scope = torch.NewDisposeScope();
        model.PredictOnBatch((data.Elements().FirstOrDefault() ?? throw Throw.ReportWithoutSamples()).Inputs);
    }

    /// <summary>Inputs and targets that came by name, in the model's order.</summary>
    private static Batch InOrder(Model model, Batch batch)
    {
        var inputs = batch.InputNames is { } given ? Sorted(batch.Inputs, given, [.. model.Inputs.Select(t => t.Name)], "input") : batch.Inputs;
        var targets = batch.TargetNames is { } named ? Sorted(batch.Targets, named, model.OutputNames, "target") : batch.Targets;
        return new(inputs, targets, null, batch.Count);
    }

    private static Tensor[] Sorted(Tensor[] tensors, IReadOnlyList<string> names, IReadOnlyList<string> wanted, string what) =>
        [.. wanted.Select(name => names.ToList().IndexOf(name) is >= 0 and var i ? tensors[i] : throw Throw.ReportName(what, name, names))];

    /// <summary>The layer before the last one with weights, seen from the first output; none where that is an input, or is run several times.</summary>
    private static Layer? HiddenOf(Model model)
    {
        var at = model.Outputs[0];
        while (at.Layer.Weights.Count == 0 && at.Sources is [var only] && !model.Inputs.Contains(at)) at = only;
        if (at.Sources is not [var hidden] || model.Inputs.Contains(at) || model.Inputs.Contains(hidden) || hidden.OutputIndex > 0) return null;
        return LayerNode.Of(model).Count(n => n.Layer == hidden.Layer) == 1 ? hidden.Layer : null;
    }

    private void Take(Batch batch)
    {
        var answer = _reader.Read(batch.Inputs);
        var predictions = answer.Outputs;
        if (Samples == 0) Pictures?.Look(batch.Inputs[Pictures.Input]);
        var outputs = new Rows<float>?[_outputs.Length];
        var targets = new Rows<double>?[_outputs.Length];
        for (var i = 0; i < _outputs.Length && i < batch.Targets.Length; i++)
        {
            // Outputs of more axes (masks, maps, sequences) have their figures in the score only.
            if (predictions[i].ndim > 2 || batch.Targets[i].ndim > 2) continue;
            outputs[i] = Rows<float>.Of(predictions[i], ScalarType.Float32);
            targets[i] = Rows<double>.Of(batch.Targets[i], ScalarType.Float64);
            _outputs[i] ??= new(_model.OutputNames[i], outputs[i]!.Width, GivesLogits(_model.Outputs[i]), _options);
        }
        var vectors = HiddenLayer is null ? null : Rows<float>.Of(Pool(answer[0]), ScalarType.Float32);
        for (var row = 0; row < batch.Count; row++)
        {
            var at = row;
            Prediction? first = null;
            for (var i = 0; i < _outputs.Length; i++)
            {
                if (_outputs[i] is not { } output || outputs[i] is not { } given || targets[i] is not { } wanted) continue;
                var said = output.Take(Samples + row, wanted[row], given[row], () => Draw(batch, at));
                first ??= said;
            }
            if (vectors is not null) _vectors.Offer(() => new(vectors[at].ToArray(), first));
            Show(batch, row, first);
        }
        Samples += batch.Count;
    }

    /// <summary>Keeps a sample to be shown: of every class the same number, in the order they come.</summary>
    private void Show(Batch batch, int row, Prediction? prediction)
    {
        if (Pictures is null || _shown.Count >= _options.Images) return;
        var classes = Outputs.Count > 0 && Outputs[0].Classes is { } reading ? reading.Classes : 1;
        var label = prediction?.TrueClass ?? 0;
        var count = _shownPerClass.GetValueOrDefault(label);
        if (count >= (_options.Images + classes - 1) / classes) return;
        _shownPerClass[label] = count + 1;
        Tensor[] inputs = [.. batch.Inputs.Select(t => t.narrow(0, row, 1).cpu().clone().MoveToOuterDisposeScope())];
        _shown.Add(new(inputs, Draw(batch, row)!, prediction));
    }

    private Picture? Draw(Batch batch, int row) => Pictures?.Draw(batch.Inputs[Pictures.Input][row]);

    /// <summary>A last Dense or convolution without activation gives scores that are no probabilities.</summary>
    private static bool GivesLogits(KerasTensor output) => output.Layer is Dense { Activation.IsLinear: true } or Conv2DBase { Activation.IsLinear: true };

    /// <summary>Maps and sequences become one vector by their mean over places.</summary>
    private static Tensor Pool(Tensor values) => values.ndim switch
    {
        > 2 => values.to_type(ScalarType.Float32).flatten(1, -2).mean([1L]),
        _ => values,
    };

    /// <summary>A sample's vector and what a classifier says about the sample.</summary>
    internal sealed record HiddenVector(float[] Values, Prediction? Prediction);
}

using DeepKeras.Data;
using DeepKeras.Layers;

namespace DeepKeras.Vision.Reports;

/// <summary>One pass of a model over data. It keeps counts, and the few samples that are shown; never the data.</summary>
internal sealed class DataReading
{
    private readonly Model _model;
    private readonly ReportOptions _options;
    private readonly OutputReading?[] _outputs;
    private readonly KerasTensor? _hidden;
    private readonly Reservoir<HiddenVector> _vectors;
    private readonly List<ShownSample> _shown = [];
    private readonly Dictionary<int, int> _shownPerClass = [];

    private DataReading(Model model, ReportOptions options)
    {
        (_model, _options) = (model, options);
        Pictures = InputPictures.Of(model);
        _hidden = HiddenOf(model);
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
    public Layer? HiddenLayer => _hidden?.Layer;

    /// <summary>What the last hidden layer gave for some of the samples.</summary>
    public IReadOnlyList<HiddenVector> Vectors => _vectors.Items;

    /// <summary>Reads all data once. The shown samples belong to the dispose scope around the call.</summary>
    public static DataReading Read(Model model, Func<IEnumerable<Batch>> data, ReportOptions options)
    {
        if (!model.IsBuilt) Build(model, data);
        var reading = new DataReading(model, options);
        var reader = new Model([.. model.Inputs], reading._hidden is { } hidden ? [.. model.Outputs, hidden] : [.. model.Outputs], name: "report");
        using var batches = data().GetEnumerator();
        while (true)
        {
            // Whatever a batch was made of is freed with it.
            using var scope = torch.NewDisposeScope();
            if (!batches.MoveNext()) break;
            reading.Take(batches.Current, reader.PredictOnBatch(batches.Current.Inputs));
        }
        return reading.Samples > 0 ? reading : throw Throw.ReportWithoutSamples();
    }

    private static void Build(Model model, Func<IEnumerable<Batch>> data)
    {
        using var scope = torch.NewDisposeScope();
        model.PredictOnBatch((data().FirstOrDefault() ?? throw Throw.ReportWithoutSamples()).Inputs);
    }

    /// <summary>What enters the last layer with weights before the first output, unless that is an input itself.</summary>
    private static KerasTensor? HiddenOf(Model model)
    {
        var at = model.Outputs[0];
        while (at.Layer.Weights.Count == 0 && at.Sources is [var only] && !model.Inputs.Contains(at)) at = only;
        return at.Sources is [var hidden] && !model.Inputs.Contains(at) && !model.Inputs.Contains(hidden) ? hidden : null;
    }

    private void Take(Batch batch, Predictions predictions)
    {
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
        var vectors = _hidden is null ? null : Rows<float>.Of(Pool(predictions[_outputs.Length]), ScalarType.Float32);
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

using DeepKeras.Data;
using DeepKeras.Layers;
using DeepKeras.Losses;
using DeepKeras.Metrics;

namespace DeepKeras.Training;

/// <summary>What <c>Compile</c> decided: optimizer, losses, metrics. Names and shapes are resolved once, at the first batch.</summary>
internal sealed partial class Compiled
{
    private readonly Model _model;
    private Loss?[] _losses = [];
    private double[] _weights = [];
    private Metric[][] _metrics = [];
    private Metric[][] _weightedMetrics = [];
    private RunningMean[] _outputLosses = [];
    private Weight[] _penalized = [];
    private long[][] _targetShapes = [];
    private bool _resolved;
    private int _seenTrainableVersion = -1;

    public Compiled(Model model, Optimizer optimizer, LossSpec? loss, MetricsSpec? metrics, MetricsSpec? weightedMetrics, LossWeights? lossWeights)
    {
        (_model, Optimizer, LossSpec, MetricsSpec, WeightedMetricsSpec, LossWeights) = (model, optimizer, loss, metrics, weightedMetrics, lossWeights);
        if (model.IsBuilt) CheckNames();
    }

    public Optimizer Optimizer { get; }

    public LossSpec? LossSpec { get; }

    public MetricsSpec? MetricsSpec { get; }

    public MetricsSpec? WeightedMetricsSpec { get; }

    public LossWeights? LossWeights { get; }

    /// <summary>Whether a batch has been seen.</summary>
    public bool IsResolved => _resolved;

    public bool HasLoss => LossSpec is not null;

    /// <summary>The loss of each output as far as it has one; empty before the first batch.</summary>
    public IReadOnlyList<Loss?> Losses => _losses;

    /// <summary>Whether losses are computed on trial, so that the means of the outputs' losses let them pass.</summary>
    public bool IsTrial { get; set; }

    /// <summary>The mean of the total loss over the batches since <see cref="Reset"/>.</summary>
    public RunningMean Total { get; } = new();

    /// <summary>Every metric with the name it has in logs, in Keras's order.</summary>
    public IReadOnlyList<(string Name, Metric Metric)> NamedMetrics { get; private set; } = [];

    /// <summary>Chooses losses and metrics for the shapes of the first batch, and refuses what does not fit. Later batches are looked at again only where a sample has another shape.</summary>
    public void Resolve(IReadOnlyList<Tensor> targets)
    {
        if (_resolved && HaveKnownShapes(targets)) return;
        if (_losses.Length == 0) CheckNames();
        var outputs = _model.Outputs;
        for (var i = 0; i < outputs.Count; i++)
        {
            if (i < targets.Count) _losses[i]?.CheckShapes(Shape.Of(targets[i]), outputs[i].Shape, _model.OutputNames[i]);
        }
        var kinds = _targetShapes.Select((shape, i) => TargetKinds.Of(new Shape(shape), outputs[i].Shape)).ToList();
        _targetShapes = [.. targets.Select(t => t.shape)];
        // Names such as "accuracy" stay what they were as long as targets are of the same kind.
        if (_resolved && _targetShapes.Select((shape, i) => TargetKinds.Of(new Shape(shape), outputs[i].Shape)).SequenceEqual(kinds)) return;
        _metrics = ResolveMetrics(MetricsSpec, targets);
        _weightedMetrics = ResolveMetrics(WeightedMetricsSpec, targets);
        _outputLosses = outputs.Count > 1 ? [.. outputs.Select(_ => new RunningMean())] : [];
        NamedMetrics = NameMetrics();
        // An object may come with what it counted for another model.
        foreach (var (_, metric) in NamedMetrics) metric.Reset();
        _resolved = true;
    }

    /// <summary>Decides again at the next batch, after the model's graph has changed.</summary>
    public void Forget()
    {
        (_resolved, _losses, _targetShapes) = (false, [], []);
        _seenTrainableVersion = -1;
    }

    /// <summary>Looks at whole target arrays once before a run: labels in range, shapes that fit the loss.</summary>
    public void CheckTargets(IReadOnlyList<Tensor> targets)
    {
        if (_losses.Length == 0) CheckNames();
        for (var i = 0; i < targets.Count && i < _losses.Length; i++)
        {
            var (shape, name) = (_model.Outputs[i].Shape, _model.OutputNames[i]);
            _losses[i]?.CheckShapes(Shape.Of(targets[i]), shape, name);
            _losses[i]?.CheckTargets(targets[i], shape, name);
        }
    }

    /// <summary>The total loss of a batch: losses × weights + penalties + what layers added. Also feeds the per-output means.</summary>
    public Tensor ComputeLoss(Batch batch, IReadOnlyList<Tensor> predictions, SideResults side)
    {
        Tensor? total = null;
        for (var i = 0; i < predictions.Count; i++)
        {
            if (_losses[i] is not { } loss) continue;
            var value = loss.Compute(batch.Targets[i], predictions[i], batch.SampleWeights?[i], side.MaskOf(i));
            if (value.ndim > 0) value = value.mean();
            if (_outputLosses.Length > 0 && !IsTrial) _outputLosses[i].Add(value, batch.Count);
            if (_weights[i] != 1) value = value.mul(_weights[i]);
            total = total is null ? value : total.add(value);
        }
        return AddPenalties(total, side.Losses) ?? throw Throw.NoLoss(_model);
    }

    public void UpdateMetrics(Batch batch, IReadOnlyList<Tensor> predictions, SideResults side)
    {
        for (var i = 0; i < _metrics.Length; i++)
        {
            foreach (var metric in _metrics[i]) metric.Update(batch.Targets[i], predictions[i], Weights(metric, null, side.MaskOf(i)));
            foreach (var metric in _weightedMetrics[i]) metric.Update(batch.Targets[i], predictions[i], Weights(metric, batch.SampleWeights?[i], side.MaskOf(i)));
        }
    }

    public void Reset()
    {
        Total.Reset();
        foreach (var mean in _outputLosses) mean.Reset();
        foreach (var (_, metric) in NamedMetrics) metric.Reset();
    }

    /// <summary>What the batches of this epoch have left in the running figures, in a fixed order.</summary>
    public IReadOnlyList<IReadOnlyList<Tensor>> GetFigures() => [Total.GetState(), .. _outputLosses.Select(m => m.GetState()), .. NamedMetrics.Select(m => m.Metric.GetState())];

    /// <summary>Goes on from what <see cref="GetFigures"/> gave; losses and metrics must have seen a batch.</summary>
    /// <returns>Whether the figures are as many as this model has.</returns>
    public bool TrySetFigures(IReadOnlyList<IReadOnlyList<Tensor>> figures)
    {
        if (figures.Count != 1 + _outputLosses.Length + NamedMetrics.Count) return false;
        Total.SetState(figures[0]);
        for (var i = 0; i < _outputLosses.Length; i++) _outputLosses[i].SetState(figures[1 + i]);
        return NamedMetrics.Select((m, i) => m.Metric.TrySetState(figures[1 + _outputLosses.Length + i])).All(fits => fits);
    }

    /// <summary>Reads every figure from the device, in Keras's order: loss, losses of the outputs, metrics.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Read(string prefix = "")
    {
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var values = new List<KeyValuePair<string, double>>();
        if (HasLoss) values.Add(new(prefix + "loss", Scalar(Total.Result())));
        for (var i = 0; i < _outputLosses.Length; i++)
        {
            if (_losses[i] is not null) values.Add(new($"{prefix}{_model.OutputNames[i]}_loss", Scalar(_outputLosses[i].Result())));
        }
        foreach (var (name, metric) in NamedMetrics)
        {
            var result = metric.Result();
            // A figure per class (F1 without averaging) is reported as one column per class.
            if (result.NumberOfElements == 1) values.Add(new(prefix + name, Scalar(result)));
            else
            {
                var parts = result.to_type(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
                values.AddRange(parts.Select((v, i) => new KeyValuePair<string, double>($"{prefix}{name}_{i}", v)));
            }
        }
        return values;
    }

    /// <summary>As in Keras, means over samples leave masked positions out; other metrics do not know of masks.</summary>
    private static Tensor? Weights(Metric metric, Tensor? sampleWeight, Tensor? mask) =>
        mask is null || metric is not MeanMetric ? sampleWeight : Alignment.WithMask(sampleWeight, mask, ScalarType.Float32);

    private Tensor? AddPenalties(Tensor? total, IReadOnlyList<Tensor> added)
    {
        foreach (var weight in Penalized())
        {
            var penalty = weight.Regularizer!.Penalty(weight.SurfaceView());
            total = total is null ? penalty : total.add(penalty);
        }
        foreach (var term in added) total = total is null ? term : total.add(term);
        return total;
    }

    private static double Scalar(Tensor value) => value.to_type(ScalarType.Float64).cpu().item<double>();

    private void CheckNames()
    {
        _losses = LossSpec?.PerOutput(_model) ?? new Loss?[_model.Outputs.Count];
        _weights = LossWeights?.PerOutput(_model) ?? [.. _model.Outputs.Select(_ => 1.0)];
        _ = MetricsSpec?.PerOutput(_model);
        _ = WeightedMetricsSpec?.PerOutput(_model);
    }

    private Metric ResolveMetric(MetricSpec spec, Shape targets, int output)
    {
        var shape = _model.Outputs[output].Shape;
        var metric = spec.Metric is { } given ? MetricResolver.Resolve(given, targets, shape) : MetricResolver.Resolve(spec.Name!, targets, shape);
        metric.CheckShapes(targets, shape, _model.OutputNames[output]);
        return metric;
    }

    private Metric[][] ResolveMetrics(MetricsSpec? spec, IReadOnlyList<Tensor> targets)
    {
        var perOutput = spec?.PerOutput(_model) ?? [.. _model.Outputs.Select(_ => Array.Empty<MetricSpec>())];
        return [.. perOutput.Select((specs, i) => i < targets.Count
            ? specs.Select(s => ResolveMetric(s, Shape.Of(targets[i]), i)).ToArray()
            : [])];
    }

    private List<(string Name, Metric Metric)> NameMetrics()
    {
        var named = new List<(string Name, Metric Metric)>();
        var several = _model.Outputs.Count > 1;
        for (var i = 0; i < _metrics.Length; i++)
        {
            var plain = _metrics[i].Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var metric in _metrics[i]) Add(metric, metric.Name);
            foreach (var metric in _weightedMetrics[i]) Add(metric, plain.Contains(metric.Name) ? "weighted_" + metric.Name : metric.Name);

            void Add(Metric metric, string name) => AddUnder(several ? $"{_model.OutputNames[i]}_{name}" : name, metric);
        }
        foreach (var metric in OwnMetrics(_model).Distinct()) AddUnder(metric.Name, metric);
        return named;

        void AddUnder(string wanted, Metric metric)
        {
            var unique = wanted;
            for (var n = 1; unique == "loss" || named.Exists(p => p.Name == unique); n++) unique = $"{wanted}_{n}";
            named.Add((unique, metric));
        }
    }

    private static IEnumerable<Metric> OwnMetrics(Layer layer) => layer.Metrics.Concat(layer.Sublayers.SelectMany(OwnMetrics));

    private bool HaveKnownShapes(IReadOnlyList<Tensor> targets)
    {
        if (targets.Count != _targetShapes.Length) return false;
        for (var i = 0; i < _targetShapes.Length; i++)
        {
            var (known, shape) = (_targetShapes[i], targets[i].shape);
            if (known.Length != shape.Length || (shape.Length > 1 && !known.AsSpan(1).SequenceEqual(shape.AsSpan(1)))) return false;
        }
        return true;
    }

    private Weight[] Penalized()
    {
        if (_seenTrainableVersion == Layer.TrainableVersion) return _penalized;
        _seenTrainableVersion = Layer.TrainableVersion;
        return _penalized = [.. _model.Weights.Where(w => w.Regularizer is not null && w.Trainable)];
    }
}

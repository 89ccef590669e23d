using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>The base of metrics that are a mean over samples.</summary>
public abstract class MeanMetric : Metric
{
    private readonly Tensor _total;
    private readonly Tensor _weight;
    private long _samples;
    private bool _weighted;

    /// <summary>Creates the metric.</summary>
    /// <param name="name">The name in logs.</param>
    protected MeanMetric(string? name = null)
        : base(name)
    {
        _total = AddState([]);
        _weight = AddState([]);
    }

    private protected override long[] Counters
    {
        get => [_samples, _weighted ? 1 : 0];
        set => (_samples, _weighted) = (value[0], value[1] != 0);
    }

    /// <inheritdoc/>
    public override Tensor Result()
    {
        if (_weighted) return DivideNoNan(_total, _weight.add(_samples));
        return _samples == 0 ? _total.clone() : _total.div(_samples);
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        _samples = 0;
        _weighted = false;
    }

    /// <summary>Takes values in: per sample their mean over further axes, then Σ value · weight and Σ weight.</summary>
    /// <param name="values">One or more values per sample.</param>
    /// <param name="sampleWeight">A weight per sample or per value, or <see langword="null"/>.</param>
    protected void Add(Tensor values, Tensor? sampleWeight)
    {
        ArgumentNullException.ThrowIfNull(values);
        // Booleans have no gradient to cut.
        if (values.dtype != ScalarType.Bool) values = values.detach();
        if (sampleWeight is not null)
        {
            if (values.dtype == ScalarType.Bool) values = values.to_type(_total.dtype);
            Alignment.Weights(ref values, ref sampleWeight);
            values = values.mul(sampleWeight);
            sampleWeight = sampleWeight.expand(values.shape);
        }
        // The rows have one length, so Σ of the means of rows = Σ of all / length: one reduction whatever the rank.
        var rows = values.ndim == 0 ? 1 : values.size(0);
        var share = (double)rows / values.numel();
        _total.add_(values.sum(_total.dtype), share);
        if (sampleWeight is null) _samples += rows;
        else
        {
            _weight.add_(sampleWeight.sum(_weight.dtype), share);
            _weighted = true;
        }
    }

    private static Tensor DivideNoNan(Tensor numerator, Tensor denominator) => Alignment.DivideNoNan(numerator, denominator);
}

namespace DeepKeras.Callbacks;

/// <summary>The figure that a callback watches, and which direction is better.</summary>
internal sealed class Monitored
{
    private readonly Callback _owner;
    private readonly string _key;
    private readonly string _mode;
    private readonly double _minDelta;
    private bool? _higherIsBetter;

    /// <param name="owner">The callback that watches.</param>
    /// <param name="key">A name in the logs.</param>
    /// <param name="mode">"auto", "min" or "max".</param>
    /// <param name="minDelta">What is less than this apart is no change.</param>
    public Monitored(Callback owner, string key, string mode, double minDelta)
    {
        var name = owner.GetType().Name;
        if (string.IsNullOrWhiteSpace(key)) throw Throw.BadArgument(name, "monitor", "a name in the logs", $"\"{key}\"", "Use \"loss\", \"val_loss\", or a metric's name.");
        if (mode is not ("auto" or "min" or "max")) throw Throw.UnknownName($"mode of {name}", mode, ["auto", "min", "max"]);
        (_owner, _key, _mode, _minDelta) = (owner, key, mode, Math.Abs(minDelta));
    }

    /// <summary>Whether it is known which direction is better: from the mode, or from a metric of that name.</summary>
    public bool HasDirection => _mode != "auto" || _owner.Model.HigherIsBetter(_key) is not null;

    /// <summary>Whether larger values are better; asked from the metric itself in mode "auto".</summary>
    private bool HigherIsBetter => _higherIsBetter ??= _mode switch
    {
        "min" => false,
        "max" => true,
        _ => _owner.Model.HigherIsBetter(_key) ?? throw Throw.UnknownDirection(_owner, _key),
    };

    /// <summary>The epoch's value; <see langword="null"/> in an epoch without validation.</summary>
    /// <exception cref="KerasException">The logs will never have it.</exception>
    public double? Read(int epoch, Logs logs)
    {
        if (logs.TryGetValue(_key, out var value)) return value;
        var validates = _owner.Run.Validates;
        var isBetweenValidations = _key.StartsWith("val_", StringComparison.Ordinal) && validates?.Includes(epoch) == false;
        return isBetweenValidations ? null : throw Throw.UnknownMonitor(_owner, _key, logs.Keys, validates is not null);
    }

    /// <summary>Whether a value is better than another by more than the least change.</summary>
    public bool Improves(double value, double? reference) =>
        reference is not { } old || (HigherIsBetter ? value - _minDelta > old : value + _minDelta < old);
}

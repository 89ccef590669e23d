using DeepKeras.Plotting;

/// <summary>What one optimizer did: where it was, how low, after how many gradients.</summary>
internal sealed class Walk(string name, double? rate)
{
    public string Name => name;

    /// <summary>The learning rate that served best; none where a search decides.</summary>
    public double? Rate => rate;

    public List<(double X, double Y)> Places { get; } = [];

    public List<double> Evaluations { get; } = [];

    public List<double> Losses { get; } = [];

    public int Steps => Losses.Count - 1;

    public double Last => Losses[^1];

    public void Add(double evaluations, double loss, (double X, double Y)? place = null)
    {
        Evaluations.Add(evaluations);
        Losses.Add(loss);
        if (place is { } known) Places.Add(known);
    }

    public void DrawPath(Chart chart, string color) =>
        chart.Line(null, [.. Places.Select(p => p.X)], [.. Places.Select(p => p.Y)], color, hasDots: Places.Count <= 60);

    // Below rounding there is nothing to see.
    public void DrawLosses(Chart chart, string color) =>
        chart.Line(Name, Evaluations, [.. Losses.Select(l => Math.Max(l, 1e-14))], color);
}

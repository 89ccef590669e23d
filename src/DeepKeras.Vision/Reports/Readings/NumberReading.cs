namespace DeepKeras.Vision.Reports;

/// <summary>An output that predicts numbers: errors per number, and points for the picture of prediction against truth.</summary>
internal sealed class NumberReading(int width, int points, int mistakes)
{
    /// <summary>More numbers than this per sample are a signal or a picture, not figures to be listed one by one.</summary>
    public const int MostNumbers = 16;

    private readonly double[] _absolute = new double[width];
    private readonly double[] _squared = new double[width];
    private readonly double[] _signed = new double[width];
    private readonly double[] _mean = new double[width];
    private readonly double[] _spread = new double[width];
    private readonly Reservoir<(double[] Truth, float[] Prediction)> _points = new(points);
    private readonly BestOf<Miss> _worst = new(mistakes);

    public int Numbers => width;

    public long Samples { get; private set; }

    public IReadOnlyList<(double[] Truth, float[] Prediction)> Points => _points.Items;

    /// <summary>The samples with the greatest errors.</summary>
    public IReadOnlyList<Miss> Worst => _worst.Items;

    public double MeanAbsoluteError(int number) => _absolute[number] / Samples;

    public double RootMeanSquaredError(int number) => Math.Sqrt(_squared[number] / Samples);

    /// <summary>The mean of prediction minus truth.</summary>
    public double Bias(int number) => _signed[number] / Samples;

    /// <summary>1 − the squared errors over the squared deviations from the mean.</summary>
    public double Determination(int number) => 1 - (_squared[number] / _spread[number]);

    public bool Fits(ReadOnlySpan<double> target) => target.Length == width && width <= MostNumbers;

    public void Take(long index, ReadOnlySpan<double> target, ReadOnlySpan<float> scores, Func<Picture?> picture)
    {
        Samples++;
        double total = 0;
        for (var i = 0; i < width; i++)
        {
            var error = scores[i] - target[i];
            _absolute[i] += Math.Abs(error);
            _squared[i] += error * error;
            _signed[i] += error;
            total += Math.Abs(error);
            // Mean and squared deviations in one pass (Welford 1962).
            var away = target[i] - _mean[i];
            _mean[i] += away / Samples;
            _spread[i] += away * (target[i] - _mean[i]);
        }
        double[] truth = [.. target];
        float[] prediction = [.. scores];
        _points.Offer(() => (truth, prediction));
        _worst.Offer(total, () => new(index, truth, prediction, picture()));
    }

    /// <summary>A sample and what was predicted for it.</summary>
    internal sealed record Miss(long Index, double[] Truth, float[] Prediction, Picture? Picture);
}
